"""A page's recipe: its own pieces, the holes between them, and the arithmetic done ahead, in one run of bytes.

The press writes `press_recipe([Own(head), Furniture("top"), Own(body), Furniture("bottom")])`; the newsstand reads
the bytes with `Recipe.parse` and lays pieces into the holes. A story is one row of one table, so that a cold page
costs one lookup. `docs/contracts/shelf.md` has the layout, byte by byte.

A hole is filled with what stands on the shelf now: furniture by name; a list's cards; the links to a list's older
and newer pages. A hole whose piece is missing is laid as nothing.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from redaksi.shelf.addresses import FORM_NAMES, check_number, form_number
from redaksi.shelf.crc import ONE, multiply, operator
from redaksi.shelf.pieces import Piece, press_piece

RECIPE_FORMAT = 2
MOST_CARDS = 10_000
MOST_SKIPPED = 255
MOST_PINNED = 500
PLAIN, MIXED, RARE = 0, 1, 2
"""A plain page has no holes but furniture that pages share. One with rare furniture (a name with a colon) behind its last own
text is nearly as quick to lay. Any other is mixed."""

_HEAD = struct.Struct("<BBHI8s")
_NUMBERS = struct.Struct("<IIII")
_CARDS = struct.Struct("<HBBHBqqII")
_SINCE, _UNTIL, _PAGED, _FIRST_ONLY, _SITE, _FRESH, _WITHIN, _FOREIGN = 1, 2, 4, 8, 16, 32, 64, 128
_NO_FORM = 255
_SIZE = struct.Struct("<H")
_TAG_START, _TAG_END = 8, 16


class RecipeError(ValueError):
    """A recipe that can't be made, or bytes that aren't one of this format."""


@dataclass(frozen=True, slots=True)
class Own:
    """Text that is this page's alone."""

    text: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A hole for a piece of the site's, by name.

    A name with a colon ("comments:123") is a piece that few pages share: rare furniture, which the newsstand fetches for each
    page instead of keeping it at hand. "related:12/345" falls back to "related:12" where there is no such piece.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Cards:
    """A hole for a list's cards, newest first.

    Attributes:
        list: The list's name on the page's site.
        form: One of `addresses.FORMS`.
        count: How many cards at most, 1 to MOST_CARDS.
        skip: How many of the newest to leave out (they stand elsewhere on the page); not on older pages.
        since: Microseconds UTC; only stories published then or later.
        until: Microseconds UTC; only stories published before.
        paged: The page's Pager turns this list's pages. One such hole a page.
        first_only: Laid as nothing on a list's older pages (the big card on top).
        site: Whose list and cards, if not those of the page's site; `addresses.NETWORK` for the network's.
        pinned: Of a fresh hole: the stories of its first places, whatever the list says; 0, and a story without a card, leave
            their place to the list.
        fresh: Leave out stories that stand in other fresh holes above, or are pinned in any: no story twice.
        joint: What stands between two cards (a comma in JSON).
        within: Seconds; only stories published no longer ago than that.
        first: The form of the first card, if not that of the others.
        foreign: Of a fresh hole: leave out stories that have an ordinary card of the page's own site.
        opening: What stands before the cards; laid only if there is one.
        closing: What stands after them, likewise.
    """

    list: str
    form: str
    count: int
    skip: int = 0
    since: int | None = None
    until: int | None = None
    paged: bool = False
    first_only: bool = False
    site: int | None = None
    pinned: tuple[int, ...] = ()
    fresh: bool = False
    joint: str = ""
    within: int | None = None
    first: str | None = None
    foreign: bool = False
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """A hole for the links to newer and older pages of the page's paged list.

    Attributes:
        before: Name of the query parameter of older pages ("sebelum", "before").
        after: Name of the query parameter of newer pages ("sesudah", "after").
        newer: HTML of the link to newer stories; "{key}" becomes the key, "{path}" the page's escaped address.
        newest: HTML of the same link where the newer page is the list's first ("{path}" only).
        older: HTML of the link to older stories.
        opening: HTML before the links; laid only if there is a link.
        closing: HTML after them.
    """

    before: str
    after: str
    newer: str
    newest: str
    older: str
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Highest:
    """A hole for one of these cards: the one whose text comes last in order, as the latest of some times does.

    Attributes:
        cards: The cards that are compared.
        otherwise: What is laid where there is none.
    """

    cards: Cards
    otherwise: str = ""


