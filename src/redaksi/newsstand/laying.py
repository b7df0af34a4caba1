"""Laying a page: its own pieces and what fills its holes, as one gzip stream, without compressing anything.

Most pages are plain: only furniture fills their holes. For such an outline and a state of the furniture, a `Plan`
keeps the joined furniture and multiplication tables, and a page's CRC takes a few table look-ups. A story page has rare
furniture too, behind all its own text ("more on this topic"): its tail, which all stories of a label but the label's
newest share, is joined once and kept for a shelf state. Pages with lists
are put together in full (`newsstand/composing.py`) and kept for a shelf state, since a front page is asked for over and over.
"""

from __future__ import annotations

import hashlib
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from redaksi.newsstand.composing import asked_turn, changes_with_time, compose
from redaksi.shelf.crc import ONE, Table, multiply, operator, shift_table, table_for
from redaksi.shelf.pieces import DEFLATE_END, GZIP_HEAD, NOTHING, Piece, join_pieces
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import (
    ANY_RARE,
    MIXED,
    OWN,
    PLAIN,
    RARE,
    Furniture,
    Recipe,
    Segment,
    number_layout,
    numbers_start,
    read_head,
    read_rare_names,
    read_skeleton,
)
from redaksi.shelf.surrogates import PageKeys

KEPT_PAGES_BYTES = 64 << 20
"""How much of put-together list pages a worker keeps for a shelf state."""

KEPT_RARE_BYTES = 32 << 20
"""How much of rare furniture, likewise."""

_MOST_PLANS, _BESIDE = 64, 500
_Name = TypeVar("_Name")
_Value = TypeVar("_Value")
_END = struct.Struct("<2sII")
_NUMBERS = count()


class Tail(NamedTuple):
    """What stands behind a story's own text, joined: compressed parts, the CRC and length of their text, what the ETag says of it, and
    the table to multiply the CRC of all before it with.
    """

    parts: tuple[bytes, ...]
    crc: int
    length: int
    mark: str
    table: Table


_NO_TAIL = Tail((), 0, 0, "", shift_table(0))


class Laid(NamedTuple):
    """A page ready to be sent: a way to its gzip bytes, its tag (for the ETag), its surrogate keys, if it may be kept by them, and
    whether it is right for as long as the shelf stays as it is.
    """

    tag: str
    plan: Plan | None
    stored: bytes
    tail: Tail = _NO_TAIL
    keys: str = ""
    lasting: bool = True

    def gzip(self) -> bytes:
        """The whole gzip stream."""
        return self.stored if self.plan is None else self.plan.lay(self.stored, self.tail)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that pages with one outline share while the furniture stays as it is.

    Attributes:
        layout: How a recipe's numbers are packed, and where: `start` in the blob.
        parts: The stream with gaps where own pieces and the trailer go.
        own: For each own piece, its gap in `parts` and the table to multiply its weight with (None: by one).
        runs: For each run of furniture before some own piece, where its weight is and the table to multiply with.
        crc: What the other runs give to the CRC.
        length: Length of all furniture's text, in bytes.
        tag: A digest of the furniture.
        tail: Behind the last own piece of a page with rare furniture: shared pieces joined, None for a rare one.
        number: Its own, among all plans of this process.
    """

    layout: struct.Struct
    start: int
    parts: tuple[bytes, ...]
    own: tuple[tuple[int, Table | None], ...]
    runs: tuple[tuple[int, Table], ...]
    crc: int
    length: int
    tag: str
    tail: tuple[Piece | None, ...]
    number: int

    def own_end(self, blob: bytes) -> int:
        """Where the data of a recipe's own pieces ends."""
        data = self.start + self.layout.size
        if not self.own:
            return data
        at = self.start + (len(self.own) - 1) * 16
        return data + int.from_bytes(blob[at : at + 4], "little")

    def lay(self, blob: bytes, tail: Tail = _NO_TAIL) -> bytes:
        """The gzip stream of a page whose recipe has this plan's outline, with the tail that belongs to it.

        Written out rather than in functions, since it is the largest part of what a reader's request costs.
        """
        numbers = self.layout.unpack_from(blob, self.start)
        parts = list(self.parts)
        crc = self.crc
        length = self.length
        begin = data = self.start + self.layout.size
        at = 0
        for gap, table in self.own:
            end = data + numbers[at]
            parts[gap] = blob[begin:end]
            begin = end
            length += numbers[at + 1]
            weight = numbers[at + 3]
            at += 4
            if table is None:
                crc ^= weight
            else:
                first, second, third, fourth = table
                crc ^= (
                    first[weight & 255]
                    ^ second[weight >> 8 & 255]
                    ^ third[weight >> 16 & 255]
                    ^ fourth[weight >> 24]
                )
        for place, (first, second, third, fourth) in self.runs:
            weight = numbers[place]
            crc ^= (
                first[weight & 255]
                ^ second[weight >> 8 & 255]
                ^ third[weight >> 16 & 255]
                ^ fourth[weight >> 24]
            )
        behind, tail_crc, tail_length, _, (first, second, third, fourth) = tail
        parts += behind
        crc = (
            first[crc & 255] ^ second[crc >> 8 & 255] ^ third[crc >> 16 & 255] ^ fourth[crc >> 24] ^ tail_crc
        )
        parts.append(_END.pack(DEFLATE_END, crc, length + tail_length & 0xFFFFFFFF))
        return b"".join(parts)

    def join_tail(self, rare: Sequence[Piece]) -> Tail:
        """The tail with these rare pieces, in order."""
        left = iter(rare)
        pieces = [next(left) if piece is None else piece for piece in self.tail]
        joined = join_pieces(pieces)
        mark = "".join(f"{piece.crc:x}.{piece.length:x}" for piece in rare if piece.length)
        parts = tuple(piece.data for piece in pieces)
        return Tail(parts, joined.crc, joined.length, mark, shift_table(joined.length))


