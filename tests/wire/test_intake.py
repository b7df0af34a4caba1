"""An archive comes into the record: what becomes of each entry, once, wholly, and with every loss told."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from redaksi.network.models import Section
from redaksi.outbox.models import Entry
from redaksi.photos.models import Photo
from redaksi.stories import copydesk, search
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.models import Address, Byline, Contributor, Story, Topic
from redaksi.wire import batch as batches
from redaksi.wire import intake
from redaksi.wire.formats.wxr.reader import WxrError
from redaksi.wire.losses import Reason
from redaksi.wire.models import Intake

ARCHIVE = Path(__file__).parent / "archives" / "kabar.xml"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wxr"


@pytest.fixture
def bring(kentongan, tmp_path):
    """`bring(file, …)`: bring an archive into Kentongan, quietly."""

    def bring_in(file=ARCHIVE, **more):
        more.setdefault("report", tmp_path / "report.tsv")
        return intake.bring_in(file, more.pop("site", kentongan), out=io.StringIO(), **more)

    return bring_in


@pytest.fixture
def uploads(tmp_path):
    """A folder like wp-content/uploads with the archive's one photo and its reduced copy."""
    folder = tmp_path / "uploads" / "2021" / "08"
    folder.mkdir(parents=True)
    Image.new("RGB", (800, 500), "#446688").save(folder / "jembatan.jpg")
    Image.new("RGB", (80, 50), "#446688").save(folder / "jembatan-1024x683.jpg")
    return tmp_path / "uploads"


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def record() -> dict[str, list]:
    """Everything that an import could have changed."""
    models = (Story, Section, Topic, Contributor, Byline, Address, Photo, Entry, Intake)
    return {model.__name__: sorted(model.objects.values_list(), key=repr) for model in models}


def test_a_published_post_is_a_published_story_with_its_words_and_times(bring):
    assert bring().tally.states == {"live": 2, "draft": 1, "scheduled": 1}
    story = Story.objects.get(headline="Jembatan Wanasari dibuka & dilintasi")
    assert story.live
    assert story.published_at == datetime(2021, 8, 14, 3, 15, tzinfo=UTC)
    assert story.updated_at == datetime(2021, 8, 14, 5, 0, tzinfo=UTC)
    assert (story.standfirst, story.search_title, story.search_text) == (
        "Sepuluh tahun dinanti.",
        "",
        "Jembatan Wanasari dibuka hari ini.",
    )


def test_the_primary_category_is_the_section_and_the_others_are_topics(bring):
    bring()
    story = Story.objects.get(slug="jembatan-dibuka")
    assert (story.section.slug, story.section.in_menu) == ("ekonomi", False)
    assert sorted(topic.name for topic in story.topics.all()) == ["Jembatan", "Kota"]
    assert {topic.kind for topic in story.topics.all()} == {"subject"}


def test_co_authors_are_named_in_their_order(bring):
    bring()
    names = (
        Byline.objects.filter(story__slug="jembatan-dibuka")
        .order_by("sort_order")
        .values_list("contributor__name", "role")
    )
    assert list(names) == [("Dimas Arung", "writer"), ("Rini Tanjung", "writer")]
    assert Contributor.objects.get(name="Dimas Arung").bio == "Penulis tamu."


def test_every_old_address_leads_to_the_story(bring):
    bring()
    paths = Address.objects.filter(story__slug="jembatan-dibuka").values_list("path", "current")
    assert sorted(paths) == [
        ("/2021/08/14/jembatan-dibuka", False),
        ("/2021/08/14/jembatan-segera-dibuka", False),
        ("/?p=101", False),
        ("/ekonomi/2021/08/14/jembatan-dibuka", True),
    ]


