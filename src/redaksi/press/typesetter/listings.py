"""List pages: front, section, topic, contributor, latest, the index of topics, and "not found".

Each is a heading with holes for a list: a publish lays a card into the list and none of these pages is printed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.engine import set_sheet
from redaksi.press.typesetter.sheet import Sheet
from redaksi.press.typesetter.words import words_for
from redaksi.stories.copy import ContributorCopy, SectionCopy, SiteCopy, TopicCopy, TopicKind

#: Cards on a page. Beside its lead the front shows four, then whole strips: 4 + 3 times 13.
FRONT_COUNT = 43
PAGE_COUNT = 30
#: The order in which the index of topics shows them.
TOPIC_KINDS: tuple[TopicKind, ...] = ("event", "subject", "person", "organisation", "place")


def front_page(site: SiteCopy) -> Sheet:
    """The front: the newest story leads, the others follow in strips that differ in weight."""
    return _listing("front.html", site, addresses.FRONT, {"list": addresses.ALL, "count": FRONT_COUNT})


def section_page(section: SectionCopy, site: SiteCopy) -> Sheet:
    """A section's page, its newest story leading."""
    values = {"section": section, "list": addresses.section_list(section), "count": PAGE_COUNT}
    return _listing("section.html", site, section.path, values)


def topic_page(topic: TopicCopy, site: SiteCopy) -> Sheet:
    """A topic's page: what kind of thing it is, its summary, and its stories."""
    values = {"topic": topic, "list": addresses.topic_list(topic), "count": PAGE_COUNT}
    return _listing("topic.html", site, addresses.topic(site, topic), values)


def contributor_page(contributor: ContributorCopy, site: SiteCopy) -> Sheet:
    """A contributor's page: who they are, and their stories."""
    values = {
        "contributor": contributor,
        "list": addresses.contributor_list(contributor),
        "count": PAGE_COUNT,
    }
    return _listing("contributor.html", site, addresses.contributor(site, contributor.slug), values)


def latest_page(site: SiteCopy) -> Sheet:
    """Everything, newest first."""
    return _listing("latest.html", site, addresses.latest(site), {"list": addresses.ALL, "count": PAGE_COUNT})


def corrections_page(site: SiteCopy) -> Sheet:
    """Every correction, reply and withdrawal of the site, the newest first."""
    values = {"list": addresses.NOTES, "count": PAGE_COUNT}
    return _listing("corrections.html", site, addresses.corrections(site), values)


def topics_page(topics: Sequence[TopicCopy], site: SiteCopy) -> Sheet:
    """The index of topics, by kind and name. ``topics`` are those that have a page."""
    by_kind = [
        (kind, sorted((one for one in topics if one.kind == kind), key=lambda one: one.name.casefold()))
        for kind in TOPIC_KINDS
    ]
    groups = [(kind, group) for kind, group in by_kind if group]
    return _listing("topics.html", site, addresses.topics(site), {"groups": groups})


def not_found_page(site: SiteCopy) -> Sheet:
    """What answers, with status 404, where nothing stands: the ways on, and the latest news."""
    return _listing("not_found.html", site, addresses.NOT_FOUND, {"list": addresses.ALL, "count": 6})


def _listing(template: str, site: SiteCopy, path: str, values: dict[str, Any]) -> Sheet:
    url = links.absolute(site.origin, path) if path.startswith("/") else ""
    texts = {"w": words_for(site.language), "words": addresses.words_in(site), "url": url}
    return set_sheet(template, site, texts | values)
