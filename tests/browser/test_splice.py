"""Chromium unpacks what the newsstand lays together: any sequence of pieces, as the texts in a row."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import chance
from redaksi.shelf.pieces import Piece, gzip_of, join_pieces, press_piece, stored_piece

pytestmark = pytest.mark.browser

#: Unpaired surrogates are no text (they have no UTF-8); a byte order mark at the start is eaten by fetch(), as it should be.
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=300)
long = st.builds(lambda word, times: word * times, plain, st.integers(0, 3000))
pieces = st.lists(st.tuples(plain | long, st.booleans()), max_size=12)


class Stand(ThreadingHTTPServer):
    """Answers every request with ``body``, said to be gzip."""

    daemon_threads = True
    body = b""

    class Handler(BaseHTTPRequestHandler):
        server: Stand

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/plain; charset=utf-8")
            if self.path == "/laid":
                self.send_header("content-encoding", "gzip")
                self.send_header("cache-control", "no-store")
            body = self.server.body if self.path == "/laid" else b"stand"
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence."""


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    server = Stand(("127.0.0.1", 0), Stand.Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(stand: Stand, browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(f"http://127.0.0.1:{stand.server_port}/")
    yield opened
    opened.close()


def as_chromium_reads(page: Page, stand: Stand, laid: list[Piece]) -> str:
    stand.body = gzip_of(join_pieces(laid))
    return page.evaluate("async () => await (await fetch('/laid')).text()")


@settings(max_examples=chance.examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces)
def test_any_sequence_of_pieces_reads_as_their_texts_in_a_row(page, stand, given_pieces):
    laid = [(stored_piece if stored else press_piece)(text) for text, stored in given_pieces]
    assert as_chromium_reads(page, stand, laid) == "".join(text for text, _ in given_pieces)


def test_a_megabyte_between_two_words_is_read_whole(page, stand):
    middle = "".join(f"{number:x} " for number in range(180_000))
    texts = ["awal", middle, "", "akhir 🏝️"]
    assert as_chromium_reads(page, stand, [press_piece(text) for text in texts]) == "".join(texts)
