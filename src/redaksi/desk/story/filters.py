"""The list's filters: each is a word in the address, so that a view can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from redaksi.desk.story.pickers import at_site
from redaksi.desk.story.state import BY_CODE, CARRIED, ROWS, State
from redaksi.network.models import Section, Site
from redaksi.stories.models import Byline, Contributor, Placement, Story, Topic

#: Characters of a search that are looked at.
LONGEST = 200
#: A key of more digits is no key: databases count to 2^63.
MOST_DIGITS = 18
#: The filters' words in the address; a new search keeps them.
_NAMES = ("situs", "kanal", "keadaan", "topik", "penulis", "sejak", "sampai")


class ListFilters:
    """What was asked for, as far as it makes sense and lies within the walls; the rest is left out."""

    def __init__(self, asked: QueryDict, *, user: Any, sites: Sequence[Site]) -> None:
        self.query = " ".join(asked.get("q", "").split())[:LONGEST]
        self.sites = list(sites)
        self.site = _pick(self.sites, asked.get("situs", ""))
        only = self.site or (self.sites[0] if len(self.sites) == 1 else None)
        self.sections: list[Section] = list(only.sections.all()) if only else []
        self.section = _pick(self.sections, asked.get("kanal", ""))
        self.state: State | None = BY_CODE.get(asked.get("keadaan", ""))
        self.topic = _one(at_site(user, Topic, None), asked.get("topik", ""))
        self.writer = _one(at_site(user, Contributor, None), asked.get("penulis", ""))
        self.since, self.until = _day(asked.get("sejak", "")), _day(asked.get("sampai", ""))
        self.states = list(ROWS)
        self.kept = [(name, asked[name]) for name in _NAMES if asked.get(name)]
        self.zone = only.zone if only else timezone.get_current_timezone()

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return any((self.site, self.section, self.state, self.topic, self.writer, self.since, self.until))

    @property
    def named(self) -> bool:
        """Whether a topic or a writer was asked for: then that thing's own index leads to the stories."""
        return bool(self.topic or self.writer)

    def narrow(self, stories: QuerySet[Story]) -> QuerySet[Story]:
        """The part of ``stories`` that was asked for."""
        if self.site:
            stories = stories.filter(site=self.site)
        if self.section:
            stories = stories.filter(section=self.section)
        if self.state:
            stories = stories.filter(ROWS[self.state])
        if self.topic:
            stories = stories.filter(pk__in=self._about())
        if self.writer:
            stories = stories.filter(pk__in=self._written())
        return stories.filter(**self._dated("created_at"))

    def narrow_carried(self, placements: QuerySet[Placement]) -> QuerySet[Placement]:
        """The same of the stories that a site carries, by when they came and where they stand there."""
        if self.section:
            placements = placements.filter(section=self.section)
        if self.state:
            placements = (
                placements.filter(CARRIED[self.state]) if self.state in CARRIED else placements.none()
            )
        if self.topic:
            placements = placements.filter(story_id__in=self._about())
        if self.writer:
            placements = placements.filter(story_id__in=self._written())
        return placements.filter(**self._dated("at"))

    def _about(self) -> QuerySet[Any, Any]:
        """The stories of the topic; one condition over both would read every story."""
        about = Story.topics.through.objects.filter(topic_id=self.topic.pk).values_list("story_id")
        return about.union(Story.objects.filter(label=self.topic).order_by().values_list("pk"))

    def _written(self) -> QuerySet[Any, Any]:
        return Byline.objects.filter(contributor=self.writer).values("story_id")

    def _dated(self, column: str) -> dict[str, datetime]:
        found = {}
        if self.since:
            found[f"{column}__gte"] = datetime.combine(self.since, time.min, self.zone)
        if self.until:
            found[f"{column}__lt"] = datetime.combine(self.until + timedelta(days=1), time.min, self.zone)
        return found


def _pick(things: Sequence[Any], key: str) -> Any:
    return next((thing for thing in things if str(thing.pk) == key), None)


def _one(things: QuerySet[Any], key: str) -> Any:
    return things.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= MOST_DIGITS else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
