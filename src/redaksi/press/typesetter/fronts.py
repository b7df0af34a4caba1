"""A site's front: a recipe of strips, each a hole for the cards of a list, so that no publish prints it again.

Which story stands in which place is worked out on the newsstand (:mod:`redaksi.shelf.filling`): no story twice, pinned ones in
their places. A strip's heading is laid with its first card; a strip without a story leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.engine import set_sheet
from redaksi.press.typesetter.linked_data import site_data
from redaksi.press.typesetter.sheet import CardForm, Sheet
from redaksi.press.typesetter.words import words_for
from redaksi.shelf.addresses import NETWORK
from redaksi.stories.arrangement import FrontCopy, Strip
from redaksi.stories.copy import NetworkSite, PageCopy, SiteCopy


@dataclass(frozen=True, slots=True)
class SetStrip:
    """One strip as the template sets it: what its hole asks for, and what stands over it.

    It is a ``landmark`` where no strip before it has the same heading: to readers who go by these, two of one name are none.
    """

    number: int
    shape: str
    list: str
    form: CardForm
    first: CardForm | None
    count: int
    pinned: tuple[int, ...]
    site: int | None
    foreign: bool
    heading: str
    more: str
    more_words: str
    language: str
    colours: str
    topical: bool
    landmark: bool


def set_strips(front: FrontCopy, site: SiteCopy, *, with_topics: Mapping[int, bool]) -> list[SetStrip]:
    """A front's strips as they are set, each with its number; one about something that is gone is left out.

    Args:
        front: how it is arranged.
        site: whose.
        with_topics: for each topic that a strip is about, whether the site has a page of it to lead to.
    """
    setter, seen = _Setter(front, site, with_topics), set[str]()
    made = [one for number, strip in enumerate(front.strips, 1) if (one := setter.strip(number, strip))]
    for place, one in enumerate(made):
        name = one.heading.strip().casefold()
        made[place] = replace(one, landmark=bool(name) and name not in seen)
        seen.add(name)
    return made


def front_page(strips: Sequence[SetStrip], site: SiteCopy, pages: Sequence[PageCopy]) -> Sheet:
    """The front of a site; ``pages`` are those on which it says something about itself, for machines to find."""
    values = {
        # Columns that follow one another stand side by side.
        "groups": [(side, list(group)) for side, group in groupby(strips, lambda one: one.shape == "column")],
        "url": links.absolute(site.origin, addresses.front(site)),
        "words": addresses.words_in(site),
        "data": site_data(site, pages),
    }
    return set_sheet("front.html", site, values)


class _Setter:
    def __init__(self, front: FrontCopy, site: SiteCopy, with_topics: Mapping[int, bool]) -> None:
        self.front, self.site, self.with_topics = front, site, with_topics
        self.words = words_for(site.language)
        self.sections = {section.id: section for section in site.sections}
        self.others = {other.id: (place, other) for place, other in enumerate(site.network)}

    def strip(self, number: int, strip: Strip) -> SetStrip | None:
        """A strip, or nothing where it is about something that is gone."""
        found = self._source(strip)
        if found is None:
            return None
        name, heading, more, more_words = found
        place, other = self.others.get(strip.of, (0, None)) if strip.rule == "site" else (0, None)
        of_network = strip.rule in {"site", "network"}
        return SetStrip(
            number=number,
            shape=strip.shape,
            list=name,
            form="net" if of_network else "photo" if strip.shape in {"photos", "videos"} else "row",
            first="lead" if strip.shape == "lead" and number == 1 else None,
            count=strip.count,
            pinned=strip.pinned(self.front.is_over),
            site=NETWORK if of_network else None,
            foreign=strip.rule == "network",
            heading=strip.heading or heading,
            more=more,
            more_words=more_words,
            language=_other_language(other, self.site),
            colours=f"net{place}" if other and place < len(self.site.named) else "",
            topical=strip.rule == "topic",
            landmark=False,
        )

    def _source(self, strip: Strip) -> tuple[str, str, str, str] | None:
        """The name of its list, its own heading, and where all of it stands, with the words for that."""
        w, site = self.words, self.site
        if strip.rule in {"section", "topic", "site"}:
            return self._about(strip)
        return {
            "newest": (addresses.ALL, w["latest_news"], addresses.latest(site), w["all_latest"]),
            "picks": (addresses.PICKS, w["picks"], addresses.picks(site), w["all_picks"]),
            "photos": (addresses.PHOTOS, w["photos"], addresses.photos(site), w["all_photos"]),
            "videos": (addresses.VIDEOS, w["videos"], addresses.videos(site), w["all_videos"]),
            "network": (addresses.ALL, w["from_network"], addresses.network(site), w["all_network"]),
            "hand": ("", "", "", ""),
        }[strip.rule]

    def _about(self, strip: Strip) -> tuple[str, str, str, str] | None:
        """:meth:`_source` of a strip about one thing; nothing where that is gone."""
        all_of = self.words["all_of"]
        section, topic = self.sections.get(strip.of), self.front.topics.get(strip.of)
        _place, other = self.others.get(strip.of, (0, None))
        if strip.rule == "section" and section:
            return (
                addresses.section_list(section),
                section.name,
                section.path,
                all_of.format(name=section.name),
            )
        if strip.rule == "topic" and topic:
            more = addresses.topic(self.site, topic) if self.with_topics.get(topic.id) else ""
            return addresses.topic_list(topic), topic.name, more, self.words["all_on"]
        if strip.rule == "site" and other and other.id != self.site.id:
            home, words = links.href(other.front), self.words["open_site"].format(name=other.name)
            return addresses.home_list(other.id), other.name, home, words
        return None


def _other_language(other: NetworkSite | None, site: SiteCopy) -> str:
    return other.language if other and other.language != site.language else ""
