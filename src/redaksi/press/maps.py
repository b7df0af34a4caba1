"""The sitemaps of the months and their index: kept up as stories come and go.

A month has a map when a story stands in it, and several where there are more stories than one map takes. Where a month is cut is
worked out from its list alone, oldest first, so that a new story never moves the cuts before it. A publish looks at its own month
and no other: at most :data:`~redaksi.press.typesetter.sitemaps.MAP_COUNT` index entries a map of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from redaksi.press.laying import lay_sheet
from redaksi.press.typesetter import addresses, sitemaps
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.transaction import Transaction
from redaksi.stories.copy import SiteCopy

Month = tuple[int, int]


class Maps:
    """The maps of one site on one shelf, within one transaction."""

    def __init__(self, shelf: Transaction, site: SiteCopy) -> None:
        self.shelf, self.site = shelf, site
        self.zone = ZoneInfo(site.time_zone)
        self._entity = f"maps:{site.id}"

    def keep_up(self, times: set[int]) -> None:
        """Look at the months of stories that came or went.

        Args:
            times: when they were published, microseconds UTC.
        """
        moved = [self._lay_month(*month) for month in sorted({self._month_of(at) for at in times})]
        if any(moved):
            self.begin()

    def begin(self) -> None:
        """Print the index, which names the maps that stand. Grows with the number of months."""
        parts = [
            (*month, part) for month in self._months() for part in range(1, self._standing_parts(*month) + 1)
        ]
        self._lay(addresses.sitemap(self.site), sitemaps.sitemap(self.site, parts))

    def reprint(self) -> None:
        """Print every map again, for a site that changed its name or zone; in another zone months are cut elsewhere."""
        self.shelf.drop_pages(self._entity)
        for month in self._months():
            self._lay_month(*month)
        self.begin()

    def _month_of(self, at: int) -> Month:
        day = datetime.fromtimestamp(at / 1_000_000, self.zone)
        return day.year, day.month

    def _lay_month(self, year: int, month: int) -> bool:
        """Print a month's maps where they aren't as they should be.

        Returns:
            Whether there are more or fewer of them than before.
        """
        bounds = list(self._parts(year, month))
        before = self._standing_parts(year, month)
        # One map of the whole month holds whatever comes into it; where there are several, the cuts may have moved.
        if len(bounds) > 1 or before != len(bounds):
            for part, (since, until) in enumerate(bounds, start=1):
                sheet = sitemaps.month_sitemap(self.site, since, until)
                self._lay(addresses.month_sitemap(self.site, year, month, part), sheet)
            for part in range(len(bounds) + 1, before + 1):
                self.shelf.drop_page(self.site.id, addresses.month_sitemap(self.site, year, month, part))
        return before != len(bounds)

    def _parts(self, year: int, month: int) -> Iterator[tuple[int, int]]:
        """Where each map of a month begins (inclusive) and ends (exclusive)."""
        since, until = sitemaps.month_bounds(self.site, year, month)
        if not self.shelf.has_row(self.site.id, addresses.HOME, since=since, until=until):
            return
        while (cut := self._next(since, until)) is not None:
            # More stories of one microsecond than a map takes can't be told apart by time: what is over is left out.
            cut = max(cut, since + 1)
            yield since, cut
            since = cut
        yield since, until

    def _next(self, since: int, until: int) -> int | None:
        """When the first story comes that the map from ``since`` on has no room for."""
        return self.shelf.time_after(
            self.site.id, addresses.HOME, since=since, until=until, count=sitemaps.MAP_COUNT
        )

    def _standing_parts(self, year: int, month: int) -> int:
        part = 0
        while self.shelf.stands_at(self.site.id, addresses.month_sitemap(self.site, year, month, part + 1)):
            part += 1
        return part

    def _months(self) -> Iterator[Month]:
        """The months with stories, newest first: a look-up a month."""
        at = self.shelf.time_before(self.site.id, addresses.HOME, 1 << 60)
        while at is not None:
            month = self._month_of(at)
            yield month
            begin, _ = sitemaps.month_bounds(self.site, *month)
            at = self.shelf.time_before(self.site.id, addresses.HOME, begin)

    def _lay(self, address: str, sheet: Sheet) -> None:
        lay_sheet(self.shelf, self.site.id, address, sheet, entity=self._entity, cache="feed")
