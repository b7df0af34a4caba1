"""Printing the whole shelf anew into a file of its own, while readers go on with the old one.

What changes meanwhile is printed twice: the foreman prints it on the shelf that readers have, and what he clears is kept
(``outbox.Cleared``) and printed here too before the new shelf takes its place. A rebuild that is killed leaves the old
shelf as it was; the next one begins afresh.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Cleared, Rebuild
from redaksi.press import faces
from redaksi.press.foreman import Foreman
from redaksi.press.prints import print_story
from redaksi.press.sites import lay_site
from redaksi.press.typesetter.assets import fingerprint
from redaksi.shelf.place import discard_unfinished, swap_in
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.models import Story

#: Stories printed in one transaction of the new shelf.
BATCH = 200
PRINT_MARK = "press:print"

#: Told how many stories are printed and how many seconds that took.
Progress = Callable[[int, float], None]


def silent(_stories: int, _seconds: float) -> None:
    """Progress that nobody follows."""


def press_all(home: Path, progress: Progress = silent) -> int:
    """Print everything into a new shelf and put it in the place of the old one.

    Args:
        home: the data home, in which ``shelf.sqlite3`` stands.
        progress: called after each batch.

    Returns:
        How many stories were printed. Memory stays the same however many there are.
    """
    pointer = home / "shelf.sqlite3"
    discard_unfinished(pointer)
    with transaction.atomic():
        Rebuild.objects.all().delete()
        Cleared.objects.all().delete()
        Rebuild.objects.create()
    try:
        writer = ShelfWriter(pointer, fresh=True)
        foreman = Foreman(writer, home)
        try:
            printed = _print_everything(writer, foreman, home, progress)
            while _catch_up(writer, foreman):
                pass
        finally:
            foreman.close()
            writer.close()
        swap_in(writer.path, pointer)
        _hand_back()
    finally:
        Rebuild.objects.all().delete()
    return printed


def is_outdated(home: Path) -> bool:
    """Whether there is no shelf yet, or one that was printed with other templates than today's."""
    pointer = home / "shelf.sqlite3"
    if not pointer.exists():
        return True
    with ShelfWriter(pointer) as writer, writer.transaction() as shelf:
        return shelf.meta(PRINT_MARK) != fingerprint()


def _print_everything(writer: ShelfWriter, foreman: Foreman, home: Path, progress: Progress) -> int:
    sites = list(Site.objects.values_list("pk", flat=True))
    with writer.transaction() as shelf:
        shelf.set_meta(PRINT_MARK, fingerprint())
        faces.remember_all(shelf)
        for site_id in sites:
            lay_site(shelf, site_id, foreman.sites, home)
    printed, begun = 0, time.monotonic()
    for ids in _batches():
        prints = [print_story(pk, foreman.sites) for pk in ids]
        with writer.transaction() as shelf:
            foreman.lay_stories(shelf, prints)
        printed += len(ids)
        progress(printed, time.monotonic() - begun)
    return printed


def _batches() -> Iterator[list[int]]:
    """Every story that was ever published, by key."""
    last = 0
    while True:
        found = Story.objects.filter(pk__gt=last, published_at__isnull=False).order_by("pk")
        ids = list(found.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _catch_up(writer: ShelfWriter, foreman: Foreman) -> bool:
    """Print on the new shelf what was cleared meanwhile; whether there was anything."""
    rows = list(Cleared.objects.filter(kind="story").order_by("id")[:BATCH])
    if not rows:
        return False
    prints = [print_story(row.object_id, foreman.sites) for row in rows]
    with writer.transaction() as shelf:
        foreman.lay_stories(shelf, prints)
    # Anew into the outbox rather than away: what they ripple into is printed on the new shelf once it stands.
    with transaction.atomic():
        for row in rows:
            box.put(row.kind, row.object_id)
        Cleared.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return True


def _hand_back() -> None:
    """What was cleared on the old shelf in the last moment is put into the outbox again, for the new one."""
    with transaction.atomic():
        Rebuild.objects.all().delete()
        rows = list(Cleared.objects.order_by("id"))
        for row in rows:
            box.put(row.kind, row.object_id)
        Cleared.objects.all().delete()
