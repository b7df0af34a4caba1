"""wrk, Debian's load generator, and what it said."""

from __future__ import annotations

import re
import subprocess

THREADS, CONNECTIONS = 2, 64


def requests_a_second(port: int, path: str, seconds: int, host: str = "localhost") -> float:
    """The rate at which the address answers 64 connections at once, gzip accepted.

    Raises:
        RuntimeError: an answer had another status than 2xx or 3xx, or a connection broke: the rate would mean nothing.
    """
    command = [
        "wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s",
        "-H", "Accept-Encoding: gzip", "-H", f"Host: {host}", f"http://127.0.0.1:{port}{path}",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(rate[1])
