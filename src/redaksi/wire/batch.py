"""Writes a batch of drafted stories into the record: rows, revisions, bylines, topics, addresses, words, outbox, memory.

In bulk and in one transaction, so a batch is in the record wholly or not at all. No log entries are written and Wagtail's
reference index is not told: what a bulk write leaves out is rebuilt once at the end by who wants it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Revision

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.stories import search
from redaksi.stories.models import Address, Byline, Story
from redaksi.stories.slugs import path_of
from redaksi.wire.drafting import LIVE, SCHEDULED, Times
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
    _settle_slugs(batch, site)
    stories = [one.story for one in batch]
    Story.objects.bulk_create(stories)
    _write_parts(batch)
    _write_revisions(batch)
    tally.addresses += _write_addresses(batch, site)
    search.index_many(stories)
    box.put_many("story", [one.story.pk for one in batch if one.times.state == LIVE])
    Intake.objects.bulk_create(
        Intake(
            site=site,
            source=source,
            foreign_id=one.foreign_id,
            kind="story",
            object_id=one.story.pk,
            digest=one.digest,
        )
        for one in batch
    )
    tally.states.update(one.times.state for one in batch)


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


def _write_parts(batch: list[Drafted]) -> None:
    """Bylines in their order, and topics."""
    Byline.objects.bulk_create(
        Byline(story=one.story, contributor_id=person, role=Byline.Role.WRITER, sort_order=place)
        for one in batch
        for place, person in enumerate(one.writers)
    )
    through = Story.topics.through
    through.objects.bulk_create(
        [through(story_id=one.story.pk, topic_id=topic) for one in batch for topic in one.topics]
    )


def _write_revisions(batch: list[Drafted]) -> None:
    """Each story's text as its first revision: what the desk's editor opens, compares and reverts to."""
    kind = ContentType.objects.get_for_model(Story)
    bylines: dict[int, list[Byline]] = {}
    for byline in Byline.objects.filter(story__in=[one.story.pk for one in batch]).order_by(
        "story", "sort_order"
    ):
        bylines.setdefault(byline.story_id, []).append(byline)
    revisions = [
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(one.story.pk),
            created_at=one.times.at if one.times.state == LIVE else _begun(one),
            object_str=str(one.story),
            approved_go_live_at=one.times.at if one.times.state == SCHEDULED else None,
            content=_content(one, bylines.get(one.story.pk, [])),
        )
        for one in batch
    ]
    Revision.objects.bulk_create(revisions)
    for one, revision in zip(batch, revisions, strict=True):
        one.story.latest_revision = revision
        one.story.live_revision = revision if one.times.state == LIVE else None
        one.story.created_at = _begun(one)
    Story.objects.bulk_update(
        [one.story for one in batch], ["latest_revision", "live_revision", "created_at"]
    )


def _point_at_revisions(stories: list[Story]) -> None:
    """The three columns that could not be written before. By hand: bulk_update took a third of an import's time."""
    adapted = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE stories_story SET latest_revision_id = %s, live_revision_id = %s, created_at = %s WHERE id = %s",
            [
                (story.latest_revision_id, story.live_revision_id, adapted(story.created_at), story.pk)
                for story in stories
            ],
        )


def _begun(one: Drafted) -> datetime:
    """When it was begun: lists at the desk are in this order, so an archive must not stand above today's work."""
    local = one.item.published_local
    begun = local.replace(tzinfo=one.story.site.zone) if local and local.year > 1 else one.times.at
    now: datetime = one.story.created_at
    return min(begun, now)


def _content(one: Drafted, bylines: list[Byline]) -> dict[str, object]:
    content: dict[str, object] = get_serializable_data_for_fields(one.story)
    content["bylines"] = [get_serializable_data_for_fields(byline) for byline in bylines]
    content["topics"] = list(one.topics)
    return content


def _write_addresses(batch: list[Drafted], site: Site) -> int:
    """The current address of each published story, and the old ones that lead to it; an address leads to one story only."""
    current = {path_of(one.story, one.times.at): one for one in batch if one.times.state == LIVE}
    asked = {path for one in batch for path in one.old_paths} - set(current)
    taken = set(_existing(site, asked)) | set(current)
    rows = [Address(site=site, path=path, story=one.story, current=True) for path, one in current.items()]
    for one in batch:
        for path in one.old_paths:
            if path in taken:
                if current.get(path) is not one:
                    one.losses.add(Reason.ADDRESS, path, "it leads to another story")
                continue
            taken.add(path)
            rows.append(Address(site=site, path=path, story=one.story, current=False))
    Address.objects.bulk_create(rows)
    return len(rows) - len(current)


def _existing(site: Site, paths: Iterable[str]) -> Iterable[str]:
    return Address.objects.filter(site=site, path__in=list(paths)).values_list("path", flat=True)
