"""The foreman: takes what changed from the outbox, in order, and has it printed.

One turn takes a batch of rows. What changed is worked out first and laid in one transaction of the shelf; the rows are
cleared after that. Whatever was interrupted between the two is printed again at the next start, and comes out the same.

A change that many pages show (a topic's name, a headline that others read-also) is worked off in slices between the newer
rows (:mod:`redaksi.press.ripples`), so that a publish never waits for it. A row that fails is tried again, later and
later, and holds up no other; the desk shows it.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.press import faces, fronts, names, reading_on, related, ripples, standing, subjects, topic_index
from redaksi.press.breaking import lay_bars
from redaksi.press.delivery import deliver
from redaksi.press.imprint import lay_imprint
from redaksi.press.prints import StoryPrint
from redaksi.press.sites import SiteDesk, month_now
from redaksi.press.together import first_of, print_together
from redaksi.shelf.place import current_file, write_lock
from redaksi.shelf.transaction import Transaction
from redaksi.shelf.writer import ShelfWriter

logger = logging.getLogger(__name__)

#: Things whose rows are taken in one turn: what a publish may have to wait for, a fraction of a second. And of how many rows:
#: a story that was sent to each of two hundred sites has as many, and is printed once.
BATCH, BATCH_ROWS = 40, 500
#: Seconds between tries of a row that failed: doubled each time, up to the last.
FIRST_PAUSE, LAST_PAUSE = 1.0, 60.0
_STANDING = frozenset({"site", "group", "section"})


class Foreman:
    """Prints on one shelf. Not shared between threads."""

    def __init__(self, shelf: ShelfWriter, home: Path) -> None:
        self.shelf = shelf
        self.home = home
        self.sites = SiteDesk()
        self._not_before: dict[int, float] = {}
        self._darkroom = ThreadPoolExecutor(1, thread_name_prefix="darkroom")
        self._developing: dict[int, Future[None]] = {}

    def close(self) -> None:
        """Let the picture in hand be finished, and leave."""
        self._darkroom.shutdown(wait=True, cancel_futures=True)

    def turn(self) -> bool:
        """Do one batch of work.

        Returns:
            Whether there was any; when not, the caller may sleep a little.
        """
        # A row that asks for a whole new shelf is the rebuild's: what was loaded in bulk isn't printed story by story.
        waiting = Entry.objects.exclude(kind=box.EVERYTHING)
        if not self._developing and not waiting.exists():
            self._follow_shelf()  # while nobody waits: reading fifty thousand names takes longer than a flash may
            return False
        open_rows = waiting.exclude(pk__in=[*self._resting(), *self._developing]).order_by("id")
        done = self._flashes(list(open_rows.filter(kind="flash")[:BATCH]))
        fresh, apart = open_rows.filter(cursor=""), ("flash", "story", reading_on.KIND)
        # By themselves: no publish waits behind two hundred new sites.
        stories, others = (
            _of_some_things(rows) for rows in (fresh.filter(kind="story"), fresh.exclude(kind__in=apart))
        )
        self._follow_shelf()
        done |= self._standing_parts([row for row in others if row.kind in _STANDING])
        done |= self._stories(stories)
        for row in self._one_of_each([row for row in others if row.kind not in _STANDING]):
            done |= self._guarded(row, self._work_off)
        done |= self._stories(list(open_rows.filter(kind=reading_on.KIND)[:BATCH]))
        ripple = open_rows.exclude(cursor="").first()
        if ripple is not None:
            done |= self._guarded(ripple, self._go_on)
        return self._developed() or done

    def drain(self) -> None:
        """Work until the outbox is empty but for rows that failed; for imports, tests and the first start."""
        while self.turn() or self._developing:
            if self._developing:
                time.sleep(0.005)

    def _follow_shelf(self) -> None:
        """Know the names of topics as they were printed on the shelf that readers have now."""
        if self.sites.shelf != current_file(self.shelf.pointer):
            with self.shelf.transaction() as shelf:
                self.sites.names = names.read(shelf)
            self.sites.shelf = self.shelf.path

    @contextmanager
    def _laying(self) -> Iterator[Transaction]:
        """A transaction for what was worked out with the names on hand."""
        with self.shelf.transaction() as shelf:
            self.sites.require(self.shelf.path)
            yield shelf

    def _resting(self) -> list[int]:
        """Rows that failed and aren't to be tried again yet."""
        now = time.monotonic()
        self._not_before = {pk: then for pk, then in self._not_before.items() if then > now}
        return list(self._not_before)

    def _clear(self, rows: list[Entry]) -> None:
        """Take away rows whose work is done, if the shelf on which it was done is still the one that readers have.

        The lock keeps a rebuilt shelf from being swapped in between the look and the clearing; where one came before, the
        rows stay and are worked off on that.
        """
        with write_lock(self.shelf.pointer):
            if current_file(self.shelf.pointer) == self.shelf.path:
                box.clear(rows)

    def _one_of_each(self, rows: list[Entry]) -> list[Entry]:
        """The last row of each thing; the earlier ones of the same thing are cleared with no work of their own."""
        last = {(row.kind, row.object_id): row for row in rows}
        kept = {row.pk for row in last.values()}
        box.clear([row for row in rows if row.pk not in kept])
        return list(last.values())

    # Flashes

    def _flashes(self, rows: list[Entry]) -> bool:
        """Print the bars of all sites at once, in front of everything else: a flash waits for no import."""
        if not rows:
            return False
        try:
            with self.shelf.transaction() as shelf:
                lay_bars(shelf)
        except Exception as error:  # noqa: BLE001  # whatever it is, the rest must not wait for it
            self._failed(rows, error)
            return False
        self._clear(rows)
        return True

    # Stories

    def _stories(self, rows: list[Entry]) -> bool:
        """Print the stories of these rows, all in one transaction of the shelf; what would be too much waits for the next turn."""
        by_story: dict[int, list[Entry]] = defaultdict(list)
        for row in rows:
            by_story[row.object_id].append(row)
        if not by_story:
            return False
        made = print_together(first_of(list(by_story)), self.sites)
        for story_id, error in made.failed.items():
            self._failed(by_story[story_id], error)
        work = [(one, by_story[one.story]) for one in made.prints]
        return bool(work) and self._lay_stories(work)

    def _lay_stories(self, work: list[tuple[StoryPrint, list[Entry]]]) -> bool:
        """Lay prints and clear their rows: all of them at once or, where one can't be laid, each by itself."""
        try:
            with self._laying() as shelf:
                ripples.begin_of_stories(shelf, deliver(shelf, [made for made, _ in work], self.sites))
        except Exception as error:  # noqa: BLE001  # as above
            if len(work) > 1:
                return sum(self._lay_stories([one]) for one in work) > 0
            self._failed(work[0][1], error)
            return False
        self._clear([row for _, entries in work for row in entries])
        return True

    # Sites and their standing parts

    def _standing_parts(self, rows: list[Entry]) -> bool:
        """Print the standing parts of the first sites that these rows tell of, once for all rows; the others' come next turn."""
        sites = list(dict.fromkeys(row.object_id for row in rows if row.kind == "site"))[: standing.AT_ONCE]
        rows = [row for row in rows if row.kind != "site" or row.object_id in sites]
        if not rows:
            return False
        try:
            standing.lay_sites(set(sites), self.shelf, self.sites, self.home)
            self._ripple_if_shown([row for row in rows if row.kind == "section"])
        except Exception as error:  # noqa: BLE001  # as above
            self._failed(rows, error)
            return False
        self._clear(rows)
        return True

    # Everything else, one row at a time

    def _guarded(self, row: Entry, work: Callable[[Entry], None]) -> bool:
        try:
            work(row)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other rows must not wait for it
            self._failed([row], error)
            return False
        return True

    def _work_off(self, row: Entry) -> None:
        """Do a row of a topic, a contributor, a photo or a front."""
        if row.kind == "front":
            self._lay_front(row)
            return
        if row.kind == "photo":
            self._developing[row.pk] = self._darkroom.submit(_develop, row.object_id)
            return
        if row.kind == "imprint":
            self._imprint_changed(row.object_id)
            self._clear([row])
            return
        if row.kind == ripples.NAMES:  # a ripple that was cleared during a rebuild: begin it again
            ripples.begin(row.kind, row.object_id)
            self._clear([row])
            return
        if row.kind == "topic":
            self._names_changed(row.object_id)
        if row.kind in {"topic", "contributor"}:
            self._subject_changed(f"{row.kind}:{row.object_id}")
        self._pass_on(row)

    def _lay_front(self, row: Entry) -> None:
        """Print a front that was arranged, or on which a pin came to its end."""
        if Site.objects.filter(pk=row.object_id).exists():
            with self.shelf.transaction() as shelf:
                fronts.lay_front(shelf, self.sites.copy_of(row.object_id))
        self._clear([row])

    def _go_on(self, ripple: Entry) -> None:
        """Print the next of the pages that show a thing that changed."""
        if ripples.print_slice(ripple, self.shelf, self.sites):
            self._clear([ripple])

    def _names_changed(self, topic: int) -> None:
        """Have the stories printed again that hold a name which a topic got or lost."""
        try:
            with self._laying() as shelf:
                if names.has_changed(shelf, self.sites.names, topic):
                    ripples.begin(ripples.NAMES, topic)
        except BaseException:
            self.sites.shelf = None  # what is on hand may be ahead of the shelf: read it anew
            raise

    def _imprint_changed(self, site_id: int) -> None:
        """The pages on which a site says something about itself, its staff, its footer, and the front, which tells machines."""
        if Site.objects.filter(pk=site_id).exists():
            copy = self.sites.copy_of(site_id)
            with self.shelf.transaction() as shelf:
                lay_imprint(shelf, copy, month_now().year)
                fronts.lay_front(shelf, copy)

    def _subject_changed(self, name: str) -> None:
        with self.shelf.transaction() as shelf:
            for site_id in Site.objects.values_list("pk", flat=True):
                if subjects.standing(shelf, site_id, name):
                    copy = self.sites.copy_of(site_id)
                    subjects.lay(shelf, copy, name)
                    if name.startswith("topic:"):
                        related.lay(shelf, copy, int(name.partition(":")[2]))
                        topic_index.follow(shelf, copy, {name})

    def _ripple_if_shown(self, rows: list[Entry]) -> None:
        """Have the pages that show these things printed again if their faces changed."""
        things = {(row.kind, row.object_id) for row in rows}
        with self.shelf.transaction() as shelf:
            for kind, number in sorted(things):
                thing = f"{kind}:{number}"
                changed = faces.has_changed(shelf, thing, faces.face_now(kind, number))
                if changed and shelf.dependents(thing, limit=1):
                    ripples.begin(kind, number)

    def _pass_on(self, row: Entry) -> None:
        """Leave what is left to do of a thing to the ripple that it begins."""
        self._ripple_if_shown([row])
        self._clear([row])

    def _developed(self) -> bool:
        """Pictures that came out of the darkroom: print the pages that show them."""
        ready = [pk for pk, future in self._developing.items() if future.done()]
        for pk in ready:
            error = self._developing.pop(pk).exception()
            row = Entry.objects.filter(pk=pk).first()
            if row is None:
                continue
            if error is not None:
                self._failed([row], error)
            else:
                self._guarded(row, self._pass_on)
        return bool(ready)

    def _failed(self, rows: list[Entry], error: BaseException) -> None:
        """Note what went wrong and when to try again."""
        for row in rows:
            logger.error("%s %s can't be printed: %r", row.kind, row.object_id, error, exc_info=error)
            pause = min(LAST_PAUSE, FIRST_PAUSE * 2 ** min(row.tries, 10))
            self._not_before[row.pk] = time.monotonic() + pause
            trouble = f"{type(error).__name__}: {error}"[:2000].replace("\0", "")
            Entry.objects.filter(pk=row.pk).update(tries=row.tries + 1, trouble=trouble)


def _of_some_things(rows: QuerySet[Entry]) -> list[Entry]:
    """The oldest rows, as many as speak of no more than :data:`BATCH` things."""
    things: set[tuple[str, int]] = set()
    taken = []
    for row in rows[:BATCH_ROWS]:
        things.add((row.kind, row.object_id))
        if len(things) > BATCH:
            break
        taken.append(row)
    return taken


def _develop(photo_id: int) -> None:
    """Runs in the darkroom's thread, with a connection of its own."""
    try:
        photo = Photo.objects.filter(pk=photo_id).first()
        if photo is not None and photo.digest:
            darkroom.develop(photo)
    finally:
        connection.close()
