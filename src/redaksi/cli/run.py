"""``redaksi run``: bring the data home up to date, then keep newsstand, desk and press up until Ctrl-C.

Readers are served from the first moment: when the shelf is only outdated (a new version of Redaksi), it is printed anew in the
background while they go on with the old one. Without any shelf it is printed first.
"""

from __future__ import annotations

import argparse
import errno
import socket
import sys
from pathlib import Path

from django.conf import settings

from redaksi.cli.init import prepare
from redaksi.config.supervisor import Child, Supervisor
from redaksi.network.models import Site
from redaksi.press.duty import OnDutyError
from redaksi.press.rebuild import is_missing, is_outdated, press_all

PYTHON = [sys.executable, "-m"]
#: Sites whose addresses are said at the start.
MOST_SAID = 12


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments: everything comes from the environment."""


def run(_args: argparse.Namespace) -> int:
    home = Path(settings.REDAKSI_HOME)
    problem = _port_problem(settings.REDAKSI_BIND, settings.PORT, settings.DESK_PORT)
    if problem:
        print(f"redaksi: {problem}", file=sys.stderr)
        return 1
    prepare()
    children = _children()
    try:
        if is_missing(home):
            press_all(home)
        elif is_outdated(home):
            children.append(
                Child("rebuild", [*PYTHON, "redaksi.cli.main", "press", "--if-outdated"], once=True)
            )
    except OnDutyError as error:
        print(f"redaksi: {error}.", file=sys.stderr)
        return 1
    _say_where(home)
    return Supervisor(children).run()


def _children() -> list[Child]:
    common = {"REDAKSI_HOME": str(settings.REDAKSI_HOME), "PORT": str(settings.PORT)}
    desk = [
        *PYTHON, "granian", "redaksi.config.desk_worker:application", "--interface", "wsgi",
        "--host", settings.REDAKSI_BIND, "--port", str(settings.DESK_PORT),
        "--workers", "1", "--blocking-threads", "8", "--no-ws", "--respawn-failed-workers", "--log-level", "warning",
    ]  # fmt: skip
    return [
        Child("newsstand", [*PYTHON, "redaksi.newsstand"], common),
        Child("press", [*PYTHON, "redaksi.cli.main", "press"], common),
        Child("desk", desk, common),
    ]


def _port_problem(host: str, *ports: int) -> str | None:
    """Why these ports can't be listened on, or None."""
    if len(set(ports)) < len(ports):
        return f"PORT and DESK_PORT are both {ports[0]}; readers and the desk need a port each."
    for port in ports:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return f"port {port} is in use; set PORT or DESK_PORT to another."
                return f"REDAKSI_BIND={host!r}, port {port}: {error.strerror or error}."
    return None


def _say_where(home: Path) -> None:
    print("\nRedaksi is up. Readers:")
    sites = list(Site.objects.prefetch_related("hosts")[: MOST_SAID + 1])
    for site in sites[:MOST_SAID]:
        print(f"  {site.origin}{site.base}/  {site.name}")
    if len(sites) > MOST_SAID:
        print("  and the others of the network")
    print(f"Desk:\n  {settings.REDAKSI_DESK_ORIGIN}/")
    sign_in = home / "demo-sign-in.txt"
    if sign_in.exists():
        print(sign_in.read_text().rstrip())
    print("Ctrl-C stops it.\n", flush=True)