def test_a_draft_stays_a_draft_and_a_future_post_is_scheduled(bring):
    bring()
    begun = Story.objects.get(headline="Rencana pelabuhan")
    assert (begun.live, begun.go_live_at, begun.published_at) == (False, None, None)
    assert begun.created_at.astimezone(begun.site.zone).isoformat() == "2021-08-20T09:00:00+07:00"
    due = Story.objects.get(headline="Pasar ikan buka lagi")
    assert due.go_live_at == due.latest_revision.approved_go_live_at == datetime(2099, 1, 2, tzinfo=UTC)


def test_a_page_comes_in_as_a_story_of_its_own_section(bring):
    outcome = bring()
    page = Story.objects.get(headline="Tentang kami")
    assert (page.section.slug, page.live) == ("laman", True)
    assert Address.objects.filter(path="/tentang", story=page).exists()
    assert outcome.tally.losses[Reason.PAGE] == 1


def test_what_did_not_come_is_told_with_its_reason(bring):
    outcome = bring()
    told = {(line["entry"], line["reason"]) for line in lines(outcome.report)}
    assert told >= {
        ("101", "comments"),
        ("101", "sticky"),
        ("101", "fields"),
        ("101", "picture"),
        ("402", "status"),
        ("", "repair"),
    }
    assert "Komentar pembaca tidak ikut masuk." in outcome.summary
    assert all(line["meaning"] for line in lines(outcome.report))


def test_a_second_run_changes_nothing(bring, uploads):
    bring(photos=uploads)
    before = record()
    again = bring(photos=uploads)
    assert (again.tally.stories, again.tally.known, again.tally.photos) == (0, 4, 0)
    assert record() == before


