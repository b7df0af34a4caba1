"""Brings a WordPress archive into the record: the work of ``redaksi import``.

Two passes over the file: the first gathers what items refer to (authors, categories, pictures), the second brings the items
in, a hundred at a time, each batch in a transaction with its outbox rows. What came in is remembered, so that a second run
changes nothing and one that was killed goes on where it stopped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from redaksi.network.models import Site
from redaksi.wire import batch as batches
from redaksi.wire import drafting
from redaksi.wire.body.elements import Photo, plain
from redaksi.wire.body.wordpress import convert
from redaksi.wire.body_blocks import Block, BlockMaker
from redaksi.wire.catalogue import Catalogue
from redaksi.wire.filing import Filing
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.formats.wxr.reader import WxrError, read
from redaksi.wire.losses import Loss, Losses, Reason
from redaksi.wire.memory import Recalled, Seen, recall
from redaksi.wire.old_addresses import old_addresses
from redaksi.wire.pictures import Found, Pictures
from redaksi.wire.report import Report, Tally, summary

#: Items in a transaction: small enough that the desk's editors don't wait for it, large enough to be fast.
BATCH = 100
_TOLD_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. ``trouble`` is why the file could not be read to its end, if so; what stood before it came in."""

    tally: Tally
    report: Path
    summary: str
    trouble: WxrError | None


def bring_in(
    file: Path,
    site: Site,
    *,
    photos: Path | None = None,
    report: Path | None = None,
    kinds: Collection[str] = ("post", "page"),
    language: str = "",
    out: TextIO | None = None,
) -> Outcome:
    """Bring an archive into a site.

    Args:
        file: a WordPress export (WXR).
        site: where its stories go.
        photos: a folder with the old site's wp-content/uploads, or any folder with the pictures in it.
        report: where the table of what did not come goes; appended to. By default in the data home.
        kinds: the post types that come in as stories.
        language: of the report: "id" or "en"; the site's own by default.
        out: where progress is told; standard error by default.

    Returns:
        what was done, with a summary in words.

    Raises:
        WxrError: the file is no archive, or is broken before anything usable.
        OSError: the file or folder can't be read, or the report not written.
    """
    if photos is not None and not photos.is_dir():
        raise NotADirectoryError(f"{photos} is not a folder of pictures.")
    language = language or site.language
    tally = Tally()
    path = report or Path(settings.REDAKSI_HOME) / "imports" / f"{site.slug}-{file.stem}.tsv"
    meter = _Meter(file.stat().st_size, out or sys.stderr)
    with Catalogue() as catalogue, Report(path, language, tally) as table:
        catalogue.gather(file, meter.reading)
        work = _Work(site, catalogue, table, tally, photos, kinds)
        work.note_repairs(file.name)
        with file.open("rb") as source:
            items = _items(source, file.name)
            while group := list(islice(items, BATCH)):
                work.take(group)
                meter.coming_in(tally, catalogue.items)
        meter.end()
        return Outcome(tally, path, summary(tally, path, language, catalogue.trouble), catalogue.trouble)


def _items(source: BinaryIO, name: str) -> Iterator[Item]:
    """The items of a file that has been looked through once: where it is broken, they simply end."""
    with suppress(WxrError):
        yield from (entry for entry in read(source, name) if isinstance(entry, Item))


@dataclass(slots=True)
class _Fresh:
    """An item that is to come in, while it is being set."""

    recalled: Recalled
    losses: Losses = field(default_factory=Losses)
    blocks: list[Block] = field(default_factory=list)
    lead: Found | None = None
    lead_caption: str = ""


