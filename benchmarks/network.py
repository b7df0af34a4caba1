"""The network's size: what a publish costs among 200 sites and 50,000 topics, beside 3 and 100; and a flash over all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, median, shown, spread
from benchmarks.processes import ROOT

LARGE, SMALL = (200, 50_000), (3, 100)
STORIES, ROUNDS = 40, 3
SETUP = (
    f"Network: {ROUNDS} rounds, each with a network of {LARGE[0]} sites and {LARGE[1]:,} topics and one of {SMALL[0]} and {SMALL[1]}, made from nothing "
    f"and pressed; after 15 others, {STORIES} stories of some 600 words are published one after the other at three of the sites: the verb, the print, the "
    "laying, all in one process, with full synchronisation of both databases. The ratio is that of the rounds' medians. Then flashes for all sites, "
    "until a reader of the shelf finds the line in every site's bar; a newsstand looks at the shelf at least every 5 ms."
)


def measure(folder: Path) -> list[Figure]:
    """Both sizes, by turns.

    Args:
        folder: where data homes may be made.
    """
    rounds = [[_visit(folder / f"{n}-{size[0]}", size) for size in (LARGE, SMALL)] for n in range(ROUNDS)]
    large, small = ([median(one[at]["published"]) for one in rounds] for at in (0, 1))
    ratios = [one / other for one, other in zip(large, small, strict=True)]
    flashed = [time for one in rounds for time in one[0]["flashed"]]
    return [
        Figure(
            f"A publish among {LARGE[0]} sites and {LARGE[1]:,} topics ({shown(median(large))} ms)",
            median(ratios),
            "×",
            f"among {SMALL[0]} and {SMALL[1]}: {shown(median(small))} ms",
            spread(ratios),
            SETUP,
            "≤ 1.3×",
        ),
        Figure(
            f"A flash on all of {LARGE[0]} sites",
            median(flashed),
            "ms",
            f"the slowest of {len(flashed)}: {shown(max(flashed))} ms",
            spread(flashed),
            SETUP,
            "≤ 1,000 ms",
        ),
    ]


def _visit(home: Path, size: tuple[int, int]) -> Any:
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.network_visit", *map(str, size), str(STORIES)]
    env = {**os.environ, "REDAKSI_HOME": str(home)}
    return json.loads(subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True).stdout)
