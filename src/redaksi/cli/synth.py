"""``redaksi synth``: fill an empty data home with a corpus of any size, invented and the same each time, to see how it is borne."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from django.conf import settings

from redaksi.cli.init import prepare
from redaksi.cli.press import press_everything
from redaksi.demo.synth.maker import OtherRecordError, make
from redaksi.demo.synth.plan import Spec
from redaksi.stories.meter import Meter

#: The newest story's day if none is asked for: a corpus must not depend on the day on which it is made.
UNTIL = date(2026, 11, 1)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stories", type=_many, required=True, help="how many stories")
    parser.add_argument("--sites", type=_many, default=10, help="on how many sites (10)")
    parser.add_argument("--topics", type=_many, default=2000, help="about how many topics (2000)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another corpus (1)")
    parser.add_argument("--years", type=_many, default=10, help="over how many years (10)")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help=f"up to which day ({UNTIL})")
    parser.add_argument("--press", action="store_true", help="print it all onto a shelf afterwards")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where the record holds something else."""
    prepare()
    begun = time.monotonic()
    home = Path(settings.REDAKSI_HOME)
    spec = Spec(args.stories, args.sites, args.topics, args.seed, args.until, args.years)
    meter = Meter("stories", spec.stories)
    try:
        before = make(spec, home, meter.tell)
    except OtherRecordError as error:
        print(f"redaksi: {error}.", file=sys.stderr)
        return 1
    made, seconds = spec.stories - before, max(time.monotonic() - begun, 0.001)
    meter.end(f"{made:,} stories made, {made / seconds:,.0f} a second; {spec.stories:,} are in the record.")
    if args.press:
        press_everything(home)
    return 0


def _many(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "must be one at least"
        raise argparse.ArgumentTypeError(message)
    return number
