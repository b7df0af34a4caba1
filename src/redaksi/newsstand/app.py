"""The readers' server as granian calls it (RSGI: one call a request, one message with the whole body back).

A request: whose host is it, what stands at the address, is it what the reader holds already, and if not, lay it.
All that a worker reads comes from a look at the shelf of a few milliseconds, which the event loop lets go of; so a
publish is seen whole or not at all, and within those milliseconds.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import time
import zlib
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from redaksi.newsstand import answers, embedding, searching
from redaksi.newsstand.answers import Header, Notice, SiteHeaders, notice_headers
from redaksi.newsstand.files import Asked, Files
from redaksi.newsstand.habits import without_old_pages
from redaksi.newsstand.hosts import AtHost, by_host, moved_to
from redaksi.newsstand.keeping import Hot
from redaksi.newsstand.laying import Laid, Layer
from redaksi.newsstand.negotiation import UnsatisfiableRangeError, accepts_gzip, holds
from redaksi.shelf import surrogates
from redaksi.shelf.addresses import LONGEST_ADDRESS, bare_host, is_old_query, page_key, path_problem
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import RecipeError
from redaksi.shelf.schema import ShelfError

LOOK_SECONDS = 0.005
"""How old what a reader sees can be, in seconds; shorter looks cost throughput."""

LONGEST_QUERY = 2000
SURROGATE_KEY = "surrogate-key"
_MOST_HOSTS, _LONGEST_HOST = 1024, 300
_SLASHES = re.compile(r"/{2,}")

log = logging.getLogger("redaksi.newsstand")


class Headers(Protocol):
    """RSGI's request headers."""

    def get(self, key: str, default: Any = None) -> Any:
        """A header's first value."""


class Scope(Protocol):
    """RSGI's request; `path` is percent-decoded, with U+FFFD for what is no UTF-8."""

    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Headers


class Answering(Protocol):
    """RSGI's ways to answer."""

    def response_empty(self, status: int, headers: list[Header]) -> None:
        """No body."""

    def response_bytes(self, status: int, headers: list[Header], body: bytes) -> None:
        """One body."""

    def response_file(self, status: int, headers: list[Header], file: str) -> None:
        """A whole file."""

    def response_file_range(
        self, status: int, headers: list[Header], file: str, start: int, end: int
    ) -> None:
        """A part of a file; `end` is the byte after the last."""


