"""Pages with lists: the cards that stand in them now, the links to older and newer pages, and no story twice.

A page says for each list how many cards it wants and of which form. Where it says "fresh", a story that stands higher up, or
that an editor pinned anywhere on the page, is passed over: so a front of thirty places or three hundred is filled in one pass,
and no publish prints it again (:mod:`redaksi.shelf.filling` has the rule). The work grows with the page's places, not with the archive.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from urllib.parse import quote

from redaksi.shelf.addresses import TOLD
from redaksi.shelf.filling import Filling
from redaksi.shelf.lists import ListKey, ListPage
from redaksi.shelf.pieces import (
    NOTHING,
    Piece,
    gzip_of,
    join_pieces,
    join_stored_forms,
    press_piece,
    stored_piece,
)
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import OWN, Cards, Furniture, Highest, Pager, Recipe, Segment
from redaksi.shelf.surrogates import PageKeys
from redaksi.shelf.told import QUICK, card_text, told_text


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page of a list is asked for: the first (no key), or those older or newer than a key."""

    key: ListKey | None = None
    older: bool = True

    def __str__(self) -> str:
        return "" if self.key is None else f"{'<' if self.older else '>'}{self.key}"


FIRST = Turn()


def asked_turn(recipe: Recipe, query: str) -> Turn | None:
    """The turn that a query names by the parameters of the page's pager; None if it is garbled or says two things."""
    pager = next((part for part in recipe.outline if isinstance(part, Pager)), None)
    if pager is None or not query:
        return FIRST
    turns = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in (pager.before, pager.after):
            key = ListKey.parse(value)
            turns.append(Turn(key, name == pager.before) if key is not None else None)
    if not turns:
        return FIRST
    return turns[0] if len(turns) == 1 else None


def changes_with_time(recipe: Recipe) -> bool:
    """Whether a page shows only what is newer than some time ago."""
    return any(isinstance(part, Cards) and part.within is not None for part in recipe.outline)


def compose(
    reader: ShelfReader, page: Page, recipe: Recipe, turned: Turn = FIRST, keys: PageKeys | None = None
) -> bytes | None:
    """A whole page as a gzip stream; None if the list has no such page. To be asked within a look.

    Args:
        reader: the shelf.
        page: what stands at the address.
        recipe: its recipe.
        turned: which page of its list.
        keys: told what is laid, where a cache in front is to know.
    """
    hole = next((part for part in recipe.outline if isinstance(part, Cards) and part.paged), None)
    turned_list = _turn(reader, page.site, hole, turned) if hole is not None else ListPage([], [])
    if turned_list is None:
        return None
    setting = _Setting(reader, page, turned, turned_list, Filling(_pinned(recipe)), keys)
    own = iter(recipe.own)
    return gzip_of(join_pieces([next(own) if part is OWN else setting.fill(part) for part in recipe.outline]))


def standing(reader: ShelfReader, site: int, recipe: Recipe) -> list[list[int]]:
    """For each list hole of a site's page, in order, the stories that stand in it now. To be asked within a look."""
    page = Page(site, "", 200, "", "", "", b"")
    setting = _Setting(reader, page, FIRST, ListPage([], []), Filling(_pinned(recipe)))
    return [setting.listed(part).stories for part in recipe.outline if isinstance(part, Cards)]


def pager_html(pager: Pager, address: str, page: ListPage) -> str:
    """The links to a list's newer and older pages, from the templates that the press gave."""
    path = html.escape(quote(address))
    links = []
    if page.newer is not None and page.newer_is_first:
        links.append(pager.newest.replace("{path}", path))
    elif page.newer is not None:
        links.append(pager.newer.replace("{path}", path).replace("{key}", str(page.newer)))
    if page.older is not None:
        links.append(pager.older.replace("{path}", path).replace("{key}", str(page.older)))
    return f"{pager.opening}{''.join(links)}{pager.closing}" if links else ""


def _pinned(recipe: Recipe) -> set[int]:
    return {story for part in recipe.outline if isinstance(part, Cards) for story in part.pinned}


def _turn(reader: ShelfReader, site: int, hole: Cards, turned: Turn) -> ListPage | None:
    if turned.key is None:
        return reader.cards(site, hole)
    ask = reader.cards_before if turned.older else reader.cards_after
    return ask(site, hole, turned.key)


@dataclass(slots=True)
class _Setting:
    """One page being put together."""

    reader: ShelfReader
    page: Page
    turned: Turn
    turned_list: ListPage
    filling: Filling
    keys: PageKeys | None = None

    def fill(self, part: Segment) -> Piece:
        match part:
            case Furniture(name=name):
                if self.keys is not None and ":" in name:
                    self.keys.add_rare(name)
                found = self.reader.rare_piece if ":" in name else self.reader.piece
                return found(self.page.site, name) or NOTHING
            case Pager():
                return stored_piece(pager_html(part, self.page.address, self.turned_list))
            case Cards():
                return _framed(_joined(self.listed(part).cards, part), part)
            case Highest(cards=hole, otherwise=text):
                texts = [card_text(card, hole.form) for card in self._told(hole, self._asked(hole)).cards]
                return stored_piece(max(texts, default=text))
        return NOTHING

    def listed(self, hole: Cards) -> ListPage:
        """What stands in a hole."""
        return self._told(hole, self._listed(hole))

    def _told(self, hole: Cards, listed: ListPage) -> ListPage:
        if self.keys is not None:
            self.keys.add_list(hole, listed.stories)
        return listed

    def _asked(self, hole: Cards) -> ListPage:
        return self.reader.cards(self.page.site, hole)

    def _listed(self, hole: Cards) -> ListPage:
        if hole.first_only and self.turned.key is not None:
            return ListPage([], [])
        if hole.paged:
            return self.turned_list
        if not hole.fresh:
            return self._asked(hole)
        return self.reader.fresh_cards(self.page.site, hole, self.filling)


def _framed(cards: Piece, hole: Cards) -> Piece:
    """Cards with what stands around them: a strip without a story has no heading."""
    if not cards.length or not (hole.opening or hole.closing):
        return cards
    return join_pieces([stored_piece(hole.opening), cards, stored_piece(hole.closing)])


def _joined(cards: list[bytes], hole: Cards) -> Piece:
    """Cards in a row. What machines read isn't kept as pieces: its texts are compressed together."""
    if hole.form in TOLD and hole.first is None:
        return press_piece(hole.joint.join(told_text(card, hole.form) for card in cards), QUICK)
    if not hole.joint or not cards:
        return join_stored_forms(cards)
    between = stored_piece(hole.joint).to_bytes()
    return join_stored_forms([one for card in cards for one in (between, card)][1:])
