"""The template engine: every page's template is read as a whole page, with its holes where they stand.

A template writes ``{{ furniture("top") }}`` or ``{{ cards("all", "row", 30) }}``; that prints a mark which no text of
the record can hold (they lose their control characters on the way in), and :func:`set_sheet` cuts the page there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from redaksi.press.typesetter import addresses, links, photos
from redaksi.press.typesetter.dates import Clock, rfc822, rfc3339
from redaksi.press.typesetter.sheet import HTML, Sheet
from redaksi.press.typesetter.words import words_for
from redaksi.shelf.recipe import Cards, Furniture, Highest, Own, Pager, Segment
from redaksi.stories.copy import SiteCopy

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class Speaker(NamedTuple):
    """All that a text needs of a site when it says nothing about it: its language and its zone."""

    slug: str
    language: str
    time_zone: str


_MARK = re.compile("\x00([0-9]+)\x00")


class _Holes:
    """The holes of one page, in the order its template makes them."""

    def __init__(self) -> None:
        self.made: list[Segment] = []

    def furniture(self, name: str) -> Markup:
        return self._mark(Furniture(name))

    def cards(self, name: str, form: str, count: int, **rest: Any) -> Markup:
        for text in rest.keys() & {"opening", "closing"}:
            rest[text] = str(rest[text])
        return self._mark(Cards(name, form, count, **rest))

    def highest(self, name: str, form: str, count: int, otherwise: str) -> Markup:
        return self._mark(Highest(Cards(name, form, count), otherwise))

    def pager(self, **texts: Any) -> Markup:
        return self._mark(Pager(**{name: str(text).strip() for name, text in texts.items()}))

    def _mark(self, hole: Segment) -> Markup:
        self.made.append(hole)
        return Markup(f"\x00{len(self.made) - 1}\x00")  # noqa: S704 - a number between two marks


def _finalize(value: Any) -> Any:
    """Called on every value that a template prints: what is not markup is made fit to print."""
    if type(value) is str:  # most are, and most of these hold nothing that would have to go
        return value if value.isprintable() else links.clean(value)
    return links.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _as_html(text: str) -> str:
    """Plain words as HTML, to be printed where HTML stands as text: in RSS, a description is HTML."""
    return str(escape(links.clean(text)))


class _Environment(Environment):
    """Jinja's, with what all templates know in a plain dict: looked through for each template and each import, it is a ChainMap otherwise."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "clean": links.clean,
        "href": links.href,
        "inline": links.inline,
        "block": links.block,
        "chapter": links.chapter,
        "as_html": _as_html,
        "rfc822": rfc822,
        "rfc3339": rfc3339,
    }
    environment.filters["host"] = links.host
    environment.tests["printable"] = lambda picture: photos.printable(picture) is not None
    environment.globals |= {"at": addresses, "printable": photos.printable, "set_in": photos.set_in}
    environment.globals["largest"] = photos.largest
    return environment


def clock_of(site: SiteCopy | Speaker) -> Clock:
    """The site's clock: its language and its zone.

    Raises:
        ValueError: when the site names a zone that does not exist, or a language that the press does not speak.
    """
    try:
        return _clock(site.language, site.time_zone)
    except ZoneInfoNotFoundError as error:
        message = f"Site {site.slug!r} names a time zone that does not exist: {site.time_zone!r}"
        raise ValueError(message) from error


@lru_cache(256)
def _clock(language: str, zone: str) -> Clock:
    return Clock(addresses.tongue(language), _zone(zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ValueError as error:  # no name of a zone at all, such as "../etc"
        raise ZoneInfoNotFoundError(name) from error


def _surroundings(site: SiteCopy | Speaker) -> dict[str, Any]:
    return {"site": site, "w": words_for(site.language), "clock": clock_of(site)}


def set_text(template: str, site: SiteCopy | Speaker, values: Mapping[str, Any]) -> str:
    """Set a template that has no holes: a card, a piece of furniture."""
    return _template(template).render(_surroundings(site) | dict(values)).strip() + "\n"


def set_sheet(template: str, site: SiteCopy, values: Mapping[str, Any], content_type: str = HTML) -> Sheet:
    """Set a whole page and cut it at its holes."""
    holes = _Holes()
    makers = {
        "furniture": holes.furniture,
        "cards": holes.cards,
        "highest": holes.highest,
        "pager": holes.pager,
    }
    text = _template(template).render(_surroundings(site) | makers | dict(values))
    # split() with a group gives text, number, text, number, …, text.
    pieces = _MARK.split(text.strip())
    parts = (holes.made[int(piece)] if at % 2 else Own(piece) for at, piece in enumerate(pieces))
    return Sheet(
        tuple(part for part in parts if not isinstance(part, Own) or part.text.strip()), content_type
    )
