"""Lists: which stories, newest first, and a page of them by date and key, never by offset.

A list is rows of (published at, story). A page starts after a key, so page 9,000 costs what the first costs and its
address never shifts when something newer is published.
"""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import dataclass
from typing import NamedTuple

from redaksi.shelf.addresses import MOST_STORIES, card_mask
from redaksi.shelf.filling import Filling
from redaksi.shelf.recipe import Cards
from redaksi.shelf.told import as_piece, holds

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_KEY = re.compile(r"(0|[1-9a-z][0-9a-z]{0,12})-(0|[1-9a-z][0-9a-z]{0,8})\Z")
MOST_TIME = 1 << 62
_MOST_STORY = MOST_STORIES
MOST_PASSED = 500
"""How many stories a fresh hole passes over that can't be shown in it, beside those that stand on the page already."""


class ListKey(NamedTuple):
    """A place in a list: a story's time (microseconds UTC) and its id."""

    at: int
    story: int

    def __str__(self) -> str:
        """The key as addresses carry it: both numbers in base 36."""
        return f"{_base36(self.at)}-{_base36(self.story)}"

    @classmethod
    def parse(cls, text: str) -> ListKey | None:
        """The key that `text` stands for, or None if it is garbled (only one spelling of a key is right)."""
        match = _KEY.match(text)
        if match is None:
            return None
        key = cls(int(match[1], 36), int(match[2], 36))
        return key if key.at < MOST_TIME and key.story < _MOST_STORY else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: cards as stored, newest first, and the keys of its neighbours. Where the first is of a form of its own, all are pieces.

    Attributes:
        cards: The stored cards; a story whose card is missing is left out.
        stories: All stories of the page, with a card or without.
        older: The key that older pages start after, or None if there are none.
        newer: The key that newer pages end before, or None if there are none.
        newer_is_first: The newer page is the list's first.
    """

    cards: list[bytes]
    stories: list[int]
    older: ListKey | None = None
    newer: ListKey | None = None
    newer_is_first: bool = False


_IN_RANGE = """
WHERE rows.list = (SELECT id FROM lists WHERE site = ?1 AND name = ?2)
AND (rows.at, rows.story) > (?3, ?4) AND (rows.at, rows.story) < (?5, ?6)
"""
_CARDS = f"""
SELECT rows.at, rows.story, cards.piece FROM rows LEFT JOIN cards ON cards.id = (rows.story << 24 | ?8) {_IN_RANGE}
"""  # noqa: S608 - our own words only, here and below
_NEWEST_FIRST = f"{_CARDS} ORDER BY rows.at DESC, rows.story DESC LIMIT ?7 OFFSET ?9"
_OLDEST_FIRST = f"{_CARDS} ORDER BY rows.at, rows.story LIMIT ?7"
_STORIES = (
    f"SELECT rows.story FROM rows {_IN_RANGE} ORDER BY rows.at DESC, rows.story DESC LIMIT ?7 OFFSET ?8"  # noqa: S608 - as above
)
_COUNTED = f"SELECT rows.story FROM rows {_IN_RANGE} ORDER BY rows.at, rows.story LIMIT ?7"  # noqa: S608

_Row = tuple[int, int, bytes | None]


def first_page(connection: sqlite3.Connection, site: int, hole: Cards) -> ListPage:
    """The newest cards of a list hole, leaving out the `skip` newest of all."""
    site = _site(site, hole)
    where = (site, hole.list, *_lowest(hole), *_highest(hole))
    found = connection.execute(
        _NEWEST_FIRST, (*where, hole.count + 1, _mask(site, hole), hole.skip)
    ).fetchall()
    shown = found[: hole.count]
    return _page(shown, hole, older=_key(shown[-1]) if len(found) > len(shown) else None)


def fresh_page(connection: sqlite3.Connection, site: int, hole: Cards, filling: Filling) -> ListPage:
    """The cards of a hole that shows no story twice.

    Args:
        connection: The shelf.
        site: The page's site.
        hole: What is asked for.
        filling: What stands on the page already. The list is read as far as that makes needful, and `MOST_PASSED` further.
    """
    listed = _site(site, hole)
    cards: dict[int, bytes] = {}

    def stands(story: int) -> bool:
        found = _stored(connection, listed, story, hole.form)
        if found is None or (hole.foreign and _stored(connection, site, story, "row") is not None):
            return False
        cards[story] = found
        return True

    where = (listed, hole.list, *_lowest(hole), *_highest(hole))
    most = hole.count + filling.taken + MOST_PASSED
    rows = connection.execute(_STORIES, (*where, most, hole.skip))
    stories = filling.strip(hole.count, hole.pinned, (story for (story,) in rows), stands)
    rows.close()
    return ListPage(_formed(connection, listed, hole, stories, [cards[story] for story in stories]), stories)


def stories_before(connection: sqlite3.Connection, site: int, name: str, until: int, count: int) -> list[int]:
    """The newest `count` stories of a list from before a time (microseconds UTC), newest first."""
    found = connection.execute(_STORIES, (site, name, 0, -1, until, -1, count, 0))
    return [story for (story,) in found]


def _formed(
    connection: sqlite3.Connection, site: int, hole: Cards, stories: list[int], cards: list[bytes]
) -> list[bytes]:
    """The cards with the first in the form that is asked for it, if there is one."""
    if hole.first is None or not stories:
        return cards
    pieces = [as_piece(one, hole.form) for one in cards]
    first = _stored(connection, site, stories[0], hole.first)
    return pieces if first is None else [as_piece(first, hole.first), *pieces[1:]]


def card(connection: sqlite3.Connection, site: int, story: int, form: str) -> bytes | None:
    """One card as a stored piece."""
    stored = _stored(connection, site, story, form)
    return None if stored is None else as_piece(stored, form)


def _stored(connection: sqlite3.Connection, site: int, story: int, form: str) -> bytes | None:
    """The row in which a card is kept; None if it isn't there."""
    rowid = story << 24 | card_mask(site, form)
    row = connection.execute("SELECT piece FROM cards WHERE id = ?", (rowid,)).fetchone()
    return row[0] if row and holds(row[0], form) else None


