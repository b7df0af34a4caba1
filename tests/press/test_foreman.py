"""What is printed again when something changes: all that shows it, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press import foreman as foreman_module
from redaksi.press import ripples, together
from redaksi.press.foreman import Foreman
from redaksi.press.rebuild import press_all
from redaksi.shelf.inventory import contents
from redaksi.shelf.recipe import Recipe
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Story


def path_of(story):
    return story.addresses.get(current=True).path


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """A row that failed isn't tried again while a test looks, however slow the machine is."""
    monkeypatch.setattr(foreman_module, "FIRST_PAUSE", 600)
    monkeypatch.setattr(foreman_module, "LAST_PAUSE", 600)


@pytest.fixture
def reading_on(live_story, kentongan, parts, cast):
    """A story that says "read also" of the live one."""
    body = [*cast.body(), {"type": "read_also", "value": {"story": live_story.pk}}]
    return cast.story(kentongan, "Warga Menyambut Jembatan", live=True, body=body, **parts)


@pytest.fixture
def reprinted(press, kentongan):
    """What is printed again by the press when ``change`` is done: the addresses at Kentongan."""

    def watch(change):
        press.drain()
        before = press.printed()
        change()
        press.drain()
        after = press.printed()
        site = str(kentongan.pk)
        return {
            name.removeprefix(site)
            for name in after
            if after[name] != before.get(name) and name.startswith(site)
        }

    return watch


def change_headline(story, words):
    text = story.get_latest_revision_as_object()
    text.headline = words
    draft(text, None)
    publish(story, None)


def test_a_published_story_stands_in_all_its_places(press, live_story, kentongan, topic, contributor):
    press.drain()
    at = live_story.published_at.astimezone(kentongan.zone)
    for address in (
        path_of(live_story), "/", "/terkini", "/nasional", "/topik/selat-lantang", "/penulis/rara-wening", "/topik",
        f"/indeks/{at:%Y/%m/%d}", "/indeks", "/rss.xml", "/nasional/rss.xml", "/topik/selat-lantang/rss.xml", "/sitemap.xml",
        f"/sitemap-{at:%Y-%m}.xml", "/robots.txt",
    ):  # fmt: skip
        assert press.status(kentongan, address) == 200, address
    lists = {name for _, name, _ in press.writer._connection.execute(
        "SELECT site, name, story FROM rows JOIN lists ON lists.id = rows.list WHERE story = ?", (live_story.pk,)
    )}  # fmt: skip
    section = live_story.section_id
    wanted = {"all", "home", f"site:{kentongan.pk}", f"section:{section}", f"contributor:{contributor.pk}"}
    assert lists == wanted | {f"topic:{topic.pk}", f"label:{topic.pk}"}


def test_a_headline_prints_its_page_and_those_that_read_on_and_no_other(reprinted, live_story, reading_on):
    assert reprinted(lambda: change_headline(live_story, "Jembatan Dibuka Pagi Ini")) == {
        path_of(live_story), path_of(reading_on),
    }  # fmt: skip


def test_a_correction_prints_its_own_page_only(reprinted, live_story, reading_on, editor):
    assert reprinted(lambda: correct(live_story, "Panjangnya 900 meter.", editor)) == {path_of(live_story)}


def test_publishing_again_without_a_change_of_face_prints_its_own_page_only(
    reprinted, live_story, reading_on
):
    assert reprinted(lambda: publish(live_story, None)) == {path_of(live_story)}


def test_a_withdrawal_prints_who_read_on_and_leaves_a_page_of_its_own(
    reprinted, press, live_story, reading_on, kentongan, editor
):
    printed = reprinted(lambda: withdraw(Story.objects.get(pk=live_story.pk), "Keliru.", editor))
    assert {path_of(live_story), path_of(reading_on)} <= printed
    assert press.status(kentongan, path_of(live_story)) == 410


