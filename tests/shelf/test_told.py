from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.shelf.addresses import TOLD, card_id
from redaksi.shelf.pieces import Piece, press_piece
from redaksi.shelf.told import DICTIONARY, as_piece, card_text, card_texts, holds, press_told, told_text

_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.sampled_from(TOLD), _text), st.integers(1, 3000))
def test_each_form_comes_out_as_it_went_in(texts, times):
    texts = {form: text * times for form, text in texts.items()}
    stored = press_told(texts)
    assert {form: told_text(stored, form) for form in TOLD if holds(stored, form)} == texts
    assert dict(card_texts(card_id(1, 7, "told"), stored)) == texts
    assert all(told_text(stored, form) == "" for form in set(TOLD).difference(texts))


def test_a_card_is_read_and_laid_the_same_however_it_is_kept():
    told, apart = press_told({"atom": "<entry/>", "rss": "<item/>"}), press_piece("<article>").to_bytes()
    assert card_text(told, "rss") == Piece.from_bytes(as_piece(told, "rss")).text() == "<item/>"
    assert card_text(apart, "row") == Piece.from_bytes(as_piece(apart, "row")).text() == "<article>"
    assert dict(card_texts(card_id(1, 7, "row"), apart)) == {"row": "<article>"}


@pytest.mark.parametrize("texts", [{"row": "<article>"}, {"rss": "a\0b"}])
def test_what_is_kept_apart_and_what_would_end_too_early_is_refused(texts):
    with pytest.raises(ValueError, match=r"kept together|NUL"):
        press_told(texts)


def test_the_dictionary_is_that_of_this_format():
    """What was compressed with another can't be read: a new dictionary needs a new number of the shelf's format."""
    assert hashlib.blake2b(DICTIONARY, digest_size=8).hexdigest() == "90e83cc629ca94d4"
