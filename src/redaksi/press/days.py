"""The index of days and its calendars: kept up as stories come and go.

A day has a page when a story stands in it. When a story comes or goes, its day is looked at; only when the day gained its
first or lost its last story is anything printed: the day's page, its neighbours', the year's calendar. Each look is an index
look-up on the shelf, so the cost doesn't grow with the archive.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redaksi.press.laying import lay_sheet
from redaksi.press.typesetter import addresses, archive
from redaksi.press.typesetter.sheet import Sheet, microseconds
from redaksi.shelf.transaction import Transaction
from redaksi.stories.copy import SiteCopy


class Days:
    """The calendar of one site on one shelf, within one transaction."""

    def __init__(self, shelf: Transaction, site: SiteCopy) -> None:
        self.shelf, self.site = shelf, site
        self.zone = ZoneInfo(site.time_zone)
        self._entity, self._named = f"days:{site.id}", f"press:years:{site.id}"

    def keep_up(self, times: set[int]) -> None:
        """Look at the days of stories that came or went.

        Args:
            times: when they were published, microseconds UTC.
        """
        changed = {day for day in map(self._day_of, times) if self._has(day) != self._printed(day)}
        if not changed:
            return
        near = {neighbour for day in changed for neighbour in self._neighbours(day)}
        for day in sorted(changed | near):
            self._lay_day(day)
        years = {day.year for day in changed}
        self._lay_years(years)

    def begin(self) -> None:
        """Print what names days without being one: the calendar of the newest year."""
        years = self._years()
        self._lay_year(years[0] if years else datetime.now(tz=self.zone).year, years)

    def reprint(self) -> None:
        """Print every day's page again. Grows with the number of days; only for a site that changed its name or zone.

        What stood is taken away first: in another zone other days have stories, in another language the addresses differ.
        """
        self.shelf.drop_pages(self._entity)
        self.shelf.set_meta(self._named, "")
        self.begin()
        days = self._all_days()
        for day in days:
            self._lay_day(day)
        self._lay_years({day.year for day in days})

    def _day_of(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1_000_000, self.zone).date()

    def _bounds(self, day: date) -> tuple[int, int]:
        since, until = archive.day_bounds(self.site, day)
        return microseconds(since), microseconds(until)

    def _has(self, day: date) -> bool:
        since, until = self._bounds(day)
        return self.shelf.has_row(self.site.id, addresses.ALL, since=since, until=until)

    def _printed(self, day: date) -> bool:
        return self.shelf.stands_at(self.site.id, addresses.day(self.site, day))

    def _before(self, day: date) -> date | None:
        at = self.shelf.time_before(self.site.id, addresses.ALL, self._bounds(day)[0])
        return None if at is None else self._day_of(at)

    def _after(self, day: date) -> date | None:
        at = self.shelf.time_from(self.site.id, addresses.ALL, self._bounds(day)[1])
        return None if at is None else self._day_of(at)

    def _neighbours(self, day: date) -> set[date]:
        return {near for near in (self._before(day), self._after(day)) if near}

    def _all_days(self) -> list[date]:
        found: list[date] = []
        at = self.shelf.time_from(self.site.id, addresses.ALL, 0)
        while at is not None:
            found.append(self._day_of(at))
            at = self.shelf.time_from(self.site.id, addresses.ALL, self._bounds(found[-1])[1])
        return found

    def _lay(self, address: str, sheet: Sheet) -> None:
        lay_sheet(self.shelf, self.site.id, address, sheet, entity=self._entity)

    def _lay_day(self, day: date) -> None:
        address = addresses.day(self.site, day)
        if self._has(day):
            self._lay(address, archive.day_page(day, self.site, self._before(day), self._after(day)))
        else:
            self.shelf.drop_page(self.site.id, address)

    def _lay_years(self, changed: set[int]) -> None:
        """Print the calendars of these years; all of them when a year came or went, since each names the others."""
        years = self._years()
        text, before = ",".join(map(str, years)), self.shelf.meta(self._named) or ""
        if before != text:
            gone = {int(year) for year in before.split(",") if year} - set(years)
            for year in gone:
                self.shelf.drop_page(self.site.id, addresses.archive(self.site, year))
            self.shelf.set_meta(self._named, text)
            changed = set(years)
        if not years:
            self._lay_year(datetime.now(tz=self.zone).year, years)
        for year in changed & set(years):
            self._lay_year(year, years)

    def _lay_year(self, year: int, years: list[int]) -> None:
        newest = not years or year == years[0]
        first = date(year, 1, 1)
        days = [
            day for day in (first + timedelta(n) for n in range(366)) if day.year == year and self._has(day)
        ]
        sheet = archive.archive_page(self.site, year, days, years, newest=newest)
        own = addresses.archive(self.site, year)
        if newest:
            self._lay(addresses.archive(self.site), sheet)
            self.shelf.drop_page(self.site.id, own)
        else:
            self._lay(own, sheet)

    def _years(self) -> list[int]:
        """The years with stories, newest first: two look-ups a year."""
        found: list[int] = []
        at = self.shelf.time_before(self.site.id, addresses.ALL, 1 << 60)
        while at is not None:
            found.append(self._day_of(at).year)
            at = self.shelf.time_before(self.site.id, addresses.ALL, self._bounds(date(found[-1], 1, 1))[0])
        return found
