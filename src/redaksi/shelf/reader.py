"""The readers' side of the shelf: what the newsstand, the press and the desk ask of it.

    with ShelfReader(home / "shelf.sqlite3") as shelf, shelf.look() as state:
        shelf.version_at(site=1, address="/nasional/2021/08/14/banjir")   # 3

All that is read within one `look` is of one moment. A look is short (the newsstand's last a few milliseconds), since
the write-ahead log can't start over while one is held. `look` gives a number that is the same as long as nothing was
written: what was worked out for a state stays right for it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from redaksi.shelf import found, lists
from redaksi.shelf.addresses import packed, page_key, unpacked
from redaksi.shelf.filling import Filling
from redaksi.shelf.lists import ListKey, ListPage
from redaksi.shelf.neighbours import Neighbours
from redaksi.shelf.pieces import NOTHING, Piece
from redaksi.shelf.place import current_file, file_uri
from redaksi.shelf.recipe import Cards
from redaksi.shelf.schema import DEPENDENTS, ShelfError, ShelfMissingError, check_format

_OPENING_TRIES = 20
_TRY_AGAIN_SECONDS = 0.002
_PAGE = "SELECT site, address, status, type, cache, location, recipe FROM pages WHERE key = ?"


class Page(NamedTuple):
    """A page as it stands on the shelf; `recipe` is empty for a redirect, `location` for all else."""

    site: int
    address: str
    status: int
    content_type: str
    cache: str
    location: str
    recipe: bytes


class RareFamily(NamedTuple):
    """A piece of rare furniture, and the names of those that stand in its place on single pages."""

    general: Piece
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Site:
    """A site as readers' pages need it."""

    id: int
    name: str
    language: str
    headers: tuple[tuple[str, str], ...]