def make_plan(skeleton: bytes, furniture: Sequence[Piece]) -> Plan:
    """Work out a plan for an outline of a plain page, or of one with rare furniture.

    Args:
        skeleton: The outline's bytes.
        furniture: The pieces for its shared holes, in order (NOTHING for a missing one).
    """
    outline = read_skeleton(skeleton)
    kind = RARE if ANY_RARE in outline else PLAIN
    body_end = (
        max((at + 1 for at, part in enumerate(outline) if part is OWN), default=0)
        if kind == RARE
        else len(outline)
    )
    before = sum(part is not OWN for part in outline[:body_end])
    sequence = _join_runs(outline[:body_end], furniture[:before])
    own_count = sum(part is None for part in sequence)
    run = len(sequence) - own_count
    own: list[tuple[int, Table | None]] = []
    runs: list[tuple[int, Table]] = []
    crc, later = 0, ONE
    for at in range(len(sequence) - 1, -1, -1):
        piece = sequence[at]
        if piece is None:
            own.append((at + 1, table_for(later) if later != ONE else None))
            continue
        run -= 1
        shifted = multiply(piece.crc, later)
        if own:
            runs.append((own_count * 4 + run, table_for(shifted)))
        else:
            crc ^= shifted
        later = multiply(later, operator(piece.length))
    parts = (GZIP_HEAD, *(b"" if piece is None else piece.data for piece in sequence))
    length = sum(piece.length for piece in furniture[:before])
    tag = hashlib.blake2b(b"".join(piece.to_bytes() for piece in furniture), digest_size=6).hexdigest()
    return Plan(
        number_layout(outline, kind),
        numbers_start(skeleton),
        parts,
        tuple(reversed(own)),
        tuple(runs),
        crc,
        length,
        tag,
        tuple(_join_tail(outline[body_end:], furniture[before:])),
        next(_NUMBERS),
    )


def _join_tail(outline: Sequence[Segment], furniture: Sequence[Piece]) -> Iterator[Piece | None]:
    """The holes behind the last own piece: runs of shared ones joined, None for each rare one."""
    pieces = iter(furniture)
    run: list[Piece] = []
    for part in outline:
        if part is not ANY_RARE:
            run.append(next(pieces))
            continue
        if run:
            yield join_pieces(run)
        run = []
        yield None
    if run:
        yield join_pieces(run)


def _join_runs(outline: Sequence[Segment], furniture: Sequence[Piece]) -> list[Piece | None]:
    """The outline with each run of holes as one piece, and None for each own piece."""
    pieces = iter(furniture)
    sequence: list[Piece | None] = []
    for part in outline:
        if part is OWN:
            sequence.append(None)
            continue
        piece = next(pieces)
        last = sequence[-1] if sequence else None
        if last is None:
            sequence.append(piece)
        else:
            sequence[-1] = join_pieces((last, piece))
    return sequence


class _Kept(Generic[_Name, _Value]):
    """Values by name, begun anew where they would take more than so many bytes."""

    def __init__(self, most: int) -> None:
        self.held: dict[_Name, _Value] = {}
        self._most, self._bytes = most, 0

    def put(self, name: _Name, value: _Value, size: int) -> None:
        if self._bytes + size > self._most:
            self.clear()
        self.held[name] = value
        self._bytes += size + _BESIDE

    def clear(self) -> None:
        self.held.clear()
        self._bytes = 0


