"""What granian loads in each worker process: a newsstand over the data folder that the environment names."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

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


end_with_parent()
patience.watch()
_settings = Settings.from_environment(os.environ)
newsstand = Newsstand(_settings.home, fronted=_settings.fronted)