class ShelfReader:
    """Reads the shelf that `pointer` leads to, and follows it when a fresh shelf is swapped in.

    Opening is left to the first `look`, which raises ShelfMissingError or ShelfFormatError.
    """

    def __init__(self, pointer: Path) -> None:
        self.pointer = pointer
        self._connection: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._data_version = -1
        self._state = 0
        self._looking = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._looking = False

    @contextmanager
    def look(self) -> Iterator[int]:
        """Hold the shelf as it is now for the length of a block; gives the state's number."""
        state = self.begin_look()
        try:
            yield state
        finally:
            self.end_look()

    def begin_look(self) -> int:
        """Hold the shelf as it is now until `end_look`; give the state's number.

        Raises:
            ShelfMissingError: There is no shelf.
            ShelfFormatError: There is one of another format.
        """
        if self._looking:
            return self._state
        self._follow()
        try:
            self._ask("BEGIN")
            version = self._ask("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            self.close()
            raise
        self._looking = True
        if version != self._data_version:
            self._data_version = version
            self._state += 1
        return self._state

    def end_look(self) -> None:
        """Let go of the held moment."""
        if self._looking and self._connection is not None:
            self._looking = False
            self._connection.execute("COMMIT")

    # Within a look

    def page(self, site: int, address: str) -> Page | None:
        """The page or redirect at an address."""
        row = self._opened().execute(_PAGE, (page_key(site, address),)).fetchone()
        return Page._make(row) if row is not None and row[0] == site and row[1] == address else None

    def entity_at(self, site: int, address: str) -> str | None:
        """What the page or redirect at an address shows, as "story:12"."""
        sql = "SELECT entity FROM pages WHERE key = ? AND site = ? AND address = ?"
        row = self._ask(sql, page_key(site, address), site, address).fetchone()
        return str(row[0]) if row else None

    def piece(self, site: int, name: str) -> Piece | None:
        """A piece of furniture."""
        row = self._ask("SELECT piece FROM pieces WHERE site = ? AND name = ?", site, name).fetchone()
        return Piece.from_bytes(row[0]) if row else None

    def rare_piece(self, site: int, name: str) -> Piece | None:
        """A piece of rare furniture; "related:12/345" gives that of "related:12" where it has none of its own."""
        general = name.partition("/")[0]
        sql = "SELECT piece FROM pieces WHERE site = ? AND name IN (?, ?) ORDER BY length(name) DESC LIMIT 1"
        row = self._ask(sql, site, name, general).fetchone()
        return Piece.from_bytes(row[0]) if row else None

    def rare_family(self, site: int, general: str) -> RareFamily:
        """The piece "related:12", and the names that go on from it ("related:12/345") and have a piece of their own.

        Costs what these are, which are few: as many as a label's newest stories.
        """
        sql = "SELECT name, CASE name WHEN ? THEN piece END FROM pieces WHERE site = ? AND name >= ? AND name < ?"
        # "0" is what follows on "/".
        rows = self._ask(sql, general, site, general, f"{general}0").fetchall()
        piece = next((Piece.from_bytes(piece) for _, piece in rows if piece is not None), NOTHING)
        return RareFamily(piece, frozenset(name for name, piece in rows if piece is None))

    def furniture_state(self, site: int) -> int:
        """A number that changes when a shared piece of the site does."""
        row = self._ask("SELECT furniture FROM sites WHERE id = ?", site).fetchone()
        return int(row[0]) if row else 0

    def cards(self, site: int, hole: Cards) -> ListPage:
        """The cards for a list hole on the page that has no key."""
        return lists.first_page(self._opened(), site, hole)

    def fresh_cards(self, site: int, hole: Cards, filling: Filling) -> ListPage:
        """The cards for a hole that shows no story twice, beside what stands on the page already."""
        return lists.fresh_page(self._opened(), site, hole, filling)

    def stories(self, site: int, name: str, *, until: int, count: int) -> list[int]:
        """The newest stories of a list from before a time (microseconds UTC), newest first."""
        return lists.stories_before(self._opened(), site, name, until, count)

    def has_row(self, site: int, name: str) -> bool:
        """Whether a list has a story."""
        return bool(lists.stories_before(self._opened(), site, name, lists.MOST_TIME, 1))

    def found(self, site: int, words: Sequence[Sequence[str]], count: int, seconds: float) -> list[int]:
        """Stories of a site by their words, newest first; see `found.find`."""
        return found.find(self._opened(), site, words, count, seconds)

    def card(self, site: int, story: int, form: str) -> Piece | None:
        """One card of a story."""
        stored = lists.card(self._opened(), site, story, form)
        return Piece.from_bytes(stored) if stored is not None else None

    def cards_before(self, site: int, hole: Cards, key: ListKey) -> ListPage | None:
        """The cards for a list hole on the page of those older than `key`; None if there are none."""
        return lists.page_before(self._opened(), site, hole, key)

    def cards_after(self, site: int, hole: Cards, key: ListKey) -> ListPage | None:
        """The cards for a list hole on the page of those newer than `key`; None if there are none."""
        return lists.page_after(self._opened(), site, hole, key)

    @property
    def neighbours(self) -> Neighbours:
        """What stands beside what in the lists."""
        return Neighbours(self._opened())

    def sites(self) -> list[Site]:
        """All sites."""
        rows = self._ask("SELECT id, name, language, headers FROM sites ORDER BY id")
        return [
            Site(number, name, language, tuple(json.loads(text).items()))
            for number, name, language, text in rows
        ]

    def hosts(self) -> dict[str, int]:
        """The site of each host."""
        return dict(self._ask("SELECT host, site FROM hosts"))

    def meta(self, name: str) -> str | None:
        """A note that the press keeps, or None."""
        row = self._ask("SELECT value FROM meta WHERE name = ?", name).fetchone()
        return str(row[0]) if row else None

    def version_at(self, site: int, address: str) -> int | None:
        """The version that readers get at an address; None if nothing stands there."""
        sql = "SELECT version FROM pages WHERE key = ? AND site = ? AND address = ?"
        row = self._ask(sql, page_key(site, address), site, address).fetchone()
        return int(row[0]) if row else None

    def pages_of(self, entity: str) -> list[tuple[int, str, int, int]]:
        """Site, address, status and version of an entity's pages and redirects, in order."""
        sql = "SELECT site, address, status, version FROM pages WHERE entity = ? ORDER BY site, address"
        return list(self._ask(sql, entity))

    def printed_at(self, entity: str, version: int) -> int | None:
        """When this version of an entity, or a newer one, was put onto the shelf (microseconds UTC); None if it wasn't."""
        sql = "SELECT min(printed_at) FROM pages WHERE entity = ? AND version >= ?"
        at: int | None = self._ask(sql, entity, version).fetchone()[0]
        return at

    def entities(self, *, after: str = "", limit: int = 1000) -> list[tuple[str, int]]:
        """Entities with pages, and their highest version: `limit` of those after `after`, in order of their names."""
        sql = (
            "SELECT entity, max(version) FROM pages WHERE entity > ? GROUP BY entity ORDER BY entity LIMIT ?"
        )
        return list(self._ask(sql, after, limit))

    def versions_of(self, entities: Iterable[str]) -> dict[str, int]:
        """The highest version of each of these entities that has a page."""
        sql = "SELECT max(version) FROM pages WHERE entity = ?"
        found = ((entity, self._ask(sql, entity).fetchone()[0]) for entity in entities)
        return {entity: version for entity, version in found if version is not None}

    def dependents(self, thing: str, *, after: str = "", limit: int = 1000) -> list[str]:
        """Entities that show `thing`, in order, `limit` of those after `after`."""
        found = self._ask(DEPENDENTS, packed(thing), packed(after), limit)
        return [unpacked(entity) for (entity,) in found]

    # The file

    def _ask(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._opened().execute(sql, values)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            message = f"{self.pointer} was asked outside a look"
            raise ShelfError(message)
        return self._connection

    def _follow(self) -> None:
        """Open the file that the pointer leads to, if it isn't the one that is open."""
        try:
            found = _identity(self.pointer)
        except OSError as error:
            if self._connection is not None:
                return  # go on with what we hold rather than with nothing
            message = f"there is no shelf at {self.pointer}: run `redaksi press --all`"
            raise ShelfMissingError(message) from error
        if self._connection is None or found != self._file:
            self._reopen()

    def _reopen(self) -> None:
        for _ in range(_OPENING_TRIES):
            try:
                file = _identity(self.pointer)
                connection = self._connect()
                # If a swap came between, what we opened may have lost its write-ahead log: not to be trusted.
                if _identity(self.pointer) == file:
                    self.close()
                    self._connection, self._file, self._data_version = connection, file, -1
                    return
                connection.close()
            except (sqlite3.OperationalError, OSError) as error:
                problem = str(error)
            else:
                problem = "another shelf takes its place again and again"
            time.sleep(_TRY_AGAIN_SECONDS)
        message = f"shelf {self.pointer} can't be opened: {problem}"
        raise ShelfMissingError(message)

    def _connect(self) -> sqlite3.Connection:
        path = current_file(self.pointer)
        connection = sqlite3.connect(
            file_uri(path, "ro"), uri=True, isolation_level=None, timeout=5, check_same_thread=False
        )
        try:
            check_format(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _identity(path: Path) -> tuple[int, int]:
    """Which file a link leads to: nothing else has these numbers as long as we hold it open."""
    found = os.stat(path)  # noqa: PTH116 - a third of the time, and asked for all day long
    return found.st_dev, found.st_ino
