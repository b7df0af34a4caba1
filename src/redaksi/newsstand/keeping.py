"""Pages that are asked for over and over, kept whole for as long as the shelf stays as it is.

A page costs few microseconds to lay, but each question to SQLite lets go of Python's lock, which the server's own thread then takes: half
of a worker's time goes by with handing it to and fro. For what half the country reads just now, that is saved. A page
is kept when it is asked for a second time, so that an archive read at random passes by without being kept.
"""

from __future__ import annotations

from redaksi.newsstand.laying import Laid
from redaksi.shelf.reader import Page

KEPT_BYTES = 16 << 20
"""How much a worker keeps, in bytes of pages; then it begins anew."""

_BESIDE = 1000
_MOST_ASKED = 1000
"""About as many as can be kept."""

Name = tuple[int, str]


class Hot:
    """The pages of one worker that were asked for again, by site and path."""

    def __init__(self) -> None:
        self._kept: dict[Name, tuple[Page, Laid]] = {}
        self._asked: set[Name] = set()
        self._bytes = 0
        self.get = self._kept.get

    def clear(self) -> None:
        """Forget everything: the shelf is another."""
        self._kept.clear()
        self._asked.clear()
        self._bytes = 0

    def offer(self, name: Name, page: Page, laid: Laid) -> None:
        """Keep a page, if it was asked for before and is right for as long as the shelf stays as it is."""
        if name not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                self._asked.clear()
            self._asked.add(name)
            return
        if not laid.lasting:
            return
        stored = laid.gzip()
        if self._bytes + len(stored) > KEPT_BYTES:
            self.clear()
        self._bytes += len(stored) + _BESIDE
        self._kept[name] = (page, Laid(laid.tag, None, stored, keys=laid.keys))
