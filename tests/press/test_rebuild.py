"""A whole new shelf, while the newsroom and the foreman go on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redaksi.outbox import box
from redaksi.outbox.models import Cleared, Entry, Rebuild
from redaksi.press import print_run, rebuild
from redaksi.press.duty import OnDutyError, on_duty
from redaksi.press.foreman import Foreman
from redaksi.press.prints import print_stories
from redaksi.press.rebuild import is_missing, is_outdated, press_all, settle_interrupted
from redaksi.press.reconcile import sweep
from redaksi.shelf.inventory import contents
from redaksi.shelf.place import current_file
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories import bulk
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.models import Story

pytestmark = pytest.mark.slow


@pytest.fixture
def reading_on(live_story, kentongan, parts, cast):
    body = [*cast.body(), {"type": "read_also", "value": {"story": live_story.pk}}]
    return cast.story(kentongan, "Warga Menyambut Jembatan", live=True, body=body, **parts)


def change_headline(story, words):
    text = story.get_latest_revision_as_object()
    text.headline = words
    draft(text, None)
    publish(story, None)


def is_as_pressed_afresh(press, home):
    press.foreman.drain()
    press_all(home)
    return contents(press.pointer) == contents(home / "shelf.sqlite3")


def test_a_rebuild_prints_what_the_foreman_prints(press, live_story, reading_on, tmp_path):
    press.drain()
    assert press_all(tmp_path / "fresh") == 2
    assert contents(press.pointer) == contents(tmp_path / "fresh" / "shelf.sqlite3")
    assert not Rebuild.objects.exists()


def test_a_rebuild_takes_the_place_of_the_shelf_and_the_foreman_goes_on_there(
    press, live_story, kentongan, tmp_path
):
    press.drain()
    old = current_file(press.pointer)
    press_all(press.home)
    assert current_file(press.pointer) != old
    change_headline(live_story, "Jembatan Ditutup")
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


@pytest.mark.parametrize("working", [True, False])
@pytest.mark.parametrize("moment", [1, 2])
def test_what_changes_meanwhile_is_right_on_the_new_shelf(
    press, live_story, reading_on, tmp_path, monkeypatch, working, moment
):
    """Also in pages that were printed before the change, with a press that goes on beside it or one that is down."""
    press.drain()
    monkeypatch.setattr(print_run, "BATCH", 1)

    def meanwhile(printed, _seconds):
        if printed == moment:
            change_headline(live_story, "Jembatan Ditutup")
            change_headline(reading_on, "Warga Kecewa")
            live_story.label.name = "Selat Sempit"
            live_story.label.save()
            if working:
                press.drain()

    press_all(press.home, meanwhile)
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


@pytest.mark.parametrize("working", [True, False])
def test_a_page_printed_before_the_change_of_what_it_shows_follows_on_the_new_shelf(
    press, live_story, kentongan, parts, cast, tmp_path, monkeypatch, working
):
    """The story that reads on has the smaller key: it is printed first, and nothing on the new shelf tells it of the change."""
    later = cast.story(kentongan, "Warga Menyambut Jembatan", live=True, **parts)
    text = live_story.get_latest_revision_as_object()
    text.body = [*cast.body(), {"type": "read_also", "value": {"story": later.pk}}]
    draft(text, None)
    publish(live_story, None)
    press.drain()
    monkeypatch.setattr(print_run, "BATCH", 1)

    def meanwhile(printed, _seconds):
        if printed == 1:
            change_headline(later, "Warga Kecewa")
            if working:
                press.drain()

    press_all(press.home, meanwhile)
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


def test_rows_whose_work_was_done_on_the_old_shelf_are_not_cleared_after_the_swap(
    press, live_story, tmp_path, monkeypatch
):
    press.drain()
    real = Foreman._clear

    def swapped_before(self, rows):
        monkeypatch.setattr(Foreman, "_clear", real)
        press_all(press.home)
        Entry.objects.filter(pk__gt=max(row.pk for row in rows)).delete()
        real(self, rows)

    change_headline(live_story, "Jembatan Ditutup")
    monkeypatch.setattr(Foreman, "_clear", swapped_before)
    press.foreman.turn()
    assert Entry.objects.filter(kind="story", object_id=live_story.pk).exists()
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


def test_a_rebuild_that_fails_leaves_the_old_shelf_and_loses_no_row(press, live_story, tmp_path):
    press.drain()
    old = current_file(press.pointer)

    def fail(_printed, _seconds):
        change_headline(live_story, "Jembatan Ditutup")
        press.drain()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        press_all(press.home, fail)
    assert current_file(press.pointer) == old
    assert not Rebuild.objects.exists()
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


def test_after_a_rebuild_that_was_killed_what_was_kept_for_it_is_printed_again(db, tmp_path):
    Rebuild.objects.create()
    box.clear([box.put("topic", 3), box.put("story", 4)])
    settle_interrupted(tmp_path)
    assert [str(row) for row in Entry.objects.all()] == ["topic:3", "story:4"]
    assert not Cleared.objects.exists()
    assert not Rebuild.objects.exists()


def test_one_rebuild_and_one_press_at_a_time(db, tmp_path):
    with on_duty(tmp_path, "rebuild"):
        with pytest.raises(OnDutyError, match="rebuild"):
            press_all(tmp_path)
        Rebuild.objects.create()
        settle_interrupted(tmp_path)  # it isn't interrupted, but at work
        assert Rebuild.objects.exists()
    with on_duty(tmp_path, "press"), on_duty(tmp_path, "rebuild"):
        pass


def test_a_shelf_is_missing_outdated_or_good(db, tmp_path, monkeypatch):
    assert (is_missing(tmp_path), is_outdated(tmp_path)) == (True, True)
    press_all(tmp_path)
    assert (is_missing(tmp_path), is_outdated(tmp_path)) == (False, False)
    monkeypatch.setattr(rebuild, "fingerprint", lambda: "other templates")
    assert (is_missing(tmp_path), is_outdated(tmp_path)) == (False, True)
    with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        t.set_meta("format", "0")
    assert (is_missing(tmp_path), is_outdated(tmp_path)) == (True, True)


def test_the_sweep_finds_what_no_row_told(press, live_story, reading_on):
    press.drain()
    Story.objects.filter(pk=live_story.pk).update(edition=9)
    Story.objects.filter(pk=reading_on.pk).delete()
    Entry.objects.all().delete()
    with ShelfReader(press.pointer) as reader:
        assert sum(sweep(reader)) == 2
        press.drain()
        assert sum(sweep(reader)) == 0
    assert not [name for name in press.printed() if "warga" in name]


def test_a_bulk_load_asks_for_a_whole_shelf_and_gets_one(press, live_story, kentongan):
    press.drain()
    press_all(press.home)
    assert not is_outdated(press.home)
    bulk.put_everything()
    press.drain()  # the foreman leaves it alone, and is idle
    assert is_outdated(press.home)
    press_all(press.home)
    assert not is_outdated(press.home)


def test_what_was_loaded_while_a_shelf_was_being_printed_asks_for_another(press, live_story):
    bulk.put_everything()
    press_all(press.home, lambda *_: bulk.put_everything())
    assert is_outdated(press.home)


def test_stories_that_are_read_together_are_printed_as_each_by_itself(press, live_story, reading_on):
    keys = [reading_on.pk, 999_999, live_story.pk]
    together = print_stories(keys, press.foreman.sites)
    for one, alone in zip(
        together, (print_stories([key], press.foreman.sites)[0] for key in keys), strict=True
    ):
        assert (one.story, one.rows, one.words, one.face) == (
            alone.story,
            alone.rows,
            alone.words,
            alone.face,
        )
        assert one.cards == alone.cards
        assert [page.copy for page in one.pages] == [page.copy for page in alone.pages]


def test_so_many_stories_take_as_many_queries_as_one(
    press, live_story, reading_on, django_assert_num_queries
):
    print_stories([reading_on.pk], press.foreman.sites)  # the desk knows the sites from now on
    with CaptureQueriesContext(connection) as alone:
        print_stories([reading_on.pk], press.foreman.sites)
    with django_assert_num_queries(len(alone)):
        print_stories([reading_on.pk, live_story.pk] * 5, press.foreman.sites)


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(
    press, live_story, reading_on, tmp_path, monkeypatch
):
    press.drain()
    monkeypatch.setattr(print_run, "BATCH", 1)

    def stop(printed, _seconds):
        if printed == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press_all(press.home, stop)
    settle_interrupted(press.home)
    change_headline(live_story, "Jembatan Ditutup")
    press.drain()
    told = []
    assert press_all(press.home, lambda printed, _seconds: told.append(printed)) == 1
    assert told == [1, 2]
    assert is_as_pressed_afresh(press, tmp_path / "fresh")


@pytest.mark.parametrize("other", ["templates", "boot", "rebuild"])
def test_one_that_can_not_be_gone_on_with_begins_afresh(press, live_story, reading_on, monkeypatch, other):
    press.drain()

    def stop(printed, _seconds):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press_all(press.home, stop)
    if other == "rebuild":
        Rebuild.objects.all().delete()
        Rebuild.objects.create()
    else:
        monkeypatch.setattr(rebuild, {"templates": "fingerprint", "boot": "_boot"}[other], lambda: "another")
    assert press_all(press.home) == 2
    assert not Rebuild.objects.exists()
    assert not Cleared.objects.exists()


def test_a_shelf_with_other_addresses_than_todays_is_outdated(press, settings):
    press_all(press.home)
    assert not is_outdated(press.home)
    settings.REDAKSI_READERS_ORIGIN = "https://{host}"
    assert is_outdated(press.home)
