from __future__ import annotations

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from redaksi.finder.stems import LONGEST_WORD, folded, forms, stem


def test_words_are_small_without_accents_and_without_signs():
    assert folded("Café “PASANG-naik” 3 m, x_y; Straße") == [
        "cafe",
        "pasang",
        "naik",
        "3",
        "m",
        "x",
        "y",
        "strasse",
    ]


def test_the_stems_of_a_family_meet():
    assert {stem(word, "id") for word in ("menang", "kemenangan", "dimenangkan")} == {stem("menang", "id")}
    assert stem("winning", "en") == stem("wins", "en")
    assert stem("kemenangan", "xx") == stem("kemenangan", "id")


def test_threads_do_not_disturb_each_other():
    words = [f"pembangunan{at}kan" for at in range(2000)]
    alone = [snowballstemmer.stemmer("indonesian").stemWord(word) for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda word: stem(word, "id"), words)) == alone


def test_a_text_is_found_by_its_words_and_their_stems_each_once():
    assert forms(folded("Membangun, dibangun, membangun"), "id") == ["membangun", "dibangun", "bangun"]


@given(st.text(max_size=300))
def test_words_are_the_runs_of_letters_and_digits(text):
    """The quick way for plain text parts words where the slow one does."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    assert folded(text) == [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", flat)]


@given(st.text(max_size=300))
def test_any_text_is_folded_to_plain_words(text):
    for word in folded(text):
        assert word.isalnum() or not word.isascii()
        assert len(word) <= LONGEST_WORD
        assert " " not in word
        stem(word, "id")
