"""The press's side of the shelf: everything of one publish goes in whole, or not at all.

    with ShelfWriter(home / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        t.put_page(site=1, address="/nasional/2021/08/14/banjir", recipe=press_recipe([...]), entity="story:12", version=3)
        t.put_card(site=1, story=12, form="row", piece=press_piece("<article>…"))
        t.set_rows(story=12, rows=[(1, "latest", at), (1, "section:nasional", at)])
        t.set_dependencies("story:12", ["story:7", "topic:3"])

There is one writer at a time (a lock sees to it); readers are never kept waiting.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from redaksi.shelf.addresses import packed, unpacked
from redaksi.shelf.changes import Changes
from redaksi.shelf.place import current_file, file_uri, make_file, swap_in, sweep, write_lock
from redaksi.shelf.schema import check_format
from redaksi.shelf.transaction import Transaction

LOG_BYTES = 16 << 20
"""How long the write-ahead log may become before it is brought into the file."""

_LOG_WAIT_MILLISECONDS = 100
_BUSY_SECONDS = 30


class ShelfWriter:
    """Writes the shelf that `pointer` leads to, making an empty one if there is none.

    Args:
        pointer: `shelf.sqlite3` in the data folder.
        fresh: Begin a new, empty shelf beside the current one instead. Fill it, `close` it, then
            `place.swap_in(writer.path, pointer)`. It doesn't wait for the disk; the swap does that once.
        begun: Such a shelf that was begun before, to be gone on with.
        told: Called after each transaction with the surrogate keys of what it changed; None: nothing is noted.

    Attributes:
        path: The file that is written.

    Raises:
        ShelfFormatError: What stands there is of another format.
    """

    def __init__(
        self,
        pointer: Path,
        *,
        fresh: bool = False,
        begun: Path | None = None,
        told: Callable[[list[str]], None] | None = None,
    ) -> None:
        self.pointer = pointer
        self._told = told
        self._fresh = fresh
        self._log_limit = LOG_BYTES
        if fresh:
            self._connect(begun or make_file(pointer))
            return
        if not pointer.exists():
            swap_in(make_file(pointer), pointer)
        with write_lock(pointer):
            self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything written in the block is seen by readers at its end, at once; after an error nothing is."""
        if self._fresh:
            with self._written() as changes:
                yield changes
            self._restrain_log()
            return
        with write_lock(self.pointer):
            if current_file(self.pointer) != self.path:
                self._connection.close()
                self._open()
            with self._written() as changes:
                yield changes
            self._restrain_log()

    def _restrain_log(self) -> None:
        """Bring a long write-ahead log into the file, and begin it anew.

        SQLite does that by itself when no reader is looking, which on a busy day is never. This waits for those who
        look now (some milliseconds) and keeps nobody from looking. If someone looks for longer, it is left for later.
        """
        size = os.stat(f"{self.path}-wal").st_size  # noqa: PTH116 - asked after each transaction
        if size < self._log_limit:
            return
        self._connection.execute(f"PRAGMA busy_timeout = {_LOG_WAIT_MILLISECONDS}")
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
        self._log_limit = size * 2 if busy else LOG_BYTES

    @contextmanager
    def _written(self) -> Iterator[Transaction]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(self._connection)
            keys = self._changes.take() if self._changes is not None else []
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        if keys and self._told is not None:
            self._told(keys)

    def _open(self) -> None:
        sweep(self.pointer)
        self._connect(current_file(self.pointer))

    def _connect(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(
            file_uri(path, "rw"),
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
        )
        try:
            check_format(self._connection, path)
            for name, function in (("packed", packed), ("unpacked", unpacked)):
                self._connection.create_function(name, 1, function, deterministic=True)
            self._connection.execute(f"PRAGMA synchronous = {'OFF' if self._fresh else 'FULL'}")
            self._changes = Changes(self._connection) if self._told is not None else None
        except BaseException:
            self._connection.close()
            raise
