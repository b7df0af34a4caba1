from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
from redaksi.newsstand.composing import Turn, asked_turn, changes_with_time, compose, pager_html
from redaksi.shelf.lists import ListKey, ListPage
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards, Highest, Own, Pager, Recipe, press_recipe
from redaksi.shelf.told import press_told
from redaksi.shelf.writer import ShelfWriter

PAGER = Pager("sebelum", "sesudah", "<{key}", "^{path}", ">{key}", "[", "]")
TURNED = Recipe.parse(press_recipe([Cards("latest", "row", 2, paged=True), PAGER]))
LISTS = {"all": range(1, 21), "even": range(2, 21, 2), "few": (3, 6)}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    pointer = tmp_path_factory.mktemp("composing") / "shelf.sqlite3"
    with ShelfWriter(pointer) as writer, ShelfReader(pointer) as reader:
        with writer.transaction() as t:
            t.put_site(1, name="Kentongan", language="id", hosts=[], headers={})
            for story in range(1, 21):
                t.put_card(site=1, story=story, form="row", piece=press_piece(f"{story} "))
                t.put_told(site=0, story=story, told=press_told({"net": f"n{story} "}))
                t.set_rows(story, [(1, name, story) for name, listed in LISTS.items() if story in listed])
                t.put_row(site=0, name="all", at=story, story=story)
        yield writer, reader


def text_of(shelf, parts):
    writer, reader = shelf
    with writer.transaction() as t:
        t.put_page(site=1, address="/", recipe=press_recipe(parts), entity="front", version=1)
    with reader.look():
        page = reader.page(1, "/")
        return gzip.decompress(compose(reader, page, Recipe.parse(page.recipe))).decode()


strips = st.lists(
    st.builds(
        Cards,
        list=st.sampled_from(sorted(LISTS)),
        form=st.just("row"),
        count=st.integers(1, 12),
        pinned=st.lists(st.integers(0, 25), max_size=4).map(tuple),
        fresh=st.just(True),
    ),
    min_size=1,
    max_size=6,
)


@given(strips)
@settings(max_examples=chance.examples(60), deadline=None)
def test_no_story_stands_twice_and_each_strip_has_what_is_left_of_its_list(shelf, holes):
    parts = [part for hole in holes for part in (hole, Own("|"))]
    shown = [[int(word) for word in strip.split()] for strip in text_of(shelf, parts).split("|")[:-1]]
    every = [story for strip in shown for story in strip]
    assert len(every) == len(set(every))
    pinned = {story for hole in holes for story in hole.pinned}
    seen: set[int] = set()
    for hole, strip in zip(holes, shown, strict=True):
        rest = [s for s in sorted(LISTS[hole.list], reverse=True) if s not in seen | pinned]
        for place in range(hole.count):
            pin = hole.pinned[place] if place < len(hole.pinned) else 0
            story = pin if 0 < pin <= 20 and pin not in seen else rest.pop(0) if rest else None
            assert story is None or strip.pop(0) == story
            seen |= {story} if story else set()
        assert strip == []


def test_a_pinned_story_keeps_its_place_and_one_that_is_gone_leaves_it_to_the_list(shelf):
    assert text_of(shelf, [Cards("all", "row", 4, fresh=True, pinned=(0, 2))]) == "20 2 19 18 "
    assert text_of(shelf, [Cards("all", "row", 3, fresh=True, pinned=(99, 2))]) == "20 2 19 "
    assert text_of(shelf, [Cards("none", "row", 3, fresh=True, pinned=(0, 2))]) == "2 "


def test_a_strip_without_a_story_has_no_heading_either(shelf):
    strips = [
        Cards(name, "row", 1, fresh=True, opening=f"<h2>{name}</h2>", closing="</section>")
        for name in ("few", "none")
    ]
    assert text_of(shelf, strips) == "<h2>few</h2>6 </section>"


def test_a_strip_of_others_leaves_out_what_the_site_has_itself(shelf):
    writer, _ = shelf
    with writer.transaction() as t:
        for story in (30, 31):
            t.put_told(site=0, story=story, told=press_told({"net": f"n{story} "}))
            t.put_row(site=0, name="all", at=story, story=story)
    strip = Cards("all", "net", 5, fresh=True, site=0, foreign=True)
    assert text_of(shelf, [strip]) == "n31 n30 "
    with writer.transaction() as t:
        for story in (30, 31):
            t.drop_rows(story)
            t.drop_cards(story)


