"""A page wins over an old address: where both are to stand, readers get the page, whichever of them was put first.

A section may come to be called like an address that a story had long ago. The old address then waits behind the page, in the press's
notes, and stands there again when the page is gone. So the shelf follows from what was put, not from the order in which it was.

    put_page, put_redirect, drop_page, drop_pages -> Behind -> meta

There are at most as many notes as pages that stand in the place of an old address: a few, as a rule none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

_AT, _OF, _GAP = "press:behind:", "press:behind-of:", "\t"
_STANDING = "SELECT status = 301, entity, location, version FROM pages WHERE key = ? AND entity <> ?"
_NOTED = "SELECT name, value FROM meta WHERE name >= ? AND name < ? ORDER BY name"


class Redirect(NamedTuple):
    """An old address: where it leads, and whose it is."""

    entity: str
    location: str
    version: int


class Behind:
    """The old addresses that wait behind pages; asked and changed within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_hidden(self, key: int, entity: str) -> bool:
        """Whether something else's page stands in the place of an entity's redirect."""
        row = self._connection.execute(_STANDING, (key, entity)).fetchone()
        return row is not None and not row[0]

    def make_way(self, key: int, site: int, address: str, entity: str) -> None:
        """Before an entity's page is put: let something else's redirect, if one stands there, wait behind it."""
        row = self._connection.execute(_STANDING, (key, entity)).fetchone()
        if row is not None and row[0]:
            self.keep(site, address, Redirect(*row[1:]))

    def keep(self, site: int, address: str, one: Redirect) -> None:
        """Let a redirect wait."""
        place, whose = f"{site}{_GAP}{address}", one.entity
        value = json.dumps([one.location, one.version])
        for name, kept in ((f"{_AT}{place}{_GAP}{whose}", value), (f"{_OF}{whose}{_GAP}{place}", "")):
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, kept))

    def next_at(self, site: int, address: str) -> Redirect | None:
        """The redirect that is to stand at an address from which a page was taken; it waits no longer."""
        prefix = f"{_AT}{site}{_GAP}{address}{_GAP}"
        for name, value in self._noted(prefix)[:1]:
            location, version = json.loads(value)
            one = Redirect(name.removeprefix(prefix), location, version)
            self._drop(f"{site}{_GAP}{address}", one.entity)
            return one
        return None

    def forget(self, entity: str) -> None:
        """No redirect of this entity waits any more."""
        prefix = f"{_OF}{entity}{_GAP}"
        for name, _ in self._noted(prefix):
            self._drop(name.removeprefix(prefix), entity)

    def _noted(self, prefix: str) -> list[tuple[str, str]]:
        return list(self._connection.execute(_NOTED, (prefix, prefix + "\uffff")))

    def _drop(self, place: str, entity: str) -> None:
        names: Iterable[str] = (f"{_AT}{place}{_GAP}{entity}", f"{_OF}{entity}{_GAP}{place}")
        self._connection.executemany("DELETE FROM meta WHERE name = ?", [(name,) for name in names])
