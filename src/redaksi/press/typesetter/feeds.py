"""Feeds: RSS 2.0 with Media RSS, Atom 1.0 and JSON Feed 1.1, of the site, a section, a topic or a contributor.

Feeds are list pages like any other: a frame, printed once, with a hole for the cards of a list. When a feed last changed, which
Atom wants to be told (RFC 4287, 4.2.15), is a hole too: the latest of its stories' own times. RSS and JSON Feed don't ask for it.
"""

from __future__ import annotations

import json

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.addresses import FeedForm, FeedOf
from redaksi.press.typesetter.engine import set_sheet
from redaksi.press.typesetter.items import tag_uri
from redaksi.press.typesetter.sheet import ATOM, JSON_FEED, RSS, Sheet
from redaksi.press.typesetter.words import words_for
from redaksi.shelf.recipe import Cards, Own
from redaksi.stories.copy import ContributorCopy, SiteCopy, TopicCopy

FEED_COUNT = 50
_EARLIEST, _LAST_YEAR = 1970, 9999


def feed(site: SiteCopy, of: FeedOf = None, form: FeedForm = "rss", stories: str = "") -> Sheet:
    """A feed's frame, in one of the three forms; ``stories`` is the list that it carries, where that isn't the thing's own."""
    stories = stories or addresses.list_of(of)
    if form == "json":
        return _json_feed(site, of, stories)
    values = {
        "title": _title(site, of),
        "text": _text(site, of),
        "id": tag_uri(site, _since(site), f"feed/{addresses.list_of(of).replace(':', '/')}"),
        "since": f"{_since(site)}-01-01T00:00:00Z",
        "page": links.absolute(site.origin, addresses.page_of(site, of)),
        "home": links.absolute(site.origin, addresses.front(site)),
        "own": links.absolute(site.origin, addresses.feed(site, of, form)),
        "list": stories,
        "count": FEED_COUNT,
    }
    return set_sheet(f"{form}.xml", site, values, RSS if form == "rss" else ATOM)


def _json_feed(site: SiteCopy, of: FeedOf, stories: str) -> Sheet:
    """https://www.jsonfeed.org/version/1.1/."""
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(site, of),
        "home_page_url": links.absolute(site.origin, addresses.page_of(site, of)),
        "feed_url": links.absolute(site.origin, addresses.feed(site, of, "json")),
        "description": _text(site, of),
        "favicon": links.absolute(site.origin, addresses.logo(site)),
        "authors": [
            {"name": links.clean(site.name), "url": links.absolute(site.origin, addresses.front(site))},
        ],
        "language": site.language,
    }
    opening = json.dumps(top, ensure_ascii=False).removesuffix("}") + ', "items": [\n'
    hole = Cards(stories, "json", FEED_COUNT, joint=",\n")
    return Sheet((Own(opening), hole, Own("\n]}\n")), JSON_FEED)


def _title(site: SiteCopy, of: FeedOf) -> str:
    return links.clean(f"{site.name}: {of.name}" if of else site.name)


def _text(site: SiteCopy, of: FeedOf) -> str:
    """What the feed is about, in a sentence."""
    words = words_for(site.language)
    match of:
        case TopicCopy():
            text = of.summary or words["stories_on"].format(name=of.name)
        case ContributorCopy():
            text = words["stories_by"].format(name=of.name)
        case None:
            text = site.tagline or site.name
        case _:
            text = words["section_text"].format(section=of.name, site=site.name)
    return links.clean(text)


def _since(site: SiteCopy) -> str:
    """The year from which the group has been there: a feed without stories hasn't changed since."""
    return f"{min(max(site.group_since, _EARLIEST), _LAST_YEAR)}"
