"""Tells how far long work is: how much is done of how much, at what rate, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

_TOLD_EVERY = 1.0  # seconds
_A_MINUTE, _AN_HOUR = 60, 3600


class Meter:
    """A line that is written anew at most once a second; in a log, a line each ten.

    Args:
        what: what is counted ("stories").
        total: how many there are to be.
        done: how many were done before this work began.
        out: where it is told; standard error by default.
        clock: gives seconds.
    """

    def __init__(
        self,
        what: str,
        total: int,
        done: int = 0,
        *,
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what, self._total, self._before, self._clock = what, total, done, clock
        self.done = done
        self._out = out or sys.stderr
        self._on_screen = self._out.isatty()
        self._every = _TOLD_EVERY if self._on_screen else 10 * _TOLD_EVERY
        self._begun = self._told = clock()

    def going_on_from(self, done: int) -> Meter:
        """The same, for work of which so much was done before; its time begins now."""
        return Meter(self._what, self._total, done, out=self._out, clock=self._clock)

    def tell(self, done: int) -> None:
        """Say that so many are done."""
        self.done, now = done, self._clock()
        if now - self._told >= self._every:
            self._told = now
            self._write(self.line())

    def line(self) -> str:
        """How far the work is, in words."""
        share = 100 * self.done // self._total if self._total else 100
        text, rate = f"{self.done:,} of {self._total:,} {self._what} ({share} %)", self.rate()
        if not rate:
            return text
        return f"{text}, {rate:,.0f} a second, {_clock_time((self._total - self.done) / rate)} left"

    def rate(self) -> float:
        """How many a second, since this work began."""
        seconds = self._clock() - self._begun
        return (self.done - self._before) / seconds if seconds > 0 else 0.0

    def end(self, words: str) -> None:
        """Say what was done."""
        self._write(words)
        if self._on_screen:
            self._out.write("\n")

    def _write(self, words: str) -> None:
        self._out.write(f"\r\x1b[K{words}" if self._on_screen else f"{words}\n")
        self._out.flush()


def _clock_time(seconds: float) -> str:
    whole = max(0, round(seconds))
    if whole >= _AN_HOUR:
        return f"{whole // _AN_HOUR}:{whole % _AN_HOUR // _A_MINUTE:02}:{whole % _A_MINUTE:02}"
    return f"{whole // _A_MINUTE}:{whole % _A_MINUTE:02}"