def test_a_killed_run_goes_on_where_it_stopped(bring, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 2)
    write, calls = batches.write, []

    def fail_at_the_second(*args):
        calls.append(1)
        write(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(batches, "write", fail_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        bring()
    assert Story.objects.count() == Intake.objects.count() == 2
    monkeypatch.setattr(batches, "write", write)
    assert bring().tally.known == 2
    assert Story.objects.count() == 4
    assert Topic.objects.count() == 2


def test_what_the_newsroom_changed_is_left_alone_when_the_archive_changed_too(bring, tmp_path):
    bring()
    Story.objects.filter(slug="jembatan-dibuka").update(headline="Judul redaksi")
    newer = tmp_path / "newer.xml"
    newer.write_bytes(ARCHIVE.read_bytes().replace(b"dilintasi", b"dilewati"))
    outcome = bring(newer)
    assert [line["entry"] for line in lines(outcome.report) if line["reason"] == "changed"] == ["101"]
    assert Story.objects.get(slug="jembatan-dibuka").headline == "Judul redaksi"


def test_photos_come_from_a_folder_as_originals_with_caption_credit_and_alt(bring, uploads):
    outcome = bring(photos=uploads)
    photo = Photo.objects.get()
    assert (photo.width, photo.alt, photo.credit, photo.caption) == (
        800,
        "Jembatan dari udara",
        "Dok. Kabar",
        "Jembatan Wanasari.",
    )
    assert outcome.tally.photos == 1
    story = Story.objects.get(slug="jembatan-dibuka")
    assert story.lead_photo == photo
    assert [block.block_type for block in story.body] == ["paragraph", "photo"]
    assert story.body[1].value["caption"] == "Warga melintas di jembatan baru."


def test_a_text_that_opens_with_its_thumbnail_has_it_once_as_the_lead(bring, uploads, tmp_path):
    opening = tmp_path / "opening.xml"
    data = ARCHIVE.read_bytes()
    start = data.index(b"<!-- wp:paragraph")
    opening.write_bytes(data[:start] + data[data.index(b"<!-- wp:image") :])
    bring(opening, photos=uploads)
    story = Story.objects.get(slug="jembatan-dibuka")
    assert (story.lead_caption, len(story.body)) == ("Warga melintas di jembatan baru.", 0)


def test_a_photo_that_cannot_be_had_leaves_its_caption(bring):
    bring()
    story = Story.objects.get(slug="jembatan-dibuka")
    assert [block.block_type for block in story.body] == ["paragraph", "paragraph"]
    assert story.body[1].value.source == "<p><i>Warga melintas di jembatan baru. (Dimas Arung/Kabar)</i></p>"


def test_a_file_that_is_no_photo_is_told_and_nothing_breaks(bring, uploads):
    (uploads / "2021" / "08" / "jembatan.jpg").write_text("<html>404</html>")
    outcome = bring(photos=uploads)
    assert Photo.objects.count() == 0
    assert outcome.tally.stories == 4
    assert any(
        "jembatan.jpg" in line["detail"] for line in lines(outcome.report) if line["reason"] == "picture"
    )


def test_a_cut_archive_brings_what_was_whole_and_says_where_it_stops(bring, tmp_path):
    cut = tmp_path / "cut.xml"
    data = ARCHIVE.read_bytes()
    cut.write_bytes(data[: data.index(b"Pasar")])
    outcome = bring(cut)
    assert outcome.tally.stories == 2
    assert "cut.xml, line" in outcome.summary
    assert "number 2" in str(outcome.trouble)


def test_what_is_no_archive_changes_nothing(bring, tmp_path):
    other = tmp_path / "other.xml"
    other.write_text("<html></html>")
    before = record()
    with pytest.raises(WxrError, match=r"other\.xml"):
        bring(other)
    assert record() == before


def test_only_published_stories_are_put_into_the_outbox(bring):
    bring()
    due = set(Entry.objects.filter(kind="story").values_list("object_id", flat=True))
    assert due == set(Story.objects.filter(live=True).values_list("pk", flat=True))


def test_an_imported_story_is_read_found_changed_and_published_like_any_other(bring, kentongan):
    bring()
    story = Story.objects.get(slug="jembatan-dibuka")
    copy = copydesk.story_copy(story)
    assert copy.path == "/ekonomi/2021/08/14/jembatan-dibuka"
    assert search.find("menanti dinanti", sites=[kentongan.pk]) == []
    assert search.find("jembatan sabtu", sites=[kentongan.pk]) == [story.pk]
    text = story.get_latest_revision_as_object()
    text.headline = "Jembatan dibuka, warga bersorak"
    draft(text, None)
    publish(story, None)
    story.refresh_from_db()
    assert (story.headline, story.edition) == ("Jembatan dibuka, warga bersorak", 2)
    assert story.bylines.count() == 2
    assert Address.objects.get(story=story, current=True).path == "/ekonomi/2021/08/14/jembatan-dibuka"


def test_a_revision_says_what_its_row_says(bring, uploads):
    bring(photos=uploads)
    for story in Story.objects.all():
        text = story.latest_revision.as_object()
        assert (text.headline, text.section_id, text.slug) == (story.headline, story.section_id, story.slug)
        assert list(text.body.raw_data) == list(story.body.raw_data)
        assert [one.contributor_id for one in text.bylines.all()] == [
            one.contributor_id for one in story.bylines.order_by("sort_order")
        ]
        assert set(text.topics.all()) == set(story.topics.all())
        assert (story.live_revision_id == story.latest_revision_id) == story.live


def test_a_draft_belongs_to_the_account_with_the_writers_address(bring, reporter):
    reporter.email = "Rini@kabar.example"
    reporter.save()
    bring()
    assert Story.objects.get(headline="Rencana pelabuhan").owner == reporter
    assert Story.objects.get(headline="Pasar ikan buka lagi").owner is None


def test_the_same_archive_can_go_into_two_sites(bring, pesisir):
    bring()
    assert bring(site=pesisir).tally.stories == 4
    assert Section.objects.filter(slug="ekonomi").count() == 2


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared test archives are not here")
def test_every_shared_archive_comes_in_and_once(bring):
    files = sorted(SHARED.rglob("*.xml"))
    brought = sum(bring(file).tally.stories for file in files)
    assert brought == Story.objects.count() > 150
    for story in Story.objects.filter(live=True):
        assert copydesk.story_copy(story).path
    assert sum(bring(file).tally.stories for file in files) == 0
