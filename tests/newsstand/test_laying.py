from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
from redaksi.newsstand.laying import Layer, make_plan
from redaksi.shelf.pieces import NOTHING, press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import RARE, Cards, Furniture, Own, Pager, press_recipe, read_head
from redaksi.shelf.writer import ShelfWriter

PAGER = Pager("sebelum", "sesudah", "<{key}", "^{path}", ">{key}", "[", "]")
long_or_short = st.text(max_size=60) | st.just("Gubernur menyatakan tanggap darurat. " * 300)
furniture = st.dictionaries(st.sampled_from(["top", "bar", "bottom", "comments:1"]), long_or_short)
segments = st.lists(
    st.builds(Own, long_or_short)
    | st.sampled_from([Furniture("top"), Furniture("bar"), Furniture("bottom"), Furniture("missing")]),
    max_size=9,
)
holes = st.sampled_from(
    [
        Furniture("comments:1"),
        Cards("latest", "row", 3),
        Cards("latest", "row", 3, skip=1),
        Cards("no", "row", 2),
    ]
)


def text_of(parts, furniture):
    return "".join(part.text if isinstance(part, Own) else furniture.get(part.name, "") for part in parts)


@given(segments, furniture)
def test_a_plain_page_decompresses_to_its_texts_and_furniture_in_a_row(parts, furniture):
    blob = press_recipe(parts)
    pieces = [press_piece(furniture.get(part.name, "")) for part in parts if isinstance(part, Furniture)]
    plan = make_plan(read_head(blob)[1], pieces)
    assert gzip.decompress(plan.lay(blob)).decode() == text_of(parts, furniture)


def test_a_plan_serves_all_pages_of_its_outline():
    first, second = (
        press_recipe([Own(text), Furniture("top"), Own(text * 2)]) for text in ("satu", "dua" * 500)
    )
    plan = make_plan(read_head(first)[1], [press_piece("puncak")])
    assert read_head(first)[1] == read_head(second)[1]
    assert gzip.decompress(plan.lay(second)).decode() == "dua" * 500 + "puncak" + "dua" * 1000


def test_a_missing_piece_is_laid_as_nothing():
    blob = press_recipe([Furniture("top")])
    assert gzip.decompress(make_plan(read_head(blob)[1], [NOTHING]).lay(blob)) == b""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    pointer = tmp_path_factory.mktemp("laying") / "shelf.sqlite3"
    with ShelfWriter(pointer) as writer, ShelfReader(pointer) as reader:
        with writer.transaction() as t:
            t.put_site(1, name="Kentongan", language="id", hosts=[], headers={})
            for story in range(1, 6):
                t.put_card(site=1, story=story, form="row", piece=press_piece(f"<li>{story}</li>"))
                t.put_row(site=1, name="latest", at=story, story=story)
        yield writer, reader, Layer(reader)


@given(st.lists(segments | holes.map(lambda hole: [hole]), max_size=5), furniture)
@settings(max_examples=chance.examples(80), deadline=None)
def test_every_page_is_laid_right_in_every_state_of_the_furniture(shelf, groups, furniture):
    writer, reader, layer = shelf
    parts = [part for group in groups for part in group]
    with writer.transaction() as t:
        t.put_page(site=1, address="/a", recipe=press_recipe(parts), entity="a", version=1)
        for name in ("top", "bar", "bottom", "comments:1"):
            t.put_piece(1, name, press_piece(furniture.get(name, "")))
    lists = {"latest0": "<li>5</li><li>4</li><li>3</li>", "latest1": "<li>4</li><li>3</li><li>2</li>"}
    expected = "".join(
        lists.get(f"{part.list}{part.skip}", "") if isinstance(part, Cards) else text_of([part], furniture)
        for part in parts
    )
    with reader.look() as state:
        layer.new_state(state)
        laid, again = (layer.lay(reader.page(1, "/a"), "") for _ in range(2))
    assert gzip.decompress(laid.gzip()).decode() == expected
    assert again.gzip() == laid.gzip()
    assert again.tag == laid.tag


