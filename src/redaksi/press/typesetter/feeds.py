"""What machines read: the RSS feeds, the sitemaps, ``robots.txt``.

Feeds and sitemaps are list pages like any other: a frame with a hole for the cards of a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.engine import clock_of, set_sheet
from redaksi.press.typesetter.sheet import PLAIN, RSS, XML, Sheet, microseconds
from redaksi.stories.copy import SectionCopy, SiteCopy, TopicCopy

FEED_COUNT = 50
#: The most that the shelf lays into one page; a site with more in a month would cut the month (the protocol allows 50,000).
MAP_COUNT = 10_000


def rss(site: SiteCopy, of: SectionCopy | TopicCopy | None = None) -> Sheet:
    """The RSS 2.0 feed of the site, or of a section or a topic of it."""
    match of:
        case None:
            name, path = addresses.ALL, addresses.FRONT
        case SectionCopy():
            name, path = addresses.section_list(of), of.path
        case TopicCopy():
            name, path = addresses.topic_list(of), addresses.topic(site, of)
    values = {
        "title": f"{site.name}: {of.name}" if of else site.name,
        "text": (of.summary if isinstance(of, TopicCopy) else "") or site.tagline or site.name,
        "page": links.absolute(site.origin, path),
        "own": links.absolute(site.origin, addresses.feed(site, of)),
        "list": name,
        "count": FEED_COUNT,
    }
    return set_sheet("rss.xml", site, values, RSS)


def sitemap(site: SiteCopy, months: Sequence[tuple[int, int]]) -> Sheet:
    """The sitemap index: a sitemap for each (year, month) with stories, in the site's zone."""
    files = [links.absolute(site.origin, addresses.month_sitemap(year, month)) for year, month in months]
    return set_sheet("sitemap_index.xml", site, {"files": files}, XML)


def month_sitemap(site: SiteCopy, year: int, month: int) -> Sheet:
    """The sitemap of the stories that came out in a month of the site's zone."""
    zone = clock_of(site).zone
    after = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December
    since, until = (
        microseconds(datetime(*start, 1, tzinfo=zone).astimezone(UTC)) for start in ((year, month), after)
    )
    values = {"list": addresses.ALL, "count": MAP_COUNT, "since": since, "until": until}
    return set_sheet("sitemap_month.xml", site, values, XML)


def robots(site: SiteCopy) -> Sheet:
    """``robots.txt`` (RFC 9309): everything may be read, and here is the map."""
    return set_sheet("robots.txt", site, {"map": links.absolute(site.origin, addresses.SITEMAP)}, PLAIN)
