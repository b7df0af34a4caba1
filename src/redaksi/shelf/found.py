"""What readers' search asks: the words by which a story is found on each site, in a small full-text table.

A row's key begins with the hour in which the story was published, so that the newest are read first and the reading ends with
the last that is shown. A mark stands in it for each site where the story has a row card; it begins with a letter of Unicode's
private use area, which no word has. A search is given a time; what it has found by then is what it found.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterable, Sequence

from redaksi.shelf.addresses import MOST_STORIES

_HOUR = 3_600_000_000
_MOST_HOURS = (1 << 24) - 1
_MARK = "\ue000"
#: Steps of SQLite's machine between two looks at the clock.
_STEPS = 2000
_FIND = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid DESC LIMIT ?"
_WORD = re.compile(r"[^\W_]+\Z")


def _key(story: int, at: int) -> int:
    """A row's key: the hour above the story's number."""
    return min(at // _HOUR, _MOST_HOURS) * MOST_STORIES + story


def put(
    connection: sqlite3.Connection, story: int, at: int, sites: Iterable[int], words: Iterable[str]
) -> None:
    """Let a story be found by these words on these sites."""
    marks = [f"{_MARK}{site}" for site in sorted(set(sites))]
    text = " ".join([*marks, *(word for word in dict.fromkeys(words) if _WORD.match(word))])
    connection.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (_key(story, at), text))


def drop(connection: sqlite3.Connection, story: int, times: Iterable[int]) -> None:
    """Let a story not be found any more; ``times`` are all those at which it may have been put."""
    for key in {_key(story, at) for at in times}:
        connection.execute("DELETE FROM found WHERE rowid = ?", (key,))


def find(
    connection: sqlite3.Connection, site: int, words: Sequence[Sequence[str]], count: int, seconds: float
) -> list[int]:
    """The newest stories of a site that have one of each group of words, newest first.

    Args:
        connection: within a look.
        site: whose stories.
        words: for each word that was asked for its forms.
        count: no more than so many.
        seconds: after so long the search ends with what it has.
    """
    groups = [[f"{_MARK}{site}"], *([form for form in group if _WORD.match(form)] for group in words)]
    if len(groups) == 1 or not all(groups):
        return []
    query = " AND ".join("(" + " OR ".join(f'"{form}"' for form in group) + ")" for group in groups)
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    stories: list[int] = []
    try:
        for (key,) in connection.execute(_FIND, (query, count)):
            stories.append(key % MOST_STORIES)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT and "fts5" not in str(error):
            raise
    finally:
        connection.set_progress_handler(None, 0)
    return stories
