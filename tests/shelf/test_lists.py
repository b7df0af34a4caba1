from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
from redaksi.shelf.lists import ListKey
from redaksi.shelf.pieces import join_stored_forms, press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards
from redaksi.shelf.writer import ShelfWriter

rows = st.dictionaries(st.integers(1, 60), st.integers(0, 12), max_size=40)


def newest_first(rows):
    return [story for at, story in sorted(((at, story) for story, at in rows.items()), reverse=True)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    pointer = tmp_path_factory.mktemp("lists") / "shelf.sqlite3"
    with ShelfWriter(pointer) as writer, ShelfReader(pointer) as reader:

        def fill(rows):
            with writer.transaction() as t:
                for story in range(1, 61):
                    t.drop_rows(story)
                for story, at in rows.items():
                    t.put_row(site=1, name="latest", at=at, story=story)
            return reader

        yield fill


@given(rows, st.integers(1, 9), st.integers(0, 3))
@settings(max_examples=chance.examples(60), deadline=None)
def test_turning_to_older_pages_visits_every_story_once_in_order(shelf, rows, count, skip):
    hole = Cards("latest", "row", count, skip=skip)
    with shelf(rows) as reader, reader.look():
        page = reader.cards(1, hole)
        seen = page.stories
        while page.older is not None:
            page = reader.cards_before(1, hole, page.older)
            seen = seen + page.stories
    assert seen == newest_first(rows)[skip:]


@given(rows, st.integers(1, 9), st.integers(0, 3))
@settings(max_examples=chance.examples(60), deadline=None)
def test_turning_back_to_the_first_page_leaves_nothing_out(shelf, rows, count, skip):
    hole = Cards("latest", "row", count, skip=skip)
    with shelf(rows) as reader, reader.look():
        page = reader.cards(1, hole)
        while page.older is not None:
            page = reader.cards_before(1, hole, page.older)
        seen = page.stories
        while page.newer is not None and not page.newer_is_first:
            page = reader.cards_after(1, hole, page.newer)
            seen = page.stories + seen
    stories = newest_first(rows)
    on_first = stories[: count + skip]
    assert len(seen) == len(set(seen))
    assert seen == stories[len(stories) - len(seen) :]
    assert set(seen) | set(on_first) == set(stories)


@given(rows, st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=chance.examples(60), deadline=None)
def test_a_slice_holds_what_was_published_in_its_time(shelf, rows, since, until):
    with shelf(rows) as reader, reader.look():
        stories = reader.cards(1, Cards("latest", "row", 100, since=since, until=until)).stories
    assert stories == [story for story in newest_first(rows) if since <= rows[story] < until]


def test_a_story_put_again_at_another_time_moves(shelf):
    reader = shelf({1: 5, 2: 6})
    assert shelf({1: 7, 2: 6}) is reader
    with reader, reader.look():
        assert reader.cards(1, Cards("latest", "row", 5)).stories == [1, 2]


def test_a_list_shows_the_cards_of_its_site_and_form(tmp_path):
    pointer = tmp_path / "shelf.sqlite3"
    with ShelfWriter(pointer) as writer, writer.transaction() as t:
        for site, form, text in ((1, "row", "satu"), (1, "map", "SATU"), (2, "row", "one")):
            t.put_card(site=site, story=8, form=form, piece=press_piece(text))
        for story in (8, 9):  # 9 has no card
            t.put_row(site=1, name="latest", at=story, story=story)
    with ShelfReader(pointer) as reader, reader.look():
        page = reader.cards(1, Cards("latest", "map", 5))
        assert page.stories == [9, 8]
        assert join_stored_forms(page.cards).text() == "SATU"
        assert reader.cards(2, Cards("latest", "row", 5)).stories == []


@given(st.integers(0, 2**62 - 1), st.integers(0, 2**39 - 1))
def test_a_key_comes_back_from_its_text_which_is_fit_for_an_address(at, story):
    text = str(ListKey(at, story))
    assert re.fullmatch(r"[0-9a-z]+-[0-9a-z]+", text)
    assert ListKey.parse(text) == (at, story)


@pytest.mark.parametrize(
    "text", ["", "-", "1", "1-", "01-1", "1-01", "A-1", "1-1 ", "zzzzzzzzzzzzz-1", "1-1-1", "１-1", "1-1\n"]
)
def test_a_garbled_key_is_none(text):
    assert ListKey.parse(text) is None
