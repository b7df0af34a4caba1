"""The screen for breaking news: two clicks, the own sites only, links that follow their stories."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from redaksi.stories.actions import flash as verbs
from redaksi.stories.models import Flash

pytestmark = pytest.mark.django_db


def address_of(story):
    return f"{story.site.origin}{story.addresses.get(current=True).path}"


def test_an_editor_of_one_site_types_one_sentence_and_presses_one_button(at_desk, editor, kentongan):
    answer = at_desk(editor).post("/kilat/", {"text": "Gempa di Muara Lantang", "span": "60"})
    assert answer.status_code == 302
    flash = Flash.objects.get()
    assert (flash.text, list(flash.sites.all()), flash.everywhere) == (
        "Gempa di Muara Lantang",
        [kentongan],
        False,
    )


def test_the_address_of_a_story_becomes_a_link_that_follows_it(at_desk, editor, live_story):
    data = {"text": "Jembatan ditutup", "span": "30", "link": address_of(live_story)}
    at_desk(editor).post("/kilat/", data)
    assert (Flash.objects.get().story, Flash.objects.get().url) == (live_story, "")


def test_a_network_manager_chooses_the_network_or_sites(at_desk, network_manager, kentongan, pesisir):
    desk = at_desk(network_manager)
    desk.post("/kilat/", {"text": "Untuk semua", "span": "60", "everywhere": "on"})
    desk.post("/kilat/", {"text": "Untuk dua", "span": "60", "sites": [kentongan.pk, pesisir.pk]})
    assert [(one.everywhere, one.sites.count()) for one in Flash.objects.order_by("pk")] == [
        (True, 0),
        (False, 2),
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"text": "", "span": "60"},
        {"text": "Kabar"},
        {"text": "Kabar", "span": "60", "link": "javascript:alert(1)"},
        {"text": "Kabar", "until": "2020-01-01T00:00"},
        {"text": "K" * 141, "span": "60"},
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(at_desk, editor, kentongan, data):
    answer = at_desk(editor).post("/kilat/", data)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Flash.objects.exists()


def test_another_sites_flash_can_be_seen_nowhere_and_ended_by_nobody_there(at_desk, cast, kentongan, pesisir):
    stranger = at_desk(cast.staff("Pasir Laut", "editor", pesisir))
    until = timezone.now() + timedelta(hours=1)
    flash = verbs.file(verbs.Line("Rahasia", until, frozenset([kentongan.pk])), None)
    assert "Rahasia" not in stranger.get("/kilat/").content.decode()
    assert stranger.get(f"/kilat/{flash.pk}/").status_code == 404
    assert stranger.post(f"/kilat/{flash.pk}/akhiri/").status_code == 404
    assert Flash.objects.get().ended_at is None


def test_a_reporter_sees_what_runs_and_files_nothing(at_desk, reporter, kentongan):
    verbs.file(verbs.Line("Gempa", timezone.now() + timedelta(hours=1), None), None)
    desk = at_desk(reporter)
    assert "Gempa" in desk.get("/kilat/").content.decode()
    assert desk.post("/kilat/", {"text": "Kabar", "span": "60"}).status_code == 403


def test_an_editor_changes_and_ends_the_own_flash(at_desk, editor, kentongan):
    desk = at_desk(editor)
    desk.post("/kilat/", {"text": "Gempa", "span": "60"})
    key = Flash.objects.get().pk
    assert "Gempa" in desk.get(f"/kilat/{key}/").content.decode()
    desk.post(f"/kilat/{key}/", {"text": "Gempa 6,1 magnitudo", "span": "180"})
    assert Flash.objects.get().text == "Gempa 6,1 magnitudo"
    desk.post(f"/kilat/{key}/akhiri/")
    assert Flash.objects.get().ended_at is not None


@pytest.mark.parametrize("ended", [True, False])
def test_a_withdrawal_offers_to_end_the_flash_that_leads_to_the_story(at_desk, editor, live_story, ended):
    until = timezone.now() + timedelta(hours=1)
    flash = verbs.file(
        verbs.Line("Jembatan ambruk", until, frozenset([live_story.site_id]), live_story), editor
    )
    desk, screen = at_desk(editor), reverse("desk_story:withdraw", args=[live_story.pk])
    assert "Jembatan ambruk" in desk.get(screen).content.decode()
    desk.post(screen, {"reason": "Keliru."} | ({"flashes": [flash.pk]} if ended else {}))
    flash.refresh_from_db()
    live_story.refresh_from_db()
    assert live_story.withdrawn_at is not None
    assert (flash.ended_at is not None) is ended


def test_a_flash_of_the_network_is_told_of_but_not_ended_by_a_sites_editor(
    at_desk, editor, network_manager, live_story
):
    until = timezone.now() + timedelta(hours=1)
    flash = verbs.file(verbs.Line("Jembatan ambruk", until, None, live_story), network_manager)
    desk, screen = at_desk(editor), reverse("desk_story:withdraw", args=[live_story.pk])
    assert "bukan hanya milik situs Anda" in desk.get(screen).content.decode()
    desk.post(screen, {"reason": "Keliru.", "flashes": [flash.pk]})
    flash.refresh_from_db()
    assert flash.ended_at is None
