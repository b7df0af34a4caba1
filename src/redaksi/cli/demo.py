"""``redaksi demo``: make the demo network in an empty data home, and print it onto the shelf."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from django.conf import settings

from redaksi.cli.init import prepare
from redaksi.demo.loader import PASSWORD, Demo, NotEmptyError
from redaksi.demo.markup import MarkupError
from redaksi.network.models import Grant
from redaksi.press.rebuild import press_all


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a network already")


def run(args: argparse.Namespace) -> int:
    begun = time.monotonic()
    prepare()
    demo = Demo()
    try:
        count = demo.make()
    except NotEmptyError:
        if args.if_empty:
            return 0
        print(
            f"redaksi: {settings.REDAKSI_HOME} has a network already; set REDAKSI_HOME to an empty folder.",
            file=sys.stderr,
        )
        return 1
    except MarkupError as error:
        print(f"redaksi: {error}", file=sys.stderr)
        return 1
    home = Path(settings.REDAKSI_HOME)
    (home / "demo-sign-in.txt").write_text(_sign_in(), encoding="utf-8")
    press_all(home)
    print(f"{count} stories on {len(demo.sites)} sites in {time.monotonic() - begun:.0f} s.")
    return 0


def _sign_in() -> str:
    """Who may try which role."""
    lines = [f"  Password of everyone in the demo: {PASSWORD}"]
    shown: set[str] = set()
    for grant in Grant.objects.select_related("user", "site").order_by("pk"):
        if grant.role not in shown and grant.section_id is None:
            shown.add(grant.role)
            where = grant.site.name if grant.site else "the whole network"
            lines.append(f"  {grant.user.get_username():<12} {grant.role.replace('_', ' ')}, {where}")
    return "\n".join(lines) + "\n"
