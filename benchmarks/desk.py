"""An editor's screens with 100,000 stories, beside the same with 1,000.

The editor is a regional one (ten sites out of 200, by grants): a superuser is asked nothing, so shows nothing. Requests go through the
whole of Django, middleware, walls and transaction included, and end on a real file with full synchronisation. The two records are two
processes (``benchmarks/desk_visit.py``), asked request by request in turn, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure, median, shown
from benchmarks.processes import ROOT

ROUNDS, TIMES = 3, 7
SMALL, LARGE = 1_000, 100_000
PROMISED = "≤ 1.5×"
SETUP = (
    f"Desk: the record of benchmarks/archive.py (200 sites, 1,000 grants, 2,000 topics; {LARGE:,} stories of some 600 words, beside {SMALL:,}), "
    "asked by a regional editor of ten sites; every list is full in both. Django's test client, SQLite with full synchronisation; "
    f"{ROUNDS} rounds of {TIMES} requests a screen to each of the two by turns, after two unmeasured. The value is the ratio of the medians of all, "
    "the spread that of the rounds. The number of queries is the large one's, the small one's in brackets if it differs."
)


class Desk:
    """A process that answers for one record."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.screens: list[str] = json.loads(self._read())

    def ask(self, question: str) -> float:
        if self.process.stdin is not None:
            self.process.stdin.write(f"{question}\n")
            self.process.stdin.flush()
        return float(self._read())

    def _read(self) -> str:
        line = self.process.stdout.readline() if self.process.stdout is not None else ""
        if not line:
            raise RuntimeError("the desk that is measured has ended; what it said stands above")
        return line


@contextmanager
def desk(home: Path) -> Iterator[Desk]:
    """A desk over a record, until the block ends."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.desk_visit"]
    environment = {**os.environ, "REDAKSI_HOME": str(home)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Desk(process)
        finally:
            process.kill()


def measure(small: Path, large: Path) -> list[Figure]:
    """Every screen of both."""
    with desk(small) as the_small, desk(large) as the_large:
        return [_screen(name, the_small, the_large) for name in the_large.screens]


def _screen(name: str, small: Desk, large: Desk) -> Figure:
    asked, asked_small = (int(one.ask(f"count {name}")) for one in (large, small))
    rounds = [
        [(large.ask(f"time {name}"), small.ask(f"time {name}")) for _ in range(TIMES)] for _ in range(ROUNDS)
    ]
    ours, theirs = (median([pair[of] for pairs in rounds for pair in pairs]) for of in (0, 1))
    ratios = [median([one for one, _ in pairs]) / median([other for _, other in pairs]) for pairs in rounds]
    queries = f"{asked} queries" if asked == asked_small else f"{asked} ({asked_small}) queries"
    return Figure(
        f"desk: {name}",
        f"Desk, {LARGE:,} stories: {name} ({shown(ours)} ms, {queries})",
        ours / theirs,
        "×",
        f"the same with {SMALL:,} stories: {shown(theirs)} ms",
        tuple(ratios),
        SETUP,
        PROMISED,
    )
