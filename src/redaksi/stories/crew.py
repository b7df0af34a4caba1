"""A crew: as many processes as the machine has cores, for work that comes in batches and has to come out in its order.

No more batches are under way than the crew can hold, so memory stays the same however many there are. The crew ends with whoever called it,
however that ends.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from django.db import connections

_Context = TypeVar("_Context")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
#: Linux, prctl(2): the signal that a child gets when its parent dies.
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
#: A batch makes hundreds of thousands of things that go with it, and hardly one that holds itself.
_COLLECTED_AFTER = (100_000, 20, 50)
#: Batches that wait for each process: it never does.
AHEAD = 2
#: The nicest that a process can be.
_LAST = 19


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_with_parent(sign: int = signal.SIGTERM) -> None:
    """Have Linux send this process ``sign`` when its parent ends, however that ends (prctl(2)); elsewhere nothing."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, sign)


def step_behind() -> None:
    """Let whatever else the machine does go before this process, from now on: readers are to notice nothing of long work.

    It gets what is left over, and some hundredths where nothing is.
    """
    os.nice(_LAST)
    if hasattr(
        os, "SCHED_BATCH"
    ):  # Linux: it also never interrupts who is at work when it has something to do again
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _step_out() -> None:
    """Be a session of one's own: Linux shares the cores among sessions before it asks who is nice within one (sched(7))."""
    os.setsid()
    with suppress(OSError):  # a machine that doesn't do so has no such file
        Path("/proc/self/autogroup").write_text(str(_LAST), encoding="ascii")


class Crew(Generic[_Context]):
    """Processes that each hold a context of their own, as it was when the crew began, and keep what they put into it.

    Args:
        context: what they work with.
        size: how many; as many as there are cores by default. None at all (0): what is asked is done at once, in this process.
        behind: whether all else that the machine does goes first (:func:`step_behind`).
    """

    def __init__(self, context: _Context, size: int | None = None, *, behind: bool = False) -> None:
        self.size = cores() if size is None else size
        self._context = context
        self._hands: list[ProcessPoolExecutor] = []
        if not self.size:
            return
        connections.close_all()  # a connection can't be shared with a child
        self._hands = [
            ProcessPoolExecutor(1, get_context("fork"), initializer=_begin, initargs=(context, behind))
            for _ in range(self.size)
        ]
        for hand in self._hands:
            hand.submit(
                _begun
            )  # all are forked now, while this process holds nothing that they should not have

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.shutdown(wait=True, cancel_futures=True)

    def ask(self, number: int, work: Callable[[_Context, _Item], _Result], item: _Item) -> Future[_Result]:
        """Have an item worked on by the process whose turn ``number`` is: the same number, the same process; each does one after another.

        Args:
            number: of the batch.
            work: a function of a module. It may ask the database, by a connection of its own.
            item: what it is given beside the context.
        """
        if self._hands:
            return self._hands[number % self.size].submit(_work, work, item)
        done: Future[_Result] = Future()
        try:
            done.set_result(work(self._context, item))
        except Exception as error:  # noqa: BLE001  # whoever asks for the result gets it
            done.set_exception(error)
        return done


def in_order(
    work: Callable[[_Context, _Item], _Result],
    context: _Context,
    items: Iterable[_Item],
    *,
    size: int | None = None,
) -> Iterator[_Result]:
    """What ``work`` makes of each item, in the items' order, worked out by a crew. The items are read as they are needed.

    Raises:
        Exception: what ``work`` raised, when its item's turn comes.
    """
    with Crew(context, size) as crew:
        waiting: deque[Future[_Result]] = deque()
        for number, item in enumerate(items):
            waiting.append(crew.ask(number, work, item))
            if len(waiting) >= crew.size * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


#: In a process of a crew: what it was begun with.
_held: list[Any] = []


def _begin(context: object, behind: bool) -> None:  # noqa: FBT001  # handed on by the pool
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one who called the crew decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(signal.SIGKILL)
    if behind:
        _step_out()
        step_behind()
    gc.freeze()  # what was there before the fork stays: nobody is to look through it again and again
    gc.set_threshold(*_COLLECTED_AFTER)
    _held[:] = [context]


def _begun() -> None:
    """Nothing: asked of a process so that it is there."""


def _work(work: Callable[[Any, Any], Any], item: Any) -> Any:
    return work(_held[0], item)
