"""A crew: as many processes as the machine has cores, for work that comes in batches and has to come out in its order.

No more batches are under way than the crew can hold, so memory stays the same however many there are. The crew ends with whoever called it,
however that ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from django.db import connections

_Context = TypeVar("_Context")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
#: Linux, prctl(2): the signal that a child gets when its parent dies.
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
#: Batches that wait for each process: it never does.
_AHEAD = 2


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_with_parent(sign: int = signal.SIGTERM) -> None:
    """Have Linux send this process ``sign`` when its parent ends, however that ends (prctl(2)); elsewhere nothing."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, sign)


def in_order(
    work: Callable[[_Context, _Item], _Result],
    context: _Context,
    items: Iterable[_Item],
    *,
    size: int | None = None,
) -> Iterator[_Result]:
    """What ``work`` makes of each item, in the items' order, worked out by a crew.

    Args:
        work: a function of a module. It may ask the database, by a connection of its own.
        context: what it needs beside its item, as it is now: each process has its own from then on.
        items: read as they are needed.
        size: processes; as many as there are cores by default.

    Raises:
        Exception: what ``work`` raised, when its item's turn comes.
    """
    size = size or cores()
    connections.close_all()  # a connection can't be shared with a child
    with ProcessPoolExecutor(size, get_context("fork"), initializer=_begin, initargs=(context,)) as pool:
        waiting: deque[Future[_Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(_work, work, item))
                if len(waiting) >= size * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


#: In a process of a crew: what it was begun with.
_held: list[Any] = []


def _begin(context: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one who called the crew decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(signal.SIGKILL)
    _held[:] = [context]


def _work(work: Callable[[Any, Any], Any], item: Any) -> Any:
    return work(_held[0], item)
