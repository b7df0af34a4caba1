"""Delivery: prints of stories are put onto the shelf with every list, page and piece that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from redaksi.press import days, subjects
from redaksi.press.maps import Maps
from redaksi.press.prints import StoryPrint
from redaksi.press.sites import SiteDesk, lay_latest
from redaksi.shelf.writer import Transaction


def deliver(shelf: Transaction, prints: Iterable[StoryPrint], desk: SiteDesk) -> set[int]:
    """Put stories onto the shelf.

    Args:
        shelf: the open transaction; readers see all of it at once.
        prints: the stories as they were worked out.
        desk: knows the sites' copies.

    Returns:
        The stories that other pages show differently now.
    """
    changed: set[int] = set()
    names: dict[int, set[str]] = defaultdict(set)
    times: dict[int, set[int]] = defaultdict(set)
    for one in prints:
        laid = one.lay(shelf)
        changed |= {one.story} if laid.face_changed else set()
        for site_id, name, at in laid.rows:
            names[site_id].add(name)
            times[site_id].add(at)
    for site_id, of_site in names.items():
        copy = desk.copy_of(site_id)
        subjects.keep_up(shelf, copy, of_site)
        days.Days(shelf, copy).keep_up(times[site_id])
        Maps(shelf, copy).keep_up(times[site_id])
        lay_latest(shelf, copy)
    return changed