Segment = Own | Furniture | Cards | Highest | Pager
OWN = Own("")
"""Stands for an own piece in a parsed outline, where the text is kept apart."""
ANY_RARE = Furniture(":")
"""Stands for a rare piece in the outline of a page of that kind: its name is the page's own, the outline that of many pages."""


class OwnNumbers(NamedTuple):
    """One own piece: where its data ends, its text's length and CRC, and crc · operators of the later own pieces."""

    end: int
    length: int
    crc: int
    weight: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """A parsed recipe: `outline` has OWN wherever the next of `own` stands."""

    kind: int
    tag: bytes
    outline: tuple[Segment, ...]
    own: tuple[Piece, ...]

    @classmethod
    def parse(cls, blob: bytes) -> Recipe:
        """Read a recipe's bytes.

        Raises:
            RecipeError: The bytes are of another format or cut short.
        """
        try:
            kind, skeleton, _, tag = read_head(blob)
            outline = read_skeleton(skeleton)
            own = tuple(_own_pieces(blob, kind, skeleton, outline))
            if kind == RARE:
                end = numbers_start(skeleton) + number_layout(outline, kind).size
                names = iter(read_rare_names(blob, end + sum(len(piece.data) for piece in own)))
                outline = tuple(Furniture(next(names)) if part is ANY_RARE else part for part in outline)
            return cls(kind, tag, outline, own)
        except (struct.error, IndexError, UnicodeDecodeError, KeyError, StopIteration) as error:
            message = f"recipe of {len(blob)} bytes is damaged: {error}"
            raise RecipeError(message) from error

    def segments(self) -> list[Segment]:
        """The recipe as it was given to `press_recipe` (neighbouring own texts joined)."""
        pieces = iter(self.own)
        return [Own(next(pieces).text()) if part is OWN else part for part in self.outline]


def press_recipe(segments: Iterable[Segment]) -> bytes:
    """Compress a page's own texts and write its recipe.

    Raises:
        RecipeError: A hole is impossible: an unknown form, a count out of range, a pager without its list.
    """
    outline, pieces = _gather(segments)
    _check_paging(outline)
    kind = _kind_of(outline)
    rare = [part.name for part in outline if _is_rare(part)] if kind == RARE else []
    skeleton = b"".join(b"R" if rare and _is_rare(part) else _write_segment(part) for part in outline)
    if len(skeleton) > 0xFFFF:  # noqa: PLR2004 - the length is kept in 16 bits
        message = f"a recipe's outline takes {len(skeleton)} bytes; 65535 is the most"
        raise RecipeError(message)
    names = b"".join(map(_text, rare))
    body = skeleton + _numbers(outline, pieces, kind) + b"".join(piece.data for piece in pieces) + names
    length = sum(piece.length for piece in pieces)
    tag = hashlib.blake2b(body, digest_size=8).digest()
    return _HEAD.pack(RECIPE_FORMAT, kind, len(skeleton), length, tag) + body


def read_head(blob: bytes) -> tuple[int, bytes, int, bytes]:
    """Kind, skeleton, length of the own texts together, and tag (a digest of all that follows).

    Raises:
        RecipeError: Another format.
    """
    version, kind, size, length, tag = _HEAD.unpack_from(blob)
    if version != RECIPE_FORMAT:
        message = f"recipe format {version} is not the known {RECIPE_FORMAT}"
        raise RecipeError(message)
    return kind, blob[_HEAD.size : _HEAD.size + size], length, tag


def read_tag(blob: bytes) -> bytes:
    """The recipe's digest: two recipes with the same tag are the same page."""
    return blob[_TAG_START:_TAG_END]


def read_skeleton(skeleton: bytes) -> tuple[Segment, ...]:
    """The outline that a skeleton's bytes stand for."""
    parts: list[Segment] = []
    at = 0
    while at < len(skeleton):
        part, at = _read_segment(skeleton, at)
        parts.append(part)
    return tuple(parts)


