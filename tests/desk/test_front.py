from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from redaksi.press.foreman import Foreman
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories import arrangement
from redaksi.stories.actions.arrange import arrange
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.pick import pick, unpick
from redaksi.stories.actions.place import Words, adjust, let_go, send
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.arrangement import Pin, Strip
from redaksi.stories.models import Front, Story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADLINES = ("Feri Pertama Berlayar", "Garam Naik Harga", "Rob Surut di Muara")


@pytest.fixture
def printed(tmp_path, settings):
    """``printed()`` prints what is due onto a shelf of this test's own, which the desk reads too."""
    settings.REDAKSI_HOME = tmp_path
    writer = ShelfWriter(Path(tmp_path) / "shelf.sqlite3")
    foreman = Foreman(writer, tmp_path)
    yield foreman.drain
    foreman.close()
    writer.close()


@pytest.fixture
def three(kentongan, reporter, parts, cast):
    """Three stories, an hour apart."""
    now = timezone.now()
    made = [cast.story(kentongan, words, by=reporter, **parts) for words in HEADLINES]
    for hours, story in zip((3, 2, 1), made, strict=True):
        publish(story, None, at=now - timedelta(hours=hours))
    return [Story.objects.get(pk=story.pk) for story in made]


def fields(strips, **more):
    """What the form sends for these strips."""
    sent = {"strips": len(strips), "based": ""}
    for place, strip in enumerate(strips):
        plain = {"rule": strip.rule, "was": strip.rule, "of": strip.of or "", "heading": strip.heading}
        plain |= {"count": strip.count, "shape": strip.shape}
        sent |= {f"{name}-{place}": value for name, value in plain.items()}
        for slot, pin in enumerate(strip.slots):
            if pin:
                sent[f"pin-{place}-{slot}"] = pin.story
                sent[f"until-{place}-{slot}"] = f"{pin.until:%Y-%m-%dT%H:%M}" if pin.until else ""
    return sent | more


def at(site, name="arrange"):
    return reverse(f"desk_front:{name}", args=[site.pk])


def in_order(text):
    main = text.split("<main", 1)[1]
    return [words for _, words in sorted((main.index(words), words) for words in HEADLINES if words in main)]


def test_the_screen_shows_what_stands_in_each_place(at_desk, editor, kentongan, three, printed):
    printed()
    page = at_desk(editor).get(at(kentongan)).content.decode()
    assert [words for words in HEADLINES if words in page] == list(HEADLINES)
    assert f'value="pin:0:0:{three[2].pk}"' in page


def test_buttons_move_add_remove_and_pin_without_anything_being_kept(
    at_desk, editor, kentongan, three, printed
):
    printed()
    client = at_desk(editor)
    strips = [Strip("newest", count=2, shape="lead"), Strip("picks", count=3)]
    moved = client.post(at(kentongan), fields(strips, do="up:1")).content.decode()
    assert moved.index('name="was-0" value="picks"') < moved.index('name="was-1" value="newest"')
    assert (
        'name="was-2" value="photos"'
        in client.post(at(kentongan), fields(strips, do="add", **{"new-rule": "photos"})).content.decode()
    )
    assert 'name="was-1"' not in client.post(at(kentongan), fields(strips, do="remove:1")).content.decode()
    held = client.post(at(kentongan), fields(strips, do=f"pin:0:1:{three[0].pk}")).content.decode()
    assert f'name="pin-0-1" value="{three[0].pk}"' in held
    assert not Front.objects.exists()


def test_the_preview_is_the_page_that_readers_would_get(at_desk, editor, kentongan, three, printed):
    printed()
    strips = [Strip("newest", count=3, shape="lead", slots=(Pin(three[0].pk),))]
    answer = at_desk(editor).post(at(kentongan, "preview"), fields(strips))
    assert in_order(answer.content.decode()) == [HEADLINES[0], HEADLINES[2], HEADLINES[1]]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert in_order(at_desk(editor).get(at(kentongan, "preview")).content.decode())[0] == HEADLINES[2]


