"""Stories printed together: read from the record in as few queries as one takes, and no more of them than a publish may wait for.

Each site that carries a story has a page of it, so stories are counted by their pages. One that can't be printed keeps none of the others
from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count

from redaksi.press.prints import StoryPrint, print_stories
from redaksi.press.sites import SiteDesk
from redaksi.stories.models import Address

#: Pages of stories after which no other story is begun in one go: a publish, or a flash, waits no longer for two hundred sites that
#: carry a story than for as many stories.
PAGES_AT_ONCE = 100


class Together(NamedTuple):
    """The prints of stories, and what kept others from being printed."""

    prints: list[StoryPrint]
    failed: dict[int, Exception]


def first_of(story_ids: Sequence[int]) -> Sequence[int]:
    """The first of these stories: as many as have :data:`PAGES_AT_ONCE` pages."""
    here = Address.objects.filter(story_id__in=story_ids, current=True).order_by().values("story_id")
    pages = dict(here.annotate(pages=Count("pk")).values_list("story_id", "pages"))
    total = 0
    for count, story_id in enumerate(story_ids, start=1):
        total += pages.get(story_id, 1)
        if total >= PAGES_AT_ONCE:
            return story_ids[:count]
    return story_ids


def print_together(story_ids: Sequence[int], desk: SiteDesk) -> Together:
    """Work out the prints of stories; all at once or, where one fails, each by itself."""
    try:
        return Together(print_stories(story_ids, desk), {})
    except Exception as error:  # noqa: BLE001  # whatever it is, the other stories must not wait for it
        if len(story_ids) == 1:
            return Together([], {story_ids[0]: error})
    each = [print_together([story_id], desk) for story_id in story_ids]
    return Together(
        [made for one in each for made in one.prints],
        {story_id: error for one in each for story_id, error in one.failed.items()},
    )
