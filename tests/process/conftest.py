"""Real processes on a data home of their own, made once and copied for each test."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from process.running import Running, wait_until
from redaksi.shelf.pieces import Piece
from redaksi.shelf.place import newest_unfinished
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Recipe
from redaksi.shelf.told import card_texts
from tables import laid_out

ACTS = Path(__file__).with_name("acts.py")
PRESS = [sys.executable, "-m", "redaksi.cli.main", "press"]


def environment(home: Path, **more: Any) -> dict[str, str]:
    """What a child of ours is given; compiled modules are shared, or each would compile Django anew."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    }
    cache = Path(tempfile.gettempdir()) / f"redaksi-pyc-{os.getuid()}"
    own = {"REDAKSI_HOME": home, "PYTHONPYCACHEPREFIX": cache, "PYTHONWARNINGS": "ignore"}
    return kept | {name: str(value) for name, value in (own | more).items()}


class Installation:
    """A data home, and what is done to it by processes."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def act(self, act: str, step: str = "") -> int:
        """Run one of the acts; the exit status, -9 where it was killed at the step."""
        ran = subprocess.run(
            [sys.executable, str(ACTS), str(self.home), act, *step.split()],
            env=environment(self.home), capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert ran.returncode == (-signal.SIGKILL if step else 0), (
            f"{act} {step}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
        )
        return ran.returncode

    def press(self) -> None:
        """Start the press as it is started everywhere, let it work until nothing waits, and tell it to stop."""
        process = subprocess.Popen(PRESS, env=environment(self.home), stderr=subprocess.PIPE)
        try:
            wait_until(lambda: self.seen() or process.poll() is not None)
            wait_until(lambda: not self.waiting() or process.poll() is not None)
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()

    def seen(self) -> bool:
        """Whether the press that was started has opened the shelf (it holds the lock of its work)."""
        return self.at_work() and not self.due()

    def at_work(self) -> bool:
        """Whether a press holds the lock of its work."""
        lock = self.home / "press.lock"
        return lock.exists() and _is_locked(lock)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.home / "desk.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def waiting(self) -> int:
        """How many rows wait for the press, or are kept for a rebuild that can't be gone on with."""
        going_on = newest_unfinished(self.home / "shelf.sqlite3") is not None
        kept = "" if going_on else " + (SELECT count(*) FROM outbox_rebuild)"
        return int(self.ask(f"SELECT (SELECT count(*) FROM outbox_entry){kept}")[0][0])  # noqa: S608  # our own words

    def due(self) -> int:
        return int(
            self.ask("SELECT count(*) FROM wagtailcore_revision WHERE approved_go_live_at IS NOT NULL")[0][0]
        )

    def places(self, words: str) -> set[str]:
        """Where readers see some words: on the shelf's pages, pieces and cards."""
        found = set()
        with ShelfReader(self.home / "shelf.sqlite3") as reader, reader.look():
            ask = reader._opened().execute
            for address, entity, recipe in ask(
                "SELECT address, entity, recipe FROM pages WHERE recipe != x''"
            ):
                if words in "".join(piece.text() for piece in Recipe.parse(recipe).own):
                    found.add(f"{entity} {address}")
            for name, piece in ask("SELECT name, piece FROM pieces"):
                found |= {name} if words in Piece.from_bytes(piece).text() else set()
            for rowid, card in ask("SELECT id, piece FROM cards"):
                found |= {f"card {form}" for form, text in card_texts(rowid, card) if words in text}
        return found

    def lists(self, story: int) -> int:
        """In how many lists a story stands."""
        with ShelfReader(self.home / "shelf.sqlite3") as reader, reader.look():
            return len(reader._opened().execute("SELECT 1 FROM rows WHERE story = ?", (story,)).fetchall())


def _is_locked(path: Path) -> bool:
    inode = path.stat().st_ino
    return any(f":{inode} " in line for line in Path("/proc/locks").read_text().splitlines())


@pytest.fixture(scope="session")
def seeded(django_db_setup: None, tmp_path_factory: Any) -> Path:
    """A data home with its record and its shelf."""
    home = tmp_path_factory.mktemp("seeded") / "home"
    home.mkdir()
    shutil.copyfile(laid_out(), home / "desk.sqlite3")
    Installation(home).act("seed")
    return home


@pytest.fixture
def installation(seeded: Path, tmp_path: Path) -> Installation:
    """A copy of the seeded data home, for one test."""
    home = tmp_path / "home"
    shutil.copytree(seeded, home, symlinks=True)
    return Installation(home)


@pytest.fixture
def running(installation: Installation) -> Any:
    """The whole network, up."""
    made = Running(installation)
    yield made.start()
    if made.process.poll() is None:
        made.stop()