def test_publishing_makes_an_edition_and_says_when_readers_have_it(
    at_desk, editor, kentongan, three, printed
):
    until = timezone.now().astimezone(kentongan.zone) + timedelta(hours=2)
    strips = [Strip("newest", count=3, shape="lead", slots=(None, Pin(three[0].pk, until)))]
    client = at_desk(editor)
    assert client.post(at(kentongan), fields(strips, do="save")).status_code == 302
    edition = Front.objects.get()
    [kept] = arrangement.from_json(edition.strips)
    assert edition.author == editor
    assert (kept.slots[0], kept.slots[1].story) == (None, three[0].pk)
    assert abs(kept.slots[1].until - until) < timedelta(minutes=1)
    assert client.get(at(kentongan, "readable")).json()["readable"] is False
    printed()
    assert client.get(at(kentongan, "readable")).json()["readable"] is True


def test_two_who_arrange_at_once_lose_nothing(at_desk, editor, site_manager, kentongan):
    first = arrange(kentongan, [Strip("newest")], site_manager)
    client = at_desk(editor)
    answer = client.post(at(kentongan), fields([Strip("picks")], do="save"))
    assert answer.status_code == 200
    assert "Sita Maharani" in answer.content.decode()
    assert Front.objects.count() == 1
    client.post(at(kentongan), fields([Strip("picks")], do="save", based=first.pk))
    client.post(at(kentongan), fields([Strip("videos")], do="save-over"))
    assert [arrangement.from_json(row.strips)[0].rule for row in Front.objects.order_by("id")] == [
        "newest",
        "picks",
        "videos",
    ]


def test_who_works_for_one_section_sees_the_front_and_may_not_change_it(at_desk, kentongan, cast):
    narrow = cast.staff("Rani Kanal", "editor", kentongan, kentongan.sections.first())
    client = at_desk(narrow)
    assert "disabled" in client.get(at(kentongan)).content.decode()
    assert client.post(at(kentongan), fields([Strip("newest")], do="save")).status_code in {302, 403}
    assert not Front.objects.exists()


def test_hostile_fields_make_no_strip_and_no_error(at_desk, editor, kentongan):
    sent = {
        "strips": "9" * 40,
        "rule-0": "newest",
        "shape-0": "lead",
        "count-0": "-3",
        "pin-0-0": "1e9",
        "do": "up:x:y",
    }
    assert at_desk(editor).post(at(kentongan), sent).status_code == 200
    for step in ("pin:9:9:9", "pin:0:0", "remove:", "add", "unpin:0:-1", "down:99", ":::"):
        answer = at_desk(editor).post(at(kentongan), fields([Strip("newest")], do=step))
        assert answer.status_code == 200


def test_a_pinned_key_from_behind_a_wall_tells_no_headline_and_is_refused(
    at_desk, editor, kentongan, pesisir, cast
):
    theirs = cast.story(pesisir, "Rahasia Pesisir")
    for step in ("", "save"):
        sent = fields([Strip("newest", slots=(Pin(theirs.pk),))], do=step)
        assert "Rahasia Pesisir" not in at_desk(editor).post(at(kentongan), sent).content.decode()
    assert not Front.objects.exists()


def replayed(client, site, moment):
    return in_order(client.get(at(site, "replayed"), {"saat": asked_at(site, moment)}).content.decode())


def test_the_front_of_a_past_minute_is_as_it_was(at_desk, editor, kentongan, three, printed):
    now = timezone.now()
    printed()
    client = at_desk(editor)
    assert replayed(client, kentongan, now) == [HEADLINES[2], HEADLINES[1], HEADLINES[0]]
    assert replayed(client, kentongan, now - timedelta(minutes=90)) == [HEADLINES[1], HEADLINES[0]]
    arrange(kentongan, [Strip("newest", count=3, shape="lead", slots=(Pin(three[0].pk),))], editor)
    withdraw(three[2], "Sumbernya keliru.", editor)
    printed()
    after = timezone.now()
    assert replayed(client, kentongan, after) == [HEADLINES[0], HEADLINES[1]]
    assert replayed(client, kentongan, now) == [HEADLINES[2], HEADLINES[1], HEADLINES[0]]
    restore(Story.objects.get(pk=three[2].pk), editor)
    printed()
    assert replayed(client, kentongan, after) == [HEADLINES[0], HEADLINES[1]]
    assert replayed(client, kentongan, timezone.now()) == [HEADLINES[0], HEADLINES[2], HEADLINES[1]]


