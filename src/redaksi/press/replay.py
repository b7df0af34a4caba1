"""Replay: a site's front as it was at a past minute.

The arrangement of that minute is filled by the newsstand's own rule (:mod:`redaksi.shelf.filling`) with the stories that
readers had then (:mod:`redaksi.stories.then`, :mod:`redaksi.stories.carried_then`), and set by the typesetter. The shelf's lists lead to the stories, by time and
key; those that have left a list since (withdrawn, expired, let go, moved to another section) are looked up beside them. So the work
grows with the front's places, not with the archive or with how long ago that minute is. What all pages share (nameplate,
footer) is today's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from redaksi.network.models import Site
from redaksi.press.fronts import strips_set
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.cards import card, forms_of
from redaksi.press.typesetter.fronts import SetStrip, front_page
from redaksi.press.typesetter.sheet import CardForm, fill, microseconds
from redaksi.shelf.filling import Filling
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards
from redaksi.stories import fronts, imprint
from redaksi.stories.carried_then import carried_then, gone_since
from redaksi.stories.copy import SiteCopy
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy
from redaksi.stories.then import Then, picks_then, stories_then

#: Stories that left their lists since, and the newest of the site at that minute, that are looked at beside a strip's own list.
BESIDE = 200
#: Stories whose past is looked up at a time.
SLICE = 40


def front_then(site: Site, at: datetime, shelf: ShelfReader) -> str:
    """The page that readers had at a minute. To be asked within a look.

    Args:
        site: whose front.
        at: the minute.
        shelf: leads to the stories; its furniture stands around the strips.
    """
    copy = site_copy(site)
    edition = fronts.newest_edition(site.pk, at)
    front = fronts.copy_of(fronts.strips_of(edition, site.pk), at)
    strips = strips_set(front, copy, shelf.has_row)
    replay = _Replay(copy, at, shelf, strips)
    return fill(front_page(strips, copy, imprint.pages(site.pk)), _furniture(shelf, site.pk), replay.cards)


def _furniture(shelf: ShelfReader, site_id: int) -> dict[str, str]:
    names = ("head", "top", "breaking", "bottom")
    return {name: piece.text() for name in names if (piece := shelf.piece(site_id, name))}


class _Replay:
    """One front being filled with what there was."""

    def __init__(self, site: SiteCopy, at: datetime, shelf: ShelfReader, strips: list[SetStrip]) -> None:
        self.site, self.at, self.shelf = site, at, shelf
        self.filling = Filling(pin for strip in strips for pin in strip.pinned)
        self._sites: dict[int, SiteCopy] = {site.id: site}
        self._known: dict[int, Then | None] = {}
        self._carried: dict[int, Then] = {}
        self._beside = (
            self._gone()
            + gone_since(site.id, at)
            + shelf.stories(site.id, addresses.ALL, until=self._until, count=BESIDE)
        )

    @property
    def _until(self) -> int:
        return microseconds(self.at) + 1

    def cards(self, hole: Cards) -> str:
        """The cards of a strip."""
        form: Any = hole.form
        shown = self.filling.strip(
            hole.count,
            hole.pinned,
            self._newest(hole),
            lambda story: self._stands(story, form, foreign=hole.foreign),
        )
        forms = [hole.first or form, *(form for _ in shown)]
        return "".join(self._card(story, of) for story, of in zip(shown, forms, strict=False))

    def _card(self, story: int, form: Any) -> str:
        then = self._as(form, story)
        return card(then.copy, self._site(then.copy.site_id), form) if then else ""

    def _stands(self, story: int, form: CardForm, *, foreign: bool) -> bool:
        then = self._as(form, story)
        if then is None or form not in forms_of(then.copy):
            return False
        return not (foreign and self._here(story))

    def _as(self, form: CardForm, story: int) -> Then | None:
        """A story as a card of this form says it: as its home has it in a strip of the network, else as this site does."""
        return self._then(story) if form == "net" else self._here(story)

    def _here(self, story: int) -> Then | None:
        """A story as this site had it, its own or carried; nothing if it hadn't."""
        then = self._then(story)
        own = then is not None and then.copy.site_id == self.site.id
        return then if own else self._carried.get(story)

    def _newest(self, hole: Cards) -> Iterator[int]:
        """The stories of a hole's list as it was, newest first."""
        if hole.list == addresses.PICKS:
            yield from picks_then(self.site.id, self.at)
            return
        site = self.site.id if hole.site is None else hole.site
        listed = self.shelf.stories(
            site, hole.list, until=self._until, count=hole.count + self.filling.taken + BESIDE
        )
        stories = self._by_time({*listed, *(self._beside if hole.list else ())})
        for start in range(0, len(stories), SLICE):
            some = stories[start : start + SLICE]
            self._look_up(some)
            yield from (story for story in some if self._belongs(story, hole))

    def _belongs(self, story: int, hole: Cards) -> bool:
        """Whether a story stood in a hole's list then."""
        then = self._here(story) if hole.site is None else self._known[story]
        return then is not None and _belonging(hole.list)(then)

    def _by_time(self, stories: set[int]) -> list[int]:
        found = Story.objects.filter(pk__in=stories, published_at__lte=self.at)
        return list(found.order_by("-published_at", "-pk").values_list("pk", flat=True))

    def _gone(self) -> list[int]:
        """Stories that readers had at that minute and that stand in no list today."""
        since = Q(withdrawn_at__gt=self.at) | Q(expired=True, live=False, expire_at__gt=self.at)
        found = Story.objects.filter(since, published_at__lte=self.at)
        return list(found.order_by("-published_at").values_list("pk", flat=True)[:BESIDE])

    def _then(self, story: int) -> Then | None:
        if story not in self._known:
            self._look_up([story])
        return self._known[story]

    def _look_up(self, stories: Iterable[int]) -> None:
        new = [story for story in stories if story not in self._known]
        found = stories_then(new, self.at) if new else {}
        self._known |= {story: found.get(story) for story in new}
        self._carried |= carried_then(self.site, found, self.at, self._site)

    def _site(self, site_id: int) -> SiteCopy:
        if site_id not in self._sites:
            self._sites[site_id] = site_copy(Site.objects.get(pk=site_id))
        return self._sites[site_id]


def _belonging(name: str) -> Callable[[Then], bool]:
    """Whether a story stood in a list, by what it was then."""
    kind, _, key = name.partition(":")
    number = int(key or 0)
    return {
        "section": lambda then: then.copy.section.id == number,
        "topic": lambda then: number in then.topics,
        "site": lambda then: then.copy.site_id == number,
        addresses.PHOTOS: lambda then: bool(then.copy.gallery),
        addresses.VIDEOS: lambda then: then.copy.has_video,
    }.get(kind, lambda _then: True)
