"""The breaking bar: one line a flash over every page of a site, and an empty place for it while nothing breaks.

The place is always there, since screen readers announce only what comes into a region that they knew before. A bar says nothing
of its site but language, zone and base, and links with whole addresses, so that one print serves every site that speaks alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.engine import Speaker, set_text
from redaksi.press.typesetter.sheet import PLAIN, Sheet
from redaksi.shelf.recipe import Furniture
from redaksi.stories.copy import FlashCopy, SiteCopy

PIECE = "breaking"


class _Line(NamedTuple):
    flash: FlashCopy
    mark: str


def bar(flashes: Sequence[FlashCopy], speaker: Speaker, base: str = "") -> str:
    """The bar with these flashes, the first on top; ``base`` is what every address of the site begins with."""
    lines = [_Line(flash, _mark(flash)) for flash in flashes]
    values = {"lines": lines, "address": addresses.breaking_of(speaker.language, base)}
    return set_text("breaking.html", speaker, values)


def bar_page(site: SiteCopy) -> tuple[str, Sheet]:
    """Where open pages ask for the bar as it is now, and what answers: the piece alone, in no search engine's interest."""
    return addresses.breaking_of(site.language, site.base), Sheet((Furniture(PIECE),), PLAIN)


def _mark(flash: FlashCopy) -> str:
    """Tells a line from another, so that an open page changes only what has changed."""
    return hashlib.blake2b(repr(flash).encode(), digest_size=5).hexdigest()