def test_a_past_minute_has_the_headline_and_the_picks_of_that_minute(
    at_desk, editor, kentongan, three, printed
):
    arrange(kentongan, [Strip("picks", count=3)], editor)
    pick(three[0], editor)
    picked = timezone.now()
    text = Story.objects.get(pk=three[0].pk).get_latest_revision_as_object()
    text.headline = "Judul yang Baru"
    draft(text, editor)
    publish(Story.objects.get(pk=three[0].pk), editor)
    unpick(Story.objects.get(pk=three[0].pk), editor)
    pick(three[1], editor)
    printed()
    client = at_desk(editor)
    assert replayed(client, kentongan, picked) == [HEADLINES[0]]
    assert replayed(client, kentongan, timezone.now()) == [HEADLINES[1]]


def test_carried_stories_are_there_as_they_stood(
    at_desk, kentongan, pesisir, pesisir_editor, three, printed, editor
):
    arrange(pesisir, [Strip("section", of=pesisir.sections.first().pk, count=5)], pesisir_editor)
    moments = [timezone.now()]
    held = send(three[0], pesisir, editor, section=pesisir.sections.first())
    moments.append(timezone.now())
    adjust(held, pesisir.sections.first(), Words("Kapal Kita Berangkat"), pesisir_editor)
    moments.append(timezone.now())
    adjust(held, pesisir.sections.last(), Words("Kapal Kita Berangkat"), pesisir_editor)
    moments.append(timezone.now())
    let_go(held, pesisir_editor)
    moments.append(timezone.now())
    printed()
    client = at_desk(pesisir_editor)
    pages = [client.get(at(pesisir, "replayed"), {"saat": asked_at(pesisir, one)}) for one in moments]
    texts = [page.content.decode() for page in pages]
    assert [HEADLINES[0] in text for text in texts] == [False, True, False, False, False]
    assert ["Kapal Kita Berangkat" in text for text in texts] == [False, False, True, False, False]


def asked_at(site, moment):
    return moment.astimezone(site.zone).strftime("%Y-%m-%dT%H:%M:%S.%f")


def test_a_minute_that_is_none_is_now(at_desk, editor, kentongan, three, printed):
    printed()
    for asked in ("", "besok", "2999-01-01T00:00", "0001-01-01T00:00", "2026-13-45T99:99"):
        assert at_desk(editor).get(at(kentongan, "replay"), {"saat": asked}).status_code == 200
        assert at_desk(editor).get(at(kentongan, "replayed"), {"saat": asked}).status_code == 200


def test_a_story_is_picked_in_the_list_with_one_click(at_desk, editor, live_story):
    client = at_desk(editor)
    back = reverse("desk_story:list") + "?lihat=semua"
    answer = client.post(reverse("desk_story:pick", args=[live_story.pk]), {"next": back})
    assert answer["Location"] == back
    assert Story.objects.get(pk=live_story.pk).picked_at is not None
    answer = client.post(reverse("desk_story:unpick", args=[live_story.pk]), {"next": "//jahat.example/"})
    assert "jahat" not in answer["Location"]
    assert Story.objects.get(pk=live_story.pk).picked_at is None


def test_the_editions_are_listed_and_one_can_be_taken_up_again(at_desk, editor, kentongan):
    first = arrange(kentongan, [Strip("videos")], editor)
    arrange(kentongan, [Strip("newest")], editor)
    client = at_desk(editor)
    assert client.get(at(kentongan, "editions")).content.decode().count("?edisi=") == 2
    assert 'name="was-0" value="videos"' in client.get(at(kentongan), {"edisi": first.pk}).content.decode()


def test_a_story_is_found_to_be_pinned_within_the_walls(
    at_desk, editor, kentongan, pesisir, live_story, draft_story, cast
):
    found = at_desk(editor).get(at(kentongan, "find"), {"q": "jembatan"}).json()["found"]
    assert [one["id"] for one in found] == [live_story.pk]
    assert at_desk(editor).get(at(pesisir, "find")).status_code == 404
