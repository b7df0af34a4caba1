"""Runs the newsstand under granian: a process a worker, each with its own look at the shelf.

    REDAKSI_HOME=data PORT=8000 REDAKSI_WORKERS=2 REDAKSI_BIND=127.0.0.1 python -m redaksi.newsstand

SIGTERM and SIGINT stop it after the requests that are under way; a worker that dies is replaced.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server import Server

_MOST_PORTS = 65535
_MOST_WORKERS = 256
_REQUEST_HEAD_BYTES = 32 << 10
_HEAD_MILLISECONDS = 10_000
_BACKLOG = 2048
_MOST_CONNECTIONS = 4096
"""Of one worker at once, where it may open as many files; those beyond wait until others go."""

_FILES_BESIDE = 256


class SettingError(ValueError):
    """An environment variable that can't be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen and what to serve."""

    home: Path
    bind: str
    port: int
    workers: int
    fronted: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read REDAKSI_HOME (./data), REDAKSI_BIND (127.0.0.1), PORT (8000), REDAKSI_WORKERS (one a core), and whether
        REDAKSI_CACHES names a cache in front.

        Raises:
            SettingError: A number that is none or out of range.
        """
        return cls(
            home=Path(environment.get("REDAKSI_HOME") or "data").absolute(),
            bind=environment.get("REDAKSI_BIND") or "127.0.0.1",
            port=_number(environment, "PORT", 8000, _MOST_PORTS),
            workers=_number(environment, "REDAKSI_WORKERS", os.cpu_count() or 1, _MOST_WORKERS),
            fronted=bool(environment.get("REDAKSI_CACHES", "").strip()),
        )


def _number(environment: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    text = environment.get(name) or str(otherwise)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        message = f"{name} is {text[:40]!r}; it must be a whole number from 1 to {most}"
        raise SettingError(message)
    return int(text)


def room_for_connections() -> int:
    """How many connections a worker may hold; each is an open file, so ask for as many files as we may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _FILES_BESIDE
    files = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(files - _FILES_BESIDE, files // 2)


def start(settings: Settings) -> None:
    """Serve readers until a signal says stop."""
    os.environ["REDAKSI_HOME"] = str(settings.home)  # where the workers, which are processes, find it
    Server(
        "redaksi.newsstand.worker:newsstand",
        address=settings.bind,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backlog=_BACKLOG,
        backpressure=room_for_connections(),
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEAD_MILLISECONDS, keep_alive=True, max_buffer_size=_REQUEST_HEAD_BYTES
        ),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    ).serve()
