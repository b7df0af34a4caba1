"""What stands in the places of an arrangement now: the press's own page of it, filled from the shelf by the newsstand's rule."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.newsstand.composing import compose, standing
from redaksi.press.fronts import strips_set
from redaksi.press.typesetter.fronts import front_page
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import Recipe, press_recipe
from redaksi.shelf.schema import ShelfError
from redaksi.stories import fronts, imprint
from redaksi.stories.actions.arrange import tidy
from redaksi.stories.arrangement import Strip, pinned_stories
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy


def shelf() -> ShelfReader:
    """The shelf that readers are served from."""
    return ShelfReader(Path(settings.REDAKSI_HOME) / "shelf.sqlite3")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a strip: what stands there, and what is pinned there. ``story`` is 0 where nothing does."""

    slot: int
    story: int = 0
    headline: str = ""
    pinned: int = 0
    pinned_headline: str = ""
    until: datetime | None = None

    @property
    def absent(self) -> bool:
        """Whether a story is pinned here that readers don't have: the strip's rule fills its place."""
        return bool(self.pinned) and self.pinned != self.story


def printed(site: Site, strips: Sequence[Strip]) -> str:
    """The whole page of an arrangement, as readers would get it now.

    Raises:
        ShelfError: there is no shelf yet.
    """
    with shelf() as reader, reader.look():
        recipe, _ = _recipe(site, strips, reader)
        page = Page(site.pk, "/", 200, "", "", "", recipe)
        laid = compose(reader, page, Recipe.parse(recipe))
    return zlib.decompress(laid, wbits=31).decode() if laid else ""


def places(user: Any, site: Site, strips: Sequence[Strip]) -> list[list[Place]]:
    """The places of each strip with what stands in them; empty ones while there is no shelf."""
    shown = _standing(site, strips)
    on_page = {story for strip in shown for story in strip}
    pinned = set(pinned_stories(strips)) - on_page
    # What stands on the front is in public; what is only pinned may be a draft of another site.
    known = Story.objects.filter(pk__in=on_page).values_list("pk", "headline")
    chosen = policy.scope(user, Story.objects.filter(pk__in=pinned), "choose").values_list("pk", "headline")
    words = {**dict(known), **dict(chosen)}
    return [_placed(strip, found, words, site) for strip, found in zip(strips, shown, strict=True)]


def _standing(site: Site, strips: Sequence[Strip]) -> list[list[int]]:
    try:
        with shelf() as reader, reader.look():
            recipe, numbers = _recipe(site, strips, reader)
            found = dict(zip(numbers, standing(reader, site.pk, Recipe.parse(recipe)), strict=True))
    except ShelfError:
        found = {}
    return [found.get(number, []) for number in range(1, len(strips) + 1)]


def _recipe(site: Site, strips: Sequence[Strip], reader: ShelfReader) -> tuple[bytes, list[int]]:
    """The page of an arrangement, and the numbers of the strips that it has."""
    now = timezone.now()
    copy = site_copy(site)
    made = strips_set(fronts.copy_of(tidy(strips, now), now), copy, reader.has_row)
    return press_recipe(front_page(made, copy, imprint.pages(site.pk)).parts), [
        strip.number for strip in made
    ]


def _placed(strip: Strip, found: Sequence[int], words: dict[int, str], site: Site) -> list[Place]:
    """Lay what stands in a strip beside its places: a pin that holds has its own, the rule's stories fill the others."""
    slots = [strip.slots[slot] if slot < len(strip.slots) else None for slot in range(strip.count)]
    held = {pin.story for pin in slots if pin and pin.story in found}
    rest = iter(story for story in found if story not in held)
    placed = []
    for slot, pin in enumerate(slots):
        story = pin.story if pin and pin.story in held else next(rest, 0)
        placed.append(
            Place(
                slot,
                story,
                words.get(story, ""),
                pin.story if pin else 0,
                words.get(pin.story, "") if pin else "",
                pin.until.astimezone(site.zone) if pin and pin.until else None,
            )
        )
    return placed