@pytest.mark.parametrize(("name", "everywhere"), [("name", True), ("slug", True), ("summary", False)])
def test_a_topic_prints_its_stories_only_if_they_show_the_change(
    reprinted, live_story, topic, name, everywhere
):
    def change():
        setattr(topic, name, "selat-baru" if name == "slug" else "Selat Baru")
        topic.save()

    printed = reprinted(change)
    assert (path_of(live_story) in printed) is everywhere
    assert f"/topik/{topic.slug}" in printed
    assert "/" not in printed


def test_saving_a_thing_without_a_change_prints_no_story(
    reprinted, live_story, topic, contributor, photo, kentongan
):
    def save():
        for thing in (topic, contributor, photo, kentongan, kentongan.sections.first()):
            thing.save()

    assert path_of(live_story) not in reprinted(save)


def test_a_caption_prints_the_pages_that_show_the_photo(reprinted, live_story, photo, kentongan, cast, parts):
    other = cast.story(kentongan, "Tanpa Foto", live=True, topic=parts["topic"], writer=parts["writer"])

    def change():
        photo.caption = "Feri terakhir."
        photo.save()

    printed = reprinted(change)
    assert path_of(live_story) in printed
    assert path_of(other) not in printed


def test_a_portrait_that_changes_prints_its_contributors_page(reprinted, live_story, contributor, photo):
    contributor.portrait = photo
    contributor.save()

    def change():
        photo.alt = "Wajah."
        photo.save()

    assert "/penulis/rara-wening" in reprinted(change)


def test_a_publish_does_not_wait_for_a_long_ripple(
    press, live_story, reading_on, topic, kentongan, parts, cast, monkeypatch
):
    monkeypatch.setattr(ripples, "SLICE", 1)
    press.drain()
    topic.name = "Selat Baru"
    topic.save()
    press.foreman.turn()
    assert Entry.objects.exclude(cursor="").exists()
    news = cast.story(kentongan, "Kilat", live=True, **parts)
    press.foreman.turn()
    assert press.status(kentongan, path_of(news)) == 200
    assert Entry.objects.exclude(cursor="").exists()


def test_all_that_is_said_of_one_story_is_one_print(press, live_story, kentongan, monkeypatch):
    """A story that was sent to two hundred sites has a row for each."""
    press.drain()
    monkeypatch.setattr(foreman_module, "BATCH", 2)
    printed = []
    real = together.print_stories
    monkeypatch.setattr(together, "print_stories", lambda pks, desk: printed.extend(pks) or real(pks, desk))
    with transaction.atomic():
        for _ in range(200):
            box.put("story", live_story.pk)
    press.foreman.turn()
    assert (printed, Entry.objects.exists()) == ([live_story.pk], False)


def test_stories_on_many_sites_leave_a_flash_its_turn(press, kentongan, parts, cast, monkeypatch):
    press.drain()
    monkeypatch.setattr(together, "PAGES_AT_ONCE", 1)
    first, second = (cast.story(kentongan, words, live=True, **parts) for words in ("Satu", "Dua"))
    press.foreman.turn()
    assert press.status(kentongan, path_of(first)) == 200
    assert Entry.objects.filter(kind="story", object_id=second.pk).exists()
    press.drain()
    assert press.status(kentongan, path_of(second)) == 200


def test_a_story_that_cannot_be_printed_holds_up_no_other_and_tells_why(
    press, live_story, reading_on, kentongan, monkeypatch
):
    real = together.print_stories

    def printing(pks, desk):
        if live_story.pk in pks:
            raise ValueError("no such look")
        return real(pks, desk)

    with monkeypatch.context() as patch:
        patch.setattr(together, "print_stories", printing)
        press.drain()
    assert press.status(kentongan, path_of(reading_on)) == 200
    row = Entry.objects.get()
    assert (row.object_id, row.tries, row.trouble) == (live_story.pk, 1, "ValueError: no such look")
    press.foreman._not_before.clear()
    press.drain()
    assert press.status(kentongan, path_of(live_story)) == 200
    assert not Entry.objects.exists()


