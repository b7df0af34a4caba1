"""Standing parts, a few sites at a time: what the foreman does when a site, its hosts or sections, or the group changed.

One change can be every site's: all footers name the group. So a turn lays the sites that it was asked for, and puts a row into the
outbox for each of the others; no publish waits for two hundred sites.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press import days, fronts, related, ripples, subjects, topic_index
from redaksi.press.breaking import lay_bars
from redaksi.press.maps import Maps
from redaksi.press.sites import SiteDesk, drop_site, lay_site, outdated
from redaksi.shelf.transaction import Transaction
from redaksi.shelf.writer import ShelfWriter

#: Sites that one turn lays: each takes about as long as a publish, and a flash may have to wait for all of them.
AT_ONCE = 5


def lay_sites(asked: set[int], writer: ShelfWriter, desk: SiteDesk, home: Path) -> None:
    """Print the standing parts of some sites, and see to those of all that show something of them.

    Args:
        asked: sites that changed; one that is gone from the record is taken off the shelf.
        writer: the shelf.
        desk: reads all sites anew.
        home: the data home.

    Raises:
        Exception: what kept a site from being printed, when all others are.
    """
    desk.forget()
    every = set(Site.objects.values_list("pk", flat=True))
    with writer.transaction() as shelf:
        for site_id in asked - every:
            drop_site(shelf, site_id)
        behind = set(outdated(shelf, desk)) - asked
    _ask_for(behind)
    trouble: Exception | None = None
    for site_id in sorted(asked & every):
        try:
            _lay_site(site_id, writer, desk, home)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other sites must not wait for it
            trouble = error
    with writer.transaction() as shelf:
        lay_bars(shelf)  # a flash leads to a story's home from every site, wherever that is now
        _fronts_naming(shelf, asked, every, desk)
    if trouble is not None:
        raise trouble


@transaction.atomic
def _ask_for(sites: set[int]) -> None:
    """A row for each that has none yet."""
    waiting = Entry.objects.filter(kind="site", cursor="", object_id__in=sites)
    box.put_many("site", sorted(sites.difference(waiting.values_list("object_id", flat=True))))


def _fronts_naming(shelf: Transaction, sites: set[int], every: set[int], desk: SiteDesk) -> None:
    """Print the fronts again with a strip about one of these sites."""
    for site_id in sites:
        for entity in filter(fronts.is_front, shelf.dependents(f"site:{site_id}")):
            number = int(entity.partition(":")[2])
            if number in every:
                fronts.lay_front(shelf, desk.copy_of(number))


def _lay_site(site_id: int, writer: ShelfWriter, desk: SiteDesk, home: Path) -> None:
    with writer.transaction() as shelf:
        changed = lay_site(shelf, site_id, desk, home)
        if changed.lists:
            lay_subjects_and_days(shelf, site_id, desk)
        if changed.stories:
            ripples.begin("site", site_id)


def lay_subjects_and_days(shelf: Transaction, site_id: int, desk: SiteDesk) -> None:
    """Print all pages of a site's topics, contributors and days. Grows with their number."""
    copy = desk.copy_of(site_id)
    for name in subjects.every(shelf, copy):
        subjects.lay(shelf, copy, name)
    related.lay_all(shelf, copy)
    topic_index.lay(shelf, copy)
    days.Days(shelf, copy).reprint()
    Maps(shelf, copy).reprint()
