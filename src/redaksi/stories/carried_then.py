"""Carried then: other sites' stories as one site had them at a past minute, from the log of what desks did with them.

A site's part in a story (its section, label and headlines there) stands in the log's entry of each verb, so that what it was at a
minute is the last entry before. For what was carried before the log told so much, the placement as it is now stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from redaksi.network.models import Section
from redaksi.stories import copy
from redaksi.stories.models import Address, Placement, Story, Topic
from redaksi.stories.places import Place, carried_copies
from redaksi.stories.then import Then

_SENT, _SAID, _GONE = (
    {"redaksi.send", "redaksi.take"},
    "redaksi.adjust",
    {"redaksi.let_go", "redaksi.call_back"},
)
#: Stories that left a site since, the first ones to leave, that are looked at for a front of before.
MOST_GONE = 200


@dataclass(frozen=True, slots=True)
class _Entry:
    action: str
    at: datetime
    data: dict[str, Any]


def gone_since(site_id: int, at: datetime) -> list[int]:
    """Stories that a site carried and let go, or was called back from, after a minute."""
    ended = Placement.objects.filter(site_id=site_id, at__gt=at).exclude(state__in=Placement.SHOWN)
    return list(ended.order_by("at").values_list("story_id", flat=True)[:MOST_GONE])


def carried_then(
    site: copy.SiteCopy, homes: Mapping[int, Then], at: datetime, site_of: Callable[[int], copy.SiteCopy]
) -> dict[int, Then]:
    """Those of some stories that ``site`` carried at a minute, as they stood there. A few queries for any number.

    Args:
        site: the carrying one.
        homes: stories as their homes had them then.
        at: the minute.
        site_of: knows the homes.
    """
    foreign = [pk for pk, then in homes.items() if then.copy.site_id != site.id]
    held = {one.story_id: one for one in Placement.objects.filter(site_id=site.id, story_id__in=foreign)}
    events = _events(held, site) if held else {}
    shown = {pk: now for pk, one in held.items() if (now := _as_it_was(one, events.get(pk, []), at))}
    paths = _paths(shown, site)
    here = _with_things(shown[pk] for pk in paths)
    wide = _wide(topic for pk in here for topic in homes[pk].topics)
    found = {}
    for pk, placement in here.items():
        then = homes[pk].copy
        home_site = site_of(then.site_id)
        home = copy.HomeCopy(
            home_site.id,
            home_site.name,
            home_site.language,
            home_site.front,
            f"{home_site.origin}{then.path}",
        )
        place = Place(site.id, site.base + paths[pk], placement=placement)
        (carried,) = carried_copies(then, [place], home, lambda _site: site.base)
        own = {placement.label_id} if placement.label_id else set()
        found[pk] = Then(carried, frozenset(homes[pk].topics & wide | own))
    return found


def _events(stories: Iterable[int], site: copy.SiteCopy) -> dict[int, list[_Entry]]:
    """What was done about stories at one site, oldest first."""
    kind = ContentType.objects.get_for_model(Story)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=list(map(str, stories)), action__in=[*_SENT, _SAID, *_GONE]
    ).order_by("timestamp", "id")
    found: dict[int, list[_Entry]] = defaultdict(list)
    for entry in entries:
        if entry.data.get("site_id", site.id if entry.data.get("site") == site.name else None) == site.id:
            found[int(entry.object_id)].append(_Entry(entry.action, entry.timestamp, entry.data))
    return found


def _as_it_was(placement: Placement, events: list[_Entry], at: datetime) -> Placement | None:
    """A placement as it was at a minute, or nothing if readers of the site didn't have the story by it."""
    past = [event for event in events if event.at <= at]
    if not past:
        came_later = events[0].action in _SENT if events else placement.at > at or not placement.is_shown
        return None if came_later else placement
    last = past[-1]
    if last.action in _GONE:
        return None
    if "section" not in last.data:
        return placement
    facts = ("headline", "list_headline")
    return Placement(
        story_id=placement.story_id,
        site_id=placement.site_id,
        section_id=last.data["section"],
        label_id=last.data["label"],
        **{name: last.data[name] for name in facts},
    )


def _paths(stories: Iterable[int], site: copy.SiteCopy) -> dict[int, str]:
    """An address of each on the site: that of now, else the last one that it had there."""
    rows = Address.objects.filter(site_id=site.id, story_id__in=list(stories)).order_by("current", "id")
    return dict(rows.values_list("story_id", "path"))


def _with_things(placements: Iterable[Placement]) -> dict[int, Placement]:
    """Placements with their sections and labels, by story; without those whose section is gone."""
    known = list(placements)
    sections = Section.objects.in_bulk([one.section_id for one in known])
    labels = Topic.objects.in_bulk([one.label_id for one in known if one.label_id])
    found = {}
    for one in known:
        section = sections.get(one.section_id)
        if section is not None:
            one.section, one.label = section, labels.get(one.label_id or 0)
            found[one.story_id] = one
    return found


def _wide(topics: Iterable[int]) -> set[int]:
    """Those topics that are the whole network's: only in their lists a carried story stands."""
    wide = Topic.objects.filter(pk__in=set(topics), site=None)
    return set(wide.values_list("pk", flat=True))