class _Work:
    """One import: what it knows, and what it does with each batch."""

    def __init__(  # noqa: PLR0917  # the parts of one import, made in one place
        self,
        site: Site,
        catalogue: Catalogue,
        table: Report,
        tally: Tally,
        photos: Path | None,
        kinds: Collection[str],
    ) -> None:
        self.site = site
        self.catalogue = catalogue
        self.base = catalogue.header.url
        self.source = (self.base or "file")[:250]
        self.table = table
        self.tally = tally
        self.kinds = frozenset(kinds)
        self.filing = Filing(site, catalogue, tally)
        self.pictures = Pictures(site, self.source, photos, catalogue, tally)

    def note_repairs(self, name: str) -> None:
        """Tell what the file's bytes needed."""
        repair = self.catalogue.repair
        if repair:
            what = f"{repair.controls} control characters, {repair.ampersands} bare ampersands"
            self.table.add("", "file", name, "", [Loss(Reason.REPAIR, what)])

    def take(self, group: list[Item]) -> None:
        """Bring a batch in; what came in before is left alone."""
        fresh = [_Fresh(each) for each in self._unknown(group) if self._is_story(each.item)]
        # Photos are checked and copied before the transaction: a large file must not hold the record's lock.
        for one in fresh:
            self._set(one)
        with transaction.atomic():
            self.filing.make_topics(one.recalled.item for one in fresh)
            drafted = [self._drafted(one) for one in fresh]
            batches.write(drafted, self.site, self.source, self.tally)
            for made in drafted:
                self._tell(made.item, made.losses)
            self.table.flush()

    def _unknown(self, group: list[Item]) -> Iterator[Recalled]:
        """The items that have not come in yet; of those that changed since they did, that is told."""
        for each in recall(group, self.site, self.source):
            if each.seen is Seen.NEW:
                yield each
                continue
            self.tally.known += 1
            if each.seen is Seen.CHANGED:
                lost = Losses()
                lost.add(Reason.CHANGED, each.item.kind, f"story {each.story_id}")
                self._tell(each.item, lost)

    def _is_story(self, item: Item) -> bool:
        """Whether an item comes in at all; if not, that is told."""
        lost = Losses()
        if item.kind not in self.kinds:
            lost.add(Reason.ITEM, item.kind)
        elif drafting.thrown_away(item):
            lost.add(Reason.STATUS, item.status)
        else:
            return True
        self.tally.skipped += 1
        self._tell(item, lost)
        return False

    def _set(self, one: _Fresh) -> None:
        """Set the item's content as blocks, and bring its photos in."""
        item = one.recalled.item
        body = convert(item.content, base=self.base)
        one.losses.extend(body.losses)
        maker = BlockMaker(self.pictures.take, lambda: self._attached(item), self.site.language, one.losses)
        one.blocks = maker.blocks(body.elements)
        one.lead = self.pictures.lead(item.thumbnail_id, one.losses)
        if one.lead and one.blocks and _photo_of(one.blocks[0]) == one.lead.id:
            # WordPress shows the thumbnail above the text; here the lead photo is that place already.
            one.lead_caption = one.blocks.pop(0)["value"]["caption"]

    def _attached(self, item: Item) -> tuple[Photo, ...]:
        return tuple(Photo(each.url, each.id, each.alt) for each in self.catalogue.attachments_of(item.id))

    def _drafted(self, one: _Fresh) -> batches.Drafted:
        """The item as a story with all that goes beside it. Sections, topics and names are made here if need be."""
        item, losses = one.recalled.item, one.losses
        times = drafting.times_of(item, self.site, timezone.now(), losses)
        drafting.note_what_stays(item, losses)
        story = drafting.story_of(item, self.filing.section(item), times, one.blocks, losses)
        story.lead_photo_id = one.lead.id if one.lead else None
        story.lead_caption = one.lead_caption
        story.owner_id = self.filing.owner(item)
        return batches.Drafted(
            item=item,
            foreign_id=one.recalled.foreign_id,
            digest=one.recalled.digest,
            story=story,
            times=times,
            losses=losses,
            topics=self.filing.topics(item),
            writers=self.filing.writers(item),
            old_paths=old_addresses(item, self.base, losses),
        )

    def _tell(self, item: Item, losses: Losses) -> None:
        self.table.add(item.id, item.kind, plain(item.title), item.link, losses.take())


def _photo_of(block: Block) -> int | None:
    return block["value"]["photo"] if block["type"] == "photo" else None


class _Meter:
    """Tells how far the import is, at most once a second, with its rate."""

    def __init__(self, size: int, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = max(1, size)
        self._out = out
        self._clock = clock
        self._start = self._told = clock()
        self._on_screen = out.isatty()
        self._first: tuple[float, int] | None = None

    def reading(self, done: int) -> None:
        self._tell(f"{done * 100 // self._size:3d} %  {done >> 20:,} MB")

    def coming_in(self, tally: Tally, items: int) -> None:
        done = tally.stories + tally.known + tally.skipped
        self._first = self._first or (self._clock(), done)
        seconds, since = self._clock() - self._first[0], done - self._first[1]
        rate = f"  {since / seconds:,.0f}/s" if seconds > 0 and since else ""
        self._tell(f"{done * 100 // max(1, items):3d} %  {done:,}/{items:,}{rate}")

    def end(self) -> None:
        if self._on_screen:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def _tell(self, words: str) -> None:
        now = self._clock()
        if now - self._told < _TOLD_EVERY:
            return
        self._told = now
        self._out.write(f"\r\x1b[K{words}" if self._on_screen else f"{words}\n")
        self._out.flush()
