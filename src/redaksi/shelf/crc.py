"""CRC-32 of pieces laid side by side, worked out without reading the pieces again.

A gzip stream ends with the CRC-32 of everything in it (RFC 1952, 2.3.1). We know each piece's own CRC from the day
it was pressed; arithmetic on polynomials over GF(2), modulo the CRC's polynomial P, joins them:

    crc(A followed by B) = crc(A) · x^(8·length of B) mod P  xor  crc(B)

Numbers are in the reflected order that zlib uses: bit 31 stands for x^0.
"""

from __future__ import annotations

import zlib
from array import array
from functools import lru_cache

POLYNOMIAL = 0xEDB88320
ONE = 1 << 31
"""x^0, the operator of nothing: multiplying by it changes nothing."""

Table = tuple["array[int]", "array[int]", "array[int]", "array[int]"]
"""Products of a constant with each byte at each of four places; arrays, since lists of numbers lie all over the memory."""

_SHORT = 8192
_ZEROS = memoryview(bytes(_SHORT))


def _crcs_of_zeros() -> list[int]:
    crcs = [0]
    for _ in range(_SHORT):
        crcs.append(zlib.crc32(b"\0", crcs[-1]))
    return crcs


_ZERO_CRCS = _crcs_of_zeros()


def multiply(left: int, right: int) -> int:
    """Product of two polynomials modulo P (zlib's `multmodp`); about 5 µs."""
    product = 0
    mask = ONE
    while left:
        if left & mask:
            product ^= right
            left ^= mask
        mask >>= 1
        right = (right >> 1) ^ POLYNOMIAL if right & 1 else right >> 1
    return product


def _squares() -> list[int]:
    squares = [1 << 30]  # x^1, then x^2, x^4, …
    for _ in range(63):
        squares.append(multiply(squares[-1], squares[-1]))
    return squares


_SQUARES = _squares()


@lru_cache(maxsize=65536)
def operator(length: int) -> int:
    """x^(8·length) mod P: what a CRC is multiplied by when `length` bytes follow."""
    product = ONE
    bits = length * 8
    for square in _SQUARES:
        if not bits:
            break
        if bits & 1:
            product = multiply(product, square)
        bits >>= 1
    return product


def append(crc: int, next_crc: int, next_length: int) -> int:
    """CRC of everything so far followed by a piece of `next_length` bytes with the CRC `next_crc`.

    For a short piece, zlib itself multiplies faster than we can: running the CRC over zeros gives
    crc · x^(8n) xor crc32(zeros), and the second part is known.
    """
    if next_length <= _SHORT:
        return zlib.crc32(_ZEROS[:next_length], crc) ^ _ZERO_CRCS[next_length] ^ next_crc
    return multiply(operator(next_length), crc) ^ next_crc


@lru_cache(maxsize=2048)
def shift_table(length: int) -> Table:
    """The table with which a CRC becomes its share in that of a text that goes on for `length` bytes behind it: times x^(8·length)."""
    return table_for(operator(length))


def table_for(constant: int) -> Table:
    """Four tables of 256 with which any number is multiplied by `constant` in four steps (about 0.2 µs)."""
    products = [0] * 32
    product = constant
    for bit in range(31, -1, -1):
        products[bit] = product
        product = (product >> 1) ^ POLYNOMIAL if product & 1 else product >> 1
    first, second, third, fourth = (_byte_products(products[place : place + 8]) for place in (0, 8, 16, 24))
    return first, second, third, fourth


def _byte_products(bit_products: list[int]) -> array[int]:
    row = [0]
    for product in bit_products:
        row += [known ^ product for known in row]
    return array("I", row)


def multiply_by_table(table: Table, number: int) -> int:
    """The product of `number` and the constant that `table` was made for."""
    return (
        table[0][number & 255]
        ^ table[1][number >> 8 & 255]
        ^ table[2][number >> 16 & 255]
        ^ table[3][number >> 24]
    )
