"""The shelf's tables. `docs/contracts/shelf.md` says what each column means; a test keeps the two together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

SHELF_FORMAT = "5"
"""Changes whenever an older newsstand could not read what a newer press writes, or the other way round."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  headers TEXT NOT NULL,
  furniture INTEGER NOT NULL
);

CREATE TABLE hosts (host TEXT PRIMARY KEY, site INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE pages (
  key INTEGER PRIMARY KEY,
  site INTEGER NOT NULL,
  address TEXT NOT NULL,
  status INTEGER NOT NULL,
  type TEXT NOT NULL,
  cache TEXT NOT NULL,
  location TEXT NOT NULL,
  entity TEXT NOT NULL,
  version INTEGER NOT NULL,
  printed_at INTEGER NOT NULL,
  recipe BLOB NOT NULL
);
CREATE INDEX pages_by_entity ON pages (entity, version);

CREATE TABLE pieces (
  id INTEGER PRIMARY KEY,
  site INTEGER NOT NULL,
  name TEXT NOT NULL,
  piece BLOB NOT NULL,
  UNIQUE (site, name)
);

CREATE TABLE cards (id INTEGER PRIMARY KEY, piece BLOB NOT NULL);

CREATE TABLE lists (id INTEGER PRIMARY KEY, site INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (site, name));

CREATE TABLE rows (
  list INTEGER NOT NULL,
  at INTEGER NOT NULL,
  story INTEGER NOT NULL,
  PRIMARY KEY (list, at DESC, story DESC)
) WITHOUT ROWID;
CREATE UNIQUE INDEX rows_by_story ON rows (story, list);

CREATE TABLE depends (thing BLOB NOT NULL, entity BLOB NOT NULL, PRIMARY KEY (thing, entity)) WITHOUT ROWID;
CREATE INDEX depends_by_entity ON depends (entity);

CREATE VIRTUAL TABLE found USING fts5(words, tokenize='unicode61', detail=none, columnsize=0);
"""

DEPENDENTS = "SELECT entity FROM depends WHERE thing = ? AND entity > ? ORDER BY entity LIMIT ?"


class ShelfError(Exception):
    """Something is wrong with a shelf; the message names the file."""


class ShelfMissingError(ShelfError):
    """There is no shelf yet: the press has not run."""


class ShelfFormatError(ShelfError):
    """The shelf is of another format than this code knows."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty file a shelf: 4 KB pages, write-ahead log, all tables, the format's version."""
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN; {TABLES}")
    connection.execute("INSERT INTO meta VALUES ('format', ?)", (SHELF_FORMAT,))
    connection.execute("COMMIT")


def check_format(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that `connection` reads a shelf of the known format.

    Raises:
        ShelfFormatError: It is no shelf, or one of another format.
    """
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        if _is_passing(error):
            raise
        message = f"{path} is not a shelf: {error}"
        raise ShelfFormatError(message) from error
    found = row[0] if row else "none"
    if found != SHELF_FORMAT:
        message = (
            f"{path} has shelf format {found}, this program reads {SHELF_FORMAT}: run `redaksi press --all`"
        )
        raise ShelfFormatError(message)


def _is_passing(error: sqlite3.DatabaseError) -> bool:
    """Whether an error comes from the moment (a lock, a file just moved away) and not from the file's content."""
    codes = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
    return error.sqlite_errorcode & 0xFF in codes
