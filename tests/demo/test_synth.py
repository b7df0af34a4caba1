"""A corpus is the same for the same numbers, is like a newsroom's record, and can be interrupted."""

from __future__ import annotations

import hashlib
import statistics
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from redaksi.cli import synth
from redaksi.cli.main import main
from redaksi.demo.synth import maker
from redaksi.demo.synth.plan import Plan, Spec
from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.photos.models import Photo
from redaksi.stories import crew
from redaksi.stories.actions.draft import draft
from redaksi.stories.models import Address, Byline, Correction, Story, Topic
from redaksi.stories.texts import raw_blocks

pytestmark = pytest.mark.slow
SPEC = Spec(stories=240, sites=3, topics=60, seed=7, until=date(2026, 11, 1), years=10)
TABLES = (
    "stories_story wagtailcore_revision stories_byline stories_address stories_story_topics stories_correction photos_photo stories_topic "
    "network_section network_grant stories_contributor wagtailcore_modellogentry stories_words"
).split()

#: Whose keys follow from the corpus.
CHOSEN = {"stories_story", "wagtailcore_revision", "stories_byline", "photos_photo", "stories_words"}


@pytest.fixture(autouse=True)
def _in_one_process(db, monkeypatch, tmp_path, settings):
    """A crew's processes would not see what a test's transaction holds."""

    def here(work, context, items, size=None):
        return (work(context, item) for item in items)

    monkeypatch.setattr(crew, "in_order", here)
    monkeypatch.setattr(maker, "BATCH", 50)
    settings.MEDIA_ROOT = tmp_path


def digest():
    """Everything in the record, as one mark."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            key = {"stories_words": "1" if connection.vendor == "postgresql" else "rowid"}.get(table, "id")
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608  # names of this list
            for row in cursor.fetchall():
                # Keys that the database chose go on after a rollback in PostgreSQL.
                whole.update(repr(row if table in CHOSEN else row[1:]).encode())
    return whole.hexdigest()


def made(spec, home):
    told = []
    maker.make(spec, home, told.append)
    return told


def rolled_back(spec, home):
    """What a corpus would be, without leaving it in the record."""
    with transaction.atomic():
        made(spec, home)
        mark = digest()
        transaction.set_rollback(True)
    (home / maker.NOTE).unlink()
    return mark


def test_the_same_numbers_make_the_same_corpus_and_others_another(tmp_path):
    first = rolled_back(SPEC, tmp_path)
    assert rolled_back(SPEC, tmp_path) == first
    assert rolled_back(Spec(240, 3, 60, 8, SPEC.until, 10), tmp_path) != first


def test_an_interrupted_one_goes_on_and_comes_out_the_same(tmp_path, monkeypatch):
    whole = rolled_back(SPEC, tmp_path)

    def stop(done):
        if done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        maker.make(SPEC, tmp_path, stop)
    assert Story.objects.count() == 100
    assert made(SPEC, tmp_path) == [150, 200, 240]
    assert digest() == whole
    assert made(SPEC, tmp_path) == []


def test_it_is_refused_where_there_is_anything_else(tmp_path, kentongan):
    with pytest.raises(maker.OtherRecordError, match="isn't empty"):
        made(SPEC, tmp_path)
    assert not Story.objects.exists()


def test_another_corpus_is_not_gone_on_with(tmp_path):
    made(SPEC, tmp_path)
    with pytest.raises(maker.OtherRecordError, match='"seed": 7'):
        made(Spec(240, 3, 60, 8, SPEC.until, 10), tmp_path)


def test_one_in_which_somebody_has_written_is_not_gone_on_with(tmp_path):
    made(SPEC, tmp_path)
    site = Site.objects.first()
    with transaction.atomic():
        draft(Story(site=site, section=site.sections.first(), headline="Tulisan Orang"), None)
    with pytest.raises(maker.OtherRecordError, match="can't be gone on with"):
        made(SPEC, tmp_path)


def test_it_has_what_a_newsroom_has(tmp_path):
    made(SPEC, tmp_path)
    assert Story.objects.count() == 240
    assert Entry.objects.get().kind == box.EVERYTHING
    kinds = {name for story in Story.objects.all() for name, _ in raw_blocks(story)}
    assert {"paragraph", "subheading", "read_also", "statement", "photo"} <= kinds
    assert Photo.objects.count() == 60
    assert Photo.objects.values("file").distinct().count() < 13
    assert Correction.objects.count() == 3
    assert Story.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert Story.objects.filter(live=False, submitted_at__isnull=False).exists()
    assert Byline.objects.filter(role="editor").exists()
    published = Story.objects.filter(published_at__isnull=False)
    assert Address.objects.filter(current=True).count() == published.count()
    assert {2017, 2020, 2025} <= set(published.values_list("published_at__year", flat=True))


def test_links_lead_to_earlier_stories_of_the_same_site(tmp_path):
    made(SPEC, tmp_path)
    stories = Story.objects.in_bulk()
    links = [
        (story, stories[value["story"]])
        for story in stories.values()
        for name, value in raw_blocks(story)
        if name == "read_also"
    ]
    assert links
    for story, other in links:
        assert other.site_id == story.site_id
        assert other.live
        assert other.published_at < (story.published_at or story.created_at)


def test_lengths_and_topics_are_spread_as_in_a_newsroom():
    spec = Spec(100_000, 10, 2000, 1, date(2026, 11, 1), 10)
    plan = Plan(spec)
    ground = maker.Ground(plan)
    writer = maker.Writer(plan, ground, [])
    some = [one for start in (0, 40_000, 90_000) for one in writer.stories(range(start, start + 150))]
    words = [
        sum(len(value.split()) for name, value in raw_blocks(one.story) if name == "paragraph")
        for one in some
    ]
    assert 500 < statistics.mean(words) < 720
    assert min(words) < 250
    assert max(words) > 1200
    assert 0.05 < sum(1 in one.topics for one in some) / len(some) < 0.2
    assert len({topic for one in some for topic in one.topics}) > 300
    assert {len(one.topics) for one in some} >= {1, 2, 3, 4}


def test_times_only_go_on():
    plan = Plan(Spec(5000, 10, 100, 1, date(2026, 11, 1), 3))
    times = [plan.time(number) for number in range(5000)]
    assert times == sorted(times)
    assert times[0].date() == date(2023, 11, 1) or times[0].year == 2023
    assert times[-1] < datetime(2026, 11, 1, tzinfo=UTC)


def test_topics_are_of_a_site_or_of_all(tmp_path):
    made(SPEC, tmp_path)
    for story in Story.objects.prefetch_related("topics"):
        assert {topic.site_id for topic in Topic.objects.filter(stories=story)} <= {None, story.site_id}


def test_the_command_says_what_it_made_and_refuses_another(capsys, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(synth, "prepare", lambda: None)
    settings.REDAKSI_HOME = tmp_path
    assert main(["synth", "--stories", "60", "--sites", "2", "--topics", "20"]) == 0
    assert "60 stories made" in capsys.readouterr().err
    assert main(["synth", "--stories", "60", "--sites", "2", "--topics", "20", "--seed", "2"]) == 1
    assert "isn't empty" in capsys.readouterr().err
