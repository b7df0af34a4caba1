from __future__ import annotations

import pytest

from redaksi.shelf import surrogates
from redaksi.shelf.addresses import card_id, page_key
from redaksi.shelf.changes import MOST_KEYS
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.recipe import Own, press_recipe
from redaksi.shelf.writer import ShelfWriter

DAY = 86_400_000_000
AT = 5 * DAY + 7


@pytest.fixture
def told():
    return []


@pytest.fixture
def shelf(tmp_path, told):
    with ShelfWriter(tmp_path / "shelf.sqlite3", told=told.append) as shelf:
        with shelf.transaction() as t:
            t.put_site(1, name="Kentongan", language="id", hosts=["kentongan.test"], headers={})
            put_story(t, "Banjir", "Banjir")
        told.clear()
        yield shelf


def put_story(t, headline, card):
    """As the press does it: everything is taken away and put back."""
    t.drop_pages("story:7")
    page(t, "/banjir", headline)
    t.drop_cards(7)
    t.put_card(site=1, story=7, form="row", piece=press_piece(card))
    t.set_rows(7, [(1, "latest", AT)])


def page(t, address, text):
    t.put_page(site=1, address=address, recipe=press_recipe([Own(text)]), entity="story:7", version=1)


def changed(shelf, told, change):
    with shelf.transaction() as t:
        change(t)
    return set(told.pop()) if told else set()


def key(address):
    return surrogates.page(page_key(1, address))


CARD = {surrogates.card(card_id(1, 7, "row")), surrogates.any_card(1, "latest"), surrogates.ANY_ROW}
ROW = {*surrogates.rows(1, "latest"), *surrogates.rows(1, "latest", AT, AT + 1), surrogates.ANY_ROW}


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        (lambda t: put_story(t, "Banjir", "Banjir"), set()),
        (lambda t: put_story(t, "Banjir surut", "Banjir"), {key("/banjir")}),
        (lambda t: put_story(t, "Banjir", "Banjir surut"), CARD),
        (lambda t: t.drop_pages("story:7"), {key("/banjir")}),
        (lambda t: page(t, "/baru", "Baru"), {key("/baru")}),
        (lambda t: t.drop_rows(7), ROW),
        (lambda t: t.drop_cards(7), CARD | {surrogates.own_cards(1)}),
        (lambda t: t.put_piece(1, "top", press_piece("a")), {surrogates.furniture(1)}),
        (lambda t: t.put_piece(1, "related:3", press_piece("a")), {surrogates.rare(1, "related:3")}),
        (lambda t: t.set_meta("press:x", "1"), set()),
        (lambda t: t.drop_site(1), {surrogates.ALL}),
    ],
)
def test_what_readers_get_differently_is_told_and_nothing_else(shelf, told, change, keys):
    assert changed(shelf, told, change) == keys


def test_what_is_undone_is_not_told(shelf, told):
    def fail(t):
        put_story(t, "Lain", "Lain")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        changed(shelf, told, fail)
    assert told == []
    assert changed(shelf, told, lambda t: page(t, "/baru", "Baru")) == {key("/baru")}


def test_too_much_is_told_as_everything(shelf, told):
    def much(t):
        for number in range(MOST_KEYS + 1):
            page(t, f"/{number}", "")

    assert changed(shelf, told, much) == {surrogates.ALL}
