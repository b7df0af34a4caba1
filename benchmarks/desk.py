"""An editor's screens with a large archive, beside the same with a small one.

The editor is a regional one (ten sites out of twenty, by grants): a superuser is asked nothing, so shows nothing. Requests go through the
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
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import SITES, Corpus
from benchmarks.figures import Figure, median, shown
from benchmarks.processes import ROOT

ROUNDS, TIMES = 3, 5
PROMISED = "≤ 1.5×"
SETUP = (
    f"Desk: the corpora's records ({SITES} sites, staff with their grants, what is under way as much in one as in the other), with some sixty stories that the "
    "region's sites carry, asked by a regional editor of ten sites; every list is full in both. Django's test client, SQLite with full synchronisation; "
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


def measure(large: Corpus, small: Corpus) -> list[Figure]:
    """Every screen of both, and the one that has grown most."""
    with desk(small.home) as the_small, desk(large.home) as the_large:
        found = [
            _screen(name, (the_large, large.stories), (the_small, small.stories))
            for name in the_large.screens
        ]
    worst = max(found, key=lambda one: one.value)
    return [*found, replace(worst, figure="desk_growth", words=f"The worst of these: {worst.words}")]


def _screen(name: str, of_large: tuple[Desk, int], of_small: tuple[Desk, int]) -> Figure:
    (large, stories), (small, fewer) = of_large, of_small
    asked, asked_small = (int(one.ask(f"count {name}")) for one in (large, small))
    rounds = [
        [(large.ask(f"time {name}"), small.ask(f"time {name}")) for _ in range(TIMES)] for _ in range(ROUNDS)
    ]
    ours, theirs = (median([pair[of] for pairs in rounds for pair in pairs]) for of in (0, 1))
    ratios = [median([one for one, _ in pairs]) / median([other for _, other in pairs]) for pairs in rounds]
    queries = f"{asked} queries" if asked == asked_small else f"{asked} ({asked_small}) queries"
    return Figure(
        f"desk: {name}",
        f"Desk, {stories:,} stories: {name} ({shown(ours)} ms, {queries})",
        ours / theirs,
        "×",
        f"the same with {fewer:,} stories: {shown(theirs)} ms",
        tuple(ratios),
        SETUP,
        PROMISED,
    )
