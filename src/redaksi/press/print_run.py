"""The whole archive, printed by all cores: stories go onto a fresh shelf in the order in which they came out, two steps apart.

A crew works out the prints of a batch; this process, the one writer, lays its cards and rows; then the same hand of the crew sets the
batch's pages, which choose what to read on from the lists that stand by then, and the writer lays those. Since lists grow at their
heads alone, what a page chooses is the same whether newer stories stand there already or not.

How far it came is noted on the shelf in the transaction that got it there, so a press that was stopped goes on.
"""

from __future__ import annotations

import heapq
import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.db.models import Q

from redaksi.network.models import Site
from redaksi.press.prints import SetPages, StoryPrint, chosen, print_stories, set_pages
from redaksi.press.sites import SiteDesk
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.transaction import Transaction
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.crew import AHEAD, Crew
from redaksi.stories.models import Story

#: Stories printed in one go and laid in one transaction: what a stop may cost is some of these a core.
BATCH = 100
_REACHED = "press:reached"
#: An archive of fewer stories is printed by this process alone.
FEW = 500

#: When a story came out, and its key.
Place = tuple[datetime, int]


class _Batch(NamedTuple):
    """Some stories, one after the other; ``number`` says whose turn it is."""

    number: int
    last: Place
    stories: list[int]


class _Hand:
    """A process of the crew: knows the sites, looks at the shelf, and keeps the prints whose pages it has still to set."""

    def __init__(self, desk: SiteDesk, shelf: Path) -> None:
        self.desk, self.shelf = desk, shelf
        self.kept: dict[int, list[StoryPrint]] = {}
        self._reader: ShelfReader | None = None

    @property
    def reader(self) -> ShelfReader:
        if self._reader is None:
            self._reader = ShelfReader(self.shelf)
        return self._reader


def _work_out(hand: _Hand, batch: _Batch) -> list[StoryPrint]:
    """The prints of a batch, without their pages, which stay here."""
    prints = print_stories(batch.stories, hand.desk)
    hand.kept[batch.number] = prints
    return [replace(one, pages=()) for one in prints]


def _set_pages(hand: _Hand, number: int) -> list[SetPages]:
    """The pages of a batch whose lists stand."""
    prints = hand.kept.pop(number)
    with hand.reader.look():
        wholes = chosen(hand.reader.neighbours, prints)
    return set_pages(prints, wholes)


def print_everything(writer: ShelfWriter, desk: SiteDesk, progress: Callable[[int], None]) -> None:
    """Print every story that was ever published onto a fresh shelf, or those that it hasn't yet.

    Args:
        writer: of the fresh shelf.
        desk: knows the sites' copies, and the names as they are printed on this shelf.
        progress: told how many stories were printed before, then how many more, after each batch.
    """
    with writer.transaction() as shelf:
        reached = _reached(shelf)
    published = Story.objects.filter(published_at__isnull=False)
    progress(published.filter(_up_to(reached)).count() if reached else 0)
    few = published[:FEW].count() < FEW
    with Crew(_Hand(desk, writer.path), 0 if few else None, behind=True) as crew:
        _Line(writer, crew, progress).run(_batches(reached))


class _Line:
    """The batches on their way: being worked out, or being set."""

    def __init__(self, writer: ShelfWriter, crew: Crew[_Hand], progress: Callable[[int], None]) -> None:
        self.writer, self.crew, self.progress = writer, crew, progress
        self.printing: deque[tuple[_Batch, Future[list[StoryPrint]]]] = deque()
        self.setting: deque[tuple[_Batch, Future[list[SetPages]]]] = deque()
        self.most = max(1, crew.size * AHEAD)

    def run(self, batches: Iterator[_Batch]) -> None:
        for batch in batches:
            self.printing.append((batch, self.crew.ask(batch.number, _work_out, batch)))
            if len(self.printing) >= self.most:
                self._step()
        while self.printing or self.setting:
            self._step()

    def _step(self) -> None:
        """Lay the lists of the next batch, and the pages of those that are set."""
        batch, prints = None, []
        if self.printing:
            batch, working_out = self.printing.popleft()
            prints = working_out.result()
        done: list[_Batch] = []
        pages: list[SetPages] = []
        while self.setting and (
            not self.printing or self.setting[0][1].done() or len(self.setting) >= self.most
        ):
            one, setting = self.setting.popleft()
            pages += setting.result()
            done.append(one)
        with self.writer.transaction() as shelf:
            for made in prints:
                made.lay_in_lists(shelf)
            for made_pages in pages:
                made_pages.lay(shelf)
            if done:
                _note(shelf, done[-1].last)
        if batch is not None:
            self.setting.append((batch, self.crew.ask(batch.number, _set_pages, batch.number)))
        if pages:
            self.progress(len(pages))


def _note(shelf: Transaction, place: Place) -> None:
    shelf.set_meta(_REACHED, json.dumps([place[0].isoformat(), place[1]]))


def _reached(shelf: Transaction) -> Place | None:
    """The last story of those that are printed, with all before it."""
    noted = shelf.meta(_REACHED)
    if noted is None:
        return None
    at, story = json.loads(noted)
    return datetime.fromisoformat(at), story


def _batches(after: Place | None) -> Iterator[_Batch]:
    """Every story that was ever published, in the order in which they came out, over all sites."""
    sites = Site.objects.values_list("pk", flat=True)
    stories = heapq.merge(*(_of_site(site_id, after) for site_id in sites))
    number = 0
    while some := list(islice(stories, BATCH)):
        yield _Batch(number, some[-1], [pk for _, pk in some])
        number += 1


def _of_site(site_id: int, last: Place | None) -> Iterator[Place]:
    """A site's stories with their times, oldest first, read a batch at a time."""
    found = Story.objects.filter(site_id=site_id, published_at__isnull=False).order_by("published_at", "id")
    while True:
        newer = found.filter(_after(last)) if last else found
        batch = list(newer.values_list("published_at", "pk")[:BATCH])
        if not batch:
            return
        yield from batch
        last = batch[-1]


def _after(place: Place) -> Q:
    """The stories that came out after one."""
    return Q(published_at__gt=place[0]) | Q(published_at=place[0], pk__gt=place[1])


def _up_to(place: Place) -> Q:
    """The stories that came out before one, and that one."""
    return Q(published_at__lt=place[0]) | Q(published_at=place[0], pk__lte=place[1])
