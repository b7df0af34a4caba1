"""A port for a server of a test."""

from __future__ import annotations

import secrets
import socket

#: Below those that a system gives to connections that go out (from 32768 on Linux): between the look and the server's start no
#: browser, reader or database of another test is given it.
FIRST, COUNT = 20_000, 12_000


def free_port() -> int:
    """One on which nobody listens."""
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
