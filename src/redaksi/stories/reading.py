"""Reading stories with all that stands on their pages: a fixed number of queries, for one story or for some hundred.

What a story owns or points to is fetched onto its row, where its relations' ``all()`` finds it; what its body and its notes name is in
:class:`Around`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from redaksi.network.models import Section, Site
from redaksi.photos.models import Photo
from redaksi.stories import linked
from redaksi.stories.copy import StoryLink
from redaksi.stories.models import Address, Byline, Correction, Placement, Story, Topic
from redaksi.stories.texts import listed, raw_blocks


def read(story_ids: Collection[int]) -> list[Story]:
    """These stories as the record has them, by key; those that are gone are left out."""
    rows = list(Story.objects.filter(pk__in=story_ids).order_by("pk"))
    _fetch_onto(rows, (*_OWN, *_OF_THE_TEXT))
    _attach(rows)
    return rows


def gathered(story: Story) -> Story:
    """A story with what :func:`read` would have fetched onto it; what its text holds already is left as it is.

    It is another object: whoever has the story goes on asking the record about it.
    """
    if not story.pk:
        return story
    one = copy(story)
    one.__dict__["_prefetched_objects_cache"] = {}
    held = getattr(story, "_cluster_related_objects", {})
    _fetch_onto([one], (*_OWN, *(name for name in _OF_THE_TEXT if name not in held)))
    return one


#: Relations of a story's row, and those that a revision's text may hold differently.
_OWN = ("addresses", "placements", "corrections", "replies_to", "versions")
_OF_THE_TEXT = ("bylines", "topics")


def _fetch_onto(stories: Sequence[Story], names: Iterable[str]) -> None:
    """Fetch some relations, one query each, onto the rows: where Django's own prefetching puts them, without a queryset for each row."""
    keys = [story.pk for story in stories]
    caches: dict[int, dict[str, Any]] = {}
    for story in stories:
        caches[story.pk] = story.__dict__.setdefault("_prefetched_objects_cache", {})
    for name in names:
        queried, owner = _QUERIES[name]
        lists: dict[int, list[Any]] = {key: [] for key in keys}
        for thing in queried(keys):
            lists[getattr(thing, owner)].append(thing)
        for key, cache in caches.items():
            cache[name] = lists[key]


def _topics(keys: Collection[int]) -> Iterable[Topic]:
    through = Story.topics.through.objects.filter(story__in=keys)
    rows = list(through.order_by("story", "topic__name", "topic").values_list("story", "topic"))
    found = Topic.objects.in_bulk({topic for _, topic in rows})
    for story, topic in rows:
        one = copy(found[topic])
        one.of_story = story  # type: ignore[attr-defined]  # whose it is here
        yield one


#: For each relation: its things for some stories, and the attribute that tells whose each is.
_QUERIES: dict[str, tuple[Callable[[Collection[int]], Iterable[Any]], str]] = {
    "addresses": (lambda keys: Address.objects.filter(story__in=keys).order_by("pk"), "story_id"),
    "placements": (
        lambda keys: Placement.objects.filter(story__in=keys).select_related("section", "label"),
        "story_id",
    ),
    "corrections": (lambda keys: Correction.objects.filter(story__in=keys), "story_id"),
    "replies_to": (lambda keys: Correction.objects.filter(reply__in=keys), "reply_id"),
    "versions": (lambda keys: Story.objects.filter(version_of__in=keys).only("version_of"), "version_of_id"),
    "bylines": (lambda keys: Byline.objects.filter(story__in=keys).select_related("contributor"), "story_id"),
    "topics": (_topics, "of_story"),
}


def _attach(stories: Sequence[Story]) -> None:
    """Set what rows point to, each thing fetched once for all of them."""
    for name, model in (("site", Site), ("section", Section), ("label", Topic), ("lead_photo", Photo)):
        keys = {getattr(story, f"{name}_id") for story in stories} - {None}
        found = model._default_manager.in_bulk(keys) if keys else {}  # noqa: SLF001  # its public name differs by model
        for story in stories:
            setattr(story, name, found.get(getattr(story, f"{name}_id")))


class Around:
    """What some stories refer to in their bodies and notes, fetched at once: photos, and links to those stories that readers have.

    Args:
        stories: rows of the record, or revisions' texts.
        bases: what every address of a site begins with, for the sites of these stories.
    """

    def __init__(self, stories: Sequence[Story], bases: Mapping[int, str]) -> None:
        photos: set[int] = set()
        named: set[int] = set()
        for story in stories:
            photos |= photos_in(story)
            named |= stories_in(story) | linked.Replies(story).named
        self.photos = Photo.objects.in_bulk(photos) if photos else {}
        # Those that readers have on the story's site, at home or carried; one that isn't here can't be read on here.
        self._links = linked.links_at(named, bases, gone=True)

    def link(self, site_id: int, story_id: int | None) -> StoryLink | None:
        """To a story that readers of the site have, or one that is gone."""
        return self._links.get((site_id, story_id)) if story_id else None


def photos_in(story: Story) -> set[int]:
    """The keys of the photos in a body."""
    return set(_photos(story))


def stories_in(story: Story) -> set[int]:
    """The keys of the stories that a body names."""
    return {value["story"] for name, value in raw_blocks(story) if name == "read_also" and value.get("story")}


def _photos(story: Story) -> Iterator[int]:
    for name, value in raw_blocks(story):
        if name == "photo" and value.get("photo"):
            yield value["photo"]
        elif name == "gallery":
            yield from filter(None, listed(value.get("photos", [])))
