"""A network with very many stories, made by ``redaksi synth`` and pressed by ``redaksi press --all``, both with the time they took.

It is kept from run to run, as long as record and shelf are still of the same making.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.processes import ROOT
from redaksi.shelf.recipe import RECIPE_FORMAT

SITES, SEED = 20, 7
#: Addresses that are drawn from all, for load.
DRAWN = 200_000
REDAKSI = [sys.executable, "-m", "redaksi.cli.main"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """One that is there.

    Args:
        home: its data home.
        stories: how many.
        making: of which making it is.
        load_seconds: what ``synth`` took.
        press_seconds: what ``press --all`` took.
    """

    home: Path
    stories: int
    making: str
    load_seconds: float
    press_seconds: float

    def addresses(self, folder: Path, count: int = DRAWN) -> Path:
        """A file of "host path" lines: so many stories that readers have, drawn at random, the same ones each time."""
        file = folder / f"addresses-{self.stories}-{count}.txt"
        if not file.exists():
            with sqlite3.connect(self.home / "desk.sqlite3") as database:
                found = database.execute(_DRAW, (count,))
                file.write_text("".join(f"{host} {path}\n" for host, path in found), encoding="utf-8")
        return file


_DRAW = (
    "SELECT host.name, address.path FROM stories_address address JOIN stories_story story ON story.id = address.story_id "
    "JOIN network_host host ON host.site_id = address.site_id AND host.main AND host.path = '' "
    "WHERE address.current AND story.live AND story.site_id = address.site_id "
    "ORDER BY (address.id * 2654435761) % 4294967296 LIMIT ?"
)


def corpus(stories: int, folder: Path) -> Corpus:
    """The corpus of so many stories; made if it isn't there, or is of another making."""
    home, making = folder / f"corpus-{stories}", _making()
    noted = home / "corpus.json"
    if noted.exists():
        facts = json.loads(noted.read_text(encoding="utf-8"))
        if facts["making"] == making:
            seconds_of(home, "press", "--once")  # what an earlier run published and didn't wait for
            return Corpus(home, **facts)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    topics = max(500, stories // 50)
    load = seconds_of(
        home,
        "synth",
        "--stories",
        str(stories),
        "--sites",
        str(SITES),
        "--topics",
        str(topics),
        "--seed",
        str(SEED),
    )
    made = Corpus(home, stories, making, load, seconds_of(home, "press", "--all"))
    facts = {name: value for name, value in asdict(made).items() if name != "home"}
    noted.write_text(json.dumps(facts), encoding="utf-8")
    return made


def _making() -> str:
    """What a corpus depends on: the record's tables, the shelf's format, and who makes its texts."""
    hasher = hashlib.sha256(str(RECIPE_FORMAT).encode())
    sources = [*ROOT.glob("src/redaksi/*/migrations/0*.py"), *ROOT.glob("src/redaksi/demo/synth/*.py")]
    for path in sorted(sources):
        hasher.update(path.name.encode() + path.read_bytes())
    return hasher.hexdigest()[:16]


def seconds_of(home: Path, *command: str) -> float:
    """How long one of `redaksi`'s commands takes over a data home, from its start to its end."""
    begun = time.monotonic()
    env = {**os.environ, "REDAKSI_HOME": str(home)}
    subprocess.run([*REDAKSI, *command], cwd=ROOT, env=env, stdout=sys.stderr, check=True)
    return time.monotonic() - begun
