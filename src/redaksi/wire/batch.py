"""Writes a batch of drafted stories into the record: rows, revisions, bylines, topics, addresses, words, outbox, memory.

By the record's bulk load and in one transaction, so a batch is in the record wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from redaksi.network.models import Section, Site
from redaksi.outbox import box
from redaksi.stories import bulk
from redaksi.stories.models import Address, Byline, Story
from redaksi.stories.rows import shape_of
from redaksi.stories.slugs import path_of
from redaksi.wire.drafting import LIVE, Times
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.losses import Losses, Reason
from redaksi.wire.models import Intake
from redaksi.wire.report import Tally


@dataclass(slots=True)
class Drafted:
    """One item on its way in: its story, not saved yet, and everything that goes beside it (keys of topics and writers)."""

    item: Item
    foreign_id: str
    digest: str
    story: Story
    times: Times
    losses: Losses
    topics: list[int] = field(default_factory=list)
    writers: list[int] = field(default_factory=list)
    old_paths: list[str] = field(default_factory=list)


def write(batch: list[Drafted], site: Site, source: str, tally: Tally) -> None:
    """Write a batch. To be called in a transaction, after what the stories refer to has been written in it.

    Raises:
        OutsideTransactionError: no transaction is open.
    """
    box.require_transaction(f"{len(batch)} stories")
    if not batch:
        return
    _settle_slugs(batch, site)
    fresh = [_fresh(one) for one in batch]
    tally.addresses += _settle_addresses(batch, fresh, site)
    bulk.write(bulk.laid_out(fresh, bulk.Keys.reserved(fresh), bulk.kind_of_stories()))
    box.put_many("story", [one.story.pk for one in batch if one.times.state == LIVE])
    memory, now = shape_of(Intake), timezone.now()
    remembered = [
        memory.filled(
            site_id=site.pk,
            source=source,
            foreign_id=one.foreign_id,
            kind="story",
            object_id=one.story.pk,
            digest=one.digest,
            came_at=now,
        )
        for one in batch
    ]
    memory.rows(remembered).insert()
    tally.states.update(one.times.state for one in batch)


def _fresh(one: Drafted) -> bulk.NewStory:
    """The story as a bulk load takes it, begun when it was begun: an archive must not stand above today's work in the desk's lists."""
    local = one.item.published_local
    begun = local.replace(tzinfo=one.story.site.zone) if local and local.year > 1 else one.times.at
    one.story.created_at = min(begun, timezone.now())
    return bulk.NewStory(
        one.story, topics=one.topics, bylines=[(person, Byline.Role.WRITER.value) for person in one.writers]
    )


#: Numbered addresses looked up in one query, where stories of one section and day have the same headline.
LOOKED_UP_AT_ONCE = 200


def _settle_slugs(batch: list[Drafted], site: Site) -> None:
    """Number the slugs whose addresses are taken, in the record or earlier in the batch."""
    wanted = [path_of(one.story, one.times.at) for one in batch]
    mine = Address.objects.filter(site=site)
    taken = set(mine.filter(path__in=set(wanted)).values_list("path", flat=True))
    looked_up: dict[str, int] = {}
    for one, path in zip(batch, wanted, strict=True):
        number, free = 1, path
        while free in taken:
            number += 1
            if number > looked_up.get(path, 1):
                # By their very paths: a range would follow the database's collation, and LIKE finds no index.
                looked_up[path] = number + LOOKED_UP_AT_ONCE
                numbered = [f"{path}-{at}" for at in range(number, looked_up[path] + 1)]
                taken |= set(mine.filter(path__in=numbered).values_list("path", flat=True))
            free = f"{path}-{number}"
        taken.add(free)
        one.story.slug = free.rsplit("/", 1)[1]


def _settle_addresses(batch: list[Drafted], fresh: list[bulk.NewStory], site: Site) -> int:
    """Which old addresses lead to the stories; how many. An address leads to one story only."""
    current = {one.path: item for item, one in zip(batch, fresh, strict=True) if one.path}
    asked = {path for one in batch for path in one.old_paths} - set(current)
    # Asked anew: some were made by this batch.
    sections = {f"/{slug}" for slug in Section.objects.filter(site=site).values_list("slug", flat=True)}
    taken = {*_existing(site, asked), *current, *sections}
    count = 0
    for item, one in zip(batch, fresh, strict=True):
        free: list[str] = []
        for path in item.old_paths:
            if path not in taken:
                taken.add(path)
                free.append(path)
            elif current.get(path) is not item and path not in free:
                item.losses.add(Reason.ADDRESS, path, "it leads to another story, or to a section")
        one.old_paths = free
        count += len(free)
    return count


def _existing(site: Site, paths: Iterable[str]) -> Iterable[str]:
    return Address.objects.filter(site=site, path__in=list(paths)).values_list("path", flat=True)
