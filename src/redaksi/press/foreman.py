"""The foreman: takes what changed from the outbox, in order, and has it printed.

One turn takes a batch of rows. Stories that changed are worked out first and laid in one transaction of the shelf; the rows are
cleared after that. Whatever was interrupted between the two is printed again at the next start, and comes out the same.

A change that many pages show (a topic's name, a headline that others read-also) is worked off in slices between the newer
rows, so that a publish never waits for it. A row that fails is tried again, later and later, and holds up no other; the
desk shows it.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.db import connection, transaction

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.press import days, faces, subjects
from redaksi.press.prints import StoryPrint, print_story
from redaksi.press.sites import SiteDesk, lay_latest, lay_site
from redaksi.shelf.writer import ShelfWriter, Transaction
from redaksi.stories.models import Story

logger = logging.getLogger(__name__)

#: Rows taken in one turn, and dependents printed in one slice: what a publish may have to wait for, a fraction of a second.
BATCH, SLICE = 40, 40
#: Seconds between tries of a row that failed: doubled each time, up to the last.
FIRST_PAUSE, LAST_PAUSE = 1.0, 60.0


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
        if not self._developing and not Entry.objects.exists():
            return False
        waiting = self._resting()
        open_rows = Entry.objects.exclude(pk__in=[*waiting, *self._developing]).order_by("id")
        fresh = list(open_rows.filter(cursor="")[:BATCH])
        done = self._stories([row for row in fresh if row.kind == "story"])
        for row in self._one_of_each([row for row in fresh if row.kind != "story"]):
            done |= self._guarded(row)
        ripple = open_rows.exclude(cursor="").first()
        if ripple is not None:
            done |= self._guarded(ripple)
        return self._developed() or done

    def _resting(self) -> list[int]:
        """Rows that failed and aren't to be tried again yet."""
        now = time.monotonic()
        failed = Entry.objects.filter(tries__gt=0).order_by("id").values_list("pk", flat=True)[:500]
        return [pk for pk in failed if self._not_before.get(pk, 0) > now]

    def drain(self) -> None:
        """Work until the outbox is empty but for rows that failed; for imports, tests and the first start."""
        while self.turn() or self._developing:
            if self._developing:
                time.sleep(0.005)

    def _stories(self, rows: list[Entry]) -> bool:
        """Print the stories of these rows, all in one transaction of the shelf."""
        by_story: dict[int, list[Entry]] = defaultdict(list)
        for row in rows:
            by_story[row.object_id].append(row)
        prints: list[StoryPrint] = []
        done: list[Entry] = []
        for story_id, entries in by_story.items():
            try:
                prints.append(print_story(story_id, self.sites))
                done += entries
            except Exception as error:  # noqa: BLE001  # whatever it is, the other stories must not wait for it
                self._failed(entries, error)
        if not prints:
            return False
        with self.shelf.transaction() as shelf:
            changed = self.lay_stories(shelf, prints)
            rippling = {pk for pk in changed if shelf.dependents(f"story:{pk}", limit=1)}
        ripples = [row for row in done if row.object_id in rippling]
        box.clear([row for row in done if row.object_id not in rippling])
        self._begin_ripples(ripples)
        return True

    def lay_stories(self, shelf: Transaction, prints: list[StoryPrint]) -> set[int]:
        """Put these stories onto the shelf with every list and page that follows from them.

        Returns:
            The stories that others show differently now.
        """
        changed: set[int] = set()
        names: dict[int, set[str]] = defaultdict(set)
        times: dict[int, set[int]] = defaultdict(set)
        for one in prints:
            laid = one.lay(shelf)
            changed |= {one.story} if laid.face_changed else set()
            for site_id, name, at in laid.rows:
                names[site_id].add(name)
                times[site_id].add(at)
        for site_id in names:
            copy = self.sites.copy_of(site_id)
            subjects.keep_up(shelf, copy, names[site_id])
            days.Days(shelf, copy).keep_up(times[site_id])
            lay_latest(shelf, copy)
        return changed

    def _one_of_each(self, rows: list[Entry]) -> list[Entry]:
        """The last row of each thing; the earlier ones of the same thing are cleared with no work of their own."""
        last = {(row.kind, row.object_id): row for row in rows}
        kept = {row.pk for row in last.values()}
        box.clear([row for row in rows if row.pk not in kept])
        return list(last.values())

    def _guarded(self, row: Entry) -> bool:
        try:
            self._work_off(row)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other rows must not wait for it
            self._failed([row], error)
            return False
        return True

    def _work_off(self, row: Entry) -> None:
        """Do a row of another kind than a story, or go on with one whose dependents are being printed."""
        if row.cursor:
            self._next_slice(row)
            return
        thing = f"{row.kind}:{row.object_id}"
        match row.kind:
            case "photo":
                self._developing[row.pk] = self._darkroom.submit(_develop, row.object_id)
                return
            case "site" | "group" | "section":
                self.sites.forget()
                changed = self._sites_changed(row)
                if row.kind == "site" and row.object_id in changed:
                    self._begin_ripples([row])
                    return
            case "topic" | "contributor":
                self._subject_changed(thing)
        self._ripple_if_shown(row, thing)

    def _sites_changed(self, row: Entry) -> set[int]:
        """Print the standing parts of every site, since each names the others; give those whose stories must follow."""
        every = list(Site.objects.values_list("pk", flat=True))
        changed: set[int] = set()
        with self.shelf.transaction() as shelf:
            for site_id in every:
                if lay_site(shelf, site_id, self.sites, self.home):
                    changed.add(site_id)
                    self._subjects_and_days(shelf, site_id)
            if row.kind == "site" and row.object_id not in every:
                shelf.drop_site(row.object_id)
        others = changed - {row.object_id} if row.kind == "site" else changed
        if others:
            with transaction.atomic():
                for site_id in others:
                    Entry.objects.create(kind="site", object_id=site_id, cursor=" ")
        return changed

    def _subjects_and_days(self, shelf: Transaction, site_id: int) -> None:
        copy = self.sites.copy_of(site_id)
        for name in [*shelf.lists_of(site_id, "topic:"), *shelf.lists_of(site_id, "contributor:")]:
            subjects.lay(shelf, copy, name)
        subjects.lay_index(shelf, copy)
        days.Days(shelf, copy).reprint()

    def _subject_changed(self, name: str) -> None:
        with self.shelf.transaction() as shelf:
            for site_id in Site.objects.values_list("pk", flat=True):
                if shelf.has_row(site_id, name):
                    copy = self.sites.copy_of(site_id)
                    subjects.lay(shelf, copy, name)
                    if name.startswith("topic:"):
                        subjects.lay_index(shelf, copy)

    def _ripple_if_shown(self, row: Entry, thing: str) -> None:
        """Have the pages that show a thing printed again if its face changed; be done with the row if not."""
        if row.kind in {"site", "group"}:
            box.clear([row])
            return
        with self.shelf.transaction() as shelf:
            changed = faces.has_changed(shelf, thing, faces.face_now(row.kind, row.object_id))
            shown = changed and bool(shelf.dependents(thing, limit=1))
        if shown:
            self._begin_ripples([row])
        else:
            box.clear([row])

    def _begin_ripples(self, rows: list[Entry]) -> None:
        """From here on the row stands for what depends on its thing; a space is a cursor before the first of them."""
        if rows:
            Entry.objects.filter(pk__in=[row.pk for row in rows]).update(cursor=" ")

    def _next_slice(self, row: Entry) -> None:
        """Print the next dependents of a thing that changed."""
        after = row.cursor.strip()
        if row.kind == "site":
            stories = self._stories_of_site(row.object_id, int(after or 0))
            last = str(stories[-1]) if stories else ""
        else:
            with self.shelf.transaction() as shelf:
                entities = shelf.dependents(f"{row.kind}:{row.object_id}", after=after, limit=SLICE)
            stories = [int(entity.partition(":")[2]) for entity in entities]
            last = entities[-1] if entities else ""
        prints = [print_story(story_id, self.sites) for story_id in stories]
        if prints:
            with self.shelf.transaction() as shelf:
                self.lay_stories(shelf, prints)
        if len(stories) < SLICE:
            box.clear([row])
        else:
            Entry.objects.filter(pk=row.pk).update(cursor=last)

    def _stories_of_site(self, site_id: int, after: int) -> list[int]:
        found = Story.objects.filter(site_id=site_id, published_at__isnull=False, pk__gt=after).order_by("pk")
        return list(found.values_list("pk", flat=True)[:SLICE])

    def _developed(self) -> bool:
        """Pictures that came out of the darkroom: print the pages that show them."""
        ready = [pk for pk, future in self._developing.items() if future.done()]
        for pk in ready:
            row = Entry.objects.filter(pk=pk).first()
            error = self._developing.pop(pk).exception()
            if row is None:
                continue
            if error is not None:
                self._failed([row], error)
            else:
                self._ripple_if_shown(row, f"photo:{row.object_id}")
        return bool(ready)

    def _failed(self, rows: list[Entry], error: BaseException) -> None:
        """Note what went wrong and when to try again."""
        for row in rows:
            logger.error("%s %s can't be printed: %r", row.kind, row.object_id, error, exc_info=error)
            pause = min(LAST_PAUSE, FIRST_PAUSE * 2 ** min(row.tries, 10))
            self._not_before[row.pk] = time.monotonic() + pause
            Entry.objects.filter(pk=row.pk).update(tries=row.tries + 1, trouble=f"{type(error).__name__}: {error}"[:2000])


def _develop(photo_id: int) -> None:
    """Runs in the darkroom's thread, with a connection of its own."""
    try:
        photo = Photo.objects.filter(pk=photo_id).first()
        if photo is not None and photo.digest:
            darkroom.develop(photo)
    finally:
        connection.close()


