"""A bulk load leaves a story as the verbs would have left it, and is in the record wholly or not at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from wagtail.models import ModelLogEntry, Revision

from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.stories import bulk, search
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.models import Address, Byline, Correction, Story
from redaksi.stories.rows import reserve, settle_sequences

AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
BODY = [
    {"type": "paragraph", "value": "<p>Kapal <b>sandar</b> &amp; bongkar.</p>", "id": "a1"},
    {"type": "fact_box", "value": {"title": "Angka", "text": "<p>Dua.</p>", "facts": []}, "id": "a2"},
]


@pytest.fixture
def blank(kentongan, topic, editor):
    """`blank(slug)`: an unsaved story."""

    def make(slug="kapal-sandar"):
        story = Story(
            site=kentongan, section=kentongan.sections.first(), owner=editor, label=topic, headline="Kapal Sandar", slug=slug
        )  # fmt: skip
        story.standfirst, story.body = "Ratusan orang menunggu.", BODY
        return story

    return make


@pytest.fixture
def fresh(blank, topic, contributor):
    """`fresh(slug)`: a published one on its way in."""

    def make(slug="kapal-sandar"):
        story = blank(slug)
        story.live, story.edition, story.created_at = True, 1, AT
        story.published_at = story.first_published_at = story.last_published_at = AT
        history = [("wagtail.edit", AT), ("wagtail.publish", AT)]
        return bulk.NewStory(story, topics=[topic.pk], bylines=[(contributor.pk, "writer")], history=history)

    return make


@transaction.atomic
def load(*batch):
    bulk.write(bulk.laid_out(batch, bulk.Keys.reserved(batch), bulk.kind_of_stories()))
    return [one.story.pk for one in batch]


def everything_of(key):
    """All that is told of a story in the record, but for keys and moments."""
    story = Story.objects.filter(pk=key).values().get()
    revisions = list(Revision.objects.filter(object_id=str(key)).values())
    told = {
        "story": story,
        "revisions": revisions,
        "bylines": list(Byline.objects.filter(story=key).values()),
        "addresses": list(Address.objects.filter(story=key).values()),
        "notes": list(Correction.objects.filter(story=key).values()),
        "topics": list(Story.topics.through.objects.filter(story=key).values()),
        "history": list(ModelLogEntry.objects.filter(object_id=str(key)).order_by("id").values()),
        "found": key in search.find("sandar", sites=None),
    }
    return _without(json.loads(json.dumps(told, default=str)))


#: Keys, moments, and what the verbs do not keep of the first save (the revision says what was published, not what was live).
LEFT_OUT = {
    "id", "pk", "object_id", "story", "story_id", "created_at", "timestamp", "revision_id", "latest_revision_id", "live_revision_id", "user_id",
    "latest_revision", "first_published_at", "last_published_at",
}  # fmt: skip


def _without(told):
    if isinstance(told, dict):
        kept = {
            name: value for name, value in told.items() if name not in LEFT_OUT or isinstance(value, dict)
        }
        return {name: _without(value) for name, value in kept.items()}
    return [_without(one) for one in told] if isinstance(told, list) else told


def test_a_story_comes_in_as_the_verbs_would_have_left_it(blank, fresh, topic, contributor):
    by_verbs = blank()
    by_verbs.topics, by_verbs.bylines = (
        [topic],
        [Byline(contributor=contributor, role="writer", sort_order=0)],
    )
    with transaction.atomic():
        draft(by_verbs, None)
        row = publish(by_verbs, None, at=AT)
    (key,) = load(fresh("kapal-sandar-2"))
    theirs, ours = everything_of(row.pk), everything_of(key)
    for told in (theirs, ours):
        for revision in told["revisions"]:
            for fact in ("live", "has_unpublished_changes", "published_at", "edition"):
                revision["content"].pop(fact)
    assert json.dumps(ours).replace("kapal-sandar-2", "kapal-sandar") == json.dumps(theirs)


def test_its_words_in_the_index_are_those_that_saving_would_put_there(fresh):
    def words(key):
        column = "story_id" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT words FROM stories_words WHERE {column} = %s", [key])  # noqa: S608  # one of two
            return cursor.fetchone()[0]

    (key,) = load(fresh())
    loaded = words(key)
    search.index(Story.objects.get(pk=key))
    assert loaded == words(key)


def test_it_is_opened_changed_and_published_like_any_other(fresh, kentongan):
    keys = load(fresh("satu"), fresh("dua"))
    story = Story.objects.get(pk=keys[1]).latest_revision.as_object()
    assert [byline.contributor.name for byline in story.bylines.all()] == ["Rara Wening"]
    story.headline = "Kapal Berlayar"
    with transaction.atomic():
        draft(story, None)
        publish(story, None)
    correct(Story.objects.get(pk=keys[1]), "Yang benar dua kapal.", None)
    assert Story.objects.get(pk=keys[1]).headline == "Kapal Berlayar"
    assert Byline.objects.filter(story=keys[1]).count() == 1


def test_a_batch_that_fails_leaves_nothing(fresh):
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        load(fresh("satu"), fresh("satu"))
    assert not Story.objects.exists()
    assert not Revision.objects.exists()
    assert search.find("sandar", sites=None) == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(box.OutsideTransactionError):
        bulk.write([])


def test_keys_of_the_database_come_behind_those_that_were_chosen(fresh, blank):
    one = fresh()
    with transaction.atomic():
        bulk.write(bulk.laid_out([one], bulk.Keys([700], [800], [900]), bulk.kind_of_stories()))
        settle_sequences([Story, Revision, Byline])
        assert min(reserve(Story, 2)) > 700
        later = blank("sesudah")
        revision = draft(later, None)
    assert later.pk > 700
    assert revision.pk > 800


def test_a_whole_shelf_is_asked_for_once(db):
    with transaction.atomic():
        bulk.put_everything()
        first = Entry.objects.get(kind=box.EVERYTHING).pk
        bulk.put_everything()
    assert Entry.objects.get(kind=box.EVERYTHING).pk > first
