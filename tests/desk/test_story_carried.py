"""What other sites' desks sent, in the list of those who carry it: found by what readers have, and never by what is being written."""

from __future__ import annotations

import pytest
from django.urls import reverse

from redaksi.stories import search
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.place import Words, adjust, let_go, send
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(live_story, pesisir, editor):
    return send(live_story, pesisir, editor)


def page(desk, **asked):
    answer = desk.get(reverse("desk_story:list"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_stands_in_the_list_and_leads_to_what_the_site_says_of_it(
    at_desk, pesisir_editor, placement, live_story
):
    desk = at_desk(pesisir_editor)
    here = reverse("desk_exchange:adjust", args=[placement.pk])
    for view in ({"lihat": "semua"}, {"lihat": "jaringan"}, {"lihat": "tayang"}, {"keadaan": "tayang"}):
        shown = page(desk, **view)
        assert live_story.headline in shown, view
        assert "dari Kentongan" in shown
        assert here in shown
    assert live_story.headline not in page(desk, keadaan="konsep")
    assert reverse("desk_exchange:let_go", args=[placement.pk]) in desk.get(here).content.decode()


def test_it_is_found_by_what_readers_have_and_by_the_sites_own_words(
    at_desk, pesisir_editor, editor, placement, live_story
):
    desk = at_desk(pesisir_editor)
    adjust(placement, placement.section, Words("Muara Kita Dibuka"), pesisir_editor)
    text = Story.objects.get(pk=live_story.pk).latest_revision.as_object()
    text.headline = "Rahasia Redaksi Kentongan"
    draft(text, editor)
    for words in ("jembatan", "muara kita"):
        assert "dari Kentongan" in page(desk, q=words), words
    assert "dari Kentongan" not in page(desk, q="rahasia")
    publish(Story.objects.get(pk=live_story.pk), editor)
    assert "dari Kentongan" in page(desk, q="rahasia")


def test_another_site_neither_lists_nor_finds_it(at_desk, cast, group, placement, live_story):
    lembah = cast.site(group, "lembah")
    desk = at_desk(cast.staff("Ladang Hijau", "editor", lembah))
    for view in ({"lihat": "semua"}, {"lihat": "jaringan"}, {"q": "jembatan"}, {"situs": placement.site_id}):
        assert live_story.headline not in page(desk, **view), view
    assert search.find_carried("jembatan", [lembah.pk]) == []
    assert search.find_carried("jembatan", []) == []


def test_what_happened_to_it_is_said(at_desk, pesisir_editor, editor, placement, live_story, pesisir):
    desk = at_desk(pesisir_editor)
    let_go(placement, pesisir_editor)
    assert "Dilepas" in page(desk, lihat="semua")
    assert live_story.headline not in page(desk, lihat="tayang")
    gone = desk.get(reverse("desk_exchange:adjust", args=[placement.pk])).content.decode()
    assert reverse("desk_exchange:let_go", args=[placement.pk]) not in gone
    withdraw(Story.objects.get(pk=live_story.pk), "Keliru", editor)
    assert "dari Kentongan" in page(desk, keadaan="dicabut")


def test_a_reporter_is_led_to_readers_page(at_desk, cast, pesisir, placement):
    desk = at_desk(cast.staff("Nelayan Pagi", "reporter", pesisir))
    shown = page(desk, lihat="jaringan")
    assert reverse("desk_exchange:adjust", args=[placement.pk]) not in shown
    assert f"{pesisir.origin}/nasional/" in shown


def test_who_sees_every_site_has_each_story_once(at_desk, network_manager, placement, live_story, pesisir):
    desk = at_desk(network_manager)
    shown = desk.get(reverse("desk_story:list"), {"lihat": "semua"}).context["rows"]
    assert [row.headline for row in shown].count(live_story.headline) == 1
    assert "dari Kentongan" in page(desk, situs=pesisir.pk, lihat="semua")


def test_pages_of_both_go_on_without_a_gap(at_desk, pesisir_editor, pesisir, placement, cast, monkeypatch):
    monkeypatch.setattr("redaksi.desk.story.listing.A_PAGE", 2)
    for number in range(4):
        cast.story(pesisir, f"Berita {number}", by=pesisir_editor)
    desk, seen = at_desk(pesisir_editor), []
    for number in (1, 2, 3):
        rows = desk.get(reverse("desk_story:list"), {"lihat": "semua", "p": number}).context["rows"]
        seen += [(type(row).__name__, row.pk) for row in rows]
    assert len(seen) == len(set(seen)) == 5
