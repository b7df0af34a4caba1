"""A newsroom that publishes without a break, and somebody who watches it: ``REDAKSI_HOME=… python -m benchmarks.living_visit ACT …``; JSON.

``prepare SITES STORIES``: so many sites and drafts are there. ``publish SECONDS RATE``: so many drafts a second are published by the desk's
verb, with a headline that nobody had. ``watch PORT SECONDS PAUSE``: the outbox is looked at, some of what was published is looked for, and every
so many seconds a flash is filed for all sites; at the end it waits until nothing is left to be printed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  # models can be imported only after Django is set up
from django.utils import timezone  # noqa: E402

from benchmarks.everywhere_visit import Readers  # noqa: E402
from benchmarks.seen_visit import Reader  # noqa: E402
from redaksi.network.models import Host, Section, Site  # noqa: E402
from redaksi.outbox import box  # noqa: E402
from redaksi.outbox.models import Entry  # noqa: E402
from redaksi.stories import bulk  # noqa: E402
from redaksi.stories.actions import flash  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402
from redaksi.stories.models import Story  # noqa: E402

#: Editors who publish at once: one waits for the disk, or for the record, while another's story is checked.
EDITORS = 2
#: What the drafts' headlines begin with, by which they are found.
MARK = "Kabar dari meja yang tak pernah sepi"
#: Published stories that the drafts are like, one after the other: of all sites and sections, with all kinds of topics.
LIKE, BATCH = 1_000, 500
#: Seconds between two looks at the outbox, and how long what waits may take to be printed at the end.
LOOK, PATIENCE = 0.2, 300


def prepare(sites: int, stories: int) -> int:
    """See that the network has so many sites and so many drafts wait; the number of drafts."""
    _found(sites - Site.objects.count())
    waiting = Story.objects.filter(headline__startswith=MARK, published_at=None).count()
    like = cycle(_like())
    for begin in range(waiting, stories, BATCH):
        batch = [_draft(next(like), number) for number in range(begin, min(begin + BATCH, stories))]
        with transaction.atomic():
            bulk.write(bulk.laid_out(batch, bulk.Keys.reserved(batch), bulk.kind_of_stories()))
    return max(waiting, stories)


@transaction.atomic
def _found(sites: int) -> None:
    """Found small sites beside those that are there."""
    group, number = (
        Site.objects.order_by("pk").values_list("group_id", flat=True).first(),
        Site.objects.count(),
    )
    for at in range(number, number + sites):
        site = Site.objects.create(group_id=group, slug=f"desa-{at}", name=f"Kabar Desa {at}", order=at)
        Host.objects.create(site=site, name=f"{site.slug}.localhost", main=True)
        Section.objects.create(site=site, name="Warta", slug="warta", order=0)


def _like() -> list[Story]:
    """The newest that readers have, each with what belongs to it."""
    stories = Story.objects.filter(live=True).exclude(headline__startswith=MARK).order_by("-published_at")
    return list(stories.select_related("site", "section").prefetch_related("topics", "bylines")[:LIKE])


def _draft(like: Story, number: int) -> bulk.NewStory:
    now = timezone.now()
    story = Story(
        site=like.site, section=like.section, label_id=like.label_id, lead_photo_id=like.lead_photo_id, owner_id=like.owner_id,
        headline=f"{MARK}, nomor {number}", standfirst=like.standfirst, dateline=like.dateline, body=like.body, created_at=now,
        live=False, has_unpublished_changes=True,
    )  # fmt: skip
    bylines = [(line.contributor_id, line.role) for line in like.bylines.all()]
    return bulk.NewStory(
        story,
        topics=[topic.pk for topic in like.topics.all()],
        bylines=bylines,
        history=[("wagtail.create", now)],
    )


class Newsroom:
    """Editors who publish one draft each at its time, however long the one before took."""

    def __init__(self, seconds: float, rate: float) -> None:
        drafts = Story.objects.filter(headline__startswith=MARK, published_at=None).order_by("pk")
        self.drafts = list(drafts.only("pk")[: round(seconds * rate)])
        self.rate, self.begun = rate, time.perf_counter()

    def publish(self, number: int) -> tuple[float, float]:
        """Seconds since the begin at which it was committed, and milliseconds that the transaction took."""
        time.sleep(max(0.0, self.begun + number / self.rate - time.perf_counter()))
        asked = time.perf_counter()
        publish(self.drafts[number], None)
        done = time.perf_counter()
        return done - self.begun, (done - asked) * 1000


def publish_all(seconds: float, rate: float) -> dict[str, Any]:
    """Publish so many a second; when each was committed, how long it took, and the processor's time of all."""
    newsroom, begun = Newsroom(seconds, rate), time.process_time()
    with ThreadPoolExecutor(EDITORS) as editors:
        done = list(editors.map(newsroom.publish, range(len(newsroom.drafts))))
        list(editors.map(lambda _: connection.close(), range(EDITORS)))
    return {
        "committed": [at for at, _ in done],
        "milliseconds": [took for _, took in done],
        "processor_ms": (time.process_time() - begun) * 1000,
    }


