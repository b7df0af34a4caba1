"""``python -m benchmarks [--million] [PART …]``: the whole run, or parts of it; prints the table and writes it down when the run was whole.

Large and small archive are 100,000 and 10,000 stories; with ``--million`` a million and 10,000. They are kept in ``.bench`` (or
``REDAKSI_BENCH``) from run to run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from benchmarks import desk, figures, front, machine, mentions, network, peers, readers, seen, upkeep
from benchmarks.corpora import Corpus, corpus
from benchmarks.figures import Figure
from benchmarks.processes import ROOT

SMALL, LARGE, MILLION = 10_000, 100_000, 1_000_000
#: Seconds of full load before a worker's memory is looked at.
LOADED, LOADED_MILLION = 30, 600


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
        figures.write("peers" if names else "million" if million else "bench", found, facts)
        print(
            f"Written to {figures.PAGE.relative_to(ROOT)} and {figures.RESULTS.relative_to(ROOT)}.",
            file=sys.stderr,
        )
    return 0


def _parts(folder: Path, *, million: bool) -> Mapping[str, Callable[[], list[Figure]]]:
    """The parts by name, each with a folder of its own for what it makes."""
    kept = Path(os.environ.get("REDAKSI_BENCH") or ROOT / ".bench")

    @cache
    def large() -> Corpus:
        return corpus(MILLION if million else LARGE, kept)

    @cache
    def small() -> Corpus:
        return corpus(SMALL, kept)

    return {
        "mentions": mentions.measure,
        "front": lambda: front.measure(folder / "front"),
        "making": lambda: upkeep.making(large()),
        "readers": lambda: readers.measure(large(), small(), folder / "readers"),
        "running": lambda: upkeep.running(
            large(), folder / "running", load_seconds=LOADED_MILLION if million else LOADED
        ),
        "seen": lambda: seen.measure(large(), folder / "seen"),
        "publishing": lambda: upkeep.publishing(large(), small()),
        "desk": lambda: desk.measure(
            _archive(folder / "small", desk.SMALL), _archive(folder / "large", desk.LARGE)
        ),
        "network": lambda: network.measure(folder / "networks"),
        "peers": lambda: peers.measure(large(), folder / "peers"),
    }


def _archive(home: Path, stories: int) -> Path:
    """The desk's record of so many stories: with grants, what is under way and what is carried, which a corpus lacks."""
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.archive", str(stories)]
    env = {**os.environ, "REDAKSI_HOME": str(home)}
    subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr, check=True)
    return home


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
