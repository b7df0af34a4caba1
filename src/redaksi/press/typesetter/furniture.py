"""Furniture: the standing parts that every page of a site shares, printed once and laid into all of them.

"head" ends the ``<head>`` that a page began (style, font, icons, feed, script); "top" holds skip link, nameplate and
sections and opens ``<main>``; "latest" is the list of the newest stories beside a story; "bottom" closes ``<main>``
and holds the footer. The first, second and fourth change with the site's own data, the third with every publish.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from redaksi.press.typesetter.assets import SCRIPT, icon_of
from redaksi.press.typesetter.engine import set_text
from redaksi.press.typesetter.files import asset_address
from redaksi.press.typesetter.looks import look_of, stylesheet, theme_colours
from redaksi.stories.copy import SiteCopy, StoryCopy, TopicCopy

#: The names of the pieces.
PIECES = ("head", "top", "latest", "bottom")
#: How many stories the "latest" piece shows.
LATEST_COUNT = 8


def furniture(site: SiteCopy, year: int, newest: Sequence[StoryCopy] = ()) -> dict[str, str]:
    """Every piece of furniture of a site, by name.

    ``year`` is the current one, for the copyright line; ``newest`` are the site's newest stories, newest first.
    """
    return {
        "head": head(site),
        "top": set_text("top.html", site, {}),
        "latest": latest(site, newest),
        "bottom": bottom(site, year),
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


def latest(site: SiteCopy, newest: Sequence[StoryCopy]) -> str:
    """The list of the newest stories as story pages show it; without any, the empty text."""
    if not newest:
        return ""
    return set_text("latest_piece.html", site, {"newest": newest[:LATEST_COUNT]})


def related(site: SiteCopy, topic: TopicCopy, newest: Sequence[StoryCopy]) -> str:
    """The newest stories of a topic, as they stand under a story that has it as its label; without any, the empty text."""
    if not newest:
        return ""
    return set_text("related.html", site, {"topic": topic, "newest": newest})


def bottom(site: SiteCopy, year: int) -> str:
    """The footer."""
    values = {"year": year, "host": urlsplit(site.origin).netloc}
    return set_text("bottom.html", site, values)