class Watch:
    """Looks at everything in turn until the time is over."""

    def __init__(self, port: int, pause: float) -> None:
        self.everywhere, self.reader = Readers(port), Reader(port, "")
        self.pause = pause
        self.behind: list[float] = []
        self.rows: list[int] = []
        self.flashed: list[float] = []
        self.missing: list[str] = []

    def look(self, seconds: float) -> None:
        """See how far the press is behind, and file a flash every so often."""
        begun, next_flash = time.perf_counter(), self.pause / 2
        while (now := time.perf_counter() - begun) < seconds:
            self._look_at_outbox()
            if now >= next_flash:
                next_flash += self.pause
                self._flash()
            time.sleep(LOOK)

    def _look_at_outbox(self) -> None:
        """What readers wait for: stories. What follows from them on other pages (ripples, what to read on) may take its time."""
        oldest = (
            Entry.objects.filter(kind="story", cursor="")
            .order_by("id")
            .values_list("written_at", flat=True)
            .first()
        )
        self.behind.append((timezone.now() - oldest).total_seconds() * 1000 if oldest else 0.0)
        self.rows.append(Entry.objects.count())

    def _flash(self) -> None:
        """From the commit until the front of every site shows it; then it ends."""
        words = f"Kilat bagi seluruh jaringan, pukul {timezone.now():%H.%M.%S}"
        filed = flash.file(flash.Line(words, timezone.now() + timedelta(hours=1), None), None)
        committed = time.perf_counter()
        self.everywhere.all_see("/", words)
        self.flashed.append((time.perf_counter() - committed) * 1000)
        flash.end(filed, None)

    def drained(self) -> float:
        """Wait until nothing is left to be printed; the seconds that took.

        Raises:
            RuntimeError: the press doesn't come to an end.
        """
        begun = time.perf_counter()
        while box.age() > timedelta(0):
            if time.perf_counter() - begun > PATIENCE:
                raise RuntimeError(f"after {PATIENCE} s {Entry.objects.count()} rows still wait")
            time.sleep(LOOK)
        return time.perf_counter() - begun

    def check(self, every: int) -> int:
        """Each of so many published stories has its page, with its headline; how many were looked at."""
        stories = Story.objects.filter(headline__startswith=MARK, live=True).order_by("pk")
        hosts = dict(Host.objects.filter(main=True).values_list("site_id", "name"))
        checked = 0
        for story in _each(stories, every):
            path = story.addresses.get(current=True, site_id=story.site_id).path
            self.reader.host = hosts[story.site_id]
            status, text = self.reader.get(path)
            checked += 1
            if status != 200 or story.headline not in text:
                self.missing.append(path)
        return checked


def _each(stories: Any, every: int) -> Iterator[Story]:
    for number, story in enumerate(stories.only("pk", "headline", "site_id").iterator()):
        if number % every == 0:
            yield story


def watch(port: int, seconds: float, pause: float) -> dict[str, Any]:
    """Watch for so long, and until all is printed."""
    seen = Watch(port, pause)
    begun = time.perf_counter()
    seen.everywhere.all_see("/", "<html")
    round_trip = (time.perf_counter() - begun) * 1000
    seen.look(seconds)
    drained = seen.drained()
    checked = seen.check(20)
    return {
        "behind": seen.behind, "rows": seen.rows, "flashed": seen.flashed, "round": round_trip, "hosts": len(seen.everywhere.hosts),
        "drained": drained, "checked": checked, "missing": seen.missing,
    }  # fmt: skip


def main(act: str, *numbers: float) -> Any:
    if act == "prepare":
        return prepare(*map(int, numbers))
    if act == "publish":
        return publish_all(*numbers)
    port, seconds, pause = numbers
    return watch(int(port), seconds, pause)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], *map(float, sys.argv[2:]))))
