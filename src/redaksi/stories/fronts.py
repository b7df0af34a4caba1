"""A site's front as copy: its arrangement, with the names that its strips are headed by. What the press and the desk read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from redaksi.network.models import Section
from redaksi.stories import arrangement
from redaksi.stories.arrangement import FrontCopy, Strip
from redaksi.stories.copydesk import topic_copy
from redaksi.stories.models import Front, Topic
from redaksi.stories.models.former import merged_into

_MOMENT = timedelta(microseconds=1)


def newest_edition(site_id: int, at: datetime | None = None) -> Front | None:
    """The edition that readers have, or had at a time."""
    editions = Front.objects.filter(site_id=site_id).order_by("-at", "-id")
    return (editions.filter(at__lte=at) if at else editions).first()


def front_copy(site_id: int) -> FrontCopy:
    """A site's front as the record has it now. Two or three queries."""
    edition = newest_edition(site_id)
    if edition is None:
        return copy_of(strips_of(None, site_id), None)
    return copy_of(strips_of(edition, site_id), ended_by(edition), edition.pk)


def ended_by(edition: Front) -> datetime:
    """Pins of an edition that ended by this time are over, as its row says it."""
    return (
        edition.next_due_at - _MOMENT
        if edition.next_due_at
        else datetime.max.replace(tzinfo=edition.at.tzinfo)
    )


def strips_of(edition: Front | None, site_id: int) -> tuple[Strip, ...]:
    """The strips of an edition; those that a site has by itself where there is none."""
    strips = arrangement.from_json(edition.strips) if edition else ()
    if strips:
        return strips
    menu = Section.objects.filter(site_id=site_id, in_menu=True).order_by("order", "id")
    return arrangement.default(list(menu.values_list("pk", flat=True)[: arrangement.DEFAULT_SECTIONS]))


def copy_of(strips: Iterable[Strip], is_over: datetime | None, edition: int = 0) -> FrontCopy:
    """Strips with the names that they need; a topic that is gone has none."""
    strips = tuple(strips)
    keys = {strip.of for strip in strips if strip.rule == "topic"}
    if merged := merged_into(keys):
        strips = tuple(
            replace(one, of=merged.get(one.of, one.of)) if one.rule == "topic" else one for one in strips
        )
        keys = {merged.get(key, key) for key in keys}
    topics = {topic.pk: topic_copy(topic) for topic in Topic.objects.filter(pk__in=keys)} if keys else {}
    # A topic's page may be there under another summary; a heading shows its name.
    return FrontCopy(
        strips, is_over, {pk: replace(topic, summary="") for pk, topic in topics.items()}, edition
    )
