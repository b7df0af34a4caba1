"""Sitemaps (sitemaps.org 0.9): the index, a map of each month's stories with their pictures, and the one of the newest news.

Maps are list pages: a frame with a hole for the cards of a list, cut at the month's ends or, for the news, at two days back from
whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.engine import clock_of, set_sheet
from redaksi.press.typesetter.sheet import XML, Sheet, microseconds
from redaksi.stories.copy import SiteCopy

#: The most that the shelf lays into one page, and stories in one map: a month with more has several. (The protocol allows 50,000.)
MAP_COUNT = 10_000
#: Google, "Create a news sitemap": stories of the last two days, at most a thousand.
NEWS_SECONDS, NEWS_COUNT = 48 * 3600, 1000


def sitemap(site: SiteCopy, parts: Sequence[tuple[int, int, int]]) -> Sheet:
    """The sitemap index: a map for each (year, month, part) with stories, in the site's zone."""
    files = [links.absolute(site.origin, addresses.month_sitemap(site, *part)) for part in parts]
    return set_sheet("sitemap_index.xml", site, {"files": files}, XML)


def month_bounds(site: SiteCopy, year: int, month: int) -> tuple[int, int]:
    """When a month of the site's zone begins (inclusive) and ends (exclusive), in microseconds UTC."""
    zone = clock_of(site).zone
    after = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December
    since, until = (
        microseconds(datetime(*start, 1, tzinfo=zone).astimezone(UTC)) for start in ((year, month), after)
    )
    return since, until


def month_sitemap(site: SiteCopy, since: int, until: int) -> Sheet:
    """The map of the stories that came out from ``since`` to before ``until`` (microseconds UTC)."""
    values = {"list": addresses.HOME, "count": MAP_COUNT, "since": since, "until": until}
    return set_sheet("sitemap_month.xml", site, values, XML)


def news_sitemap(site: SiteCopy) -> Sheet:
    """The news sitemap; empty on a site that has had no news for two days, which Google lets be."""
    values = {"list": addresses.HOME, "count": NEWS_COUNT, "within": NEWS_SECONDS}
    return set_sheet("sitemap_news.xml", site, values, XML)
