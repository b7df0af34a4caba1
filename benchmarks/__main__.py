"""``python -m benchmarks [--million] [PART …]``: the whole run, or parts of it; prints the table and writes it down when the run was whole.

Large and small archive are 100,000 and 10,000 stories; with ``--million`` a million and 10,000. They are kept in ``.bench`` (or
``REDAKSI_BENCH``) from run to run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from benchmarks import (
    desk,
    figures,
    floods,
    front,
    importing,
    living,
    machine,
    mentions,
    network,
    peers,
    readers,
    seen,
    upkeep,
)
from benchmarks.corpora import Corpus, corpus
from benchmarks.corpus import realism
from benchmarks.figures import Figure
from benchmarks.processes import ROOT

SMALL, LARGE, MILLION = 10_000, 100_000, 1_000_000
#: Seconds of full load before a worker's memory is looked at, and of publishing while others read.
LOADED, LOADED_MILLION = 30, 600
LIVING, LIVING_MILLION = 60, 600


def main(asked: list[str]) -> int:
    """Run what is asked for, or everything."""
    for name in [name for name in os.environ if name.startswith(("REDAKSI_", "DJANGO_", "DATABASE_URL"))]:
        if name != "REDAKSI_BENCH":
            del os.environ[name]  # what the shell has set is meant for another network
    million = "--million" in asked
    names = [name for name in asked if name != "--million"]
    facts = machine.describe()
    begun = time.monotonic()
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="redaksi-bench-") as name:
        Path(name).chmod(0o711)  # nginx's workers are somebody else where it is started by root
        parts = _parts(Path(name), million=million)
        unknown = set(names) - set(parts)
        if unknown:
            print(
                f"benchmarks: there is no {', '.join(sorted(unknown))}; there are {', '.join(parts)}",
                file=sys.stderr,
            )
            return 2
        for part, run in parts.items():
            if part in names or (not names and part != "peers"):
                print(f"{part}: {time.monotonic() - begun:.0f} s into the run …", file=sys.stderr, flush=True)
                found += run()
    print(figures.table(found))
    print(f"\n{time.monotonic() - begun:.0f} s.", file=sys.stderr)
    if not names or names == ["peers"]:
        run = "peers" if names else "million" if million else "bench"
        figures.write(run, found, facts, realism(_corpus(MILLION if million else LARGE).home))
        print(
            f"Written to {figures.PAGE.relative_to(ROOT)} and {figures.RESULTS.relative_to(ROOT)}.",
            file=sys.stderr,
        )
    return 0


@cache
def _corpus(stories: int) -> Corpus:
    return corpus(stories, Path(os.environ.get("REDAKSI_BENCH") or ROOT / ".bench"))


def _parts(folder: Path, *, million: bool) -> Mapping[str, Callable[[], list[Figure]]]:
    """The parts by name, each with a folder of its own for what it makes."""
    large, small = partial(_corpus, MILLION if million else LARGE), partial(_corpus, SMALL)
    return {
        "mentions": mentions.measure,
        "front": lambda: front.measure(folder / "front"),
        "importing": lambda: importing.measure(folder / "importing"),
        "making": lambda: upkeep.making(large()),
        "readers": lambda: readers.measure(large(), small(), folder / "readers"),
        "running": lambda: upkeep.running(
            large(), folder / "running", load_seconds=LOADED_MILLION if million else LOADED
        ),
        "seen": lambda: seen.measure(large(), folder / "seen"),
        "floods": lambda: floods.measure(large(), folder / "floods"),
        "publishing": lambda: upkeep.publishing(large(), small()),
        "desk": lambda: desk.measure(large(), small()),
        "living": lambda: living.measure(
            large(), folder / "living", seconds=LIVING_MILLION if million else LIVING
        ),
        "network": lambda: network.measure(folder / "networks"),
        "peers": lambda: peers.measure(large(), folder / "peers"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
