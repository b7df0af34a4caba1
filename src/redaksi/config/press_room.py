"""The press as a long-lived process: one loop that does what is due, drains the outbox and, once a day, sweeps.

It is the only process that writes the shelf (a rebuild writes one of its own). It ends at SIGTERM after the turn in hand; killed
outright it loses nothing, since a row leaves the outbox only after the shelf holds its print.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import close_old_connections, transaction

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press.caches import Caches
from redaksi.press.duty import on_duty
from redaksi.press.foreman import Foreman
from redaksi.press.rebuild import settle_interrupted
from redaksi.press.reconcile import sweep
from redaksi.press.sites import PRINTED_MONTH, month_now
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.actions.schedule import do_what_is_due

logger = logging.getLogger(__name__)

#: Seconds: between looks into an empty outbox, between looks at the clock, between sweeps.
IDLE, CLOCK, DAY = 0.02, 1.0, 24 * 3600.0


class PressRoom:
    """The loop and its clocks."""

    def __init__(self, home: Path, caches: Sequence[str] = ()) -> None:
        self.home = home
        self.caches = Caches(home / "shelf.sqlite3", caches)
        self._stopping = False

    def work(self) -> None:
        """Work until SIGTERM or SIGINT.

        Raises:
            OnDutyError: another press is at work in this data home.
        """
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        pointer = self.home / "shelf.sqlite3"
        told = self.caches.tell if self.caches else None
        with (
            on_duty(self.home, "press"),
            ShelfWriter(pointer, told=told) as shelf,
            ShelfReader(pointer) as reader,
        ):
            self.caches.start()
            settle_interrupted(self.home)
            foreman = Foreman(shelf, self.home)
            try:
                self._loop(foreman, reader)
            finally:
                foreman.close()
                self.caches.close()

    def _stop(self, _sign: int, _frame: object) -> None:
        self._stopping = True

    def _loop(self, foreman: Foreman, reader: ShelfReader) -> None:
        next_look = next_sweep = 0.0
        steps: Iterator[int] = iter(())
        while not self._stopping:
            now = time.monotonic()
            try:
                if now >= next_look:
                    next_look = now + CLOCK
                    self._look_at_the_clock(reader)
                if now >= next_sweep:
                    next_sweep, steps = now + DAY, sweep(reader)
                busy = foreman.turn() or next(steps, None) is not None
            except DatabaseError:
                # The desk's database is down or locked: readers go on, and so do we when it is back.
                logger.exception("the press can't reach the record and waits")
                close_old_connections()
                time.sleep(1)
                continue
            if not busy:
                time.sleep(IDLE)

    def _look_at_the_clock(self, reader: ShelfReader) -> None:
        close_old_connections()
        do_what_is_due()
        with reader.look():
            printed = reader.meta(PRINTED_MONTH)
        if printed != f"{month_now():%Y-%m}" and not Entry.objects.filter(kind="site").exists():
            with transaction.atomic():
                box.put_many("site", list(Site.objects.values_list("pk", flat=True)))
