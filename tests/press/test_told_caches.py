"""After any sequence of changes, what a cache in front still keeps is what readers would get without it."""

from __future__ import annotations

import os

import pytest
from hypothesis.stateful import initialize, invariant, multiple

from press.test_any_sequence import MOMENTS, Newsroom, run
from redaksi.newsstand.laying import Layer
from redaksi.press.foreman import Foreman
from redaksi.shelf import surrogates
from redaksi.shelf.place import current_file
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.writer import ShelfWriter

EXAMPLES = int(os.environ.get("SEQUENCES", "12"))
REDIRECT = 301


class WithoutFurniture(ShelfReader):
    """Pages without the pieces that all of a site share: with them nearly every change would purge the whole site."""

    def piece(self, _site, _name):
        return None


class FrontedNewsroom(Newsroom):
    """The newsroom with a cache in front, which asks for all pages after each step and forgets what it is told to."""

    @initialize(target=Newsroom.stories)
    def open(self):
        """Begin with stories that readers have, the second of which reads on of the first."""
        super().open()
        keys = []
        for number, moment in enumerate(MOMENTS[:4]):
            also = keys[0] if number == 1 else None
            text = "Kata Selat Lantang dan Topik 1."
            keys.append(
                self.publish_new(number % 2, f"Berita {number}", moment, {0, 1}, also, 0, True, 5, text)
            )
        self.foreman.drain()
        return multiple(*keys)

    def start(self):
        pointer = self.folder / "shelf.sqlite3"
        self.kept, self.file = {}, None  # a press that starts purges everything
        self.writer = ShelfWriter(pointer, told=self.purge)
        self.foreman = Foreman(self.writer, self.folder)

    def purge(self, keys):
        told = set(keys)
        self.kept = {} if surrogates.ALL in told else {
            page: one for page, one in self.kept.items() if not told & one[1]
        }  # fmt: skip

    @invariant()
    def readers_read(self):
        if not hasattr(self, "kept"):
            return
        if current_file(self.folder / "shelf.sqlite3") != self.file:
            self.file, self.kept = current_file(self.folder / "shelf.sqlite3"), {}
        for page, one in self.pages().items():
            self.kept.setdefault(page, one)

    def pages(self):
        """What is to be had at each address, with its keys; what may not be kept is left out."""
        with WithoutFurniture(self.folder / "shelf.sqlite3") as reader, reader.look() as state:
            layer = Layer(reader, named=True)
            layer.new_state(state)
            found = {}
            for site, address in reader._opened().execute("SELECT site, address FROM pages").fetchall():
                page = reader.page(site, address)
                if page.status == REDIRECT:
                    key = surrogates.page(surrogates.page_key(site, address))
                    found[site, address] = ((page.location,), {key})
                elif (laid := layer.lay(page, "")) is not None and laid.keys:
                    keys = set(laid.keys.split()) - {surrogates.furniture(site)}
                    found[site, address] = ((page.status, page.content_type, laid.gzip()), keys)
            return found

    def compare(self):
        self.foreman.drain()
        if current_file(self.folder / "shelf.sqlite3") != self.file:
            return  # another shelf: all is purged
        now = self.pages()
        stale = {page for page, one in self.kept.items() if page not in now or now[page][0] != one[0]}
        assert not stale


@pytest.mark.slow
def test_whatever_happens_no_cache_keeps_what_has_changed(db):
    run(FrontedNewsroom, EXAMPLES)
