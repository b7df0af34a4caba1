"""Then: stories as readers had them at a past minute, from the record and its log.

What a story said is the revision that was published last before that minute; whether it stood there follows from when it was
published, withdrawn, restored or expired. A story that was brought in from elsewhere was published before our log begins: the
oldest published revision stands for what it said until then.

A number of queries for a number of stories, whatever the archive's size.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Revision

from redaksi.network.models import Section, Site
from redaksi.photos.models import Photo
from redaksi.stories import copy, copydesk
from redaksi.stories.models import Story, Topic
from redaksi.stories.sitecopy import section_copy, site_copy

_IN, _OUT = ("wagtail.publish", "redaksi.restore"), ("redaksi.withdraw", "wagtail.unpublish")
_PICK, _UNPICK = "redaksi.pick", "redaksi.unpick"
#: Picks that are looked back upon, in the whole network.
MOST_PICKS = 500


@dataclass(frozen=True, slots=True)
class Then:
    """One story at a minute: what its card says, and the topics that it was about."""

    copy: copy.StoryCopy
    topics: frozenset[int]


def stories_then(ids: Iterable[int], at: datetime) -> dict[int, Then]:
    """Those of some stories that readers had at a minute."""
    rows = Story.objects.filter(pk__in=list(ids), published_at__lte=at).defer("body")
    shown = {row.pk: row for row in rows}
    events = _events(shown)
    public = [pk for pk, row in shown.items() if _was_public(row, events[pk], at)]
    said = _revisions(public, events, at)
    current = {one.id: one for one in _at_home(shown, public)}
    around = _Around(said.values())
    return {pk: around.then(current[pk], said.get(pk, {})) for pk in public if pk in current}


def _at_home(rows: dict[int, Story], public: list[int]) -> Iterator[copy.StoryCopy]:
    """Stories as their home sites list them now."""
    sites = Site.objects.select_related("group").prefetch_related("hosts")
    for site in sites.filter(pk__in={rows[pk].site_id for pk in public}):
        own = [pk for pk in public if rows[pk].site_id == site.pk]
        yield from copydesk.listed_copies(own, site_copy(site))


def picks_then(site_id: int, at: datetime) -> list[int]:
    """What the editors of a site had picked by a minute, the newest choice first."""
    kind = ContentType.objects.get_for_model(Story)
    entries = ModelLogEntry.objects.filter(content_type=kind, action__in=(_PICK, _UNPICK), timestamp__lte=at)
    last: dict[int, str] = {}
    for key, action in entries.order_by("-timestamp", "-id").values_list("object_id", "action")[:MOST_PICKS]:
        last.setdefault(int(key), action)
    picked = [pk for pk, action in last.items() if action == _PICK]
    own = set(Story.objects.filter(pk__in=picked, site_id=site_id).values_list("pk", flat=True))
    return [pk for pk in picked if pk in own]


@dataclass(frozen=True, slots=True)
class _Event:
    action: str
    at: datetime
    revision: int | None


def _events(stories: Iterable[int]) -> dict[int, list[_Event]]:
    """What happened to stories for readers, oldest first."""
    kind = ContentType.objects.get_for_model(Story)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=list(map(str, stories)), action__in=_IN + _OUT
    ).order_by("timestamp", "id")
    found: dict[int, list[_Event]] = defaultdict(list)
    for key, *facts in entries.values_list("object_id", "action", "timestamp", "revision_id"):
        found[int(key)].append(_Event(*facts))
    return found


def _was_public(row: Story, events: list[_Event], at: datetime) -> bool:
    """Whether readers had a story that was published by then."""
    if row.withdrawn_at is not None and row.withdrawn_at <= at:
        return False
    if row.expired and row.expire_at is not None and row.expire_at <= at:
        return False
    last = next((event for event in reversed(events) if event.at <= at), None)
    return last is None or last.action in _IN


def _revisions(
    stories: list[int], events: dict[int, list[_Event]], at: datetime
) -> dict[int, dict[str, Any]]:
    """The content of the revision that readers had of each story; none for one whose log doesn't name any."""
    chosen: dict[int, int] = {}
    for pk in stories:
        published = [event for event in events[pk] if event.revision]
        by_then = [event for event in published if event.at <= at]
        event = by_then[-1] if by_then else next(iter(published), None)
        if event and event.revision:
            chosen[event.revision] = pk
    contents = Revision.objects.filter(pk__in=chosen).values_list("pk", "content")
    return {chosen[pk]: content for pk, content in contents}


class _Around:
    """What some revisions refer to, fetched at once."""

    def __init__(self, contents: Iterable[dict[str, Any]]) -> None:
        sections, topics, photos = set(), set(), set()
        for content in contents:
            sections.add(content.get("section"))
            topics |= {content.get("label"), *(content.get("topics") or ())}
            photos |= {content.get("lead_photo"), *_pictured(content)}
        self.sections = Section.objects.in_bulk([pk for pk in sections if pk])
        self.topics = Topic.objects.in_bulk([pk for pk in topics if pk])
        self.photos = Photo.objects.in_bulk([pk for pk in photos if pk])

    def then(self, now: copy.StoryCopy, content: dict[str, Any]) -> Then:
        """A card's copy: what the revision said, at the story's address of today."""
        if not content:
            return Then(now, frozenset())
        section, label = self.sections.get(content.get("section")), self.topics.get(content.get("label"))
        lead = self.photos.get(content.get("lead_photo"))
        headline = content.get("headline") or now.headline
        made = replace(
            now,
            section=section_copy(section) if section else now.section,
            label=copydesk.topic_copy(label) if label else None,
            headline=headline,
            list_headline=content.get("list_headline") or headline,
            standfirst=(content.get("standfirst") or "").strip(),
            lead=copydesk.picture(lead) if lead else None,
            body=tuple(self._looked_at(content)),
        )
        topics = {content.get("label"), *(content.get("topics") or ())}
        return Then(made, frozenset(pk for pk in topics if pk))

    def _looked_at(self, content: dict[str, Any]) -> Iterator[copy.Block]:
        """Of the body, what makes a photo story or a video story of it."""
        for name, value in _blocks(content):
            if name == "gallery":
                found = [self.photos[pk] for pk in _keys(value) if pk in self.photos]
                yield copy.Gallery("", tuple(map(copydesk.picture, found)))
            elif name == "embed":
                yield copy.Embed(value.get("url", ""), "", "", "")


def _blocks(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blocks with parts of a revision's body: Wagtail keeps it as JSON within JSON."""
    body = content.get("body") or []
    blocks = json.loads(body) if isinstance(body, str) else body
    for block in blocks:
        if isinstance(block.get("value"), dict):
            yield block["type"], block["value"]


def _pictured(content: dict[str, Any]) -> Iterator[int]:
    for name, value in _blocks(content):
        if name == "gallery":
            yield from _keys(value)


def _keys(value: dict[str, Any]) -> list[int]:
    """The photos of a gallery, whichever of Wagtail's two forms its list is stored in."""
    listed = value.get("photos") or []
    keys = [one.get("value") if isinstance(one, dict) else one for one in listed]
    return [pk for pk in keys if isinstance(pk, int)]
