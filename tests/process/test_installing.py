"""An empty data home becomes a network by commands that can be repeated."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.process]


@pytest.fixture
def redaksi(tmp_path):
    """Run ``redaksi WORDS``; gives status and everything that was said."""
    cache = Path(tempfile.gettempdir()) / f"redaksi-pyc-{os.getuid()}"
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDAKSI_SECRET_KEY", "PYTHONDONTWRITEBYTECODE"}
    }
    own = {
        "REDAKSI_HOME": str(tmp_path / "home"),
        "PYTHONPYCACHEPREFIX": str(cache),
        "PYTHONWARNINGS": "ignore",
    }

    def run(*words):
        ran = subprocess.run(
            [sys.executable, "-m", "redaksi.cli.main", *words],
            env=kept | own, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.returncode, ran.stdout + ran.stderr

    return run


def test_before_init_every_verb_says_what_is_missing(redaksi):
    for words in (["check"], ["user", "nara"], ["press", "--once"]):
        status, told = redaksi(*words)
        assert status == 1, told
        assert "redaksi" in told


def test_init_and_demo_can_be_repeated(redaksi, tmp_path):
    assert redaksi("init")[0] == redaksi("init")[0] == 0
    key = tmp_path / "home" / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text()
    status, told = redaksi("demo")
    assert status == 0, told
    status, told = redaksi("demo")
    assert (status, "has a network already" in told) == (1, True)
    assert redaksi("demo", "--if-empty")[0] == 0
    assert redaksi("press", "--once")[0] == 0
    status, told = redaksi("check")
    assert (status, told) == (0, "All is well.\n"), told
    assert key.read_text() == secret