def number_layout(outline: Sequence[Segment], kind: int) -> struct.Struct:
    """The numbers that follow a skeleton: four for each own piece, one for each run of furniture (plain pages)."""
    own = sum(part is OWN for part in outline)
    runs = len(run_starts(outline)) if kind != MIXED else 0
    return struct.Struct(f"<{own * 4 + runs}I")


def numbers_start(skeleton: bytes) -> int:
    """Where the numbers stand in the blob."""
    return _HEAD.size + len(skeleton)


def read_rare_names(blob: bytes, at: int) -> list[str]:
    """The names of a page's rare furniture, in order; they stand behind its own pieces' data, which ends at `at`."""
    names = []
    while at < len(blob):
        name, at = _read_text(blob, at)
        names.append(name)
    return names


def run_starts(outline: Sequence[Segment]) -> list[int]:
    """Where each run of holes begins: holes that follow one another without own text between them."""
    return [
        at for at, part in enumerate(outline) if part is not OWN and (at == 0 or outline[at - 1] is OWN)
    ]  # fmt: skip


def _gather(segments: Iterable[Segment]) -> tuple[list[Segment], list[Piece]]:
    """Join neighbouring own texts (they compress better together) and drop empty ones."""
    outline: list[Segment] = []
    texts: list[str] = []
    for part in segments:
        if not isinstance(part, Own):
            outline.append(part)
        elif part.text and outline and outline[-1] is OWN:
            texts[-1] += part.text
        elif part.text:
            outline.append(OWN)
            texts.append(part.text)
    return outline, [press_piece(text) for text in texts]


def _check_paging(outline: Sequence[Segment]) -> None:
    paged = sum(isinstance(part, Cards) and part.paged for part in outline)
    pagers = sum(isinstance(part, Pager) for part in outline)
    if paged > 1 or (pagers and not paged):
        message = (
            f"a recipe has {paged} paged lists and {pagers} pagers; one list can be paged, a pager needs it"
        )
        raise RecipeError(message)


def _kind_of(outline: Sequence[Segment]) -> int:
    if not all(part is OWN or isinstance(part, Furniture) for part in outline):
        return MIXED
    rare = [at for at, part in enumerate(outline) if _is_rare(part)]
    if not rare:
        return PLAIN
    return RARE if all(part is not OWN for part in outline[rare[0] :]) else MIXED


def _is_rare(part: Segment) -> TypeGuard[Furniture]:
    return isinstance(part, Furniture) and ":" in part.name


def _numbers(outline: Sequence[Segment], pieces: Sequence[Piece], kind: int) -> bytes:
    """Work out, back to front, what later own pieces do to each CRC before them."""
    later = ONE
    own: list[bytes] = []
    runs: list[int] = []
    starts = set(run_starts(outline))
    end = sum(len(piece.data) for piece in pieces)
    remaining = list(pieces)
    for at in range(len(outline) - 1, -1, -1):
        if outline[at] is OWN:
            piece = remaining.pop()
            own.append(_NUMBERS.pack(end, piece.length, piece.crc, multiply(piece.crc, later)))
            later = multiply(later, operator(piece.length))
            end -= len(piece.data)
        elif at in starts:
            runs.append(later)
    weights = struct.pack(f"<{len(runs)}I", *reversed(runs)) if kind != MIXED else b""
    return b"".join(reversed(own)) + weights


def _own_pieces(blob: bytes, kind: int, skeleton: bytes, outline: Sequence[Segment]) -> Iterable[Piece]:
    layout = number_layout(outline, kind)
    at = numbers_start(skeleton)
    numbers = layout.unpack_from(blob, at)
    data = blob[at + layout.size :]
    start = 0
    for place in range(sum(part is OWN for part in outline)):
        end, length, crc, _ = numbers[place * 4 : place * 4 + 4]
        if end > len(data):
            message = f"recipe of {len(blob)} bytes is cut short"
            raise RecipeError(message)
        yield Piece(data[start:end], length, crc)
        start = end


def _text(text: str) -> bytes:
    raw = text.encode()
    if len(raw) > 0xFFFF:  # noqa: PLR2004 - the length is kept in 16 bits
        message = f"a name or template of {len(raw)} bytes is too long: {text[:60]!r}"
        raise RecipeError(message)
    return struct.pack("<H", len(raw)) + raw