class Newsstand:
    """One worker's readers' server.

    Args:
        home: The data folder, with `shelf.sqlite3`, `photos/public` and `assets`.
        fronted: There are caches in front, which are to know what stands on a page.
    """

    def __init__(self, home: Path, *, fronted: bool = False) -> None:
        self._reader = ShelfReader(home / "shelf.sqlite3")
        self._layer = Layer(self._reader, named=fronted)
        self._fronted = fronted
        self._hot = Hot()
        self._allowance = searching.Allowance()
        self._files = Files(home)
        self._state = -1
        self._sites_state: str | None = None
        self._by_host: dict[str, AtHost] = {}
        self._by_header: dict[str, AtHost] = {}
        self._looking = False
        self._complaint = ""

    async def __rsgi__(self, scope: Scope, proto: Answering) -> None:
        """Answer one request."""
        try:
            self._answer(scope, proto)
        except UnsatisfiableRangeError as error:
            _send_notice(proto, answers.BAD_RANGE, scope, ("content-range", f"bytes */{error.size}"))
        except (ShelfError, RecipeError, sqlite3.Error) as error:
            self._give_up_look(error)
            _send_notice(proto, answers.NO_SHELF, scope)
        except Exception:
            log.exception("%s %s failed", scope.method, scope.path)
            _send_notice(proto, answers.OUR_FAULT, scope)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called when the worker stops."""
        self._reader.close()

    def _answer(self, scope: Scope, proto: Answering) -> None:
        if scope.method not in ("GET", "HEAD"):
            return _send_notice(proto, answers.ONLY_READING, scope)
        if not self._looking:
            self._look()
        headers = scope.headers
        host = scope.authority or headers.get("host") or ""
        at_host = self._by_header.get(host) or self._find_host(host)
        if at_host is None:
            return _send_notice(proto, answers.UNKNOWN_HOST, scope)
        path, query = scope.path, scope.query_string
        if len(query) > LONGEST_QUERY or len(path) > LONGEST_ADDRESS:
            return _send_notice(proto, answers.LONG_ADDRESS, scope)
        site = at_host.site_for(path) if at_host.below else at_host.site
        if not query and (kept := self._hot.get((site.site.id, path))) is not None:
            return self._send_page(scope, proto, site, *kept)
        page = self._reader.page(site.site.id, path)
        # An address of old may be a query on the front page, which is then not what was meant.
        if query and is_old_query(query):
            page = self._reader.page(site.site.id, f"{path}?{query}") or (page if path != "/" else None)
        if page is None or page.status == 301:  # noqa: PLR2004 - HTTP's number says it best
            return self._answer_others(scope, proto, at_host, page)
        return self._send_found(scope, proto, site, page)

    def _send_found(self, scope: Scope, proto: Answering, site: SiteHeaders, page: Page) -> None:
        """Send the page that stands at the address, or the way to it from how it may have been cut into pages once."""
        query = scope.query_string
        if query and (plain := without_old_pages(page, query)) is not None:
            return _send_redirect(proto, scope, site, quote(page.address) + (f"?{plain}" if plain else ""))
        if searching.is_asked(page, query):
            return self._send_found_by_words(scope, proto, site, page)
        laid = self._layer.lay(page, query)
        if laid is None:
            return self._send_missing(scope, proto, site)
        if not query:
            self._hot.offer((site.site.id, page.address), page, laid)
        return self._send_page(scope, proto, site, page, laid)

    def _send_found_by_words(self, scope: Scope, proto: Answering, site: SiteHeaders, page: Page) -> None:
        """What readers' search finds, as long as others aren't kept waiting by it."""
        begun = time.monotonic()
        if not self._allowance.is_left(begun):
            return _send_notice(proto, answers.BUSY_SEARCH, scope)
        found = searching.answer(self._reader, page, scope.query_string, site.site.language)
        self._allowance.spend(time.monotonic() - begun)
        return self._send_page(scope, proto, site, page, found)

    def _send_page(self, scope: Scope, proto: Answering, site: SiteHeaders, page: Page, laid: Laid) -> None:
        """Send a laid page, or 304 if the reader holds it (RFC 9110, 13.1.2)."""
        asked = scope.headers
        gzip = accepts_gzip(asked.get("accept-encoding") or "")
        etag = f'"{laid.tag}{"z" if gzip else "p"}"'
        keys = laid.keys
        headers = [*site.of(page.content_type, page.cache, gzip=gzip, by_keys=bool(keys)), ("etag", etag)]
        if keys:
            headers.append((SURROGATE_KEY, keys))
        held = asked.get("if-none-match")
        if held is not None and page.status == 200 and holds(held, etag):  # noqa: PLR2004
            return proto.response_empty(304, headers)
        body = laid.gzip()
        if not gzip:
            body = zlib.decompress(body, wbits=31)
        return _send(proto, scope, page.status, headers, body)

    def _answer_others(self, scope: Scope, proto: Answering, at_host: AtHost, page: Page | None) -> None:
        """Everything that isn't a page at its own address: redirects, files, slashes too many, nothing at all."""
        path, query = scope.path, scope.query_string
        site = at_host.site_for(path)
        if page is not None:
            return _send_redirect(proto, scope, site, page.location, self._key_of(site, page.address))
        if path == embedding.ADDRESS:
            return self._send_embedding(scope, proto, site)
        if path.startswith(("/foto/", "/aset/")) and self._send_file(scope, proto):
            return None
        tidy = _SLASHES.sub("/", path).rstrip("/") or "/"
        problem = path_problem(tidy)
        if problem is not None:
            return _send_notice(proto, answers.BAD_ADDRESS, scope)
        target = self._reader.page(site.site.id, tidy) if tidy != path else None
        if target is not None:
            location: str | None = target.location or quote(tidy) + (f"?{query}" if query else "")
        else:
            location = moved_to(self._reader.page(site.site.id, "!home"), at_host, tidy)
        if location:
            return _send_redirect(proto, scope, site, location)
        return self._send_missing(scope, proto, site)

    def _send_embedding(self, scope: Scope, proto: Answering, site: SiteHeaders) -> None:
        """What others show of a story, or why there is nothing to show."""
        question = embedding.asked(scope.query_string)
        if isinstance(question, Notice):
            return _send_notice(proto, question, scope)
        body = embedding.find(self._reader, self._site_of, question)
        if body is None:
            return _send_notice(proto, answers.NO_PAGE, scope)
        # Whoever may read the story may be told of it, on whatever page.
        headers = [
            *site.of("application/json; charset=utf-8", "feed", gzip=False),
            ("access-control-allow-origin", "*"),
        ]
        return _send(proto, scope, 200, headers, body)

    def _send_missing(self, scope: Scope, proto: Answering, site: SiteHeaders) -> None:
        """The site's own error page with 404, or a few words if it has none."""
        page = self._reader.page(site.site.id, "!404")
        laid = self._layer.lay(page, "") if page is not None else None
        if page is None or laid is None:
            return _send_notice(proto, answers.NO_PAGE, scope)
        if laid.keys:  # what may stand here later
            asked = f"{scope.path}?{scope.query_string}" if is_old_query(scope.query_string) else scope.path
            laid = laid._replace(keys=f"{laid.keys} {self._key_of(site, asked)}")
        return self._send_page(scope, proto, site, page._replace(status=404, cache="error"), laid)

    def _key_of(self, site: SiteHeaders, path: str) -> str:
        """The surrogate key of what stands at an address, or might; empty where nobody wants to know."""
        return surrogates.page(page_key(site.site.id, path.rstrip("/") or "/")) if self._fronted else ""

    def _send_file(self, scope: Scope, proto: Answering) -> bool:
        get = scope.headers.get
        asked = Asked(
            get("accept-encoding") or "",
            get("if-none-match") or "",
            get("if-range") or "",
            get("range") or "",
        )
        answer = self._files.find(scope.path, asked)
        if answer is None:
            return False
        length = ("content-length", str(answer.end - answer.start))
        if answer.status == 304:  # noqa: PLR2004
            proto.response_empty(304, answer.headers)
        elif scope.method == "HEAD":
            proto.response_empty(answer.status, [*answer.headers, length])
        elif answer.status == 206:  # noqa: PLR2004
            proto.response_file_range(206, [*answer.headers, length], answer.path, answer.start, answer.end)
        else:
            proto.response_file(200, [*answer.headers, length], answer.path)
        return True

    def _look(self) -> None:
        """Begin a look at the shelf, to be ended by the event loop; drop what another state made wrong."""
        state = self._reader.begin_look()
        self._looking = True
        asyncio.get_running_loop().call_later(LOOK_SECONDS, self._end_look)
        if state == self._state:
            return
        self._layer.new_state(state)
        self._hot.clear()
        sites_state = self._reader.meta("sites state")
        if sites_state != self._sites_state or sites_state is None:
            sites = {site.id: SiteHeaders(site) for site in self._reader.sites()}
            self._by_host = by_host(self._reader.hosts(), sites)
            self._by_header.clear()
            self._sites_state = sites_state
        self._state = state

    def _end_look(self) -> None:
        self._looking = False
        self._reader.end_look()

    def _give_up_look(self, error: Exception) -> None:
        """Open the shelf afresh for the next request, and say what is wrong: once, not for each reader."""
        self._looking = False
        self._reader.close()
        if str(error) != self._complaint:
            self._complaint = str(error)
            log.error("the shelf can't be read: %s", error)

    def _site_of(self, host: str, path: str) -> int | None:
        found = self._by_host.get(bare_host(host))
        return found.site_for(path).site.id if found is not None else None

    def _find_host(self, header: str) -> AtHost | None:
        found = self._by_host.get(bare_host(header))
        if found is not None and len(header) <= _LONGEST_HOST:
            if len(self._by_header) >= _MOST_HOSTS:
                self._by_header.clear()
            self._by_header[header] = found
        return found


def _send(proto: Answering, scope: Scope, status: int, headers: list[Header], body: bytes) -> None:
    if scope.method == "HEAD":
        proto.response_empty(status, [*headers, ("content-length", str(len(body)))])
    else:
        proto.response_bytes(status, headers, body)


def _send_notice(proto: Answering, notice: Notice, scope: Scope, *more: Header) -> None:
    _send(proto, scope, notice.status, [*notice_headers(notice), *more], notice.text.encode())


def _send_redirect(proto: Answering, scope: Scope, site: SiteHeaders, location: str, key: str = "") -> None:
    constant = site.of("text/plain; charset=utf-8", "page", gzip=False, by_keys=bool(key))
    headers = [*constant, ("location", location)]
    if key:
        headers.append((SURROGATE_KEY, f"{surrogates.ALL} {key}"))
    _send(proto, scope, 301, headers, f"{location}\n".encode())
