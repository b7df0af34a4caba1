"""The cards that are seldom laid, of all forms in one row: what machines read of a story, and its big card.

A feed's entry, a feed's item and an embedder's answer tell the same facts in other markup: apart they take three times what they
take together. So they are kept as text, compressed together; who lays a list of them takes out the form that is asked for, and
compresses the list as a whole, once for a state of the shelf, which also makes a feed half as long. What readers' lists show by the
dozen (`row` and its like) stays a piece each, laid as it is.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from redaksi.shelf.addresses import TOLD, unpack_card_id
from redaksi.shelf.pieces import Piece, press_piece

DICTIONARY = (Path(__file__).parent / "told.txt").read_bytes()
"""Markup that all these texts share, known to both sides (zlib's preset dictionary). It is part of the shelf's format."""

QUICK = 1
"""zlib's level for what is compressed when a page is laid: 1 ms for a feed of fifty stories, half as long as side by side."""

_LEVEL = 6
_END = b"\0"
_HEAD = 2
_STEP = 4096


def press_told(texts: Mapping[str, str]) -> bytes:
    """The row for a story's texts of these forms on one site.

    Raises:
        ValueError: A form is kept as a piece of its own, or a text has a character that none can have.
    """
    if unknown := set(texts).difference(TOLD):
        message = f"cards of the forms {', '.join(sorted(unknown))} are not kept together"
        raise ValueError(message)
    forms = [form for form in TOLD if texts.get(form)]
    raw = [texts[form].encode() + _END for form in forms]
    if any(text.count(_END) > 1 for text in raw):
        message = f"a text of {', '.join(forms)} has a NUL in it"
        raise ValueError(message)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    held = sum(1 << TOLD.index(form) for form in forms)
    return held.to_bytes(_HEAD, "little") + packer.compress(b"".join(raw)) + packer.flush()


def holds(stored: bytes, form: str) -> bool:
    """Whether a row of `cards` has a card of a form; one that is no text of these forms is that card itself."""
    return form not in TOLD or bool(_held(stored) >> TOLD.index(form) & 1)


def told_text(stored: bytes, form: str) -> str:
    """One form's text; empty if the row has none."""
    if not holds(stored, form):
        return ""
    before = (_held(stored) & (1 << TOLD.index(form)) - 1).bit_count()
    return _unpacked(stored, before + 1).split(_END)[before].decode()


def card_texts(rowid: int, stored: bytes) -> Iterator[tuple[str, str]]:
    """What a row of `cards` holds: each form with its text."""
    form = unpack_card_id(rowid)[2]
    if form != "told":
        return iter([(form, Piece.from_bytes(stored).text())])
    forms = [form for form in TOLD if holds(stored, form)]
    texts = _unpacked(stored, len(forms)).split(_END)
    return ((form, text.decode()) for form, text in zip(forms, texts, strict=False))


def card_text(stored: bytes, form: str) -> str:
    """The text of a card of whatever form."""
    return told_text(stored, form) if form in TOLD else Piece.from_bytes(stored).text()


def as_piece(stored: bytes, form: str) -> bytes:
    """A card of whatever form as a stored piece, to be laid beside others."""
    return press_piece(told_text(stored, form), QUICK).to_bytes() if form in TOLD else stored


def _held(stored: bytes) -> int:
    return int.from_bytes(stored[:_HEAD], "little")


def _unpacked(stored: bytes, ends: int) -> bytes:
    """The text up to so many ends: what is wanted often stands first, and the rest is then left alone."""
    unpacker = zlib.decompressobj(-15, DICTIONARY)
    text = unpacker.decompress(stored[_HEAD:], _STEP)
    while text.count(_END) < ends and not unpacker.eof:
        text += unpacker.decompress(unpacker.unconsumed_tail, _STEP)
    return text
