"""Prints: what is to be laid onto the shelf for one story, worked out beforehand, and how it is laid.

Working it out reads the record and takes the time. Laying it has two steps within the caller's shelf transaction, so that of
stories that are laid together each knows all others: first cards and rows, then the page, which chooses from the lists what
to read on. The work is the same however large the archive is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, TypedDict
from urllib.parse import quote

from redaksi.finder.stems import folded, stem
from redaksi.press import faces, reading_on
from redaksi.press.pictures import develop_missing, pictures_of
from redaksi.press.sites import SiteDesk
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.cards import cards, forms_of, note_card
from redaksi.press.typesetter.mentions import Linked, link_mentions
from redaksi.press.typesetter.sheet import Sheet, microseconds
from redaksi.press.typesetter.story import story_page, withdrawn_page
from redaksi.shelf.addresses import NETWORK
from redaksi.shelf.pieces import Piece, press_piece
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.writer import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy, StoryCopy, WithdrawnCopy
from redaksi.stories.models import Story


@dataclass(frozen=True, slots=True)
class PagePrint:
    """One page, ready to be put at its address."""

    site: int
    address: str
    recipe: bytes
    content_type: str
    status: int = 200
    cache: str = "page"

    @classmethod
    def of(
        cls, site: int, address: str, sheet: Sheet, *, status: int = 200, cache: str = "page"
    ) -> PagePrint:
        return cls(site, address, press_recipe(sheet.parts), sheet.content_type, status, cache)

    def lay(self, shelf: Transaction, entity: str, version: int) -> None:
        shelf.put_page(
            site=self.site,
            address=self.address,
            recipe=self.recipe,
            entity=entity,
            version=version,
            status=self.status,
            content_type=self.content_type,
            cache=self.cache,
        )


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A story's page that isn't set yet: what to read on is chosen when the lists are laid."""

    copy: StoryCopy
    site: SiteCopy
    linked: Linked

    def lay(self, shelf: Transaction, entity: str, version: int) -> frozenset[str]:
        """Set the page and put it at its address; give what it depends on."""
        whole = reading_on.with_links(shelf.neighbours, self.copy, self.site)
        sheet = story_page(whole, self.site, self.linked.over(whole.body))
        PagePrint.of(self.site.id, whole.path, sheet).lay(shelf, entity, version)
        return whole.depends | {f"topic:{topic}" for topic in self.linked.topics}


class Laid(NamedTuple):
    """What laying a story moved: ``rows`` (site, list, at) that it had or has, of these those of its topics if they changed, and
    whether its face changed.
    """

    rows: set[tuple[int, str, int]]
    moved: set[tuple[int, str, int]]
    face_changed: bool


@dataclass(frozen=True, slots=True)
class StoryPrint:
    """Everything of one story: page, old addresses, cards by site and form, its rows in lists, what it depends on.

    Without a page there is nothing of the story on the shelf once this is laid.
    """

    story: int
    site: int = 0
    edition: int = 0
    page: PagePrint | OpenPage | None = None
    path: str = ""
    redirects: tuple[tuple[int, str], ...] = ()
    cards: dict[tuple[int, str], Piece] = field(default_factory=dict)
    rows: tuple[tuple[int, str, int], ...] = ()
    words: tuple[str, ...] = ()
    face: str = ""

    @property
    def entity(self) -> str:
        return f"story:{self.story}"

    def lay_in_lists(self, shelf: Transaction) -> Laid:
        """Put cards and rows onto the shelf, in the place of what was there."""
        before = set(shelf.rows_of(self.story))
        shelf.drop_cards(self.story)
        for (site, form), piece in self.cards.items():
            shelf.put_card(site=site, story=self.story, form=form, piece=piece)
        shelf.set_rows(self.story, self.rows)
        sites = [site for site, form in self.cards if form == "row"]
        at = next((at for _, name, at in self.rows if name == addresses.ALL), 0)
        shelf.set_found(self.story, {at for _, _, at in before}, at, sites, self.words)
        rows = before.union(self.rows)
        moved = {row for row in rows if reading_on.counts(row[1])}
        if moved & before == moved.intersection(self.rows):
            moved = set()
        return Laid(rows, moved, faces.has_changed(shelf, self.entity, self.face))

    def lay_pages(self, shelf: Transaction) -> None:
        """Put the page and its old addresses onto the shelf, when the lists are as they will be."""
        shelf.drop_pages(self.entity)
        depends: frozenset[str] = frozenset()
        if isinstance(self.page, OpenPage):
            depends = self.page.lay(shelf, self.entity, self.edition)
        elif self.page:
            self.page.lay(shelf, self.entity, self.edition)
        for site, address in self.redirects:
            shelf.put_redirect(
                site=site,
                address=address,
                location=quote(self.path, safe="/-._~"),
                entity=self.entity,
                version=self.edition,
            )
        shelf.set_dependencies(self.entity, depends)


