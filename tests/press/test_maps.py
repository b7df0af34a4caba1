"""The monthly sitemaps: no story is left out of them, however many a month has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
import specimen
from redaksi.press.maps import Maps
from redaksi.press.typesetter import addresses, sitemaps
from redaksi.press.typesetter.sheet import microseconds
from redaksi.shelf.lists import first_page
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards, Recipe
from redaksi.shelf.writer import ShelfWriter

SITE = specimen.site()
BEGIN = datetime(2026, 10, 31, 16, tzinfo=UTC)  # an hour before November in Jakarta
#: A place for a story: within six hours around a month's end, some at the same moment.
HOURS = st.lists(st.integers(0, 12), min_size=1, max_size=25)


@pytest.fixture
def shelf(tmp_path):
    with ShelfWriter(tmp_path / "shelf.sqlite3") as writer, ShelfReader(tmp_path / "shelf.sqlite3") as reader:
        yield writer, reader


def put(t, story, hours):
    at = microseconds(BEGIN + timedelta(minutes=10 * hours))
    t.set_rows(story, [(SITE.id, addresses.HOME, at)])
    t.put_card(site=SITE.id, story=story, form="map", piece=press_piece(f"{story} "))
    return at


def mapped(reader):
    """The stories of each map that the index names."""
    found = {}
    with reader.look():
        index = Recipe.parse(reader.page(SITE.id, "/sitemap.xml").recipe).segments()[0].text
        for address in [part.partition("</loc>")[0] for part in index.split(f"<loc>{SITE.origin}")[1:]]:
            parts = Recipe.parse(reader.page(SITE.id, address).recipe).segments()
            [hole] = [part for part in parts if isinstance(part, Cards)]
            found[address] = first_page(reader._opened(), SITE.id, hole).stories
    return found


@settings(max_examples=chance.examples(40), deadline=None)
@given(hours=HOURS, gone=st.sets(st.integers(0, 24)), at_once=st.booleans())
def test_maps_hold_every_story_once_and_are_those_of_a_shelf_made_afresh(
    tmp_path_factory, hours, gone, at_once
):
    folder = tmp_path_factory.mktemp("maps")
    results = []
    for name, grown in (("grown", True), ("fresh", False)):
        pointer = folder / f"{name}.sqlite3"
        with (
            pytest.MonkeyPatch.context() as patch,
            ShelfWriter(pointer) as writer,
            ShelfReader(pointer) as reader,
        ):
            patch.setattr(sitemaps, "MAP_COUNT", 6)
            left = [story for story in range(len(hours)) if story not in gone]
            with writer.transaction() as t:
                Maps(t, SITE).begin()
                for story in range(len(hours)) if grown else left:
                    at = put(t, story + 1, hours[story])
                    if not at_once:
                        Maps(t, SITE).keep_up({at})
                if grown:
                    Maps(t, SITE).keep_up(
                        {microseconds(BEGIN + timedelta(minutes=10 * one)) for one in hours}
                    )
                    for story in gone & set(range(len(hours))):
                        t.drop_rows(story + 1)
                        Maps(t, SITE).keep_up({microseconds(BEGIN + timedelta(minutes=10 * hours[story]))})
                else:
                    Maps(t, SITE).reprint()
            results.append(mapped(reader))
    assert results[0] == results[1]


def test_a_month_of_more_stories_than_a_map_takes_has_several(shelf, monkeypatch):
    writer, reader = shelf
    monkeypatch.setattr(sitemaps, "MAP_COUNT", 4)
    with writer.transaction() as t:
        times = {
            put(t, story, story) for story in range(1, 21)
        }  # six stories an hour; the first five are October's
        Maps(t, SITE).keep_up(times)
    found = mapped(reader)
    assert {name: len(stories) for name, stories in found.items()} == {
        "/sitemap-2026-11.xml": 4, "/sitemap-2026-11-2.xml": 4, "/sitemap-2026-11-3.xml": 4, "/sitemap-2026-11-4.xml": 3,
        "/sitemap-2026-10.xml": 4, "/sitemap-2026-10-2.xml": 1,
    }  # fmt: skip
    assert sorted(story for stories in found.values() for story in stories) == list(range(1, 21))


def test_a_month_that_shrinks_gives_up_its_parts_and_an_empty_one_its_map(shelf, monkeypatch):
    writer, reader = shelf
    monkeypatch.setattr(sitemaps, "MAP_COUNT", 4)
    with writer.transaction() as t:
        times = {put(t, story, 6 + story) for story in range(1, 7)}
        Maps(t, SITE).keep_up(times)
        for story in (1, 2, 3):
            t.drop_rows(story)
        Maps(t, SITE).keep_up(times)
    assert mapped(reader) == {"/sitemap-2026-11.xml": [6, 5, 4]}
    with writer.transaction() as t:
        for story in (4, 5, 6):
            t.drop_rows(story)
        Maps(t, SITE).keep_up(times)
        assert not t.stands_at(SITE.id, "/sitemap-2026-11.xml")
    assert mapped(reader) == {}