class Layer:
    """Puts pages together for one worker; to be asked within a look at the shelf.

    Args:
        reader: The shelf.
        named: Name what is laid, for caches in front.
    """

    def __init__(self, reader: ShelfReader, *, named: bool = False) -> None:
        self._reader = reader
        self._named = named
        self._state = -1
        self._plans: dict[int, tuple[int, dict[bytes, Plan]]] = {}
        self._checked: dict[int, dict[bytes, Plan]] = {}
        self._pages: _Kept[tuple[int, str, str], Laid | None] = _Kept(KEPT_PAGES_BYTES)
        self._tails: _Kept[tuple[int, str], tuple[Tail, frozenset[str]]] = _Kept(KEPT_RARE_BYTES)

    def new_state(self, state: int) -> None:
        """Forget what was right for another state of the shelf."""
        if state != self._state:
            self._state = state
            self._checked.clear()
            self._pages.clear()
            self._tails.clear()

    def lay(self, page: Page, query: str) -> Laid | None:
        """A page, ready to be sent; None if its query names a page of a list that there is not."""
        kind, skeleton, _, tag = read_head(page.recipe)
        if kind == MIXED:
            return self._lay_mixed(page, query)
        plans = self._checked.get(page.site)
        if plans is None:
            plans = self._plans_of(page.site)
        plan = plans.get(skeleton)
        if plan is None:
            plan = self._make_plan(page.site, skeleton, plans)
        names = [] if kind == PLAIN else read_rare_names(page.recipe, plan.own_end(page.recipe))
        tail = self._tail(page.site, plan, names) if names else _NO_TAIL
        keys = self._keys(page, names) if self._named else ""
        return Laid(f"{tag.hex()}{plan.tag}{tail.mark}", plan, page.recipe, tail, keys)

    def _keys(self, page: Page, names: Sequence[str]) -> str:
        keys = PageKeys(page.site, page.address)
        for name in names:
            keys.add_rare(name)
        return str(keys)

    def _tail(self, site: int, plan: Plan, names: Sequence[str]) -> Tail:
        """A page's tail, by the names of its rare furniture: a story's is that of its label, but for the few that have one of their own."""
        if len(names) > 1:
            return plan.join_tail([self._reader.rare_piece(site, name) or NOTHING for name in names])
        (name,) = names
        general = name.partition("/")[0]
        kept = self._tails.held.get((plan.number, general))
        if kept is None:
            piece, own = self._reader.rare_family(site, general)
            kept = self._keep_tail(plan, general, piece, own)
        if name not in kept[1]:
            return kept[0]
        kept = self._tails.held.get((plan.number, name))
        return (kept or self._keep_tail(plan, name, self._reader.rare_piece(site, name) or NOTHING))[0]

    def _keep_tail(
        self, plan: Plan, name: str, piece: Piece, own: frozenset[str] = frozenset()
    ) -> tuple[Tail, frozenset[str]]:
        kept = plan.join_tail([piece]), own
        self._tails.put((plan.number, name), kept, len(piece.data))
        return kept

    def _plans_of(self, site: int) -> dict[bytes, Plan]:
        state = self._reader.furniture_state(site)
        kept = self._plans.get(site)
        plans = kept[1] if kept is not None and kept[0] == state else {}
        self._plans[site] = (state, plans)
        self._checked[site] = plans
        return plans

    def _make_plan(self, site: int, skeleton: bytes, plans: dict[bytes, Plan]) -> Plan:
        outline = read_skeleton(skeleton)
        names = [part.name for part in outline if isinstance(part, Furniture) and part is not ANY_RARE]
        if len(plans) >= _MOST_PLANS:
            plans.clear()
        plans[skeleton] = make_plan(skeleton, [self._reader.piece(site, name) or NOTHING for name in names])
        return plans[skeleton]

    def _lay_mixed(self, page: Page, query: str) -> Laid | None:
        if not query:
            kept = self._pages.held.get((page.site, page.address, ""))
            if kept is not None:
                return kept
        recipe = Recipe.parse(page.recipe)
        turned = asked_turn(recipe, query)
        if turned is None:
            return None
        # What the clock changes is right for its minute only.
        minute = f"@{time.time() // 60:.0f}" if changes_with_time(recipe) else ""
        name = (page.site, page.address, f"{turned}{minute}")
        if name not in self._pages.held:
            # What the clock changes, no purge would tell.
            keys = PageKeys(page.site, page.address) if self._named and not minute else None
            laid = compose(self._reader, page, recipe, turned, keys)
            told = str(keys or "")
            made = Laid(_tag_of(laid), None, laid, keys=told, lasting=not minute) if laid else None
            self._pages.put(name, made, len(laid) if laid else 0)
        return self._pages.held[name]


def _tag_of(stream: bytes) -> str:
    return hashlib.blake2b(stream, digest_size=14).hexdigest()
