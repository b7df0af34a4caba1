"""The index by day: one page for each day that has stories, and a calendar for each year.

A day's page is a slice of the site's one list, cut at midnight of the site's zone; it is printed once, with the
day's first story, and again when the neighbouring day with stories changes.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.dates import DAYS, DAYS_SHORT
from redaksi.press.typesetter.engine import clock_of, set_sheet
from redaksi.press.typesetter.sheet import Sheet, microseconds
from redaksi.stories.copy import SiteCopy

#: Stories on a page of a day; a busy newsroom's day has several.
DAY_COUNT = 60


def day_bounds(site: SiteCopy, day: date) -> tuple[datetime, datetime]:
    """When a day begins (inclusive) and ends (exclusive) on the site, in UTC."""
    zone = clock_of(site).zone
    begin, end = (
        datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1))
    )
    return begin, end


def day_page(day: date, site: SiteCopy, previous: date | None = None, following: date | None = None) -> Sheet:
    """A day's page. ``previous`` and ``following`` are the nearest days that have stories, if any."""
    since, until = (microseconds(one) for one in day_bounds(site, day))
    values = {
        "day": day,
        "previous": previous,
        "following": following,
        "since": since,
        "until": until,
        "list": addresses.ALL,
        "count": DAY_COUNT,
        "url": links.absolute(site.origin, addresses.day(site, day)),
        "words": addresses.words_in(site),
    }
    return set_sheet("day.html", site, values)


def archive_page(
    site: SiteCopy, year: int, days: Collection[date], years: Sequence[int], *, newest: bool
) -> Sheet:
    """A year's calendar: ``days`` are those with stories, ``years`` all that have any, ``newest`` first.

    The newest year stands at the archive's own address, the others below it.
    """
    language = clock_of(site).language
    months = [
        (month, calendar.Calendar().monthdatescalendar(year, month))
        for month in sorted({day.month for day in days if day.year == year}, reverse=True)
    ]
    values = {
        "year": year,
        "newest": newest,
        "months": months,
        "week": list(zip(DAYS_SHORT[language], DAYS[language], strict=True)),
        "days": frozenset(days),
        "years": years,
        "url": links.absolute(site.origin, addresses.archive(site, None if newest else year)),
    }
    return set_sheet("archive.html", site, values)
