"""Printing the whole shelf anew into a file of its own, while readers go on with the old one.

What changes meanwhile is printed twice: the foreman prints it on the shelf that readers have, and what he clears is kept
(``outbox.Cleared``) and printed here too before the new shelf takes its place. A rebuild that is killed leaves the old
shelf as it was; the next one begins afresh.

Stories are printed in the order in which they came out, over all sites: each chooses what to read on from older ones, which then
stand in their lists already.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Cleared, Entry, Rebuild
from redaksi.press import faces, names, reading_on, related
from redaksi.press.delivery import deliver
from redaksi.press.duty import OnDutyError, on_duty
from redaksi.press.prints import print_story
from redaksi.press.sites import SiteDesk, lay_site
from redaksi.press.typesetter.assets import fingerprint
from redaksi.shelf.place import discard_unfinished, swap_in
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfFormatError, ShelfMissingError
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

    Raises:
        OnDutyError: another rebuild is under way.
    """
    pointer = home / "shelf.sqlite3"
    with on_duty(home, "rebuild"):
        discard_unfinished(pointer)
        with transaction.atomic():
            Rebuild.objects.all().delete()
            Cleared.objects.all().delete()
            Rebuild.objects.create()
            asked_for = list(Entry.objects.filter(kind=box.EVERYTHING).values_list("pk", flat=True))
        try:
            with closing(ShelfWriter(pointer, fresh=True)) as writer:
                printed = _Rebuilding(writer, home).run(progress)
            swap_in(writer.path, pointer)
            Entry.objects.filter(pk__in=asked_for).delete()
        finally:
            _hand_back()
    return printed


def is_missing(home: Path) -> bool:
    """Whether readers can't be served before everything is printed: there is no shelf, or one of another format."""
    return _mark_of(home) is None


def is_outdated(home: Path) -> bool:
    """Whether there is no shelf yet, one that was printed with other templates than today's, or one that lacks a bulk load."""
    return _mark_of(home) != fingerprint() or Entry.objects.filter(kind=box.EVERYTHING).exists()


def _mark_of(home: Path) -> str | None:
    """What the shelf was printed with; None where there is no shelf that can be read."""
    try:
        with ShelfReader(home / "shelf.sqlite3") as reader, reader.look():
            return reader.meta(PRINT_MARK) or ""
    except (ShelfMissingError, ShelfFormatError):
        return None


def settle_interrupted(home: Path) -> None:
    """After a rebuild that was killed: what was kept for it goes back into the outbox, in case its shelf was swapped in."""
    try:
        with on_duty(home, "rebuild"):
            if Rebuild.objects.exists():
                _hand_back()
    except OnDutyError:
        return  # it goes on, and will do so itself


class _Rebuilding:
    """One printing of everything."""

    def __init__(self, writer: ShelfWriter, home: Path) -> None:
        self.writer, self.home = writer, home
        self.sites = SiteDesk()

    def run(self, progress: Progress) -> int:
        with self.writer.transaction() as shelf:
            shelf.set_meta(PRINT_MARK, fingerprint())
            faces.remember_all(shelf)
            names.remember_all(shelf, self.sites.names)
            for site_id in Site.objects.values_list("pk", flat=True):
                lay_site(shelf, site_id, self.sites, self.home)
        printed, begun = 0, time.monotonic()
        for ids in _batches():
            self._print(ids, whole_archive=True)
            printed += len(ids)
            progress(printed, time.monotonic() - begun)
        for site_id in Site.objects.values_list("pk", flat=True):
            with self.writer.transaction() as shelf:
                related.lay_all(shelf, self.sites.copy_of(site_id))
        last = 0
        while (reached := self._catch_up(last)) != last:
            last = reached
        waiting = Entry.objects.filter(kind="story").values_list("object_id", flat=True)
        self._doubt(set(waiting.iterator()))
        return printed

    def _print(self, ids: Iterable[int], *, whole_archive: bool = False) -> None:
        prints = [print_story(pk, self.sites) for pk in ids]
        with self.writer.transaction() as shelf:
            delivered = deliver(shelf, prints, self.sites, whole_archive=whole_archive)
        # What came too late for these to choose it is chosen by the foreman, on whichever shelf readers then have.
        reading_on.put_back(delivered.touched)

    def _catch_up(self, last: int) -> int:
        """Print what was cleared since row ``last``; give the last one that was.

        The rows stay: they go back into the outbox at the end, for what they ripple into.
        """
        rows = list(Cleared.objects.filter(kind="story", id__gt=last).order_by("id")[:BATCH])
        if not rows:
            return last
        ids = {row.object_id for row in rows}
        self._print(ids)
        self._doubt(ids)
        return rows[-1].pk

    def _doubt(self, stories: Iterable[int]) -> None:
        """Forget the faces of stories that changed during the printing.

        Pages that were printed before may show the old face. When the story's row is worked off on the new shelf its face
        then counts as changed, and those pages are printed again.
        """
        with self.writer.transaction() as shelf:
            for pk in stories:
                faces.forget(shelf, f"story:{pk}")


def _batches() -> Iterator[list[int]]:
    """Every story that was ever published, in the order in which they came out, over all sites."""
    sites = Site.objects.values_list("pk", flat=True)
    stories = heapq.merge(*(_of_site(site_id) for site_id in sites))
    while batch := [pk for _, pk in islice(stories, BATCH)]:
        yield batch


def _of_site(site_id: int) -> Iterator[tuple[datetime, int]]:
    """A site's stories with their times, oldest first, read a batch at a time."""
    found = Story.objects.filter(site_id=site_id, published_at__isnull=False).order_by("published_at", "id")
    last: tuple[datetime, int] | None = None
    while True:
        newer = (
            found.filter(Q(published_at__gt=last[0]) | Q(published_at=last[0], pk__gt=last[1]))
            if last
            else found
        )
        batch = list(newer.values_list("published_at", "pk")[:BATCH])
        if not batch:
            return
        yield from batch
        last = batch[-1]


def _hand_back() -> None:
    """What was cleared on the old shelf in the last moment is put into the outbox again, for the new one."""
    with transaction.atomic():
        Rebuild.objects.all().delete()
        for row in Cleared.objects.order_by("id"):
            box.put(row.kind, row.object_id)
        Cleared.objects.all().delete()
