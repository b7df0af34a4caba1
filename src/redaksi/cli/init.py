"""``redaksi init``: make the data home. Run again, it changes nothing but brings the database up to date."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments: everything comes from the environment."""


def run(_args: argparse.Namespace) -> int:
    prepare()
    print(f"Data home: {settings.REDAKSI_HOME}")
    return 0


def prepare() -> None:
    """Folders, secret key, database tables."""
    home = Path(settings.REDAKSI_HOME)
    for folder in ("photos/originals", "photos/public", "assets", "static"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    key = home / "secret-key"
    if not key.exists():
        part = home / ".secret-key.part"
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(48))
        part.replace(key)
    call_command("migrate", interactive=False, verbosity=0)
