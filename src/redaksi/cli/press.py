"""``redaksi press``: the press as a process. Drains the outbox, publishes what is due, sweeps once a day.

Without options it works until it is told to stop. ``--once`` empties the outbox and ends; ``--all`` prints everything into a
new shelf, which takes the old one's place at the end.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from django.conf import settings

from redaksi.config.press_room import PressRoom
from redaksi.press.duty import OnDutyError, on_duty
from redaksi.press.foreman import Foreman
from redaksi.press.rebuild import is_outdated, press_all, settle_interrupted
from redaksi.shelf.schema import ShelfError
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.crew import step_behind
from redaksi.stories.meter import Meter
from redaksi.stories.models import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--all", action="store_true", help="print everything into a new shelf")
    way.add_argument("--if-outdated", action="store_true", help="--all, but only when the shelf needs it")
    way.add_argument("--once", action="store_true", help="empty the outbox and end")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where another process does this work already."""
    try:
        return _work(args, Path(settings.REDAKSI_HOME))
    except (OnDutyError, ShelfError) as error:
        print(f"redaksi: {error}.", file=sys.stderr)
        return 1


def _work(args: argparse.Namespace, home: Path) -> int:
    if args.all or (args.if_outdated and is_outdated(home)):
        press_everything(home)
        return 0
    if args.if_outdated:
        return 0
    if args.once:
        with on_duty(home, "press"), ShelfWriter(home / "shelf.sqlite3") as shelf:
            settle_interrupted(home)
            foreman = Foreman(shelf, home)
            foreman.drain()
            foreman.close()
        return 0
    PressRoom(home, settings.REDAKSI_CACHES).work()
    return 0


def press_everything(home: Path) -> None:
    """Print everything, telling how far it is. Readers and the desk go first, from now on, on this machine's cores.

    Raises:
        KeyboardInterrupt: it was stopped, by SIGTERM too; the last line says how to go on.
    """
    signal.signal(signal.SIGTERM, _stop)
    step_behind()
    meter = Meter("stories", Story.objects.filter(published_at__isnull=False).count())
    begun: list[Meter] = []

    def tell(printed: int, _seconds: float) -> None:
        if not begun:
            begun.append(meter.going_on_from(printed))
        begun[0].tell(printed)

    try:
        count = press_all(home, tell)
    except KeyboardInterrupt:
        for one in begun:
            one.end(f"Stopped: {one.line()}. The same command goes on from here.")
        raise
    for one in begun:
        one.end(f"{count:,} stories printed onto a new shelf, {one.rate():,.0f} a second.")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
