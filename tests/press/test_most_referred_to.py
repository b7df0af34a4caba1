"""The ranking of stories by how many others show them: honest while nobody counts readers, the same on a fresh shelf."""

from __future__ import annotations

import pytest
from lxml import html

from redaksi.press.rebuild import press_all
from redaksi.shelf.inventory import contents
from redaksi.shelf.recipe import Cards, Recipe
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def told(kentongan, parts, cast):
    """``told("Judul", story, …)``: a published story that says "read also" of these."""

    def tell(headline, *others):
        also = [{"type": "read_also", "value": {"story": one.pk}} for one in others]
        return cast.story(kentongan, headline, live=True, body=[*cast.body(), *also], **parts)

    return tell


@pytest.fixture
def ranked(press, kentongan):
    """Headlines beside a story, and the stories pinned on the page, in order."""

    def look():
        press.drain()
        with press.reader.look():
            piece = press.reader.piece(kentongan.pk, "latest").text()
            page = press.reader.page(kentongan.pk, "/terpopuler")
        beside = [a.text for a in html.fromstring(piece).xpath("//ol[@class='top']//a")]
        holes = [part for part in Recipe.parse(page.recipe).outline if isinstance(part, Cards)]
        return beside, [story for hole in holes for story in hole.pinned]

    return look


def test_what_most_others_refer_to_comes_first(told, ranked):
    bridge, ferry = told("Jembatan"), told("Feri")
    told("Satu", bridge, ferry)
    told("Dua", ferry)
    assert ranked() == (["Feri", "Jembatan"], [ferry.pk, bridge.pk])


def test_a_story_to_which_nothing_refers_is_not_called_popular(told, ranked):
    told("Sendiri")
    assert ranked() == ([], [])


def test_what_is_withdrawn_neither_counts_nor_is_named(told, ranked):
    bridge, ferry = told("Jembatan"), told("Feri")
    one = told("Satu", ferry)
    told("Dua", ferry, bridge)
    withdraw(Story.objects.get(pk=ferry.pk), "Keliru.", None)
    assert ranked()[1] == [bridge.pk]
    withdraw(Story.objects.get(pk=one.pk), "Keliru.", None)
    assert ranked()[1] == [bridge.pk]


def test_a_shelf_pressed_afresh_ranks_alike(told, ranked, press):
    bridge = told("Jembatan")
    ferry = told("Feri", bridge)
    told("Satu", ferry, bridge)
    ranked()
    press_all(press.home / "fresh")
    assert contents(press.pointer) == contents(press.home / "fresh" / "shelf.sqlite3")
