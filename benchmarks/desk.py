"""An editor's screens with 100,000 stories, beside the same with 1,000.

The editor is a regional one (ten sites out of 200, by grants): a superuser is asked nothing, so shows nothing. Requests go through the
whole of Django in one process, middleware, walls and transaction included, and end on a real file with full synchronisation. Small and
large take turns, each in a process of its own (``benchmarks/desk_visit.py``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, median, shown, spread
from benchmarks.processes import ROOT

ROUNDS, TIMES = 3, 7
SMALL, LARGE = 1_000, 100_000
PROMISED = "≤ 1.5×"
SETUP = (
    f"Desk: the record of benchmarks/archive.py (200 sites, 1,000 grants, 2,000 topics; {LARGE:,} stories of some 600 words, beside {SMALL:,}), asked by a "
    f"regional editor of ten sites; every page shows as many rows in both. Django's test client in one process, SQLite with full synchronisation, "
    f"{TIMES} requests a screen after one unmeasured, median; {ROUNDS} rounds by turns. The number of queries is the large one's, the small one's in brackets if it differs."
)


def measure(small: Path, large: Path) -> list[Figure]:
    """Both records by turns."""
    turns: dict[Path, list[dict[str, dict[str, Any]]]] = {small: [], large: []}
    for _ in range(ROUNDS):
        for home in (small, large):
            turns[home].append(_turn(home))
    figures = []
    for name in turns[large][0]:
        ours = [turn[name]["ms"] for turn in turns[large]]
        theirs = [turn[name]["ms"] for turn in turns[small]]
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        asked, asked_small = (turns[home][0][name]["queries"] for home in (large, small))
        queries = f"{asked} queries" if asked == asked_small else f"{asked} ({asked_small}) queries"
        figure = f"Desk, {LARGE:,} stories: {name} ({shown(median(ours))} ms, {queries})"
        against = f"the same with {SMALL:,} stories: {shown(median(theirs))} ms"
        figures.append(Figure(figure, median(ratios), "×", against, spread(ratios), SETUP, PROMISED))
    return figures


def _turn(home: Path) -> dict[str, dict[str, Any]]:
    environment = {**os.environ, "REDAKSI_HOME": str(home)}
    command = [sys.executable, "-m", "benchmarks.desk_visit", str(TIMES)]
    said = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    turn: dict[str, dict[str, Any]] = json.loads(said)
    return turn
