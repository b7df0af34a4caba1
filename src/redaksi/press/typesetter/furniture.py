"""Furniture: the standing parts that every page of a site shares, printed once and laid into all of them.

"head" ends the ``<head>`` that a page began (style, font, icons, feed, script) and holds the skip link; "breaking" is the bar of
flashes (:mod:`redaksi.press.breaking`); "top" holds nameplate and sections and opens ``<main>``; "follow" and "comments" stand under a story; "latest" holds the newest stories and those that others refer to most, beside it; "bottom" closes ``<main>``
and holds the footer; "plate" is the picture of pages without one, for those who show a shared page. "latest" changes with every publish, the others with the site's own data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from redaksi.press.typesetter.assets import PLATE_SIZE, SCRIPT, icon_of, plate_of
from redaksi.press.typesetter.engine import set_text
from redaksi.press.typesetter.files import asset_address
from redaksi.press.typesetter.links import absolute
from redaksi.press.typesetter.looks import look_of, stylesheet, theme_colours
from redaksi.stories.copy import PageCopy, SiteCopy, StoryCopy, TopicCopy

#: The names of the pieces.
PIECES = (
    "head",
    "plate",
    "breaking",
    "top",
    "follow",
    "comments",
    "latest",
    "bottom",
    "search:some",
    "search:none",
)
#: How many stories the "latest" piece shows: the newest, and those that others refer to most.
LATEST_COUNT, POPULAR_COUNT = 8, 5
#: Between the parts of a list that is set once and printed without one or another; no text of the record can hold it.
CUT = "\x00"


def furniture(site: SiteCopy) -> dict[str, str]:
    """The pieces that change with the site's own data only, by name."""
    return {
        "head": head(site),
        "plate": plate(site),
        "top": set_text("top.html", site, {}),
        "follow": set_text("follow.html", site, {}),
        "comments": set_text("comments.html", site, {}),
        # What stands over what a reader's search found, or in its place; the newsstand puts the question for "{asked}".
        "search:some": set_text("search_some.html", site, {}),
        "search:none": set_text("search_none.html", site, {}),
    }


def head(site: SiteCopy) -> str:
    """The end of every page's ``<head>``. The style is printed to the byte: the security policy holds its hash."""
    light, dark = theme_colours(site)
    values = {
        "style": stylesheet(site),
        "fonts": [asset_address(f"fonts/{name}") for name in look_of(site).preload],
        "icon": icon_of(site)[0],
        "script": asset_address(SCRIPT),
        "theme_light": light,
        "theme_dark": dark,
    }
    return set_text("head.html", site, values)


def plate(site: SiteCopy) -> str:
    """The picture that is shown with a shared page that has none of its own."""
    width, height = PLATE_SIZE
    url = absolute(site.origin, plate_of(site)[0])
    return set_text("plate.html", site, {"url": url, "width": width, "height": height})


def latest(site: SiteCopy, newest: Sequence[StoryCopy], popular: Sequence[StoryCopy] = ()) -> str:
    """The lists beside a story: the newest stories, and the most referred to. Without any, the empty text."""
    if not newest:
        return ""
    values = {"newest": newest[:LATEST_COUNT], "popular": popular[:POPULAR_COUNT]}
    return set_text("latest_piece.html", site, values)


class Related(NamedTuple):
    """The newest stories of a topic, as they stand under a story that has it as its label."""

    head: str
    items: tuple[str, ...]
    tail: str

    def without(self, own: int | None, most: int) -> str:
        """The piece with at most so many items, ``own`` (counted from 0) left out; without any item, the empty text."""
        shown = [item for at, item in enumerate(self.items) if at != own][:most]
        return self.head + "".join(shown) + self.tail if shown else ""


def related(site: SiteCopy, topic: TopicCopy, newest: Sequence[StoryCopy]) -> Related:
    """Set the list once; it is printed for each of its stories without that one."""
    values = {"topic": topic, "newest": newest, "mark": Markup(CUT)}  # noqa: S704 - a mark that no text can hold
    head, *items, tail = set_text("related.html", site, values).split(CUT)
    return Related(head, tuple(items), tail)


def bottom(site: SiteCopy, year: int, pages: Sequence[PageCopy] = ()) -> str:
    """The footer, with links to these static pages; ``year`` is the current one, for the copyright line."""
    values = {"year": year, "host": urlsplit(site.origin).netloc, "pages": pages}
    return set_text("bottom.html", site, values)
