"""One transaction of the shelf: everything that the press can put there, take away, and ask before it does.

The writer opens it (:meth:`redaksi.shelf.writer.ShelfWriter.transaction`); nothing of it is seen by readers before its end.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping

from redaksi.shelf import found
from redaksi.shelf.addresses import (
    MOST_STORIES,
    TOLD,
    bare_host,
    card_id,
    card_ids_of,
    check_address,
    check_number,
    packed,
    page_key,
    unpacked,
)
from redaksi.shelf.behind import Behind, Redirect
from redaksi.shelf.listed import MOST_TIME, Listed
from redaksi.shelf.neighbours import Neighbours
from redaksi.shelf.pieces import Piece
from redaksi.shelf.recipe import RECIPE_FORMAT
from redaksi.shelf.schema import DEPENDENTS, ShelfError

STATUSES = (200, 301, 404, 410)
CACHES = ("page", "feed", "error")
"""How long others may keep a page: ask each time; a minute; a few seconds."""

HTML = "text/html; charset=utf-8"
_SITES = 1 << 20


class Transaction(Listed):
    """What can be changed within `ShelfWriter.transaction()`. A rule broken raises and undoes the whole block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._behind = Behind(connection)
        self.neighbours = Neighbours(connection)

    # Sites

    def put_site(
        self, site: int, *, name: str, language: str, hosts: Iterable[str], headers: Mapping[str, str]
    ) -> None:
        """Set a site: the hosts that lead to it (ports ignored) and response headers for all its pages.

        A host belongs to one site: naming it here takes it from another.
        """
        check_number("site", site, _SITES)
        text = json.dumps({key.lower(): value for key, value in headers.items()}, sort_keys=True)
        self._run(
            "INSERT INTO sites VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET name = excluded.name, language = excluded.language, headers = excluded.headers",
            *(site, name, language, text, secrets.randbits(62)),
        )
        self._run("DELETE FROM hosts WHERE site = ?", site)
        for host in hosts:
            self._run("INSERT OR REPLACE INTO hosts VALUES (?, ?)", bare_host(host), site)
        self._mark("sites")

    def drop_site(self, site: int) -> None:
        """Close a site: its hosts are unknown from now on. Its pages stay until they are dropped."""
        self._run("DELETE FROM hosts WHERE site = ?", site)
        self._run("DELETE FROM sites WHERE id = ?", site)
        self._mark("sites")

    # Pages

    def put_page(
        self,
        *,
        site: int,
        address: str,
        recipe: bytes,
        entity: str,
        version: int,
        status: int = 200,
        content_type: str = HTML,
        cache: str = "page",
    ) -> None:
        """Put a page at an address, in the place of whatever stood there; an old address waits behind it until it is gone.

        Args:
            site: The site's id.
            address: Absolute path, percent-decoded, without a slash at its end; or "!404" and the like.
            recipe: From `press_recipe`.
            entity: What the page shows ("story:12"): its pages can be found and dropped by it.
            version: A number of the caller's (the record's version), asked for with `ShelfReader.version_at`.
            status: 200, 404 or 410.
            content_type: The Content-Type header.
            cache: One of CACHES.

        Raises:
            BadAddressError: No page can stand at `address`.
            ValueError: An unknown status or cache, a recipe of another format.
        """
        if status not in STATUSES or cache not in CACHES or recipe[:1] != bytes([RECIPE_FORMAT]):
            message = (
                f"page {address!r}: status {status}, cache {cache!r} or recipe {recipe[:1]!r} is unknown"
            )
            raise ValueError(message)
        self._behind.make_way(page_key(site, address), site, address, entity)
        self._put(site, address, status, content_type, cache, "", entity, version, recipe)

    def put_redirect(self, *, site: int, address: str, location: str, entity: str, version: int = 0) -> None:
        """Answer 301 at `address`, for good, with `location` (an absolute path or URL, percent-encoded).

        Where a page of something else stands, it waits behind that.
        """
        if not location.isascii() or not location.isprintable() or " " in location:
            message = f"redirect of {address!r}: location {location!r} is not percent-encoded"
            raise ValueError(message)
        if self._behind.is_hidden(page_key(site, check_address(address)), entity):
            self._behind.keep(site, address, Redirect(entity, location, version))
        else:
            self._put(site, address, 301, "text/plain; charset=utf-8", "page", location, entity, version, b"")

    def drop_page(self, site: int, address: str) -> None:
        """Take away the page or redirect at an address, if there is one."""
        self._run(
            "DELETE FROM pages WHERE key = ? AND site = ? AND address = ?",
            page_key(site, address),
            site,
            address,
        )
        self._bring_forward([(site, address)])

    def drop_pages(self, entity: str) -> None:
        """Take away all pages and redirects of an entity."""
        gone = self._run("SELECT site, address FROM pages WHERE entity = ?", entity).fetchall()
        self._run("DELETE FROM pages WHERE entity = ?", entity)
        self._behind.forget(entity)
        self._bring_forward(gone)

    def _bring_forward(self, places: list[tuple[int, str]]) -> None:
        """Let old addresses stand where a page was taken away."""
        for site, address in places:
            one = self._behind.next_at(site, address)
            if one is not None:
                self.put_redirect(site=site, address=address, **one._asdict())

    def _put(self, site: int, address: str, *fields: object) -> None:
        check_number("site", site, _SITES)
        key = page_key(site, check_address(address))
        *others, recipe = fields
        row = self._run("SELECT site, address FROM pages WHERE key = ?", key).fetchone()
        if row is not None and row != (site, address):
            message = f"address {address!r} of site {site} has the same key as {row[1]!r} of site {row[0]}"
            raise ShelfError(message)
        values = (key, site, address, *others, time.time_ns() // 1000, recipe)
        self._run("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)

    # Pieces and cards

    def put_piece(self, site: int, name: str, piece: Piece) -> None:
        """Put a piece of furniture, seen at once in all the site's pages with a hole of that name.

        Where the very same piece stands already nothing changes, and readers' workers keep what they put together with it.
        """
        written = self._run(
            "INSERT INTO pieces (site, name, piece) VALUES (?, ?, ?)"
            " ON CONFLICT (site, name) DO UPDATE SET piece = excluded.piece WHERE piece <> excluded.piece",
            *(site, name, piece.to_bytes()),
        )
        if written.rowcount:
            self._mark_furniture(site, name)

    def drop_piece(self, site: int, name: str) -> None:
        """Take a piece away: its holes are laid as nothing."""
        self._run("DELETE FROM pieces WHERE site = ? AND name = ?", site, name)
        self._mark_furniture(site, name)

    def put_card(self, *, site: int, story: int, form: str, piece: Piece) -> None:
        """Put the card that shows a story in a site's lists; a changed card is right everywhere at once.

        Raises:
            ValueError: A card of this form is kept with others, by `put_told`.
        """
        if form in (*TOLD, "told"):
            message = f"a card of the form {form!r} is not kept by itself"
            raise ValueError(message)
        self._run("INSERT OR REPLACE INTO cards VALUES (?, ?)", card_id(site, story, form), piece.to_bytes())

    def put_told(self, *, site: int, story: int, told: bytes) -> None:
        """Put the cards that are kept together, from `press_told`."""
        self._run("INSERT OR REPLACE INTO cards VALUES (?, ?)", card_id(site, story, "told"), told)

    def drop_cards(self, story: int) -> None:
        """Take away a story's cards of all forms on all sites."""
        self._run("DELETE FROM cards WHERE id BETWEEN ? AND ?", *card_ids_of(story))

    # Lists

    def put_row(self, *, site: int, name: str, at: int, story: int) -> None:
        """Put a story into a list at its time (microseconds UTC); if it stands there at another time it moves."""
        check_number("time", at, MOST_TIME)
        check_number("story", story, MOST_STORIES)
        self._run("INSERT OR IGNORE INTO lists (site, name) VALUES (?, ?)", site, name)
        (number,) = self._run("SELECT id FROM lists WHERE site = ? AND name = ?", site, name).fetchone()
        self._run("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", number, at, story)

    def set_rows(self, story: int, rows: Iterable[tuple[int, str, int]]) -> None:
        """Make (site, list, at) exactly the rows that a story has, whatever it had."""
        self.drop_rows(story)
        for site, name, at in rows:
            self.put_row(site=site, name=name, at=at, story=story)

    def drop_rows(self, story: int) -> None:
        """Take a story out of all lists of all sites."""
        self._run("DELETE FROM rows WHERE story = ?", story)

    # What is found

    def set_found(
        self, story: int, before: Iterable[int], at: int, sites: Iterable[int], words: Iterable[str]
    ) -> None:
        """Let readers find a story by these words on these sites; by nothing where there is no site.

        Args:
            story: the story.
            before: all times at which it may stand there now.
            at: when it was published.
            sites: where it has a row card.
            words: as they are looked for, folded and stemmed.
        """
        found.drop(self._connection, story, before)
        if sites := set(sites):
            found.drop(self._connection, story, [at])
            found.put(self._connection, story, at, sites, words)

    # What depends on what

    def set_dependencies(self, entity: str, things: Iterable[str]) -> None:
        """Say which things ("story:7", "topic:3", "photo:9") an entity's pages show, in the place of what was said."""
        shown_by = packed(entity)
        self._run("DELETE FROM depends WHERE entity = ?", shown_by)
        pairs = [(packed(thing), shown_by) for thing in dict.fromkeys(things)]
        self._connection.executemany("INSERT INTO depends VALUES (?, ?)", pairs)

    def dependents(self, thing: str, *, after: str = "", limit: int = 1000) -> list[str]:
        """Entities to be printed again when `thing` changes, in order, `limit` of those after `after`."""
        found = self._run(DEPENDENTS, packed(thing), packed(after), limit)
        return [unpacked(entity) for (entity,) in found]

    def depends_on(self, entity: str, thing: str) -> bool:
        """Whether an entity's pages show `thing`."""
        sql = "SELECT 1 FROM depends WHERE thing = ? AND entity = ?"
        return self._run(sql, packed(thing), packed(entity)).fetchone() is not None

    # Notes

    def set_meta(self, name: str, value: str) -> None:
        """Keep a note of the press's own under a name ("press:…")."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def meta(self, name: str) -> str | None:
        """A note, or None."""
        row = self._run("SELECT value FROM meta WHERE name = ?", name).fetchone()
        return str(row[0]) if row else None

    def notes(self, prefix: str) -> list[tuple[str, str]]:
        """All notes whose names begin so, with their values. Grows with their number."""
        sql = "SELECT name, value FROM meta WHERE name >= ? AND name < ? ORDER BY name"
        return list(self._run(sql, prefix, prefix + "\uffff"))

    def drop_meta(self, name: str) -> None:
        """Take a note away."""
        self._run("DELETE FROM meta WHERE name = ?", name)

    def _mark(self, name: str) -> None:
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", f"{name} state", str(secrets.randbits(62)))

    def _mark_furniture(self, site: int, name: str) -> None:
        # By chance and not by counting: a state is then another one in a shelf pressed afresh, too.
        if ":" not in name:
            self._run("UPDATE sites SET furniture = ? WHERE id = ?", secrets.randbits(62), site)
