"""``redaksi run``: bring the data home up to date, then keep newsstand, desk and press up until Ctrl-C.

Readers are served from the first moment: when the shelf is only outdated (a new version of Redaksi), it is printed anew in the
background while they go on with the old one. Without any shelf it is printed first.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from redaksi.cli.init import prepare
from redaksi.config.supervisor import Child, Supervisor
from redaksi.network.models import Site
from redaksi.press.rebuild import is_outdated, press_all

PYTHON = [sys.executable, "-m"]


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments: everything comes from the environment."""


def run(_args: argparse.Namespace) -> int:
    home = Path(settings.REDAKSI_HOME)
    taken = [port for port in (settings.PORT, settings.DESK_PORT) if _is_taken(settings.REDAKSI_BIND, port)]
    if taken:
        names = " and ".join(map(str, taken))
        print(f"redaksi: port {names} is in use; set PORT or DESK_PORT to another.", file=sys.stderr)
        return 1
    prepare()
    if not (home / "shelf.sqlite3").exists():
        press_all(home)
    elif is_outdated(home):
        subprocess.Popen([*PYTHON, "redaksi.cli.main", "press", "--if-outdated"])  # noqa: S603  # our own command
    _say_where(home)
    return Supervisor(_children()).run()


def _children() -> list[Child]:
    common = {"REDAKSI_HOME": str(settings.REDAKSI_HOME), "PORT": str(settings.PORT)}
    desk = [
        *PYTHON, "granian", "redaksi.config.wsgi:application", "--interface", "wsgi",
        "--host", settings.REDAKSI_BIND, "--port", str(settings.DESK_PORT),
        "--workers", "1", "--blocking-threads", "8", "--no-ws", "--respawn-failed-workers", "--log-level", "warning",
    ]  # fmt: skip
    return [
        Child("newsstand", [*PYTHON, "redaksi.newsstand"], common),
        Child("press", [*PYTHON, "redaksi.cli.main", "press"], common),
        Child("desk", desk, common),
    ]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _say_where(home: Path) -> None:
    print("\nRedaksi is up. Readers:")
    for site in Site.objects.prefetch_related("hosts"):
        print(f"  {site.origin}/  {site.name}")
    print(f"Desk:\n  {settings.REDAKSI_DESK_ORIGIN}/")
    sign_in = home / "demo-sign-in.txt"
    if sign_in.exists():
        print(sign_in.read_text().rstrip())
    print("Ctrl-C stops it.\n", flush=True)
