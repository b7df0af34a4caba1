"""What a transaction changes of what readers get, as surrogate keys, for whoever tells caches in front.

SQLite itself notes it: triggers of the connection's own keep, for each row that is touched, a mark of what stood there before the
transaction. At its end that is compared with what stands there then. So no way of writing can be forgotten, and what
is taken away and put back the same is no change. Nothing of this is on the shelf: its format knows no caches.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from redaksi.shelf import surrogates
from redaksi.shelf.addresses import unpack_card_id

MOST_KEYS = 5000
"""Beyond these all is said to have changed: a cache asks again for each page, and is told mostly that it is the same."""


class _Seen(NamedTuple):
    """Of a table: what names a row, and what readers get of it."""

    names: tuple[str, ...]
    value: str


_SEEN = {
    "pages": _Seen(("key",), "status, type, cache, location, recipe"),
    "pieces": _Seen(("site", "name"), "piece"),
    "cards": _Seen(("id",), "piece"),
    "rows": _Seen(("list", "at", "story"), "1"),
    "sites": _Seen(("id",), "name, language, headers"),
    "hosts": _Seen(("host",), "site"),
}
_WAS = "CREATE TEMP TABLE was (kind TEXT, a, b, c, mark BLOB, PRIMARY KEY (kind, a, b, c)) WITHOUT ROWID"


class Changes:
    """Notes what changes on one connection that writes the shelf."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.create_function("mark", -1, _mark, deterministic=True)
        # Without this a row that INSERT OR REPLACE puts aside goes unnoticed.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(_WAS)
        for table in _SEEN:
            for event in ("INSERT", "DELETE", "UPDATE"):
                connection.execute(_trigger(table, event))

    def take(self) -> list[str]:
        """The keys of what is other than before the transaction; to be asked at its end, before the commit."""
        keys: dict[str, None] = {}
        for table in _SEEN:
            for row in self._changed(table):
                keys.update(dict.fromkeys(self._named(table, *row)))
                if len(keys) > MOST_KEYS:
                    keys = {surrogates.ALL: None}
                    break
        self.forget()
        return [surrogates.ALL] if surrogates.ALL in keys else list(keys)

    def forget(self) -> None:
        """Begin anew."""
        self._connection.execute("DELETE FROM was")

    def _changed(self, table: str) -> list[tuple[int, int, int, bool]]:
        """The rows of a table that are not as they were: their names, and whether they came or went."""
        names, value = _SEEN[table]
        where = " AND ".join(f"{name} = was.{column}" for name, column in zip(names, "abc", strict=False))
        now = f"(SELECT mark({value}) FROM main.{table} WHERE {where})"  # noqa: S608 - our own words only
        sql = f"SELECT a, b, c, mark IS NULL OR {now} IS NULL FROM was WHERE kind = ? AND mark IS NOT {now}"  # noqa: S608
        return self._connection.execute(sql, (table,)).fetchall()

    def _named(self, table: str, a: int, b: int, _c: int, came_or_went: bool) -> Iterator[str]:  # noqa: FBT001 - a row of SQL
        """The keys by which pages name a row."""
        match table:
            case "pages":
                yield surrogates.page(a)
            case "pieces" if ":" in str(b):
                yield surrogates.rare(a, str(b))
            case "pieces" | "sites":
                yield surrogates.furniture(a)
            case "cards":
                yield from self._card(a, came_or_went=came_or_went)
            case "rows":
                site, name = self._connection.execute(
                    "SELECT site, name FROM lists WHERE id = ?", (a,)
                ).fetchone()
                yield from (*surrogates.row(site, name, b), surrogates.ANY_ROW)
            case _:
                yield surrogates.ALL

    def _card(self, rowid: int, *, came_or_went: bool) -> Iterator[str]:
        site, story, form = unpack_card_id(rowid)
        yield surrogates.card(rowid)
        yield surrogates.ANY_ROW
        if came_or_went and form == "row":
            yield surrogates.own_cards(site)
        sql = (
            "SELECT lists.site, lists.name FROM rows JOIN lists ON lists.id = rows.list WHERE rows.story = ?"
        )
        for of, name in self._connection.execute(sql, (story,)):
            yield surrogates.any_card(of, name)


def _trigger(table: str, event: str) -> str:
    """SQL that keeps a mark of what a row was, before the first change of a transaction."""
    names, value = _SEEN[table]
    side = "NEW" if event == "INSERT" else "OLD"
    row = ", ".join([f"{side}.{name}" for name in names] + ["''"] * (3 - len(names)))
    seen = ", ".join(name if name == "1" else f"OLD.{name}" for name in value.split(", "))
    mark = "NULL" if event == "INSERT" else f"mark({seen})"
    # Asked before, since the outer statement's OR REPLACE would hold for a conflict within the trigger too.
    known = f"SELECT 1 FROM was WHERE kind = '{table}' AND (a, b, c) = ({row})"  # noqa: S608 - our own words only
    kept = f"INSERT INTO was VALUES ('{table}', {row}, {mark})"  # noqa: S608 - as above
    return f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} WHEN NOT EXISTS ({known}) BEGIN {kept}; END"


def _mark(*values: object) -> bytes:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).digest()