def test_the_first_card_may_be_of_another_form(shelf):
    writer, _ = shelf
    with writer.transaction() as t:
        t.put_told(site=1, story=20, told=press_told({"lead": "L20 "}))
    assert text_of(shelf, [Cards("all", "row", 2, fresh=True, first="lead")]) == "L20 19 "
    assert text_of(shelf, [Cards("few", "row", 2, fresh=True, first="lead")]) == "6 3 "


def test_the_networks_list_turns_its_pages(shelf):
    recipe = Recipe.parse(press_recipe([Cards("all", "net", 8, site=0, paged=True), PAGER]))
    writer, reader = shelf
    with writer.transaction() as t:
        t.put_page(site=1, address="/jaringan", recipe=press_recipe(recipe.segments()), entity="n", version=1)
    with reader.look():
        page = reader.page(1, "/jaringan")
        older = compose(reader, page, recipe, Turn(ListKey(13, 13), older=True))
        newer = compose(reader, page, recipe, Turn(ListKey(12, 12), older=False))
    assert gzip.decompress(older).decode().startswith("n12 n11 n10 n9 n8 n7 n6 n5 [")
    assert gzip.decompress(newer).decode().startswith("n20 n19 n18 n17 n16 n15 n14 n13 [")


def test_a_strip_of_the_network_shows_cards_that_are_nobody_s_own(shelf):
    parts = [Cards("few", "row", 2, fresh=True), Cards("all", "net", 2, fresh=True, site=0)]
    assert text_of(shelf, parts) == "6 3 n20 n19 "


def test_a_joint_stands_between_two_cards_and_nowhere_else(shelf):
    assert text_of(shelf, [Cards("few", "row", 9, joint=",")]) == "6 ,3 "
    assert text_of(shelf, [Cards("none", "row", 9, joint=",")]) == ""


def test_what_is_only_for_the_newest_hours_ends_with_them(shelf):
    writer, _ = shelf
    now = time.time_ns() // 1000
    with writer.transaction() as t:
        for hours, story in enumerate((1, 2, 3)):
            t.put_row(site=1, name="hours", at=now - hours * 3_600_000_000 - 1_000_000, story=story)
    parts = [Cards("hours", "row", 9, within=2 * 3600)]
    assert text_of(shelf, parts) == "1 2 "
    assert changes_with_time(Recipe.parse(press_recipe(parts)))
    assert not changes_with_time(TURNED)


@pytest.mark.parametrize(
    ("query", "turn"),
    [
        ("", Turn()),
        ("utm=1", Turn()),
        ("sebelum=a-1&utm=1", Turn(ListKey(10, 1), older=True)),
        ("sesudah=a-1", Turn(ListKey(10, 1), older=False)),
        ("sebelum=a-1&sebelum=a-1", None),
        ("sebelum=%61-1", None),
    ],
)
def test_a_query_names_a_turn(query, turn):
    assert asked_turn(TURNED, query) == turn


def test_a_pager_escapes_the_address_and_leaves_out_what_is_not_there():
    key = ListKey(1, 2)
    assert pager_html(PAGER, "/terkini", ListPage([], [])) == ""
    assert (
        pager_html(PAGER, "/a&b<é", ListPage([], [], newer=key, newer_is_first=True)) == "[^/a%26b%3C%C3%A9]"
    )
    assert pager_html(PAGER, "/a", ListPage([], [], older=key, newer=key)) == "[<1-2>1-2]"


def test_of_some_cards_the_one_that_comes_last_in_order_is_laid(shelf):
    parts = [Own("["), Highest(Cards("all", "row", 12)), Own("]"), Highest(Cards("none", "row", 3), "never")]
    assert text_of(shelf, parts) == "[9 ]never"


def test_a_list_of_cards_that_are_kept_together_leaves_out_who_has_none_of_its_form(shelf):
    writer, _ = shelf
    with writer.transaction() as t:
        for story in (18, 19, 20):
            t.put_told(site=1, story=story, told=press_told({"atom": f"<{story}>", "stamp": f"{story}"}))
        t.put_told(site=1, story=19, told=press_told({"rss": "19"}))
    assert text_of(shelf, [Cards("all", "atom", 4, joint=", ")]) == "<20>, <18>"
    assert text_of(shelf, [Highest(Cards("all", "stamp", 4), "none")]) == "20"
    assert text_of(shelf, [Cards("all", "json", 4, opening="[", closing="]")]) == ""
    assert text_of(shelf, [Cards("all", "atom", 2, fresh=True)]) == "<20><18>"
