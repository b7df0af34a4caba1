from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from redaksi.press import caches
from redaksi.press.caches import Caches, in_parts
from redaksi.shelf.changes import MOST_KEYS
from redaksi.shelf.place import make_file, swap_in
from redaksi.shelf.writer import ShelfWriter


class Server(ThreadingHTTPServer):
    """A cache that keeps what it is told, and answers as it is made to."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Told)
        self.told, self.status = [], 200
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def heard(self):
        return [key for told in list(self.told) for key in told.split()]


class Told(BaseHTTPRequestHandler):
    def do_PURGE(self):
        if self.server.status == 200:
            self.server.told.append(self.headers[caches.HEADER])
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def server():
    server = Server()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def started(server, tmp_path, monkeypatch):
    """Caches that were told everything, twice."""
    monkeypatch.setattr(caches, "AGAIN", 0.2)
    monkeypatch.setattr(caches, "PAUSE", 0.05)
    monkeypatch.setattr(caches, "LOOK", 0.05)
    ShelfWriter(tmp_path / "shelf.sqlite3").close()
    told = Caches(tmp_path / "shelf.sqlite3", [server.address])
    told.start()
    wait_until(lambda: server.heard() == ["all", "all"])
    server.told.clear()
    yield told
    told.close()


def wait_until(true):
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_changed_is_told_at_once_and_once_more(started, server):
    started.tell(["p1", "c2"])
    wait_until(lambda: server.heard() == ["p1", "c2", "p1", "c2"])


def test_a_cache_that_cannot_be_told_is_told_later(started, server, caplog):
    server.status = 405
    started.tell(["p1"])
    started.tell(["p2"])
    wait_until(lambda: "can't be told what changed" in caplog.text)
    server.status = 200
    wait_until(lambda: {"p1", "p2"} <= set(server.heard()))
    assert caplog.text.count("can't be told what changed") == 1


def test_after_another_shelf_took_its_place_everything_is_purged(started, server, tmp_path):
    pointer = tmp_path / "shelf.sqlite3"
    swap_in(make_file(pointer), pointer)
    wait_until(lambda: "all" in server.heard())


def test_too_much_is_told_as_everything(started, server):
    server.status = 500
    started.tell([f"p{number}" for number in range(MOST_KEYS + 1)])
    server.status = 200
    wait_until(lambda: "all" in server.heard())
    assert len(server.heard()) < 10


def test_at_the_end_nothing_goes_on_and_nobody_complains(started, server, caplog):
    started.close()
    started.tell(["p1"])
    assert not [thread for thread in threading.enumerate() if thread.name == "caches"]
    assert server.heard() == []
    assert caplog.text == ""


def test_keys_are_parted_to_fit_a_header():
    parts = in_parts([f"p{number:016x}" for number in range(1000)])
    assert max(map(len, parts)) <= caches.MOST_BYTES
    assert " ".join(parts).split() == [f"p{number:016x}" for number in range(1000)]
    assert in_parts([]) == []


def test_without_caches_nothing_is_told(tmp_path):
    assert not Caches(tmp_path / "shelf.sqlite3", [])
