"""Delivery: prints of stories are put onto the shelf with every list, page and piece that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from redaksi.press import days, fronts, imprint, reading_on, related, subjects
from redaksi.press.breaking import lay_bars
from redaksi.press.maps import Maps
from redaksi.press.prints import StoryPrint, chosen, set_pages
from redaksi.press.sites import SiteDesk, lay_latest, month_now
from redaksi.press.typesetter import addresses
from redaksi.shelf.addresses import NETWORK
from redaksi.shelf.transaction import Transaction
from redaksi.stories import flashes


class Delivered(NamedTuple):
    """What follows elsewhere: the stories that other pages show differently now, and those whose choice of what to read on
    may have changed.
    """

    changed: set[int]
    touched: set[int]


def deliver(shelf: Transaction, prints: Sequence[StoryPrint], desk: SiteDesk) -> Delivered:
    """Put stories onto the shelf.

    Args:
        shelf: the open transaction; readers see all of it at once.
        prints: the stories as they were worked out.
        desk: knows the sites' copies.
    """
    changed: set[int] = set()
    names: dict[int, set[str]] = defaultdict(set)
    times: dict[int, set[int]] = defaultdict(set)
    moved: set[tuple[int, str, int, int]] = set()
    for one in prints:
        laid = one.lay_in_lists(shelf)
        changed |= {one.story} if laid.face_changed else set()
        for site_id, name, at in laid.rows:
            if site_id == NETWORK:
                continue  # its lists have no pages of their own to come and go
            names[site_id].add(name)
            if name not in {addresses.NOTES, addresses.PICKS}:  # their times are no story's
                times[site_id].add(at)
        moved |= {(*row, one.story) for row in laid.moved}
    for pages in set_pages(prints, chosen(shelf.neighbours, prints)):
        pages.lay(shelf)
    stories = {one.story for one in prints}
    if changed and flashes.lead_to(changed):
        lay_bars(shelf)
    lists = [(desk.copy_of(site_id), of_site) for site_id, of_site in names.items()]
    for copy, of_site in lists:
        came_or_went = subjects.keep_up(shelf, copy, of_site)
        fronts.keep_up(shelf, copy, came_or_went)
        imprint.keep_up(shelf, copy, came_or_went, month_now().year)
        days.Days(shelf, copy).keep_up(times[copy.id])
        Maps(shelf, copy).keep_up(times[copy.id])
    lay_latest(shelf, [copy for copy, _ in lists])
    related.keep_up(shelf, lists, stories)
    return Delivered(changed, reading_on.touched(shelf.neighbours, moved) - stories)
