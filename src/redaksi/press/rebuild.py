"""Printing the whole shelf anew into a file of its own, while readers go on with the old one.

What changes meanwhile is printed twice: the foreman prints it on the shelf that readers have, and what he clears is kept
(``outbox.Cleared``) and printed here too before the new shelf takes its place. A rebuild that is killed leaves the old
shelf as it was, and the next one goes on where it stopped: nothing that was cleared since its beginning is lost to it.

Stories come first, by all cores (:mod:`redaksi.press.print_run`); when all lists stand, the pages of their topics, contributors and days.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import transaction

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Cleared, Entry, Rebuild
from redaksi.press import faces, names, reading_on, ripples, topic_index
from redaksi.press.delivery import deliver
from redaksi.press.duty import OnDutyError, on_duty
from redaksi.press.print_run import print_everything
from redaksi.press.prints import print_stories
from redaksi.press.sites import SiteDesk, lay_site
from redaksi.press.standing import lay_subjects_and_days
from redaksi.press.typesetter.assets import fingerprint
from redaksi.shelf.place import discard_unfinished, newest_unfinished, pack, swap_in
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfError, ShelfFormatError, ShelfMissingError
from redaksi.shelf.writer import ShelfWriter

#: Stories caught up with in one go.
BATCH = 200
_BOOT, _REBUILD, _ASKED_FOR = "press:boot", "press:rebuild", "press:asked for"
PRINT_MARK = "press:print"

#: Told how many stories are printed, those of before a stop among them, and how many seconds this run took.
Progress = Callable[[int, float], None]


def silent(_stories: int, _seconds: float) -> None:
    """Progress that nobody follows."""


def press_all(home: Path, progress: Progress = silent) -> int:
    """Print everything into a new shelf and put it in the place of the old one.

    Stopped by a signal, however hard, it goes on at the next call; after an error that begins afresh.

    Args:
        home: the data home, in which ``shelf.sqlite3`` stands.
        progress: called with what was printed before, then after each batch.

    Returns:
        How many stories were printed. Memory stays the same however many there are.

    Raises:
        OnDutyError: another rebuild is under way.
    """
    pointer = home / "shelf.sqlite3"
    with on_duty(home, "rebuild"):
        begun = _unfinished(pointer)
        if begun is None:
            discard_unfinished(pointer)
            with transaction.atomic():
                Rebuild.objects.all().delete()
                Cleared.objects.all().delete()
                Rebuild.objects.create()
        try:
            with closing(ShelfWriter(pointer, fresh=True, begun=begun)) as writer:
                rebuilding = _Rebuilding(writer, home)
                printed = rebuilding.run(progress)
            pack(writer.path)
            swap_in(writer.path, pointer)
            Entry.objects.filter(kind=box.EVERYTHING, pk__lte=rebuilding.asked_for).delete()
        except Exception:
            _hand_back()
            raise
        _hand_back()
    return printed


def _unfinished(pointer: Path) -> Path | None:
    """A shelf that was begun and can be gone on with: of today's templates, and written since this machine was started.

    It isn't written through to the disk before it is swapped in; after a power cut nobody knows what of it is there. And from its beginning on
    what the foreman cleared must have been kept for it.
    """
    path, began = newest_unfinished(pointer), Rebuild.objects.first()
    if path is None or began is None:
        return None
    try:
        with ShelfReader(path) as reader, reader.look():
            marks = [reader.meta(mark) for mark in (PRINT_MARK, _BOOT, _REBUILD)]
    except (ShelfError, sqlite3.DatabaseError):
        return None
    return path if marks == [_mark_now(), _boot(), str(began.pk)] else None


def _boot() -> str:
    """A name for the time since this machine was started; another each time where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_hex(8)


def is_missing(home: Path) -> bool:
    """Whether readers can't be served before everything is printed: there is no shelf, or one of another format."""
    return _mark_of(home) is None


