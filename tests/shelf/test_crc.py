from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from redaksi.shelf.crc import append, multiply, multiply_by_table, operator, shift_table, table_for

numbers = st.integers(0, 2**32 - 1)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_the_crc_of_two_texts_is_the_crc_of_both_in_one(first, second):
    assert append(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


def test_long_texts_are_joined_as_rightly_as_short_ones():
    first, second = b"berita " * 10, b"terkini " * 20_000
    assert append(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@given(numbers, numbers)
def test_a_table_multiplies_as_the_plain_product_does(constant, number):
    assert multiply_by_table(table_for(constant), number) == multiply(number, constant)


@given(st.integers(0, 2**33), st.integers(0, 2**33))
def test_operators_of_lengths_multiply_as_lengths_add(first, second):
    assert multiply(operator(first), operator(second)) == operator(first + second)


@given(st.binary(max_size=300), st.binary(max_size=9000))
def test_a_table_of_a_length_moves_a_crc_to_before_a_text_of_that_length(first, second):
    moved = multiply_by_table(shift_table(len(second)), zlib.crc32(first))
    assert moved ^ zlib.crc32(second) == zlib.crc32(first + second)
