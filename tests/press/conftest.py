from __future__ import annotations

from typing import Any

import pytest

from redaksi.press.foreman import Foreman
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.writer import ShelfWriter


class Press:
    """A foreman with a shelf of his own, and what readers would find there."""

    def __init__(self, home: Any) -> None:
        self.home = home
        self.pointer = home / "shelf.sqlite3"
        self.writer = ShelfWriter(self.pointer)
        self.foreman = Foreman(self.writer, home)
        self.reader = ShelfReader(self.pointer)

    def close(self) -> None:
        self.foreman.close()
        self.writer.close()
        self.reader.close()

    def drain(self) -> None:
        self.foreman.drain()

    def status(self, site: Any, address: str) -> int | None:
        with self.reader.look():
            page = self.reader.page(site.pk, address)
        return page.status if page else None

    def printed(self) -> dict[str, int]:
        """When each page was printed last, by its address."""
        return dict(self.writer._connection.execute("SELECT site || address, printed_at FROM pages"))


@pytest.fixture
def press(db, tmp_path):
    made = Press(tmp_path)
    yield made
    made.close()
