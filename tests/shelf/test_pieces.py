from __future__ import annotations

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from redaksi.shelf.pieces import (
    NOTHING,
    Piece,
    gzip_of,
    join_pieces,
    join_stored_forms,
    press_piece,
    stored_piece,
)

texts = st.lists(st.text(max_size=400) | st.just("Gempa magnitudo 5,1 mengguncang Lombok. " * 50), max_size=8)


@given(texts)
def test_pieces_side_by_side_decompress_to_their_texts_in_a_row(texts):
    laid = gzip_of(join_pieces(press_piece(text) for text in texts))
    assert gzip.decompress(laid).decode() == "".join(texts)


@given(texts)
def test_pressed_and_stored_pieces_mix(texts):
    pieces = [(stored_piece if place % 2 else press_piece)(text) for place, text in enumerate(texts)]
    assert gzip.decompress(gzip_of(join_pieces(pieces))).decode() == "".join(texts)


@given(texts)
def test_the_form_kept_in_tables_joins_to_the_same_bytes(texts):
    pieces = [press_piece(text) for text in texts]
    assert join_stored_forms(piece.to_bytes() for piece in pieces) == join_pieces(pieces)


@given(st.text())
def test_a_piece_comes_back_from_its_stored_form(text):
    piece = press_piece(text)
    assert Piece.from_bytes(piece.to_bytes()) == piece
    assert piece.text() == text


def test_an_empty_text_is_an_empty_piece():
    assert press_piece("") == stored_piece("") == NOTHING
    assert gzip.decompress(gzip_of(NOTHING)) == b""


def test_a_text_longer_than_one_stored_block_is_stored_in_several():
    text = "0123456789" * 20_000
    assert zlib.decompress(gzip_of(stored_piece(text)), wbits=31).decode() == text
