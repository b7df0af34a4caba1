"""Laying a page: its own pieces and what fills its holes, as one gzip stream, without compressing anything.

Most pages are plain: only furniture fills their holes. For such an outline and a state of the furniture, a `Plan`
keeps the joined furniture and multiplication tables, and a page's CRC takes a few table look-ups. Pages with lists
are put together in full and kept for a shelf state, since a front page is asked for over and over.
"""

from __future__ import annotations

import hashlib
import html
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from redaksi.shelf.crc import ONE, Table, multiply, operator, table_for
from redaksi.shelf.lists import ListKey, ListPage
from redaksi.shelf.pieces import (
    DEFLATE_END,
    GZIP_HEAD,
    NOTHING,
    Piece,
    gzip_of,
    join_pieces,
    join_stored_forms,
    stored_piece,
)
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import (
    OWN,
    PLAIN,
    Cards,
    Furniture,
    Pager,
    Recipe,
    Segment,
    number_layout,
    numbers_start,
    read_head,
    read_skeleton,
)

KEPT_PAGES_BYTES = 64 << 20
"""How much of put-together list pages a worker keeps for a shelf state."""

_MOST_PLANS = 64
_END = struct.Struct("<2sII")


class Laid(NamedTuple):
    """A page ready to be sent: a way to its gzip bytes, and its tag (for the ETag)."""

    tag: str
    plan: Plan | None
    stored: bytes

    def gzip(self) -> bytes:
        """The whole gzip stream."""
        return self.stored if self.plan is None else self.plan.lay(self.stored)


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
    """

    layout: struct.Struct
    start: int
    parts: tuple[bytes, ...]
    own: tuple[tuple[int, Table | None], ...]
    runs: tuple[tuple[int, Table], ...]
    crc: int
    length: int
    tag: str

    def lay(self, blob: bytes) -> bytes:
        """The gzip stream of a page whose recipe has this plan's outline."""
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
        parts[-1] = _END.pack(DEFLATE_END, crc, length & 0xFFFFFFFF)
        return b"".join(parts)


def make_plan(skeleton: bytes, furniture: Sequence[Piece]) -> Plan:
    """Work out a plan for an outline of a plain page.

    Args:
        skeleton: The outline's bytes.
        furniture: The pieces for its holes, in order (NOTHING for a missing one).
    """
    outline = read_skeleton(skeleton)
    sequence = _join_runs(outline, furniture)
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
    parts = (GZIP_HEAD, *(b"" if piece is None else piece.data for piece in sequence), b"")
    length = sum(piece.length for piece in furniture)
    tag = hashlib.blake2b(b"".join(piece.to_bytes() for piece in furniture), digest_size=6).hexdigest()
    return Plan(
        number_layout(outline, PLAIN),
        numbers_start(skeleton),
        parts,
        tuple(reversed(own)),
        tuple(runs),
        crc,
        length,
        tag,
    )


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


