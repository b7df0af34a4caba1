"""The bar on the shelf: at once on every site that it is for, untouched on the others, and right when its story moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from redaksi.outbox import box
from redaksi.press.typesetter import breaking, listings
from redaksi.press.typesetter.engine import Speaker
from redaksi.press.typesetter.story import story_page
from redaksi.shelf.recipe import Furniture
from redaksi.stories import copydesk
from redaksi.stories.actions import flash as verbs
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.copy import FlashCopy
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy

pytestmark = pytest.mark.django_db


def file(*sites, text="Gempa di Muara Lantang", **more):
    until = timezone.now() + timedelta(hours=1)
    return verbs.file(
        verbs.Line(text, until, frozenset(one.pk for one in sites) if sites else None, **more), None
    )


@pytest.fixture
def bar_of(press):
    """The bar that readers of a site get, as a tree."""

    def look(site):
        press.drain()
        with press.reader.look():
            piece = press.reader.piece(site.pk, "breaking")
        return html.fromstring(piece.text())

    return look


def lines(bar):
    return [" ".join(p.text_content().split()) for p in bar.iter("p")]


def test_there_is_a_place_for_it_while_nothing_breaks(kentongan, bar_of):
    bar = bar_of(kentongan)
    assert (bar.get("role"), bar.get("aria-live"), lines(bar)) == ("status", "polite", [])


def test_it_stands_at_the_sites_it_is_for_and_touches_no_other(kentongan, pesisir, bar_of, press):
    bar_of(kentongan)
    with press.reader.look():
        before = press.reader.furniture_state(pesisir.pk)
    file(kentongan)
    assert "Gempa di Muara Lantang" in lines(bar_of(kentongan))[0]
    assert lines(bar_of(pesisir)) == []
    with press.reader.look():
        assert press.reader.furniture_state(pesisir.pk) == before


def test_a_flash_goes_in_front_of_everything_that_waits(kentongan, live_story, press):
    press.drain()
    for _ in range(60):
        box.put("story", live_story.pk)
    file(kentongan)
    press.foreman.turn()
    with press.reader.look():
        assert "Gempa" in press.reader.piece(kentongan.pk, "breaking").text()


def test_its_link_leads_to_the_storys_home_from_every_site(kentongan, pesisir, live_story, bar_of):
    file(story=live_story)
    path = live_story.addresses.get(current=True).path
    for site in (kentongan, pesisir):
        assert [a.get("href") for a in bar_of(site).iter("a")] == [f"{kentongan.origin}{path}"]


def test_its_link_moves_with_the_story_and_goes_when_it_is_withdrawn(kentongan, live_story, bar_of):
    file(kentongan, story=live_story)
    bar_of(kentongan)
    text = Story.objects.get(pk=live_story.pk).get_latest_revision_as_object()
    text.slug = "jembatan-selat"
    draft(text, None)
    publish(text, None)
    assert next(a.get("href") for a in bar_of(kentongan).iter("a")).endswith("/jembatan-selat")
    withdraw(Story.objects.get(pk=live_story.pk), "Sumbernya keliru.", None)
    assert list(bar_of(kentongan).iter("a")) == []
    assert len(lines(bar_of(kentongan))) == 1


def test_it_goes_when_it_is_ended(kentongan, bar_of):
    flash = file(kentongan)
    assert lines(bar_of(kentongan))
    verbs.end(flash, None)
    assert lines(bar_of(kentongan)) == []


def test_open_pages_are_told_the_piece_alone(kentongan, press, bar_of):
    bar_of(kentongan)
    assert press.status(kentongan, "/kilat") == 200


def test_every_page_has_the_bar_above_its_masthead(kentongan, live_story):
    site = site_copy(kentongan)
    story = copydesk.story_copy(Story.objects.get(pk=live_story.pk))
    for sheet in (story_page(story, site), listings.latest_page(site), listings.not_found_page(site)):
        names = [part.name for part in sheet.parts if isinstance(part, Furniture)]
        assert [name for name in names if name != "plate"][:3] == ["head", "breaking", "top"]


def test_what_stands_in_it_is_escaped_and_leads_nowhere_odd():
    now = timezone.now()
    told = FlashCopy("<script>alert(1)</script> & “kutip”", "javascript:alert(1)", now, now)
    bar = breaking.bar([told], Speaker("k", "id", "Asia/Jakarta"))
    assert "<script" not in bar
    assert "javascript" not in bar
