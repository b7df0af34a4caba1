"""``python -m benchmarks [mentions] [network] [page] [desk] [seen]``: the whole run, or parts of it; prints the table and writes it down when the run was whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import desk, figures, machine, mentions, network, page, seen
from benchmarks.figures import Figure
from benchmarks.processes import ROOT

REDAKSI = [sys.executable, "-m", "redaksi.cli.main"]


def main(asked: list[str]) -> int:
    """Run what is asked for, or everything."""
    for name in [name for name in os.environ if name.startswith(("REDAKSI_", "DJANGO_", "DATABASE_URL"))]:
        del os.environ[name]  # what the shell has set is meant for another network
    facts = machine.describe()
    begun = time.monotonic()
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="redaksi-bench-") as name:
        Path(name).chmod(0o711)  # nginx's workers are somebody else where it is started by root
        parts = _parts(Path(name))
        unknown = set(asked) - set(parts)
        if unknown:
            print(
                f"benchmarks: there is no {', '.join(sorted(unknown))}; there are {', '.join(parts)}",
                file=sys.stderr,
            )
            return 2
        for part, run in parts.items():
            if not asked or part in asked:
                print(f"{part}: {time.monotonic() - begun:.0f} s into the run …", file=sys.stderr, flush=True)
                found += run()
    print(figures.table(found))
    print(f"\n{time.monotonic() - begun:.0f} s.", file=sys.stderr)
    if not asked:
        figures.write(found, facts)
        print(
            f"Written to {figures.PAGE.relative_to(ROOT)} and {figures.RESULTS.relative_to(ROOT)}.",
            file=sys.stderr,
        )
    return 0


def _parts(folder: Path) -> Mapping[str, Callable[[], list[Figure]]]:
    """The parts by name, each with a folder of its own for what it makes."""

    def of_the_page() -> list[Figure]:
        return page.measure(_demo(folder / "demo"), folder)

    def of_the_way() -> list[Figure]:
        return seen.measure(_demo(folder / "demo"), folder)

    def of_the_desk() -> list[Figure]:
        return desk.measure(_archive(folder / "small", desk.SMALL), _archive(folder / "large", desk.LARGE))

    return {
        "mentions": mentions.measure,
        "network": lambda: network.measure(folder / "networks"),
        "page": of_the_page,
        "seen": of_the_way,
        "desk": of_the_desk,
    }


def _demo(home: Path) -> Path:
    """A data home with the demo network; made once."""
    if not home.exists():
        _run([*REDAKSI, "demo"], home)
    return home


def _archive(home: Path, stories: int) -> Path:
    _run([sys.executable, "-m", "benchmarks.archive", str(stories)], home)
    return home


def _run(command: list[str], home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, "REDAKSI_HOME": str(home)}, stdout=sys.stderr, check=True
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