class Layer:
    """Puts pages together for one worker; to be asked within a look at the shelf."""

    def __init__(self, reader: ShelfReader) -> None:
        self._reader = reader
        self._state = -1
        self._plans: dict[int, tuple[int, dict[bytes, Plan]]] = {}
        self._checked: dict[int, dict[bytes, Plan]] = {}
        self._pages: dict[tuple[int, str, str], Laid | None] = {}
        self._bytes = 0

    def new_state(self, state: int) -> None:
        """Forget what was right for another state of the shelf."""
        if state != self._state:
            self._state = state
            self._checked.clear()
            self._pages.clear()
            self._bytes = 0

    def lay(self, page: Page, query: str) -> Laid | None:
        """A page, ready to be sent; None if its query names a page of a list that there is not."""
        kind, skeleton, _, tag = read_head(page.recipe)
        if kind != PLAIN:
            return self._lay_mixed(page, query)
        plans = self._checked.get(page.site)
        if plans is None:
            plans = self._plans_of(page.site)
        plan = plans.get(skeleton)
        if plan is None:
            plan = self._make_plan(page.site, skeleton, plans)
        return Laid(tag.hex() + plan.tag, plan, page.recipe)

    def _plans_of(self, site: int) -> dict[bytes, Plan]:
        state = self._reader.furniture_state(site)
        kept = self._plans.get(site)
        plans = kept[1] if kept is not None and kept[0] == state else {}
        self._plans[site] = (state, plans)
        self._checked[site] = plans
        return plans

    def _make_plan(self, site: int, skeleton: bytes, plans: dict[bytes, Plan]) -> Plan:
        names = [part.name for part in read_skeleton(skeleton) if isinstance(part, Furniture)]
        if len(plans) >= _MOST_PLANS:
            plans.clear()
        plans[skeleton] = make_plan(skeleton, [self._reader.piece(site, name) or NOTHING for name in names])
        return plans[skeleton]

    def _lay_mixed(self, page: Page, query: str) -> Laid | None:
        if not query:
            kept = self._pages.get((page.site, page.address, ""))
            if kept is not None:
                return kept
        recipe = Recipe.parse(page.recipe)
        pager = next((part for part in recipe.outline if isinstance(part, Pager)), None)
        turned = asked_turn(pager, query) if pager is not None and query else FIRST
        if turned is None:
            return None
        name = (page.site, page.address, str(turned))
        if name not in self._pages:
            laid = self._compose(page, recipe, turned)
            size = len(laid.stored) if laid else 0
            if self._bytes + size > KEPT_PAGES_BYTES:
                self._pages.clear()
                self._bytes = 0
            self._pages[name] = laid
            self._bytes += size + 500
        return self._pages[name]

    def _compose(self, page: Page, recipe: Recipe, turned: Turn) -> Laid | None:
        hole = next((part for part in recipe.outline if isinstance(part, Cards) and part.paged), None)
        turned_list = self._turn(page.site, hole, turned) if hole is not None else ListPage([], [])
        if turned_list is None:
            return None
        own = iter(recipe.own)
        pieces = [
            next(own) if part is OWN else self._fill(page, part, turned, turned_list)
            for part in recipe.outline
        ]
        stream = gzip_of(join_pieces(pieces))
        return Laid(hashlib.blake2b(stream, digest_size=14).hexdigest(), None, stream)

    def _turn(self, site: int, hole: Cards, turned: Turn) -> ListPage | None:
        if turned.key is None:
            return self._reader.cards(site, hole)
        ask = self._reader.cards_before if turned.older else self._reader.cards_after
        return ask(site, hole, turned.key)

    def _fill(self, page: Page, part: Segment, turned: Turn, turned_list: ListPage) -> Piece:
        if isinstance(part, Furniture):
            return self._reader.piece(page.site, part.name) or NOTHING
        if isinstance(part, Pager):
            return stored_piece(pager_html(part, page.address, turned_list))
        if not isinstance(part, Cards) or (part.first_only and turned.key is not None):
            return NOTHING
        cards = turned_list if part.paged else self._reader.cards(page.site, part)
        return join_stored_forms(cards.cards)


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page of a list is asked for: the first (no key), or those older or newer than a key."""

    key: ListKey | None = None
    older: bool = True

    def __str__(self) -> str:
        return "" if self.key is None else f"{'<' if self.older else '>'}{self.key}"


FIRST = Turn()


def asked_turn(pager: Pager, query: str) -> Turn | None:
    """The turn that a query names by the pager's parameters; None if it is garbled or says two things."""
    turns = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in (pager.before, pager.after):
            key = ListKey.parse(value)
            turns.append(Turn(key, name == pager.before) if key is not None else None)
    if not turns:
        return FIRST
    return turns[0] if len(turns) == 1 else None


def pager_html(pager: Pager, address: str, page: ListPage) -> str:
    """The links to a list's newer and older pages, from the templates that the press gave."""
    path = html.escape(quote(address))
    links = []
    if page.newer is not None and page.newer_is_first:
        links.append(pager.newest.replace("{path}", path))
    elif page.newer is not None:
        links.append(pager.newer.replace("{path}", path).replace("{key}", str(page.newer)))
    if page.older is not None:
        links.append(pager.older.replace("{path}", path).replace("{key}", str(page.older)))
    return f"{pager.opening}{''.join(links)}{pager.closing}" if links else ""
