"""What the press asks of a shelf's lists within a transaction, to decide what has to be printed: each by an index, none by counting."""

from __future__ import annotations

import sqlite3

from redaksi.shelf.addresses import page_key

MOST_TIME = 1 << 62
_WHERE = "FROM rows WHERE list = (SELECT id FROM lists WHERE site = ? AND name = ?)"
_LISTED, _LISTED_AT = f"SELECT story {_WHERE}", f"SELECT at {_WHERE}"
#: A story's dependents are counted no further than to a hundred.
_MOST_SHOWN = """
SELECT story FROM (
  SELECT newest.at, newest.story, (SELECT count(*) FROM (
    SELECT 1 FROM depends WHERE thing = packed('story:' || newest.story)
    AND entity > x'00' AND entity < x'01' AND entity <> thing
    AND EXISTS (SELECT 1 FROM rows WHERE rows.list = ?1 AND rows.story = CAST(substr(unpacked(entity), 7) AS INTEGER))
    LIMIT 100)) AS showing
  FROM (SELECT at, story FROM rows WHERE list = ?1 ORDER BY at DESC, story DESC LIMIT ?2) AS newest)
WHERE showing > 0 ORDER BY showing DESC, at DESC, story DESC LIMIT ?3
"""


class Listed:
    """The lists of one shelf, and what stands at its addresses."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def rows_of(self, story: int) -> list[tuple[int, str, int]]:
        """The (site, list, at) of every list that a story stands in."""
        sql = (
            "SELECT lists.site, lists.name, rows.at FROM rows JOIN lists ON lists.id = rows.list"
            " WHERE rows.story = ? ORDER BY lists.site, lists.name"
        )
        return list(self._run(sql, story))

    def newest(self, site: int, name: str, count: int) -> list[int]:
        """The stories at the head of a list, newest first."""
        return [
            story
            for (story,) in self._run(f"{_LISTED} ORDER BY at DESC, story DESC LIMIT ?", site, name, count)
        ]

    def most_shown(self, site: int, name: str, *, among: int, count: int) -> list[int]:
        """Of a list's newest stories, those that most other stories of the list show on their own pages, most of all first.

        Args:
            site: Whose list.
            name: The list's name.
            among: How many of its newest are looked at; the work grows with that alone.
            count: How many are given, at most. One that none shows isn't among them.
        """
        listed = self._run("SELECT id FROM lists WHERE site = ? AND name = ?", site, name).fetchone()
        return (
            [] if listed is None else [story for (story,) in self._run(_MOST_SHOWN, listed[0], among, count)]
        )

    def has_row(self, site: int, name: str, *, since: int = 0, until: int = MOST_TIME) -> bool:
        """Whether a list has a story from `since` (inclusive) to `until` (exclusive)."""
        sql = f"{_LISTED} AND at >= ? AND at < ? LIMIT 1"
        return self._run(sql, site, name, since, until).fetchone() is not None

    def time_before(self, site: int, name: str, at: int) -> int | None:
        """When the newest story of a list that is older than `at` was published."""
        sql = f"{_LISTED_AT} AND at < ? ORDER BY at DESC LIMIT 1"
        row = self._run(sql, site, name, at).fetchone()
        return int(row[0]) if row else None

    def time_from(self, site: int, name: str, at: int) -> int | None:
        """When the oldest story of a list that isn't older than `at` was published."""
        sql = f"{_LISTED_AT} AND at >= ? ORDER BY at LIMIT 1"
        row = self._run(sql, site, name, at).fetchone()
        return int(row[0]) if row else None

    def time_after(self, site: int, name: str, *, since: int, until: int, count: int) -> int | None:
        """When the first story was published that comes after the `count` oldest of those from `since` to before `until`.

        Passes over `count` entries of an index: some hundred microseconds for ten thousand.
        """
        sql = f"{_LISTED_AT} AND at >= ? AND at < ? ORDER BY at LIMIT 1 OFFSET ?"
        row = self._run(sql, site, name, since, until, count).fetchone()
        return int(row[0]) if row else None

    def lists_of(self, site: int, prefix: str) -> list[str]:
        """The names of a site's lists that begin so and have a story. Grows with the number of such lists."""
        sql = (
            "SELECT name FROM lists WHERE site = ? AND name >= ? AND name < ? AND EXISTS"
            " (SELECT 1 FROM rows WHERE rows.list = lists.id) ORDER BY name"
        )
        return [name for (name,) in self._run(sql, site, prefix, prefix + "\uffff")]

    def stands_at(self, site: int, address: str) -> bool:
        """Whether there is a page or redirect at an address."""
        sql = "SELECT 1 FROM pages WHERE key = ? AND site = ? AND address = ?"
        return self._run(sql, page_key(site, address), site, address).fetchone() is not None
