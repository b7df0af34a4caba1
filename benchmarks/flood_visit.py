"""Those who mean no good: ``python -m benchmarks.flood_visit PORT KIND SECONDS ADDRESSES``; how many answers of which status they had, as JSON.

One process, its connections in turn: each asks again as soon as it is answered. What is asked never comes a second time, but for those who only
hold connections.
"""

from __future__ import annotations

import json
import resource
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

CONNECTIONS, HELD, SLOW = 64, 2_000, 200
Request = Callable[[int, str, str], str]


def _get(path: str, host: str, more: str = "") -> str:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n{more}\r\n"


#: For each flood what is asked, from a number, a host and a path; and the status that each answer must have.
FLOODS: dict[str, tuple[int, Request]] = {
    "unknown paths": (404, lambda n, host, _: _get(f"/tidak/ada/{n}", host)),
    "queries that miss every cache": (200, lambda n, host, path: _get(f"{path}?x={n}", host)),
    "a thousand unknown hosts": (421, lambda n, _, path: _get(path, f"situs-{n % 1000}.test")),
    "HEAD": (200, lambda _, host, path: _get(path, host).replace("GET", "HEAD", 1)),
    "Range": (200, lambda n, host, path: _get(path, host, f"Range: bytes={n % 5000}-{n % 5000 + 1}\r\n")),
}
HOLDING = f"{HELD:,} connections that are held"
SLOWLY = f"{SLOW} who send a head byte by byte, {SLOW} who ask and read nothing"


class Line:
    """A connection, and what came of its answer so far."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.came = b""

    def take(self, *, bodiless: bool) -> int | None:
        """Take in what came: the status if the answer is whole, 0 if the other side hung up."""
        some = self.socket.recv(1 << 18)
        self.came += some
        head, found, body = self.came.partition(b"\r\n\r\n")
        if not some:
            return 0
        if not found:
            return None
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not bodiless and len(body) < int(length or 0):
            return None
        self.came = b""
        return int(head[9:12])


def flood(port: int, kind: str, seconds: float, asked: list[list[str]]) -> Counter[int]:
    """Ask over all connections for so long; statuses and how often each came."""
    request, number, found = FLOODS[kind][1], 0, Counter[int]()
    with selectors.DefaultSelector() as ready:
        for number in range(CONNECTIONS):
            line = Line(port)
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.socket.sendall(request(number, *asked[number % len(asked)]).encode())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, _ in ready.select(1):
                status = key.data.take(bodiless=kind == "HEAD")
                if status is None:
                    continue
                found[status] += 1
                number += 1
                if status == 0:
                    ready.unregister(key.fileobj)
                    key.data.open()
                    ready.register(key.data.socket, selectors.EVENT_READ, key.data)
                key.data.socket.sendall(request(number, *asked[number % len(asked)]).encode())
    return found


def hold(port: int, seconds: float, asked: list[list[str]]) -> Counter[int]:
    """Open so many connections, and have each ask for one page in that time."""
    lines = [Line(port) for _ in range(HELD)]
    found = Counter[int]()
    for number, line in enumerate(lines):
        host, path = asked[number % len(asked)]
        line.socket.sendall(_get(path, host).encode())
        status = None
        while status is None:
            status = line.take(bodiless=False)
        found[status] += 1
        time.sleep(seconds / HELD / 2)
    return found


def dawdle(port: int, seconds: float, asked: list[list[str]]) -> Counter[int]:
    """Send heads byte by byte, and read nothing of what was asked for."""
    heads, bodies = ([Line(port) for _ in range(SLOW)] for _ in range(2))
    for number, line in enumerate(bodies):
        host, path = asked[number % len(asked)]
        line.socket.sendall(_get(path, host).encode())
    for line in heads:
        line.socket.sendall(b"GET / HTTP/1.1\r\nX: ")
    end, found = time.monotonic() + seconds, Counter[int]()
    while time.monotonic() < end:
        for line in heads:
            try:
                line.socket.sendall(b"x")
            except OSError:  # let go, as it should be
                line.open()
                found[0] += 1
        time.sleep(1)
    return found


def main(port: int, kind: str, seconds: float, addresses: Path) -> Counter[int]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asked = [line.split(" ", 1) for line in addresses.read_text(encoding="utf-8").splitlines()]
    if kind == HOLDING:
        return hold(port, seconds, asked)
    return dawdle(port, seconds, asked) if kind == SLOWLY else flood(port, kind, seconds, asked)


if __name__ == "__main__":
    told = main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
    print(json.dumps(told))