def page_before(connection: sqlite3.Connection, site: int, hole: Cards, key: ListKey) -> ListPage | None:
    """The `count` stories just older than `key`; None if there are none."""
    site = _site(site, hole)
    where = (site, hole.list, *_lowest(hole), *min(key, _highest(hole)))
    found = connection.execute(_NEWEST_FIRST, (*where, hole.count + 1, _mask(site, hole), 0)).fetchall()
    shown = found[: hole.count]
    return _later_page(connection, site, hole, shown, has_older=len(found) > len(shown))


def page_after(connection: sqlite3.Connection, site: int, hole: Cards, key: ListKey) -> ListPage | None:
    """The `count` stories just newer than `key`, newest first; None if there are none."""
    site = _site(site, hole)
    where = (site, hole.list, *max(key, _lowest(hole)), *_highest(hole))
    found = connection.execute(_OLDEST_FIRST, (*where, hole.count, _mask(site, hole))).fetchall()
    found.reverse()
    has_older = bool(found) and _count(connection, site, hole, (_lowest(hole), _key(found[-1])), most=1) > 0
    return _later_page(connection, site, hole, found, has_older=has_older)


def _site(site: int, hole: Cards) -> int:
    """Whose list and cards a hole on a page of `site` shows."""
    return site if hole.site is None else hole.site


def _mask(site: int, hole: Cards) -> int:
    return card_mask(site, hole.form)


def _lowest(hole: Cards) -> ListKey:
    """The place just below the hole's range."""
    since = 0 if hole.since is None else hole.since
    if hole.within is not None:
        since = max(since, time.time_ns() // 1000 - hole.within * 1_000_000)
    return ListKey(since, -1)


def _highest(hole: Cards) -> ListKey:
    """The place just above the hole's range."""
    return ListKey(MOST_TIME if hole.until is None else hole.until, -1)


def _key(row: _Row) -> ListKey:
    return ListKey(row[0], row[1])


def _page(shown: list[_Row], hole: Cards, *, older: ListKey | None) -> ListPage:
    cards = [stored for _, _, stored in shown if stored and holds(stored, hole.form)]
    return ListPage(cards, [story for _, story, _ in shown], older)


def _count(
    connection: sqlite3.Connection, site: int, hole: Cards, between: tuple[ListKey, ListKey], *, most: int
) -> int:
    """How many stories stand between two places, counting no further than `most`."""
    return len(connection.execute(_COUNTED, (site, hole.list, *between[0], *between[1], most)).fetchall())


def _later_page(
    connection: sqlite3.Connection, site: int, hole: Cards, shown: list[_Row], *, has_older: bool
) -> ListPage | None:
    if not shown:
        return None
    page = _page(shown, hole, older=_key(shown[-1]) if has_older else None)
    newest = _key(shown[0])
    on_first = hole.count + hole.skip
    newer = _count(connection, site, hole, (newest, _highest(hole)), most=on_first + 1)
    if not newer:
        return page
    return ListPage(page.cards, page.stories, page.older, newest, newer_is_first=newer <= on_first)
