"""What to read on, where no editor said it: chosen when a page is printed, from the stories just older in the lists of its topics.

Only older stories are chosen, so that a publish changes no older page; and only from the :data:`WINDOW` just older ones in each of
the topics' lists on the page's site. When a story comes into such a list, leaves it or moves in it, the choice of those stories
can change in whose window its place is: the :data:`WINDOW` just newer ones. So a page is always as one printed afresh
would be, and the work is the same however long a list is. :func:`touched` finds them; they get a row of the kind :data:`KIND`.

The ranking for now: topics shared, then time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import NamedTuple

from django.db import transaction

from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.reading_on import places, with_read_also
from redaksi.press.typesetter.sheet import microseconds
from redaksi.shelf.lists import ListKey
from redaksi.shelf.neighbours import Neighbours
from redaksi.stories import linked
from redaksi.stories.copy import Paragraph, ReadAlso, SiteCopy, StoryCopy, StoryLink

#: Stories just older than a story, in each of its topics' lists, among which is chosen.
WINDOW = 8
#: Topics of a story that are looked at; the rest of a story with more is left alone.
MOST_TOPICS = 8
#: The kind of an outbox row that asks for one story's page to be printed again, since its choice may differ now.
KIND = "also"

_HREF = re.compile(r'href="([^"]*)"')


class _Open(NamedTuple):
    """A page, where in its body something to read on may stand, and the stories for it, the best first."""

    story: StoryCopy
    site: SiteCopy
    free: Sequence[int]
    ranked: Sequence[int]


def with_links(lists: Neighbours, pages: Iterable[tuple[StoryCopy, SiteCopy]]) -> list[StoryCopy]:
    """Stories with what to read on in their bodies, and what they then depend on. Two queries for all pages.

    Args:
        lists: of the shelf on which the pages are about to be laid.
        pages: each a story as the record has it, with what an editor set, and the site whose page it is.
    """
    asked = [_open(lists, story, site) for story, site in pages]
    bases = {one.site.id: one.site.base for one in asked if one.ranked}
    links = linked.links_at({story for one in asked for story in one.ranked}, bases)
    return [_whole(one, links) for one in asked]


def _open(lists: Neighbours, story: StoryCopy, site: SiteCopy) -> _Open:
    free = places(story.body, story.also.cap)
    return _Open(story, site, free, _ranked(lists, story, site) if free else ())


def _whole(page: _Open, links: Mapping[tuple[int, int], StoryLink]) -> StoryCopy:
    found = (links[page.site.id, story] for story in page.ranked if (page.site.id, story) in links)
    chosen = [ReadAlso(one.story_id, one.headline, one.path) for one in islice(found, len(page.free))]
    if not chosen:
        return page.story
    depends = page.story.depends | {f"story:{one.story_id}" for one in chosen}
    return replace(page.story, body=with_read_also(page.story.body, chosen, page.free), depends=depends)


def _ranked(lists: Neighbours, story: StoryCopy, site: SiteCopy) -> list[int]:
    """The stories to read on, the best first: older ones, none that the editor banned, none to which the story links already."""
    names = topic_lists(story)
    found = {key.story: key for key in _older(lists, story, site.id, names)}
    for one in _ruled_out(story, site):
        found.pop(one, None)
    if not found:
        return []
    shared = lists.in_common(site.id, names, list(found))
    return sorted(found, key=lambda one: (shared.get(one, 0), found[one]), reverse=True)


def topic_lists(story: StoryCopy) -> list[str]:
    """The lists of a story's topics: its label's first, the others by their age."""
    topics = {topic.id: topic for topic in sorted(story.topics, key=lambda topic: topic.id)}
    if story.label:
        topics = {story.label.id: story.label} | topics
    return [addresses.topic_list(topic) for topic in topics.values()][:MOST_TOPICS]


def _older(lists: Neighbours, story: StoryCopy, site_id: int, names: list[str]) -> Iterator[ListKey]:
    # A story that isn't saved yet has no number: it comes behind all others of its moment.
    place = ListKey(microseconds(story.published_at), story.id or 1 << 38)
    for name in names:
        yield from lists.older(site_id, name, place, WINDOW)


def _ruled_out(story: StoryCopy, site: SiteCopy) -> set[int]:
    """What the page names already, and what an editor doesn't want there."""
    paragraphs = [block.html for block in story.body if isinstance(block, Paragraph)]
    named = {block.story_id for block in story.body if isinstance(block, ReadAlso)}
    named |= {one.reply.story_id for one in story.corrections if one.reply}
    named |= {link.story_id for link in story.reply_to}
    addresses_linked = (unescape(found) for html in paragraphs for found in _HREF.findall(html))
    return named | story.also.banned | linked.stories_at(addresses_linked, site)


def counts(list_name: str) -> bool:
    """Whether what to read on is chosen from a list."""
    return list_name.startswith("topic:")


def touched(lists: Neighbours, moved: Iterable[tuple[int, str, int, int]]) -> set[int]:
    """The stories whose choice may have changed.

    Args:
        lists: as they are now, after the change.
        moved: (site, list, at, story) in the lists that count, of every story that came into one, left one or moved: all those
            that it had and all that it has, since how much it shares with others has changed too.
    """
    return {
        key.story
        for site_id, name, at, story in moved
        for key in lists.newer(site_id, name, ListKey(at, story), WINDOW)
    }


def put_back(stories: set[int]) -> None:
    """Ask for these stories' pages to be printed again; one that waits already waits once."""
    if not stories:
        return
    with transaction.atomic():
        waiting = Entry.objects.filter(kind=KIND, object_id__in=stories).values_list("object_id", flat=True)
        box.put_many(KIND, sorted(stories.difference(waiting)))