def print_story(story_id: int, desk: SiteDesk) -> StoryPrint:
    """Work out the print of a story as the record has it now.

    Args:
        story_id: the story; it may be gone from the record.
        desk: knows the sites' copies.
    """
    story = (
        Story.objects.select_related("site", "section", "label", "lead_photo", "owner")
        .filter(pk=story_id)
        .first()
    )
    if story is None or story.published_at is None:
        return StoryPrint(story_id)
    path = copydesk.path_now(story)
    if not path:
        return StoryPrint(story_id)
    site = desk.copy_of(story.site_id)
    old = tuple(story.addresses.filter(current=False, site_id=story.site_id).values_list("site_id", "path"))
    if not story.site_has_it:
        gone = copydesk.withdrawn_copy(story)
        page = PagePrint.of(story.site_id, path, withdrawn_page(gone, site), status=410)
        made = StoryPrint(story_id, story.site_id, story.edition, page, path, old)
        return replace(made, **_noted(gone, site, gone.at)) if story.withdrawn_at else made
    copy = copydesk.story_copy(story)
    linked = link_mentions(copy.body, site, desk.names, copy.choices)
    develop_missing(pictures_of(copy))
    noted = (
        _noted(copy, site, max(one.at for one in copy.corrections))
        if copy.corrections
        else _Noted(cards={}, rows=())
    )
    return StoryPrint(
        story=story_id,
        site=story.site_id,
        edition=story.edition,
        page=OpenPage(copy, site, linked),
        path=path,
        redirects=old,
        cards={
            (NETWORK if form == "net" else site.id, form): press_piece(text)
            for form, text in cards(copy, site, forms_of(copy)).items()
        }
        | noted["cards"],
        rows=(*rows_of(copy, linked.topics), *noted["rows"]),
        words=tuple(words_of(copy, site.language)),
        face=faces.face(copy.headline, path),
    )


def words_of(copy: StoryCopy, language: str) -> Iterator[str]:
    """The words by which readers find a story, as they are and stemmed: of its headline, standfirst, topics and names."""
    topics = [copy.label, *copy.topics] if copy.label else copy.topics
    names = [topic.name for topic in topics] + [credit.name for credit in copy.credits]
    for word in folded(" ".join([copy.headline, copy.list_headline, copy.standfirst, copy.dateline, *names])):
        yield word
        yield stem(word, language)


class _Noted(TypedDict):
    cards: dict[tuple[int, str], Piece]
    rows: tuple[tuple[int, str, int], ...]


def _noted(of: StoryCopy | WithdrawnCopy, site: SiteCopy, at: datetime) -> _Noted:
    """A story's card and place on the page of corrections; ``at`` is when the newest note was made, or when it was withdrawn."""
    return _Noted(
        cards={(site.id, "note"): press_piece(note_card(of, site))},
        rows=((site.id, addresses.NOTES, microseconds(at)),),
    )


def rows_of(copy: StoryCopy, linked: Collection[int] = ()) -> Iterator[tuple[int, str, int]]:
    """The lists in which a story stands: its site's, its section's, its topics', its label's, its contributors' and the network's.

    In the list of what the editors picked it stands at the time when they did.
    A topic that it only mentions, and links to (``linked``), gets a row of another list: so no link leads to a page that isn't there.
    """
    at = microseconds(copy.published_at)
    own = {topic.id for topic in copy.topics} | ({copy.label.id} if copy.label else set())
    names = {addresses.ALL, addresses.section_list(copy.section)}
    names |= {addresses.topic_list(topic) for topic in copy.topics}
    if copy.label:
        names |= {addresses.topic_list(copy.label), addresses.label_list(copy.label)}
    names |= {addresses.mention_list(topic) for topic in linked if topic not in own}
    names |= {
        addresses.contributor_list(credit.contributor_id) for credit in copy.credits if credit.contributor_id
    }
    names |= {addresses.PHOTOS} if copy.gallery else set()
    names |= {addresses.VIDEOS} if copy.has_video else set()
    for name in sorted(names):
        yield copy.site_id, name, at
    if copy.picked_at:
        yield copy.site_id, addresses.PICKS, microseconds(copy.picked_at)
    yield NETWORK, addresses.ALL, at
    yield NETWORK, addresses.home_list(copy.site_id), at
