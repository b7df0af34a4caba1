"""Sheets: what the typesetter hands to the foreman, a page's own texts with holes between them.

A hole is filled on the newsstand, not here: with a piece of furniture that every page shares, with the cards of a
list, or with the links to that list's older and newer pages. The parts are the shelf's own, so a sheet's ``parts``
are what :func:`redaksi.shelf.recipe.press_recipe` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from redaksi.shelf.recipe import Cards, Furniture, Highest, Own, Pager, Segment

#: How a story shows in a list: an ordinary card, the big card of a front; an item of a feed of each form and the time of its last
#: change; a sitemap's ``<url>`` and a news sitemap's; what is told of it to those who embed it; a card for other sites of the
#: network; a picture.
CardForm = Literal["row", "lead", "rss", "atom", "json", "stamp", "map", "news", "oembed", "net", "photo"]

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
SVG = "image/svg+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: ``parts`` in order, own texts and holes; ``content_type`` is the HTTP header's value."""

    parts: tuple[Segment, ...]
    content_type: str = HTML

    @property
    def own(self) -> str:
        """The page's own text, without what stands in its holes."""
        return "".join(part.text for part in self.parts if isinstance(part, Own))


def microseconds(at: datetime) -> int:
    """A time as lists are cut by it: whole microseconds since 1970, UTC."""
    return (at - _EPOCH) // _MICROSECOND


def fill(
    sheet: Sheet,
    furniture: Mapping[str, str],
    cards: Callable[[Cards], str] = lambda _: "",
    pager: Callable[[Pager], str] = lambda _: "",
    highest: Callable[[Highest], str] = lambda hole: hole.otherwise,
) -> str:
    """The whole page as one text, for previews: each hole filled from ``furniture``, ``cards``, ``pager`` and ``highest``.

    Furniture that is not there is left out, as on the newsstand.
    """
    texts = []
    for part in sheet.parts:
        match part:
            case Own(text=text):
                texts.append(text)
            case Furniture(name=name):
                texts.append(furniture.get(name, ""))
            case Cards():
                laid = cards(part)
                texts.append(f"{part.opening}{laid}{part.closing}" if laid else "")
            case Highest():
                texts.append(highest(part))
            case Pager():
                texts.append(pager(part))
    return "".join(texts)
