"""What stands beside what in the lists: the stories just older or newer than a place, and which lists stories share.

The press asks when it chooses what to read on, and when it works out whose choice may have changed; the desk, for its preview.
Every answer reads a few rows beside one another, however long the list is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from redaksi.shelf.lists import ListKey

_LIST = "list = (SELECT id FROM lists WHERE site = ? AND name = ?)"
_OLDER = (
    f"SELECT at, story FROM rows WHERE {_LIST} AND (at, story) < (?, ?) ORDER BY at DESC, story DESC LIMIT ?"  # noqa: S608 - our own words only, here and below
)
_NEWER = f"SELECT at, story FROM rows WHERE {_LIST} AND (at, story) > (?, ?) ORDER BY at, story LIMIT ?"  # noqa: S608


class Neighbours:
    """Asks the lists of one shelf, within a look or a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def older(self, site: int, name: str, key: ListKey, count: int) -> list[ListKey]:
        """The `count` places of a list just older than `key`, newest first."""
        return [ListKey(*row) for row in self._connection.execute(_OLDER, (site, name, *key, count))]

    def newer(self, site: int, name: str, key: ListKey, count: int) -> list[ListKey]:
        """The `count` places of a list just newer than `key`, oldest first."""
        return [ListKey(*row) for row in self._connection.execute(_NEWER, (site, name, *key, count))]

    def in_common(self, site: int, names: Sequence[str], stories: Collection[int]) -> dict[int, int]:
        """In how many of a site's lists each of these stories stands; those in none are left out."""
        lists, wanted = ",".join("?" * len(names)), ",".join("?" * len(stories))
        sql = (
            f"SELECT rows.story, count(*) FROM rows JOIN lists ON lists.id = rows.list WHERE rows.story IN ({wanted})"  # noqa: S608
            f" AND lists.site = ? AND lists.name IN ({lists}) GROUP BY rows.story"
        )
        return dict(self._connection.execute(sql, (*stories, site, *names)))
