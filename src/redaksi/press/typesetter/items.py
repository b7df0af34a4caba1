"""Items: a story as the three forms of feed, and whoever embeds it, tell of it. One set of facts, several ways to write it.

A feed's item carries the standfirst and the first paragraph, not the whole story: that is what readers of feeds choose by, it is
what newsrooms give, and a story that is corrected or withdrawn is right in one place. Its corrections are in the item itself,
since a reader of feeds may have seen the story before. An item's id never changes: it is made of the site's host, the day on which
the story came out and the story's number (RFC 4151, tag URIs), so a new slug or section makes no new item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from redaksi.press.typesetter import addresses, links, photos
from redaksi.press.typesetter.engine import clock_of, set_text
from redaksi.press.typesetter.words import words_for
from redaksi.stories.copy import Credit, Paragraph, Picture, SiteCopy, StoryCopy


@dataclass(frozen=True, slots=True)
class File:
    """One file of a photo, at its whole address; width and height in pixels."""

    url: str
    width: int
    height: int
    type: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone credited; ``url`` is empty for those without a page of their own."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """The facts of an item. ``html`` may stand anywhere: its links are whole addresses. ``note`` is plain text."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[Person, ...]
    others: tuple[Person, ...]
    tags: tuple[str, ...]
    published: datetime
    updated: datetime
    lead: Picture | None
    files: tuple[File, ...]
    via: str


def tag_uri(site: SiteCopy, day: str, specific: str) -> str:
    """A name for good (RFC 4151): ``day`` is one on which the site had its host, ``specific`` is unique to the site."""
    authority = (urlsplit(links.href(site.origin)).hostname or "localhost").lower()
    return f"tag:{authority},{day}:{specific}"


def item(story: StoryCopy, site: SiteCopy) -> Item:
    """What a feed tells of a story."""
    lead = photos.printable(story.lead)
    url = links.absolute(site.origin, story.path)
    standfirst = links.clean(story.standfirst or story.search_text or story.headline)
    notes = list(_notes(story, site))
    values = {
        "story": story,
        "url": url,
        "standfirst": story.standfirst,
        "first": next((block.html for block in story.body if isinstance(block, Paragraph)), ""),
        "notes": notes,
    }
    authors = _people(story.credits, site, {"writer"}) or (
        Person(links.clean(story.home.name), links.href(story.home.front))
        if story.home
        else Person(links.clean(site.name), links.href(site.front)),
    )
    return Item(
        id=tag_uri(site, f"{story.published_at.astimezone(UTC):%Y-%m-%d}", f"story/{story.id}"),
        url=url,
        title=links.clean(story.headline),
        summary=" ".join([standfirst, *(f"{title}: {text}" for title, text in notes)]),
        html=set_text("item.html", site, values).strip(),
        authors=authors,
        others=_people(story.credits, site, {"editor", "photographer", "translator", "contributor"}),
        tags=tuple(dict.fromkeys(links.clean(name) for name in _tags(story))),
        published=story.published_at,
        updated=story.updated_at or story.published_at,
        lead=lead,
        files=files_of(lead, site) if lead else (),
        via=links.href(story.source_url) if story.source_kind != "own" else "",
    )


def files_of(picture: Picture, site: SiteCopy) -> tuple[File, ...]:
    """A photo's files in the format that everyone reads, as other services may show them: near 1,200 px first."""
    found = [(photos.share_file(picture)), *photos.more_files(picture)]
    kind = photos.TYPES[photos.formats(picture)[-1]]
    return tuple(
        File(links.absolute(site.origin, address), width, height, kind) for address, width, height in found
    )


def share_file(picture: Picture | None, site: SiteCopy) -> dict[str, Any] | None:
    """The file of a photo that is shown with a shared page, and what it shows; None where there is no photo."""
    found = photos.printable(picture)
    if found is None:
        return None
    file = files_of(found, site)[0]
    return {"url": file.url, "width": file.width, "height": file.height, "alt": found.alt}


def _notes(story: StoryCopy, site: SiteCopy) -> Iterator[tuple[str, str]]:
    """Each note's title with its time, and its text: “Ralat 1 (Sabtu, 14 Agustus 2021 10:15 WIB)”; first what isn't verified yet."""
    words, clock = words_for(site.language), clock_of(site)
    if story.verifying:
        yield words["verifying"], links.clean(story.verifying.note)
    for one in story.corrections:
        title = (words["reply"] if one.kind == "reply" else words["correction"]).format(n=one.number)
        yield f"{title} ({clock.full(one.at)})", links.clean(one.text)


def _people(credits_: tuple[Credit, ...], site: SiteCopy, roles: set[str]) -> tuple[Person, ...]:
    found = (
        Person(
            links.clean(one.name),
            links.absolute(site.origin, addresses.contributor(site, one.slug)) if one.slug else "",
        )
        for one in credits_
        if one.role in roles
    )
    return tuple(dict.fromkeys(found))


def _tags(story: StoryCopy) -> Iterator[str]:
    yield story.section.name
    if story.label:
        yield story.label.name
    yield from (topic.name for topic in story.topics)