def is_outdated(home: Path) -> bool:
    """Whether there is no shelf yet, one that was printed with other templates or addresses than today's, or one that lacks a bulk load."""
    return _mark_of(home) != _mark_now() or Entry.objects.filter(kind=box.EVERYTHING).exists()


def _mark_now() -> str:
    """What everything is printed with now: templates and code, and how readers' addresses begin, which stand in every page."""
    return f"{fingerprint()} {settings.REDAKSI_READERS_ORIGIN}"


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
            # One that can be gone on with was not swapped in, and what is kept for it stays kept.
            if Rebuild.objects.exists() and _unfinished(home / "shelf.sqlite3") is None:
                _hand_back()
    except OnDutyError:
        return  # it goes on, and will do so itself


class _Rebuilding:
    """One printing of everything, from its beginning or from where it was stopped."""

    def __init__(self, writer: ShelfWriter, home: Path) -> None:
        self.writer, self.home = writer, home
        self.sites = SiteDesk()
        self.every = list(Site.objects.values_list("pk", flat=True))
        self.asked_for = 0

    def run(self, progress: Progress) -> int:
        """Print it all; how many stories were printed now."""
        self._begin()
        count = _Counting(progress)
        print_everything(self.writer, self.sites, count.add)
        for site_id in self.every:
            with self.writer.transaction() as shelf:
                listed = set(shelf.lists_of(site_id, "topic:"))
                topic_index.follow(shelf, self.sites.copy_of(site_id), listed)
                changed = lay_site(shelf, site_id, self.sites, self.home)
                lay_subjects_and_days(shelf, site_id, self.sites)
            if changed.stories:  # since it was begun: those that were printed before say what it was then
                ripples.begin("site", site_id)
        last = 0
        while (reached := self._catch_up(last)) != last:
            last = reached
        waiting = Entry.objects.filter(kind="story").values_list("object_id", flat=True)
        self._doubt(set(waiting.iterator()))
        return count.printed

    def _begin(self) -> None:
        """Lay what tells later what everything looked like when it was printed; or know it, where it was begun already."""
        with self.writer.transaction() as shelf:
            if shelf.meta(PRINT_MARK) is not None:
                self.sites.names = names.read(shelf)
                self.asked_for = int(shelf.meta(_ASKED_FOR) or 0)
                return
            newest = Entry.objects.filter(kind=box.EVERYTHING).order_by("-pk").first()
            self.asked_for = newest.pk if newest else 0
            shelf.set_meta(_ASKED_FOR, str(self.asked_for))
            faces.remember_all(shelf)
            names.remember_all(shelf, self.sites.names)
            for site_id in self.every:
                lay_site(shelf, site_id, self.sites, self.home)
            shelf.set_meta(PRINT_MARK, _mark_now())
            shelf.set_meta(_BOOT, _boot())
            shelf.set_meta(_REBUILD, str(Rebuild.objects.get().pk))

    def _print(self, ids: Iterable[int]) -> None:
        prints = print_stories(list(ids), self.sites)
        with self.writer.transaction() as shelf:
            delivered = deliver(shelf, prints, self.sites)
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


class _Counting:
    """Adds up what is printed, and tells it on: first what was before, then each time all of it."""

    def __init__(self, progress: Progress) -> None:
        self.printed, self._progress, self._begun = 0, progress, time.monotonic()
        self._before: int | None = None

    def add(self, stories: int) -> None:
        """So many more; the first time, those that were printed before."""
        if self._before is None:
            self._before = stories
        else:
            self.printed += stories
        self._progress(self._before + self.printed, time.monotonic() - self._begun)


def _hand_back() -> None:
    """What was cleared on the old shelf in the last moment is put into the outbox again, for the new one."""
    with transaction.atomic():
        Rebuild.objects.all().delete()
        for row in Cleared.objects.order_by("id"):
            box.put(row.kind, row.object_id)
        Cleared.objects.all().delete()