def test_the_tag_changes_with_any_piece_of_the_page(shelf):
    writer, reader, layer = shelf
    recipes = {"/plain": [Own("a"), Furniture("top")], "/list": [Cards("latest", "row", 2)]}

    def tags():
        with reader.look() as state:
            layer.new_state(state)
            return [layer.lay(reader.page(1, address), "").tag for address in recipes]

    with writer.transaction() as t:
        for address, parts in recipes.items():
            t.put_page(site=1, address=address, recipe=press_recipe(parts), entity="x", version=1)
        t.put_piece(1, "top", press_piece("satu"))
    before = tags()
    with writer.transaction() as t:
        t.put_piece(1, "top", press_piece("dua"))
        t.put_card(site=1, story=5, form="row", piece=press_piece("<li>lima</li>"))
    after = tags()
    with writer.transaction() as t:
        t.put_piece(1, "top", press_piece("satu"))
        t.put_card(site=1, story=5, form="row", piece=press_piece("<li>5</li>"))
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert tags() == before


def test_the_big_card_stands_on_the_first_page_only(shelf):
    writer, reader, layer = shelf
    parts = [
        Cards("latest", "row", 1, first_only=True),
        Own("|"),
        Cards("latest", "row", 2, skip=1, paged=True),
        PAGER,
    ]
    with writer.transaction() as t:
        t.put_page(site=1, address="/k", recipe=press_recipe(parts), entity="k", version=1)
    with reader.look() as state:
        layer.new_state(state)
        page = reader.page(1, "/k")
        first, second = (
            gzip.decompress(layer.lay(page, query).gzip()).decode() for query in ("", "sebelum=3-3")
        )
    assert first == "<li>5</li>|<li>4</li><li>3</li>[>3-3]"
    assert second == "|<li>2</li><li>1</li>[^/k]"


def test_rare_furniture_behind_the_own_texts_is_laid_without_putting_the_page_together(shelf):
    writer, reader, layer = shelf
    rare = [Furniture("related:7/5"), Furniture("bottom"), Furniture("comments:5")]
    recipes = {"/r": press_recipe([Own("satu"), Furniture("top"), Own("dua"), *rare])}
    recipes["/s"] = press_recipe(
        [Own("tiga" * 99), Furniture("top"), Own("empat"), Furniture("related:7/6"), *rare[1:]]
    )
    assert {read_head(recipe)[0] for recipe in recipes.values()} == {RARE}
    assert len({read_head(recipe)[1] for recipe in recipes.values()}) == 1
    with writer.transaction() as t:
        for address, recipe in recipes.items():
            t.put_page(site=1, address=address, recipe=recipe, entity="r", version=1)
        for name, text in {
            "top": "^",
            "bottom": "_",
            "related:7": "lain" * 3000,
            "related:7/5": "sendiri",
        }.items():
            t.put_piece(1, name, press_piece(text))
        t.drop_piece(1, "comments:5")
    with reader.look() as state:
        layer.new_state(state)
        texts = [
            gzip.decompress(layer.lay(reader.page(1, address), "").gzip()).decode() for address in recipes
        ]
    assert texts == ["satu^duasendiri_", "tiga" * 99 + "^empat" + "lain" * 3000 + "_"]


def test_stories_of_a_label_share_what_stands_behind_them_but_for_those_with_their_own(shelf):
    writer, reader, layer = shelf
    with writer.transaction() as t:
        for number in range(5):
            recipe = press_recipe(
                [Own(f"cerita {number} "), Furniture(f"related:7/{number}"), Furniture("bottom")]
            )
            t.put_page(site=1, address=f"/{number}", recipe=recipe, entity=f"s{number}", version=1)
        pieces = {"related:7": "semua", "related:7/3": "tanpa tiga", "related:70": "bukan", "bottom": "."}
        for name, text in pieces.items():
            t.put_piece(1, name, press_piece(text))
    with reader.look() as state:
        layer.new_state(state)
        texts = [
            gzip.decompress(layer.lay(reader.page(1, f"/{number}"), "").gzip()).decode()
            for number in (0, 3, 1, 3)
        ]
    assert texts == ["cerita 0 semua.", "cerita 3 tanpa tiga.", "cerita 1 semua.", "cerita 3 tanpa tiga."]


def test_the_tag_changes_with_a_rare_piece(shelf):
    writer, reader, layer = shelf
    tags = []
    for text in ("", "a", "b"):
        with writer.transaction() as t:
            recipe = press_recipe([Own("x"), Furniture("comments:9")])
            t.put_page(site=1, address="/c", recipe=recipe, entity="c", version=1)
            t.put_piece(1, "comments:9", press_piece(text))
        with reader.look() as state:
            layer.new_state(state)
            tags.append(layer.lay(reader.page(1, "/c"), "").tag)
    assert len(set(tags)) == 3
