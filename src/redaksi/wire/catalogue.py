"""What an archive says about itself, gathered in a first pass: an item may name an author, a category or a picture that
the file tells of only later.

Authors and categories are few and kept in memory. Attachments can be hundreds of thousands: they go into a temporary
database, so that memory stays flat.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from redaksi.wire.formats.wxr.entries import Attachment, Author, Category, Header, Repair, Tag
from redaksi.wire.formats.wxr.reader import WxrError, read

_FIELDS = ("id", "url", "title", "caption", "description", "alt", "credit", "parent_id", "file")


class Catalogue:
    """The first pass over a file, and what it found. Use it as a context: its temporary database goes with it.

    ``trouble`` is the error at which the file stopped, if it did: what stands before it can still come in.
    ``items`` counts its posts, pages and other entries that aren't attachments.
    """

    def __init__(self) -> None:
        self.header = Header("", "", "", "")
        self.authors: dict[str, Author] = {}
        self.categories: dict[str, Category] = {}
        self.tags: dict[str, Tag] = {}
        self.repair: Repair | None = None
        self.trouble: WxrError | None = None
        self.items = 0
        self._folder = tempfile.TemporaryDirectory(prefix="redaksi-import-")
        self._attachments = sqlite3.connect(
            Path(self._folder.name) / "attachments.sqlite3", isolation_level=None
        )
        columns = ", ".join(f"{name} TEXT" for name in _FIELDS)
        self._attachments.execute("PRAGMA journal_mode=OFF")
        self._attachments.execute("PRAGMA synchronous=OFF")
        self._attachments.execute(f"CREATE TABLE attachment ({columns}, PRIMARY KEY (id))")
        self._attachments.execute("CREATE INDEX by_parent ON attachment (parent_id)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._attachments.close()
        self._folder.cleanup()

    def gather(self, file: Path, progress: Callable[[int], None]) -> None:
        """Read the file once.

        Raises:
            WxrError: there is nothing usable before the place where the file is broken.
        """
        self._attachments.execute("BEGIN")
        try:
            with file.open("rb") as source:
                for entry in read(source, file.name, progress=progress):
                    self._keep(entry)
        except WxrError as error:
            if not self.items and not self.categories and not self.attachment_count():
                raise
            self.trouble = error
        finally:
            self._attachments.execute("COMMIT")

    def _keep(self, entry: object) -> None:
        match entry:
            case Attachment():
                marks = ", ".join("?" for _ in _FIELDS)
                values = [getattr(entry, name) for name in _FIELDS]
                self._attachments.execute(f"INSERT OR REPLACE INTO attachment VALUES ({marks})", values)  # noqa: S608
            case Author():
                self.authors[entry.login] = entry
            case Category():
                self.categories[entry.slug] = entry
            case Tag():
                self.tags[entry.slug] = entry
            case Header():
                self.header = entry
            case Repair():
                self.repair = entry
            case _:
                self.items += 1

    def attachment(self, identity: str) -> Attachment | None:
        """The attachment of that number."""
        return next(self._attachments_where("id", identity), None) if identity else None

    def attachments_of(self, item_id: str) -> list[Attachment]:
        """The attachments that were brought in with an item, in the order of their numbers."""
        return sorted(self._attachments_where("parent_id", item_id), key=lambda each: (len(each.id), each.id))

    def attachment_count(self) -> int:
        with closing(self._attachments.execute("SELECT count(*) FROM attachment")) as rows:
            return int(rows.fetchone()[0])

    def _attachments_where(self, column: str, value: str) -> Iterator[Attachment]:
        query = f"SELECT {', '.join(_FIELDS)} FROM attachment WHERE {column} = ?"  # noqa: S608  # our own two columns
        with closing(self._attachments.execute(query, [value])) as rows:
            for row in rows:
                yield Attachment(*row)
