"""List pages: section, topic, contributor, latest, photos, videos, picks, network, the index of topics, and "not found".

Each is a heading with holes for a list: a publish lays a card into the list and none of these pages is printed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redaksi.press.typesetter import addresses, items, links
from redaksi.press.typesetter.engine import set_sheet
from redaksi.press.typesetter.linked_data import list_data, person_data
from redaksi.press.typesetter.sheet import Sheet
from redaksi.press.typesetter.words import words_for
from redaksi.shelf.addresses import NETWORK
from redaksi.stories.copy import ContributorCopy, SectionCopy, SiteCopy, TopicCopy, TopicKind

#: Cards on a page.
PAGE_COUNT, PICTURE_COUNT = 30, 25
#: A time after which no story was published: a list from then on has only what is pinned to it.
_NEVER = 1 << 61
#: Stories that only mention a topic, under its own.
MENTIONED_COUNT = 6
#: The order in which the index of topics shows them.
TOPIC_KINDS: tuple[TopicKind, ...] = ("event", "subject", "person", "organisation", "place")


def section_page(section: SectionCopy, site: SiteCopy) -> Sheet:
    """A section's page, its newest story leading."""
    values = {
        "section": section,
        "list": addresses.section_list(section),
        "count": PAGE_COUNT,
        "data": list_data(site, section.name, [(section.path, section.name)]),
    }
    return _listing("section.html", site, section.path, values)


def topic_page(topic: TopicCopy, site: SiteCopy, lists: Sequence[str] = ("topic",)) -> Sheet:
    """A topic's page: what kind of thing it is, its summary, its stories, and stories that only mention it.

    ``lists`` says which of these there are: "topic", "mention" or both.
    """
    steps = [
        (addresses.topics(site), words_for(site.language)["topics"]),
        (addresses.topic(site, topic), topic.name),
    ]
    own, mentioned = addresses.topic_list(topic), addresses.mention_list(topic.id)
    values = {
        "topic": topic,
        "list": own if "topic" in lists else mentioned,
        "count": PAGE_COUNT,
        "mentioned": mentioned if len(lists) > 1 else "",
        "mentioned_count": MENTIONED_COUNT,
        "data": list_data(site, topic.name, steps, topic),
    }
    return _listing("topic.html", site, addresses.topic(site, topic), values)


def contributor_page(contributor: ContributorCopy, site: SiteCopy) -> Sheet:
    """A contributor's page: who they are, and their stories."""
    values = {
        "contributor": contributor,
        "list": addresses.contributor_list(contributor),
        "count": PAGE_COUNT,
        "data": person_data(contributor, site),
        "share": items.share_file(contributor.portrait, site),
    }
    return _listing("contributor.html", site, addresses.contributor(site, contributor.slug), values)


def latest_page(site: SiteCopy) -> Sheet:
    """Everything, newest first."""
    return _listing("latest.html", site, addresses.latest(site), {"list": addresses.ALL, "count": PAGE_COUNT})


def corrections_page(site: SiteCopy) -> Sheet:
    """Every correction, reply and withdrawal of the site, the newest first."""
    values = {"list": addresses.NOTES, "count": PAGE_COUNT}
    return _listing("corrections.html", site, addresses.corrections(site), values)


def photos_page(site: SiteCopy) -> Sheet:
    """Stories with a gallery, as pictures."""
    return _pictured("photos", addresses.PHOTOS, addresses.photos(site), site)


def videos_page(site: SiteCopy) -> Sheet:
    """Stories with something to watch."""
    return _pictured("videos", addresses.VIDEOS, addresses.videos(site), site)


def _pictured(kind: str, name: str, path: str, site: SiteCopy) -> Sheet:
    values = {"kind": kind, "form": "photo", "site_id": None, "list": name, "count": PICTURE_COUNT}
    return _listing("gathered.html", site, path, values)


def picks_page(site: SiteCopy) -> Sheet:
    """What the editors picked, the newest choice first."""
    values = {"kind": "picks", "form": "row", "site_id": None, "list": addresses.PICKS, "count": PAGE_COUNT}
    return _listing("gathered.html", site, addresses.picks(site), values)


def network_page(site: SiteCopy) -> Sheet:
    """The network's front: every story of every site, newest first."""
    values = {
        "kind": "network",
        "form": "net",
        "site_id": NETWORK,
        "list": addresses.ALL,
        "count": PAGE_COUNT,
    }
    return _listing("gathered.html", site, addresses.network(site), values)


def popular_page(ranked: Sequence[int], site: SiteCopy) -> Sheet:
    """The stories to which most others refer, in that order: their cards and no others."""
    values = {"ranked": tuple(ranked), "list": addresses.ALL, "never": _NEVER}
    return _listing("popular.html", site, addresses.popular(site), values)


def topics_page(topics: Sequence[TopicCopy], site: SiteCopy) -> Sheet:
    """The index of topics, by kind and name. ``topics`` are those that have a page."""
    by_kind = [
        (
            kind,
            sorted(
                (one for one in topics if one.kind == kind), key=lambda one: (one.name.casefold(), one.id)
            ),
        )
        for kind in TOPIC_KINDS
    ]
    groups = [(kind, group) for kind, group in by_kind if group]
    return _listing(
        "topics.html", site, addresses.topics(site), {"groups": groups, "letters": [], "letter": ""}
    )


def letters_page(events: Sequence[TopicCopy], letters: Sequence[str], site: SiteCopy) -> Sheet:
    """The index of a site with many topics: its running stories, and the letters that have a page."""
    values = {"groups": [("event", events)] if events else [], "letters": letters, "letter": ""}
    return _listing("topics.html", site, addresses.topics(site), values)


def letter_page(letter: str, topics: Sequence[TopicCopy], letters: Sequence[str], site: SiteCopy) -> Sheet:
    """The topics under one letter, in their order, and the way to the other letters that have a page."""
    values = {"groups": [("", topics)], "letters": letters, "letter": letter}
    return _listing("topics.html", site, addresses.letter(site, letter), values)


def search_page(site: SiteCopy) -> Sheet:
    """The page of the readers' search: a field, and the holes that the newsstand fills for each question."""
    return _listing("search.html", site, addresses.search(site), {})


def sites_page(site: SiteCopy) -> Sheet:
    """Every site of the network, where pages can't name them all: those that they name in their order, the others by name."""
    others = sorted(site.network[len(site.named) :], key=lambda one: one.name.casefold())
    return _listing("sites.html", site, addresses.sites(site), {"sites": [*site.named, *others]})


def not_found_page(site: SiteCopy) -> Sheet:
    """What answers, with status 404, where nothing stands: the ways on, and the latest news."""
    return _listing("not_found.html", site, addresses.NOT_FOUND, {"list": addresses.ALL, "count": 6})


def _listing(template: str, site: SiteCopy, path: str, values: dict[str, Any]) -> Sheet:
    url = links.absolute(site.origin, path) if path.startswith("/") else ""
    texts = {"w": words_for(site.language), "words": addresses.words_in(site), "url": url}
    return set_sheet(template, site, texts | values)
