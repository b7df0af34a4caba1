from __future__ import annotations

import zlib
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.finder.stems import folded, stem
from redaksi.newsstand import searching
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards, Furniture, Own, press_recipe
from redaksi.shelf.writer import ShelfWriter

HOUR = 3_600_000_000
PAGE = press_recipe(
    [
        Own('<input value="'),
        Furniture("search:asked"),
        Own('">'),
        Furniture("search:results"),
        Furniture("bottom"),
    ]
)
HEADLINES = [
    "Jembatan Selat Lantang dibuka",
    "Pembangunan jembatan dimulai",
    "Harga garam di Selat",
    "Kucing pensiun",
]


def words(text, language="id"):
    return [form for word in folded(text) for form in (word, stem(word, language))]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    pointer = tmp_path_factory.mktemp("cari") / "shelf.sqlite3"
    with ShelfWriter(pointer) as shelf, shelf.transaction() as t:
        for site, language in ((1, "id"), (2, "en")):
            t.put_site(site, name="Kentongan", language=language, hosts=[], headers={})
            t.put_page(site=site, address="/cari", recipe=PAGE, entity="site:1", version=0)
            t.put_piece(site, "search:some", press_piece("<h2>Hasil “{asked}”</h2>"))
            t.put_piece(site, "search:none", press_piece("<h2>Tidak ada “{asked}”</h2>"))
        t.put_page(
            site=1,
            address="/terkini",
            recipe=press_recipe([Cards("all", "row", 3)]),
            entity="site:1",
            version=0,
        )
        for story, headline in enumerate(HEADLINES, 1):
            site = 2 if story == 4 else 1
            t.put_card(site=site, story=story, form="row", piece=press_piece(f"<p>{headline}</p>"))
            t.set_found(story, [], story * HOUR, [site], words(headline))
    with ShelfReader(pointer) as made, made.look():
        yield made


def ask(reader, text, site=1, language="id"):
    page = reader.page(site, "/cari")
    query = urlencode({"q": text}, errors="surrogatepass")
    assert searching.is_asked(page, query)
    return zlib.decompress(searching.answer(reader, page, query, language).gzip(), wbits=31).decode()


def test_the_newest_come_first_by_any_form_of_a_word(reader):
    assert ask(reader, "jembatan") == (
        '<input value="jembatan"><h2>Hasil “jembatan”</h2><p>Pembangunan jembatan dimulai</p><p>Jembatan Selat Lantang dibuka</p>'
    )
    assert "Pembangunan" in ask(reader, "MEMBANGUN")
    assert "Jembatan Selat" in ask(reader, "jembatan di selat")


def test_a_site_finds_its_own_and_nothing_is_said_with_a_way_on(reader):
    assert ask(reader, "kucing") == '<input value="kucing"><h2>Tidak ada “kucing”</h2>'
    assert "Kucing" in ask(reader, "kucing", site=2, language="en")
    assert "Tidak ada" in ask(reader, "jembatan kucing")


def test_small_words_alone_are_looked_for(reader):
    assert "Harga garam" in ask(reader, "di")


def test_only_the_page_of_the_search_is_asked(reader):
    assert not searching.is_asked(reader.page(1, "/terkini"), "q=jembatan")
    assert not searching.is_asked(reader.page(1, "/cari"), "")
    assert not searching.is_asked(reader.page(1, "/cari"), "sebelum=1")


@pytest.mark.parametrize(
    "query", ["q=", "q", "q=%00", "q=+", "q=%ff%fe", "q=&q=jembatan", "&".join(f"a{n}=1" for n in range(200)) + "&q=x"]
)  # fmt: skip
def test_a_question_of_nothing_is_none(query):
    assert searching.question(query) in ("", "jembatan")


@given(st.text(max_size=300))
def test_whatever_is_asked_is_only_text(reader, text):
    asked = searching.question(urlencode({"q": text}, errors="replace"))
    assert len(asked) <= searching.LONGEST
    page = ask(reader, text.encode("utf-8", "replace").decode())
    assert page.count("<") - page.count("<p>") * 2 in (1, 3)
    assert len(searching.forms(asked, "id")) <= searching.MOST_WORDS


def test_a_search_that_takes_too_long_ends_with_what_it_has(reader, monkeypatch):
    monkeypatch.setattr("redaksi.shelf.found._STEPS", 1)
    assert reader.found(1, [["jembatan"]], 50, -1) == []
    assert reader.found(1, [["jembatan"]], 50, 1) == [2, 1]


def test_searching_takes_its_share_of_a_workers_time_and_no_more():
    allowance = searching.Allowance()
    now, searched = 1000.0, 0.0
    while now < 1010.0:
        if allowance.is_left(now):
            allowance.spend(0.03)
            now, searched = now + 0.03, searched + 0.03
        now += 0.001
    assert searched == pytest.approx(10 * searching.SHARE + searching.SAVED, abs=0.1)
