"""Reading the environment: typed, and loud about a value that makes no sense."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class SettingError(ValueError):
    """A setting in the environment can't be used; the sentence names it and its value."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int, *, least: int = 0, most: int = 1 << 31) -> int:
    """A whole number.

    Raises:
        SettingError: it isn't one, or lies outside ``least`` to ``most``.
    """
    raw = text(name, str(default))
    if not raw.isdecimal() or not least <= int(raw) <= most:
        message = f"{name}={raw!r} must be a whole number from {least} to {most}"
        raise SettingError(message)
    return int(raw)


def words(name: str, default: str) -> list[str]:
    """A list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def addresses(name: str) -> list[str]:
    """A list of servers' addresses, parted by commas; none by default.

    Raises:
        SettingError: one isn't of the form ``http://host:port``.
    """
    found = words(name, "")
    for one in found:
        try:
            parts = urlsplit(one)
            good = parts.scheme == "http" and bool(parts.hostname) and (parts.port or 80) > 0
        except ValueError:
            good = False
        if not good:
            message = f"{name}={one!r} must be an address as http://127.0.0.1:6081"
            raise SettingError(message)
    return found


def folder(name: str, default: str) -> Path:
    return Path(text(name, default)).expanduser().resolve()


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's settings of the record's database.

    Args:
        url: ``postgresql://user:password@host:port/name`` (``?host=/folder`` for a socket), ``sqlite:///path``, or empty
            for SQLite in the data home.
        home: the data home.

    Raises:
        SettingError: another scheme.
    """
    if not url or url.startswith("sqlite:"):
        path = Path(url.removeprefix("sqlite:///")) if url else home / "desk.sqlite3"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                # A transaction that will write takes its lock at the start: upgrading later fails when another wrote.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA foreign_keys=ON"
                ),
            },
        }
    shown = f"DATABASE_URL={url.rsplit('@', 1)[-1]!r}"  # without the password
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        message = f"{shown} can't be read: {error}"
        raise SettingError(message) from error
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"{shown} must begin with postgresql:// or sqlite:///"
        raise SettingError(message)
    if not parts.path.strip("/"):
        message = f"{shown} doesn't name a database: postgresql://user:password@host/name"
        raise SettingError(message)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
