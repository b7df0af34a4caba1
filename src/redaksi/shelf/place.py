"""Where the shelf's file stands, and how a freshly pressed one takes its place while readers go on.

`shelf.sqlite3` is a symbolic link to `shelf-<number>.sqlite3`. SQLite follows it before it names its write-ahead log,
so each file keeps its own `-wal` and `-shm` and a new file never meets an old one's. To swap, the link is replaced in
one atomic rename: a crash leaves the old shelf or the new one. A number is never used for two shelves.

Readers compare the inode behind the link; an old file is unlinked at once and lives on for whoever has it open.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from redaksi.shelf.schema import ShelfError, check_format, create_tables

_NUMBERED = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]+)\.sqlite3(?:-wal|-shm|-journal)?\Z")
_COMPANIONS = ("-wal", "-shm", "-journal")


def current_file(pointer: Path) -> Path:
    """The file that holds the shelf now (`pointer` itself if it is a plain file)."""
    return pointer.parent / pointer.readlink() if pointer.is_symlink() else pointer


def file_uri(path: Path, mode: str) -> str:
    """SQLite's name for a file that must be there already; mode "ro" or "rw"."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def make_file(pointer: Path) -> Path:
    """Make a new, empty shelf beside the current one, to be filled and swapped in; give its path."""
    pointer.parent.mkdir(parents=True, exist_ok=True)
    path = pointer.with_name(f"{pointer.stem}-{_last_number(pointer) + 1}.sqlite3")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        create_tables(connection)
    return path


@contextmanager
def write_lock(pointer: Path) -> Iterator[None]:
    """Hold the lock that every writing transaction and every swap takes, so that none writes to a replaced file."""
    lock = os.open(pointer.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _say_nothing(_step: str) -> None:
    """For a swap that nobody follows."""


def swap_in(new: Path, pointer: Path, told: Callable[[str], None] = _say_nothing) -> None:
    """Put the shelf `new` (made by `make_file`, filled and closed) in the place of the current one.

    Args:
        new: The new file, beside `pointer`.
        pointer: `shelf.sqlite3`.
        told: Called with a step's name after it is done: "settled", "linked", "switched", "swept".

    Raises:
        ShelfError: `new` is missing, no shelf, or still open for writing.
    """
    with write_lock(pointer):
        _settle(new)
        told("settled")
        link = pointer.with_suffix(".next")
        link.unlink(missing_ok=True)
        link.symlink_to(new.name)
        told("linked")
        link.replace(pointer)
        _sync_folder(pointer.parent)
        told("switched")
        sweep(pointer)
        told("swept")


def pack(new: Path) -> None:
    """Write a filled and closed shelf anew, row beside row: what was filled in no order has gaps, a twentieth of all.

    Killed anywhere, the file is as it was or packed, each whole.
    """
    packed = new.with_name("shelf.packed")
    packed.unlink(missing_ok=True)
    with closing(sqlite3.connect(file_uri(new, "rw"), uri=True, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(packed),))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(packed, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    for companion in _COMPANIONS:  # of the file that is replaced
        new.with_name(new.name + companion).unlink(missing_ok=True)
    packed.replace(new)


def sweep(pointer: Path) -> None:
    """Remove numbered shelves older than the current one, with their logs; younger ones may be in the making."""
    match = _NUMBERED.match(current_file(pointer).name)
    if match is None:
        return
    for number, path in _numbered(pointer):
        if number < int(match["number"]):
            path.unlink(missing_ok=True)
    for companion in _COMPANIONS:  # of a plain file that stood in the pointer's place
        pointer.with_name(pointer.name + companion).unlink(missing_ok=True)


def newest_unfinished(pointer: Path) -> Path | None:
    """The last shelf that was begun and not swapped in, if there is one."""
    match = _NUMBERED.match(current_file(pointer).name)
    current = int(match["number"]) if match else 0
    begun = [
        (number, path)
        for number, path in _numbered(pointer)
        if number > current and path.suffix == ".sqlite3"
    ]
    return max(begun)[1] if begun else None


def discard_unfinished(pointer: Path) -> None:
    """Remove shelves that were begun and never swapped in. Only for the one process that presses whole shelves."""
    match = _NUMBERED.match(current_file(pointer).name)
    current = int(match["number"]) if match else 0
    for number, path in _numbered(pointer):
        if number > current:
            path.unlink(missing_ok=True)


def _settle(new: Path) -> None:
    """Bring everything of the write-ahead log into the file itself, and the file to the disk."""
    if not new.is_file():
        message = f"{new} is missing: there is nothing to swap in"
        raise ShelfError(message)
    with closing(
        sqlite3.connect(file_uri(new, "rw"), uri=True, isolation_level=None, timeout=0.5)
    ) as connection:
        check_format(connection, new)
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        message = f"{new} is still being written or read: close it before it is swapped in"
        raise ShelfError(message)
    with new.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _numbered(pointer: Path) -> list[tuple[int, Path]]:
    """Numbered shelves and SQLite's files beside them."""
    found = []
    for path in pointer.parent.glob(f"{pointer.stem}-*.sqlite3*"):
        match = _NUMBERED.match(path.name)
        if match is not None and match["stem"] == pointer.stem:
            found.append((int(match["number"]), path))
    return found


def _last_number(pointer: Path) -> int:
    numbers = [number for number, _ in _numbered(pointer)]
    if pointer.is_symlink():
        match = _NUMBERED.match(pointer.readlink().name)
        numbers += [int(match["number"])] if match else []
    return max(numbers, default=0)
