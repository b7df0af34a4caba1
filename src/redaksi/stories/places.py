"""Where a story stands: at home and on the sites that carry it, each with the address, section, label and headline it has there.

A placement is no copy: what a carrying site prints is the home's text under that site's own words. What only the home site
has (its own topics' and names' pages, its stories to read also) is not linked on another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from redaksi.stories import copy, linked
from redaksi.stories.copydesk import topic_copy
from redaksi.stories.models import Placement, Story
from redaksi.stories.sitecopy import section_copy


@dataclass(frozen=True, slots=True)
class Place:
    """A site that has a story: its address now and those it had there, as that site's pages write them."""

    site_id: int
    path: str
    old: tuple[str, ...] = ()
    placement: Placement | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """All of a story's places. ``left`` are the (site, address) of where it stood and stands no more."""

    home: Place
    carriers: tuple[Place, ...] = ()
    left: tuple[tuple[int, str], ...] = ()

    @property
    def every(self) -> tuple[Place, ...]:
        return (self.home, *self.carriers)


def places_of(story: Story, base_of: Callable[[int], str]) -> Places | None:
    """A story's places, in two queries unless they were fetched with it (:func:`redaksi.stories.reading.read`).

    Args:
        story: a row of the record.
        base_of: what every address of a site begins with.

    Returns:
        None for a story without an address at home.
    """
    current: dict[int, str] = {}
    old: dict[int, list[str]] = defaultdict(list)
    for address in sorted(story.addresses.all(), key=lambda one: one.pk):
        whole = base_of(address.site_id) + address.path
        if address.current:
            current[address.site_id] = whole
        else:
            old[address.site_id].append(whole)
    if story.site_id not in current:
        return None
    shown = {one.site_id: one for one in _shown(story)}
    there = [site_id for site_id in sorted(current) if site_id == story.site_id or site_id in shown]
    places = {
        site_id: Place(site_id, current[site_id], tuple(old.pop(site_id, ())), shown.get(site_id))
        for site_id in there
    }
    left = [(site_id, path) for site_id, paths in sorted(old.items()) for path in paths]
    home = places.pop(story.site_id)
    return Places(home, tuple(places.values()), tuple(left))


def _shown(story: Story) -> Iterable[Placement]:
    return (one for one in story.placements.all() if one.is_shown and one.site_id != story.site_id)


def carried_copies(
    at_home: copy.StoryCopy, carriers: Iterable[Place], home: copy.HomeCopy, base_of: Callable[[int], str]
) -> list[copy.StoryCopy]:
    """The copy of a story for each site that carries it, in two queries for all of them.

    Args:
        at_home: the story's copy at home.
        carriers: where it is carried.
        home: what is told of its home.
        base_of: what every address of a site begins with.
    """
    bases = {place.site_id: base_of(place.site_id) for place in carriers}
    if not bases:
        return []
    links = linked.links_at(_named(at_home), bases, gone=True)
    whole = replace(at_home, home=home, body=tuple(_whole(block, home) for block in at_home.body))
    return [
        _carried(
            whole,
            place,
            bases[place.site_id],
            {pk: link for (at, pk), link in links.items() if at == place.site_id},
        )
        for place in carriers
    ]


def carried_withdrawals(at_home: copy.WithdrawnCopy, places: Places) -> list[copy.WithdrawnCopy]:
    """What is left of a withdrawn story on each of its sites, its home's first."""
    return [at_home, *(_withdrawn(at_home, place) for place in places.carriers)]


def _withdrawn(at_home: copy.WithdrawnCopy, place: Place) -> copy.WithdrawnCopy:
    own = place.placement.headline if place.placement else ""
    notes = tuple(replace(note, reply=None) for note in at_home.corrections)
    return replace(
        at_home, site_id=place.site_id, path=place.path, headline=own or at_home.headline, corrections=notes
    )


def _carried(
    whole: copy.StoryCopy, place: Place, base: str, links: Mapping[int, copy.StoryLink]
) -> copy.StoryCopy:
    """``whole`` as one site has it; ``links`` lead to the stories that it names and this site has."""
    placement, site_id = place.placement, place.site_id
    assert placement is not None  # noqa: S101  # it is a carrier by its placement
    label = whole.label if whole.label and _is_known(whole.label.site_id, site_id) else None
    if placement.label:
        label = topic_copy(placement.label)
    present = {pk: link for pk, link in links.items() if not link.gone}
    depends = {f"section:{placement.section_id}"} | ({f"topic:{label.id}"} if label else set())
    return replace(
        whole,
        site_id=site_id,
        section=section_copy(placement.section, base),
        path=place.path,
        label=label,
        headline=placement.headline or whole.headline,
        list_headline=placement.list_headline or placement.headline or whole.list_headline,
        search_title=placement.headline or whole.search_title,
        share_title=placement.headline or whole.share_title,
        credits=tuple(_credit(credit, site_id) for credit in whole.credits),
        body=tuple(block for block in (_block(block, present) for block in whole.body) if block),
        topics=tuple(topic for topic in whole.topics if _is_known(topic.site_id, site_id)),
        corrections=tuple(
            replace(note, reply=present.get(note.reply.story_id)) if note.reply else note
            for note in whole.corrections
        ),
        reply_to=tuple(links[link.story_id] for link in whole.reply_to if link.story_id in links),
        depends=whole.depends | depends,
    )


def _named(story: copy.StoryCopy) -> set[int]:
    """The stories that a story's page links to."""
    named = {block.story_id for block in story.body if isinstance(block, copy.ReadAlso)}
    named |= {note.reply.story_id for note in story.corrections if note.reply}
    return named | {link.story_id for link in story.reply_to}


def _is_known(owner: int | None, site_id: int) -> bool:
    """Whether what belongs to a site (None: the whole network) has a page on another."""
    return owner in (None, site_id)


def _credit(credit: copy.Credit, site_id: int) -> copy.Credit:
    return credit if _is_known(credit.site_id, site_id) else replace(credit, slug=None, contributor_id=None)


def _block(block: copy.Block, links: Mapping[int, copy.StoryLink]) -> copy.Block | None:
    if not isinstance(block, copy.ReadAlso):
        return block
    link = links.get(block.story_id)
    return copy.ReadAlso(link.story_id, link.headline, link.path) if link else None


def _whole(block: copy.Block, home: copy.HomeCopy) -> copy.Block:
    """A block whose links lead to its home from anywhere: what an editor linked by path is there and nowhere else."""
    if isinstance(block, copy.Paragraph | copy.FactBox) and 'href="/' in block.html:
        parts = urlsplit(home.front)
        return replace(block, html=block.html.replace('href="/', f'href="{parts.scheme}://{parts.netloc}/'))
    return block
