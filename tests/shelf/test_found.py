from __future__ import annotations

import pytest

from redaksi.shelf.inventory import contents
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.writer import ShelfWriter

HOUR = 3_600_000_000


@pytest.fixture
def shelf(tmp_path):
    with ShelfWriter(tmp_path / "shelf.sqlite3") as writer:
        yield writer


def found(shelf, *words, site=1, count=9):
    with ShelfReader(shelf.pointer) as reader, reader.look():
        return reader.found(site, [[word] for word in words], count, 1)


def test_a_story_is_found_by_all_words_on_its_sites_the_newest_first(shelf):
    with shelf.transaction() as t:
        t.set_found(7, [], 5 * HOUR, [1, 2], ["selat", "lantang"])
        t.set_found(8, [], 3 * HOUR, [1], ["selat"])
        t.set_found(9, [], 9 * HOUR, [1], ["selat"])
    assert found(shelf, "selat") == [9, 7, 8]
    assert found(shelf, "selat", count=1) == [9]
    assert found(shelf, "selat", "lantang") == [7]
    assert found(shelf, "selat", site=2) == [7]
    assert found(shelf, "selat", site=3) == found(shelf) == found(shelf, "se*") == found(shelf, "a b") == []


def test_what_a_story_was_found_by_leaves_nothing_behind(shelf):
    with shelf.transaction() as t:
        t.set_found(7, [], 5 * HOUR, [1], ["selat"])
        t.set_found(7, [5 * HOUR], 9 * HOUR, [1], ["garam", "garam"])
        t.set_found(8, [], HOUR, [1], ["garam"])
        t.set_found(8, [HOUR], HOUR, [], ["garam"])
    assert found(shelf, "selat") == []
    assert found(shelf, "garam") == [7]
    assert [name for name in contents(shelf.pointer) if name.startswith("found")] == [
        f"found {(9 << 39) + 7}"
    ]


@pytest.mark.parametrize(
    "word", ['"', "a OR b", "words:x", "\ue0001", "NEAR", "𞤀", "½", "ſ", "\U0001f41f", "x" * 4000]
)
def test_no_word_is_more_than_a_word(shelf, word):
    with shelf.transaction() as t:
        t.set_found(7, [], 5 * HOUR, [1], [word])
    assert found(shelf, word) in ([], [7])
    assert found(shelf, word, site=2) == []
