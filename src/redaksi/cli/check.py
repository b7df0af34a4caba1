"""``redaksi check``: say what is wrong with this installation, one line each; exit status 1 if anything is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from redaksi.desk.trouble import nearly_full
from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press.rebuild import is_outdated
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfError

#: An outbox older than this many seconds means that the press is not keeping up, or not running.
LATE = 60


def arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_args: argparse.Namespace) -> int:
    problems = list(_problems(Path(settings.REDAKSI_HOME)))
    for problem in problems:
        print(f"- {problem}")
    print("All is well." if not problems else f"{len(problems)} problem(s).")
    return 1 if problems else 0


def _problems(home: Path) -> Iterator[str]:
    if not (home / "secret-key").exists():
        yield f"{home} has no secret key: run redaksi init"
    if nearly_full(home):
        yield f"the disk of {home} is nearly full: soon nothing more can be saved"
    try:
        plan = MigrationExecutor(connection)
        if plan.migration_plan(plan.loader.graph.leaf_nodes()):
            yield "the database is older than this version: run redaksi init"
            return
        yield from _about_the_record()
    except DatabaseError as error:
        yield f"the database can't be reached: {error}"
    try:
        with ShelfReader(home / "shelf.sqlite3") as shelf, shelf.look():
            pass
        if is_outdated(home):
            yield "the shelf was printed by another version: run redaksi press --all"
    except ShelfError as error:
        yield str(error)


def _about_the_record() -> Iterator[str]:
    for site in Site.objects.prefetch_related("hosts"):
        if not site.hosts.all():
            yield f"site “{site.name}” has no host: readers can't reach it"
    waited = box.age().total_seconds()
    if waited > LATE:
        yield f"the oldest row of the outbox has waited {waited:.0f} s: is the press running?"
    for row in Entry.objects.filter(tries__gt=0)[:20]:
        yield f"{row.kind} {row.object_id} can't be printed ({row.tries} tries): {row.trouble}"
