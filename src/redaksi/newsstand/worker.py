"""What granian loads in each worker process: a newsstand over the data folder that the environment names."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

from redaksi.newsstand import patience
from redaksi.newsstand.app import Newsstand
from redaksi.newsstand.serve import Settings

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have Linux end this worker when the server process that started it is killed (prctl(2)).

    An orphan would keep the port, and the next start would fail.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def let_work_in_one_go() -> None:
    """Have Linux let this worker's threads finish what they do before one wakes the other (SCHED_BATCH, sched(7)).

    The server's thread and Python's hand each request to one another; otherwise each hand-over stops whoever hands over,
    on a busy machine twice a request. No right is needed for it, and threads that begin later inherit it.
    """
    if not hasattr(os, "SCHED_BATCH"):
        return
    for thread in os.listdir("/proc/self/task"):  # noqa: PTH208 - numbers are all that is wanted
        with suppress(OSError):  # it ended meanwhile, or a sandbox forbids it: slower, not wrong
            os.sched_setscheduler(int(thread), os.SCHED_BATCH, os.sched_param(0))


end_with_parent()
let_work_in_one_go()
patience.watch()
_settings = Settings.from_environment(os.environ)
newsstand = Newsstand(_settings.home, fronted=_settings.fronted)
