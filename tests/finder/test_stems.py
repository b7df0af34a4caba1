from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from redaksi.finder.stems import LONGEST_WORD, folded, stem


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
    alone = [stem.__wrapped__(word, "id") for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda word: stem.__wrapped__(word, "id"), words)) == alone


@given(st.text(max_size=300))
def test_any_text_is_folded_to_plain_words(text):
    for word in folded(text):
        assert word.isalnum() or not word.isascii()
        assert len(word) <= LONGEST_WORD
        assert " " not in word
        stem(word, "id")