def _write_segment(part: Segment) -> bytes:
    if isinstance(part, Own):
        return b"O"
    if isinstance(part, Furniture):
        return b"F" + _text(part.name)
    if isinstance(part, Highest):
        return b"H" + _text(part.otherwise) + _write_cards(part.cards)
    if isinstance(part, Pager):
        fields = (part.before, part.after, part.newer, part.newest, part.older, part.opening, part.closing)
        return b"P" + b"".join(map(_text, fields))
    return b"L" + _write_cards(part)


def _write_cards(part: Cards) -> bytes:
    try:
        form = form_number(part.form)
        first = _NO_FORM if part.first is None else form_number(part.first)
        check_number("count less one", part.count - 1, MOST_CARDS)
        check_number("skip", part.skip, MOST_SKIPPED + 1)
        check_number("pinned", len(part.pinned), MOST_PINNED + 1)
    except ValueError as error:
        message = f"list hole {part.list!r}: {error}"
        raise RecipeError(message) from error
    fixed = _CARDS.pack(
        _flags(part),
        form,
        first,
        part.count,
        part.skip,
        part.since or 0,
        part.until or 0,
        part.site or 0,
        part.within or 0,
    )
    pinned = struct.pack(f"<H{len(part.pinned)}q", len(part.pinned), *part.pinned)
    return fixed + pinned + b"".join(map(_text, (part.joint, part.opening, part.closing, part.list)))


def _flags(part: Cards) -> int:
    said = {
        _SINCE: part.since is not None,
        _UNTIL: part.until is not None,
        _PAGED: part.paged,
        _FIRST_ONLY: part.first_only,
        _SITE: part.site is not None,
        _FRESH: part.fresh,
        _WITHIN: part.within is not None,
        _FOREIGN: part.foreign,
    }
    return sum(flag for flag, holds in said.items() if holds)


def _read_cards(skeleton: bytes, at: int) -> tuple[Cards, int]:
    flags, form, first, count, skip, since, until, site, within = _CARDS.unpack_from(skeleton, at)
    at += _CARDS.size
    (size,) = _SIZE.unpack_from(skeleton, at)
    pinned = struct.unpack_from(f"<{size}q", skeleton, at + _SIZE.size)
    at += _SIZE.size + 8 * size
    joint, at = _read_text(skeleton, at)
    opening, at = _read_text(skeleton, at)
    closing, at = _read_text(skeleton, at)
    name, at = _read_text(skeleton, at)
    cards = Cards(
        name,
        FORM_NAMES[form],
        count,
        skip,
        since if flags & _SINCE else None,
        until if flags & _UNTIL else None,
        paged=bool(flags & _PAGED),
        first_only=bool(flags & _FIRST_ONLY),
        site=site if flags & _SITE else None,
        pinned=pinned,
        fresh=bool(flags & _FRESH),
        joint=joint,
        within=within if flags & _WITHIN else None,
        first=FORM_NAMES[first] if first != _NO_FORM else None,
        foreign=bool(flags & _FOREIGN),
        opening=opening,
        closing=closing,
    )
    return cards, at


def _read_text(skeleton: bytes, at: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<H", skeleton, at)
    end = at + 2 + size
    if end > len(skeleton):
        message = "a recipe's outline is cut short"
        raise RecipeError(message)
    return skeleton[at + 2 : end].decode(), end


def _read_segment(skeleton: bytes, at: int) -> tuple[Segment, int]:
    code, at = skeleton[at : at + 1], at + 1
    if code == b"O":
        return OWN, at
    if code == b"F":
        name, at = _read_text(skeleton, at)
        return Furniture(name), at
    if code == b"P":
        fields = []
        for _ in range(7):
            field, at = _read_text(skeleton, at)
            fields.append(field)
        return Pager(*fields), at
    if code == b"L":
        return _read_cards(skeleton, at)
    if code == b"H":
        otherwise, at = _read_text(skeleton, at)
        cards, at = _read_cards(skeleton, at)
        return Highest(cards, otherwise), at
    if code == b"R":
        return ANY_RARE, at
    message = f"a recipe's outline has the unknown part {code!r}"
    raise RecipeError(message)
