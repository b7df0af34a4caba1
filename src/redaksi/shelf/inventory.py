"""What stands on a shelf, as text: to compare one shelf with another pressed afresh.

Versions, times of printing and the order in which things were put there are left out: two shelves with the same
`contents` serve readers the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from redaksi.shelf.addresses import unpack_card_id, unpacked
from redaksi.shelf.pieces import Piece
from redaksi.shelf.place import current_file, file_uri
from redaksi.shelf.recipe import Recipe
from redaksi.shelf.schema import check_format
from redaksi.shelf.told import card_texts

_PAGES = (
    "SELECT site, address, status, type, cache, location, entity, recipe FROM pages ORDER BY site, address"
)
_ROWS = (
    "SELECT lists.site, lists.name, rows.at, rows.story FROM lists JOIN rows ON rows.list = lists.id"
    " ORDER BY lists.site, lists.name, rows.at, rows.story"
)


def contents(pointer: Path) -> dict[str, str]:
    """Everything on the shelf in words, for a test or a person to compare; for a small shelf."""
    with closing(_open(pointer)) as connection:
        return dict(_entries(connection))


def digest(pointer: Path) -> str:
    """One number for everything on the shelf, whatever its size."""
    whole = hashlib.blake2b()
    with closing(_open(pointer)) as connection:
        for name, value in _entries(connection):
            whole.update(f"{len(name)}:{name}{len(value)}:{value}".encode())
    return whole.hexdigest()


def _open(pointer: Path) -> sqlite3.Connection:
    path = current_file(pointer)
    connection = sqlite3.connect(file_uri(path, "ro"), uri=True)
    check_format(connection, path)
    return connection


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for site, name, language, headers in connection.execute(
        "SELECT id, name, language, headers FROM sites ORDER BY id"
    ):
        yield f"site {site}", f"{name} {language} {headers}"
    for host, site in connection.execute("SELECT host, site FROM hosts ORDER BY host"):
        yield f"host {host}", f"{site}"
    for site, address, *facts, recipe in connection.execute(_PAGES):
        parts = Recipe.parse(recipe).segments() if recipe else []
        yield f"page {site} {address}", f"{facts} {parts}"
    for site, name, piece in connection.execute("SELECT site, name, piece FROM pieces ORDER BY site, name"):
        yield f"piece {site} {name}", Piece.from_bytes(piece).text()
    for rowid, piece in connection.execute("SELECT id, piece FROM cards ORDER BY id"):
        site, story, _ = unpack_card_id(rowid)
        for form, text in card_texts(rowid, piece):
            yield f"card {site} {story} {form}", text
    for site, name, at, story in connection.execute(_ROWS):
        yield f"row {site} {name} {at} {story}", ""
    for key, words in connection.execute("SELECT rowid, words FROM found ORDER BY rowid"):
        yield f"found {key}", words
    for thing, entity in connection.execute("SELECT thing, entity FROM depends ORDER BY thing, entity"):
        yield f"depends {unpacked(entity)} on {unpacked(thing)}", ""
