"""Readers who mean no good, or whose lines are bad: a worker's memory stays bounded, and the others are served."""

from __future__ import annotations

import http.client
import random
import resource
import socket
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from redaksi.newsstand import patience
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.recipe import Cards, Furniture, Own, press_recipe
from stand import Stand

pytestmark = [pytest.mark.process]

WORDS, CARDS = 100_000, 500
#: Megabytes that a worker may have at most, with whatever load: the issue's bound is 250.
MOST = 220
SHORT, LONG, FRONT = "/nasional/pendek", "/nasional/panjang", "/"


def fill(t):
    """A short story, one of 100,000 words that hardly shrink, and a front of 500 cards."""
    letters = random.Random(5)  # noqa: S311 - the same for each run, on purpose
    words = " ".join(f"{letters.getrandbits(40):x}" for _ in range(WORDS))
    t.put_site(1, name="Kentongan", language="id", hosts=["kentongan.test"], headers={})
    t.put_piece(1, "top", press_piece("<nav>Nasional</nav>"))
    pages = {SHORT: "<h1>Pendek</h1>", LONG: f"<p>{words}</p>"}
    for number, (address, text) in enumerate(pages.items(), 1):
        recipe = press_recipe([Own("<!doctype html>"), Furniture("top"), Own(text)])
        t.put_page(site=1, address=address, recipe=recipe, entity=f"story:{number}", version=1)
    front = press_recipe([Own("<!doctype html>"), Furniture("top"), Cards("latest", "row", CARDS)])
    t.put_page(site=1, address=FRONT, recipe=front, entity="front:1", version=1)
    for story in range(1, CARDS + 101):
        t.put_card(
            site=1, story=story, form="row", piece=press_piece(f"<li>{story} {letters.random()}</li>" * 9)
        )
        t.set_rows(story, [(1, "latest", 1000 * story)])


@pytest.fixture(scope="module")
def stand(tmp_path_factory):
    stand = Stand.over(tmp_path_factory.mktemp("hurting"), fill)
    yield stand
    assert stand.stop() == 0


@pytest.fixture(autouse=True)
def nothing_is_left(stand):
    """Whatever was done: the worker is the same, no larger than it may be, and serves a reader."""
    worker = stand.worker()
    yield
    assert stand.worker() == worker
    assert stand.megabytes() < MOST
    assert stand.get(SHORT).status == 200


def ask(path, method="GET", host="kentongan.test", more=""):
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n".encode()


def connect(stand, window=None):
    connection = socket.socket()
    if window:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", stand.port))
    return connection


def status(connection):
    """Of the answer that comes, whose head is read and a little more."""
    return int(connection.recv(65536).split(b" ", 2)[1])


def is_ended(connection):
    """Wait until the other side ends the connection."""
    try:
        while connection.recv(1 << 20):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


def flood(stand, requests):
    """Ask for all this over eight connections; the set of statuses that came back."""

    def some(part):
        connection = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=60)
        found = set()
        for method, path, headers in part:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            found.add(answer.status)
        connection.close()
        return found

    with ThreadPoolExecutor(8) as threads:
        return set().union(*threads.map(some, [requests[at::8] for at in range(8)]))


