"""Who is on duty: one press prints on a shelf, and one rebuild at a time makes a new one, whoever starts them.

A lock on a file in the data home; the kernel lets go of it when its process ends, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OnDutyError(Exception):
    """Another process does this work already; the sentence is for whoever started this one."""


@contextmanager
def on_duty(home: Path, work: str) -> Iterator[None]:
    """Hold a kind of work for the length of a block.

    Args:
        home: the data home.
        work: "press" or "rebuild".

    Raises:
        OnDutyError: another process holds it.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = os.open(home / f"{work}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"a {work} is at work in {home} already"
            raise OnDutyError(message) from None
        yield
    finally:
        os.close(lock)
