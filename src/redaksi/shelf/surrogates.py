"""Surrogate keys: by which a cache in front knows what stands on a page, so that exactly the changed pages are purged.

The newsstand names on each page what it laid (`PageKeys`), the press tells caches what a transaction changed
(`shelf/changes.py`); both take the names from here. A name is short, since a front of hundreds of cards names them all, and a header
has an end: beyond `MOST_BYTES` a page names its lists instead of its cards, and is then purged with any card of theirs.

    p…  an address (whatever stands there, or nothing)      f…  a site's furniture and headers
    r…  a piece of rare furniture                           c…  a card
    l…  which stories are in a list, or of a day of it       a…  any card of a list
    x…  which stories have a card of a site's own           all everything
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from redaksi.shelf.addresses import card_id, page_key
from redaksi.shelf.recipe import Cards

ALL = "all"
ANY_ROW = "l"
"""Of any row or card of any list."""
MOST_BYTES = 2000
"""Of the header's value: with everything else it fits into the 4 KB that web servers take for all headers."""

_DAY = 86_400_000_000
_MOST_DAYS = 3
_ANY = (1 << 64) - 1


def page(key: int) -> str:
    """Of a page's rowid."""
    return f"p{key & _ANY:x}"


def furniture(site: int) -> str:
    """Of a site's shared furniture."""
    return f"f{site:x}"


def rare(site: int, name: str) -> str:
    """Of a piece of rare furniture."""
    return f"r{_short(site, name)}"


def card(rowid: int) -> str:
    """Of a card's rowid."""
    return f"c{rowid:x}"


def any_card(site: int, name: str) -> str:
    """Of all cards of a list's stories."""
    return f"a{_short(site, name)}"


def own_cards(site: int) -> str:
    """Of the coming and going of a site's own cards."""
    return f"x{site:x}"


def rows(site: int, name: str, since: int | None = None, until: int | None = None) -> list[str]:
    """Of a list's rows; of some days only, where the range (microseconds UTC) is that short."""
    listed = f"l{_short(site, name)}"
    if since is None or until is None or until - since > _DAY * (_MOST_DAYS - 1):
        return [listed]
    return [f"{listed}.{day:x}" for day in range(since // _DAY, (until - 1) // _DAY + 1)]


def row(site: int, name: str, at: int) -> list[str]:
    """All names of the lists' parts in which a row stands."""
    return [*rows(site, name), *rows(site, name, at, at + 1)]


def _short(site: int, name: str) -> str:
    return hashlib.blake2b(f"{site}:{name}".encode(), digest_size=5).hexdigest()


class PageKeys:
    """What stands on one page, named while it is laid."""

    def __init__(self, site: int, address: str) -> None:
        self._site = site
        self._always = dict.fromkeys([ALL, page(page_key(site, address)), furniture(site)])
        self._cards: dict[str, None] = {}
        self._instead: dict[str, None] = {}

    def add_rare(self, name: str) -> None:
        """A piece of rare furniture, and that which stands in its place where it isn't there."""
        self._always[rare(self._site, name)] = None
        self._always[rare(self._site, name.partition("/")[0])] = None

    def add_list(self, hole: Cards, stories: Iterable[int]) -> None:
        """A hole for cards, with the stories that stand in it now."""
        site = self._site if hole.site is None else hole.site
        self._always.update(dict.fromkeys(rows(site, hole.list, hole.since, hole.until)))
        if hole.foreign:
            self._always[own_cards(self._site)] = None
        forms = (hole.form,) if hole.first is None else (hole.form, hole.first)
        pinned = [story for story in hole.pinned if story]
        self._always.update((card(card_id(site, story, hole.form)), None) for story in pinned)
        self._cards.update((card(card_id(site, story, form)), None) for story in stories for form in forms)
        self._instead[any_card(site, hole.list)] = None

    def __str__(self) -> str:
        """The header's value; longer than MOST_BYTES never."""
        for keys in ({**self._always, **self._cards}, {**self._always, **self._instead}):
            text = " ".join(keys)
            if len(text) <= MOST_BYTES:
                return text
        # More lists or pins than fit: purged with whatever changes on the site, or on the network.
        return " ".join([*list(self._always)[:3], own_cards(self._site), ANY_ROW])