def test_two_thousand_connections_are_held_at_once(stand):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2200 if hard == resource.RLIM_INFINITY else min(2200, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    count = min(2000, wanted - 200)
    before = stand.megabytes()
    with ExitStack() as held:
        readers = [held.enter_context(connect(stand)) for _ in range(count)]
        for reader in readers:
            reader.sendall(ask(SHORT))
        assert {status(reader) for reader in readers} == {200}
        assert stand.get(SHORT).status == 200
        assert stand.megabytes() - before < 60
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_slow_clients_are_let_go_and_keep_nobody_waiting(stand):
    with ExitStack() as held:
        heads = [held.enter_context(connect(stand)) for _ in range(100)]
        for reader in heads:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: kentongan.test\r\nX-Slow: ")
        bodies = [held.enter_context(connect(stand, window=4096)) for _ in range(100)]
        for reader in bodies:
            reader.sendall(ask(LONG, more="Accept-Encoding: gzip\r\n"))
        idle = [held.enter_context(connect(stand)) for _ in range(20)]
        for reader in idle:
            reader.sendall(ask(SHORT))
        assert {status(reader) for reader in idle} == {200}
        for _ in range(50):
            assert stand.get(SHORT).status == 200
        assert stand.megabytes() < MOST
        assert all(is_ended(reader) for reader in heads + idle)
        time.sleep(patience.PATIENCE_SECONDS)  # there is nothing to wait for but this
        deadline = time.monotonic() + 60
        while len(connections_of(stand)) > 1 and time.monotonic() < deadline:
            time.sleep(0.5)
        assert len(connections_of(stand)) <= 1


def connections_of(stand):
    """The worker's connections with something on its way, as the kernel lists them."""
    port = f":{stand.port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row for row in rows if row[1].endswith(port) and row[3] == "01"]


FLOODS = {
    "unknown paths": (404, lambda n: ("GET", f"/tidak/ada/{n}", {"Host": "kentongan.test"})),
    "cache-busting queries": (200, lambda n: ("GET", f"{(SHORT, FRONT)[n % 2]}?x={n}", {"Host": "kentongan.test"})),
    "a thousand hosts": (421, lambda n: ("GET", SHORT, {"Host": f"situs-{n % 1000}.test"})),
    "spellings of one host": (200, lambda n: ("GET", SHORT, {"Host": f"kentongan.test:{n}"})),
    "codings without end": (200, lambda n: ("GET", SHORT, {"Host": "kentongan.test", "Accept-Encoding": f"x{n}, " * 2000})),
    "heads": (200, lambda n: ("HEAD", (LONG, FRONT)[n % 2], {"Host": "kentongan.test", "Accept-Encoding": "gzip"})),
    "ranges": (200, lambda n: ("GET", SHORT, {"Host": "kentongan.test", "Range": f"bytes={n}-{n},{n}-{n + 1}"})),
}  # fmt: skip


@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_leaves_nothing_behind(stand, kind):
    expected, request = FLOODS[kind]
    flood(stand, [request(n) for n in range(100)])
    before = stand.megabytes()
    assert flood(stand, [request(n) for n in range(100, 3100)]) == {expected}
    assert stand.megabytes() - before < 30


def test_what_is_too_large_is_refused(stand):
    too_large = {
        ask("/" + "a" * 3000): {414},
        ask("/?" + "a" * 3000): {414},
        ask("/" + "a" * 500_000): {400, 414, 431},
        ask("/", more="X-Many: 1\r\n" * 150): {431},
        ask("/", more=f"X-Long: {'a' * 500_000}\r\n"): {431},
        ask("/", method="POST", more="Content-Length: 100000000\r\n"): {405},
    }
    for request, expected in too_large.items():
        with connect(stand) as connection:
            connection.sendall(request)
            assert status(connection) in expected, request[:100]


def test_a_body_that_nobody_wants_is_not_taken_in(stand):
    before = stand.megabytes()
    with connect(stand) as connection:
        connection.sendall(ask("/", method="POST", more="Content-Length: 100000000\r\n"))
        with pytest.raises(ConnectionError):
            connection.sendall(b"x" * 100_000_000)
    assert stand.megabytes() - before < 20


def test_long_pages_come_whole_for_many_at_once(stand):
    def whole(number):
        path = (LONG, FRONT)[number % 2]
        body = stand.get(path, accept_encoding="gzip" if number % 3 else "identity").body
        text = zlib.decompress(body, wbits=31) if number % 3 else body
        return len(text.split()) >= WORDS if path == LONG else text.count(b"<li>") == CARDS * 9

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(whole, range(120)))
