from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.shelf.addresses import FORMS
from redaksi.shelf.recipe import (
    MIXED,
    PLAIN,
    RARE,
    Cards,
    Furniture,
    Highest,
    Own,
    Pager,
    Recipe,
    RecipeError,
    press_recipe,
    read_tag,
)

LATEST = Cards("latest", "row", 30, paged=True)
PAGER = Pager("sebelum", "sesudah", "<a {key}>", "<a {path}>", "<b {key}>", "<nav>", "</nav>")
names = st.text(min_size=1, max_size=20)
times = st.none() | st.integers(0, 2**61)
lists = st.builds(
    Cards,
    names,
    st.sampled_from(list(FORMS)),
    st.integers(1, 10_000),
    skip=st.integers(0, 255),
    since=times,
    until=times,
    first_only=st.booleans(),
    site=st.none() | st.integers(0, 2**20 - 1),
    pinned=st.lists(st.integers(0, 2**39 - 1), max_size=5).map(tuple),
    fresh=st.booleans(),
    joint=st.text(max_size=5),
    within=st.none() | st.integers(0, 2**31),
    first=st.none() | st.sampled_from(list(FORMS)),
    foreign=st.booleans(),
    opening=st.text(max_size=20),
    closing=st.text(max_size=20),
)
holes = st.builds(Furniture, names) | lists | st.builds(Highest, lists, st.text(max_size=5))
recipes = st.lists(st.builds(Own, st.text(max_size=200)) | holes, max_size=12)


def neighbours_joined(segments):
    joined = []
    for part in segments:
        if isinstance(part, Own) and joined and isinstance(joined[-1], Own):
            joined[-1] = Own(joined[-1].text + part.text)
        elif part != Own(""):
            joined.append(part)
    return joined


@given(recipes)
def test_a_recipe_comes_back_from_its_bytes(segments):
    assert Recipe.parse(press_recipe(segments)).segments() == neighbours_joined(segments)


def test_a_paged_list_and_its_pager_come_back():
    segments = [Own("<h1>"), LATEST, PAGER, Furniture("bottom")]
    assert Recipe.parse(press_recipe(segments)).segments() == segments


def test_only_pages_with_nothing_but_shared_furniture_are_plain():
    assert Recipe.parse(press_recipe([Own("a"), Furniture("top")])).kind == PLAIN
    assert Recipe.parse(press_recipe([Own("a"), Furniture("comments:12")])).kind == RARE
    assert Recipe.parse(press_recipe([Furniture("comments:12"), Own("a")])).kind == MIXED
    assert Recipe.parse(press_recipe([Own("a"), LATEST])).kind == MIXED


def test_the_tag_changes_with_the_text_and_with_nothing_else():
    first, again, other = (press_recipe([Own(text), Furniture("top")]) for text in ("satu", "satu", "dua"))
    assert first == again
    assert read_tag(first) != read_tag(other)


@pytest.mark.parametrize(
    ("segments", "complaint"),
    [
        ([Cards("latest", "postcard", 3)], "postcard"),
        ([Cards("latest", "row", 0)], "count"),
        ([Cards("latest", "row", 10_001)], "count"),
        ([Cards("latest", "row", 3, skip=256)], "skip"),
        ([PAGER], "pager"),
        ([LATEST, LATEST], "paged"),
        ([Furniture("x" * 70_000)], "too long"),
    ],
)
def test_an_impossible_hole_is_refused_by_name(segments, complaint):
    with pytest.raises(RecipeError, match=complaint):
        press_recipe(segments)


@pytest.mark.parametrize("cut", [0, 5, 17, 30, 60])
def test_bytes_cut_short_are_refused(cut):
    with pytest.raises(RecipeError):
        Recipe.parse(press_recipe([Own("kepala" * 50), Furniture("top"), Own("badan")])[:cut])


def test_another_format_is_refused():
    with pytest.raises(RecipeError, match="format 9"):
        Recipe.parse(b"\x09" + press_recipe([Own("a")])[1:])