def test_a_story_that_cannot_be_laid_holds_up_no_other(press, live_story, reading_on, kentongan):
    press.drain()
    live_story.addresses.create(site=kentongan, path="/../lama", current=False)  # no page can stand there
    for story in (live_story, reading_on):
        box.put("story", story.pk)
    before = press.printed()
    press.drain()
    after = press.printed()
    name = f"{kentongan.pk}{path_of(reading_on)}"
    assert after[name] > before[name]
    assert [row.object_id for row in Entry.objects.all()] == [live_story.pk]
    assert "/../lama" in Entry.objects.get().trouble


def test_a_broken_site_does_not_keep_the_others_from_being_printed(press, kentongan, pesisir, monkeypatch):
    press.drain()
    kentongan.look = "tak-ada"
    kentongan.save()
    pesisir.tagline = "Kabar pantai"
    pesisir.save()
    press.drain()
    with press.reader.look():
        assert "Kabar pantai" in press.reader.page(pesisir.pk, "/").recipe.hex() or press.printed()
    assert {row.kind for row in Entry.objects.all()} == {"site"}
    assert all(row.tries == 1 for row in Entry.objects.all())


@pytest.mark.parametrize("step", ["begin", "begin_of_stories"])
def test_killed_before_its_ripple_is_written_a_headline_still_reaches_who_reads_on(
    press, live_story, reading_on, step, tmp_path
):
    press.drain()
    change_headline(live_story, "Jembatan Ditutup")

    def die(*_args):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ripples, step, die)
        with pytest.raises(KeyboardInterrupt):
            press.foreman.turn()
    press.drain()
    press_all(tmp_path / "fresh")
    assert contents(press.pointer) == contents(tmp_path / "fresh" / "shelf.sqlite3")


def test_a_headline_that_a_topics_ripple_prints_first_still_reaches_who_reads_on(
    press, live_story, reading_on, topic
):
    press.drain()
    change_headline(live_story, "Jembatan Ditutup")
    row = Entry.objects.get(kind="story", object_id=live_story.pk)
    press.foreman._not_before[row.pk] = float("inf")  # it rests, as after a failure
    with press.writer.transaction() as shelf:
        shelf.set_dependencies(f"story:{reading_on.pk}", [f"story:{live_story.pk}"])  # no topic leads there
    topic.name = "Selat Baru"
    topic.save()
    press.drain()
    press.foreman._not_before.clear()
    press.drain()
    shown = press.writer._connection.execute(
        "SELECT recipe FROM pages WHERE entity = ? AND status = 200", (f"story:{reading_on.pk}",)
    )
    text = "".join(piece.text() for piece in Recipe.parse(shown.fetchone()[0]).own)
    assert "Jembatan Ditutup" in text


def test_a_site_that_is_gone_leaves_nothing(press, kentongan, pesisir):
    press.drain()
    number = pesisir.pk
    pesisir.sections.all().delete()
    pesisir.delete()
    press.drain()
    assert not [name for name in press.printed() if name.startswith(f"{number}/")]


def test_a_quiet_outbox_costs_one_query(press, live_story, django_assert_num_queries):
    press.drain()
    with django_assert_num_queries(1):
        assert press.foreman.turn() is False


def test_names_are_read_before_the_first_entry_comes(press, topic, live_story, tmp_path):
    """A flash just after the start, among fifty thousand topics, doesn't wait for their names to be read."""
    press.drain()
    begun = Foreman(press.writer, tmp_path)
    assert not begun.turn()
    assert begun.sites.shelf == press.writer.path
    assert begun.sites.names.get(topic.pk).slug == topic.slug
    begun.close()


def test_ten_stories_that_wait_are_read_in_as_many_queries_as_one(
    press, kentongan, parts, cast, django_assert_max_num_queries
):
    press.drain()
    cast.story(kentongan, "Satu", live=True, **parts)
    with CaptureQueriesContext(connection) as alone:
        press.foreman.turn()
    press.drain()
    for number in range(10):
        cast.story(kentongan, f"Kabar {number}", live=True, **parts)
    with django_assert_max_num_queries(len(alone) + 10):
        press.foreman.turn()
    assert not Entry.objects.filter(kind="story").exists()
