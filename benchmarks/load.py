"""wrk, Debian's load generator, asking random addresses out of many, and what it said."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

THREADS, CONNECTIONS = 2, 64
RANDOM = Path(__file__).with_name("random_addresses.lua")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Load(NamedTuple):
    """Answers a second, and the milliseconds that half and 99 of 100 of them didn't exceed."""

    rate: float
    median: float
    p99: float


def random_requests(port: int, addresses: Path, seconds: float, *, a_second: float | None = None) -> Load:
    """Random addresses out of many, asked by 64 connections at once, gzip accepted.

    Args:
        port: of the server.
        addresses: a file with "host path" on each line.
        seconds: how long.
        a_second: no more than so many requests a second (each connection waits between two); None: as many as there can be.

    Raises:
        RuntimeError: an answer had another status than 2xx or 3xx, or a connection broke: the rate would mean nothing.
    """
    return _read(_command(port, addresses, seconds, a_second))


@contextmanager
def crowd(port: int, addresses: Path, a_second: float) -> Iterator[list[Load]]:
    """:func:`random_requests` beside whatever is done until the block ends; what they met stands in the list then."""
    met: list[Load] = []
    # wrk can't be told to end early and still report: it is run a few seconds at a time.
    command = _command(port, addresses, 3, a_second)
    ended = False

    def go_on() -> None:
        while not ended:
            met.append(_read(command))

    with ThreadPoolExecutor(1) as apart:
        going = apart.submit(go_on)
        time.sleep(1)
        try:
            yield met
        finally:
            ended = True
        going.result()


def _command(port: int, addresses: Path, seconds: float, a_second: float | None) -> list[str]:
    pause = 0 if a_second is None else round(CONNECTIONS / a_second * 1000)
    return [
        "wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "20s", "--latency",
        "-s", str(RANDOM), f"http://127.0.0.1:{port}/", "--", str(addresses), str(pause),
    ]  # fmt: skip


def _read(command: list[str]) -> Load:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", said)
    parts = dict(re.findall(r"(50|99)%\s+([\d.]+(?:us|ms|s|m))", said))
    if rate is None or not float(rate[1]) or "Non-2xx" in said or "Socket errors" in said or len(parts) != 2:
        raise RuntimeError(said)
    return Load(float(rate[1]), _milliseconds(parts["50"]), _milliseconds(parts["99"]))


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]  # the search above saw that it is one
    return float(number) * _MILLISECONDS[unit]
