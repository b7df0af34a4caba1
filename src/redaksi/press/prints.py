"""Prints: what is to be laid onto the shelf for one story, worked out beforehand, and how it is laid.

Working it out reads the record and takes the time. Laying it has two steps within the caller's shelf transaction, so that of
stories that are laid together each knows all others: first cards and rows, then the page, which chooses from the lists what
to read on. A story that other sites carry is read once, set for each of them, and laid on all in that one transaction. The work
grows with the sites that carry it, not with the archive or the network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from redaksi.finder.stems import folded, forms
from redaksi.press import faces, reading_on
from redaksi.press.pictures import develop_missing, pictures_of
from redaksi.press.sites import SiteDesk
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.cards import cards, forms_of, note_card
from redaksi.press.typesetter.mentions import Linked, link_mentions
from redaksi.press.typesetter.sheet import Sheet, microseconds
from redaksi.press.typesetter.story import story_page, withdrawn_page
from redaksi.shelf.addresses import NETWORK, TOLD
from redaksi.shelf.neighbours import Neighbours
from redaksi.shelf.pieces import Piece, press_piece
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.told import press_told
from redaksi.shelf.transaction import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import HomeCopy, SiteCopy, StoryCopy
from redaksi.stories.models import Story
from redaksi.stories.places import Places, carried_copies, carried_withdrawals, places_of
from redaksi.stories.reading import Around, read


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

    def set(self, whole: StoryCopy) -> tuple[PagePrint, frozenset[str]]:
        """The page of the ``whole`` copy, with what to read on, and what it depends on."""
        sheet = story_page(whole, self.site, self.linked.over(whole.body))
        page = PagePrint.of(self.site.id, whole.path, sheet)
        return page, whole.depends | {f"topic:{topic}" for topic in self.linked.topics}


class Laid(NamedTuple):
    """What laying a story moved: ``rows`` (site, list, at) that it had or has, of these those of its topics if they changed, and
    whether its face changed.
    """

    rows: set[tuple[int, str, int]]
    moved: set[tuple[int, str, int]]
    face_changed: bool


@dataclass(frozen=True, slots=True)
class StoryPrint:
    """Everything of one story on all its sites: pages, old addresses, cards, its rows in lists, what it depends on.

    Without a page there is nothing of the story on the shelf once this is laid. ``redirects`` are (site, address, location),
    ``cards`` stand under their (site, form), those that are kept together (``told``) under their site.
    """

    story: int
    edition: int = 0
    pages: tuple[PagePrint | OpenPage, ...] = ()
    redirects: tuple[tuple[int, str, str], ...] = ()
    cards: dict[tuple[int, str], Piece] = field(default_factory=dict)
    told: dict[int, bytes] = field(default_factory=dict)
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
        for site, told in self.told.items():
            shelf.put_told(site=site, story=self.story, told=told)
        shelf.set_rows(self.story, self.rows)
        sites = [site for site, form in self.cards if form == "row"]
        at = next((at for _, name, at in self.rows if name == addresses.ALL), 0)
        shelf.set_found(self.story, {at for _, _, at in before}, at, sites, self.words)
        rows = before.union(self.rows)
        moved = {row for row in rows if reading_on.counts(row[1])}
        if moved & before == moved.intersection(self.rows):
            moved = set()
        return Laid(rows, moved, faces.has_changed(shelf, self.entity, self.face))


@dataclass(frozen=True, slots=True)
class SetPages:
    """A story's pages, set: what is laid when the lists stand."""

    story: int
    edition: int
    pages: tuple[PagePrint, ...]
    redirects: tuple[tuple[int, str, str], ...]
    depends: frozenset[str]

    def lay(self, shelf: Transaction) -> None:
        """Put the pages and old addresses onto the shelf, in the place of what was there."""
        entity = f"story:{self.story}"
        shelf.drop_pages(entity)
        for page in self.pages:
            page.lay(shelf, entity, self.edition)
        for site, address, location in self.redirects:
            shelf.put_redirect(
                site=site, address=address, location=location, entity=entity, version=self.edition
            )
        shelf.set_dependencies(entity, self.depends)


def chosen(lists: Neighbours, prints: Sequence[StoryPrint]) -> list[StoryCopy]:
    """The copies of all open pages, with what to read on: chosen from the lists as they stand."""
    open_pages = [page for one in prints for page in one.pages if isinstance(page, OpenPage)]
    return reading_on.with_links(lists, ((page.copy, page.site) for page in open_pages))


def set_pages(prints: Sequence[StoryPrint], wholes: Sequence[StoryCopy]) -> list[SetPages]:
    """Set the pages of stories; the open ones' copies are ``wholes``, from :func:`chosen`."""
    of_open = iter(wholes)
    return [_set(one, of_open) for one in prints]


def _set(one: StoryPrint, wholes: Iterator[StoryCopy]) -> SetPages:
    pages: list[PagePrint] = []
    depends: set[str] = set()
    for page in one.pages:
        if isinstance(page, OpenPage):
            made, shown = page.set(next(wholes))
            pages.append(made)
            depends |= shown
        else:
            pages.append(page)
    return SetPages(one.story, one.edition, tuple(pages), one.redirects, frozenset(depends))


def print_stories(story_ids: Sequence[int], desk: SiteDesk) -> list[StoryPrint]:
    """Work out the prints of some stories as the record has them now: read together, in as many queries as one takes.

    Args:
        story_ids: the stories, in the order of their prints; some may be gone from the record.
        desk: knows the sites' copies.
    """
    found = {story.pk: story for story in read(story_ids)}
    bases = {story.site_id: desk.base_of(story.site_id) for story in found.values()}
    around = Around(list(found.values()), bases)
    prints = [_print(pk, found.get(pk), around, desk) for pk in story_ids]
    shown = (page.copy for one in prints for page in one.pages if isinstance(page, OpenPage))
    develop_missing(picture for copy in shown for picture in pictures_of(copy))
    return prints


def _print(story_id: int, story: Story | None, around: Around, desk: SiteDesk) -> StoryPrint:
    places = places_of(story, desk.base_of) if story and story.published_at else None
    if story is None or places is None:
        return StoryPrint(story_id)
    home = _home(places, desk.copy_of(story.site_id))
    if not story.site_has_it:
        return _print_withdrawn(story, places, home, around, desk)
    copies = copies_of(story, places, home, around, desk)
    here = [_Here.of(copy, desk) for copy in copies]
    made = [(site.id, _cards_of(copy, site)) for copy, site, _ in here]
    return StoryPrint(
        story=story_id,
        edition=story.edition,
        pages=tuple(OpenPage(*one) for one in here),
        redirects=tuple(_redirects(places, home)),
        cards={
            (site, form): press_piece(text)
            for site, texts in made
            for form, text in texts.items()
            if form not in TOLD
        },
        told={at: told for site, texts in made for at, told in _told_of(site, texts).items()},
        rows=tuple(row for copy, _, linked in here for row in rows_of(copy, linked.topics)),
        words=tuple(dict.fromkeys(word for copy, site, _ in here for word in words_of(copy, site.language))),
        face=faces.face(home, *((copy.site_id, copy.path, copy.headline) for copy in copies)),
    )


def words_of(copy: StoryCopy, language: str) -> list[str]:
    """The words by which readers find a story, as they are and stemmed: of its headline, standfirst, topics and names."""
    topics = [copy.label, *copy.topics] if copy.label else copy.topics
    names = [topic.name for topic in topics] + [credit.name for credit in copy.credits]
    text = " ".join([copy.headline, copy.list_headline, copy.standfirst, copy.dateline, *names])
    return forms(folded(text), language)


class _Here(NamedTuple):
    """A story on one of its sites, with the names of that site's topics linked in it."""

    copy: StoryCopy
    site: SiteCopy
    linked: Linked

    @classmethod
    def of(cls, copy: StoryCopy, desk: SiteDesk) -> _Here:
        site = desk.copy_of(copy.site_id)
        return cls(copy, site, link_mentions(copy.body, site, desk.names, copy.choices))


def _print_withdrawn(
    story: Story, places: Places, home: HomeCopy, around: Around, desk: SiteDesk
) -> StoryPrint:
    """Its reason on every site that had it; the page of corrections tells of it unless it only expired."""
    at_home = copydesk.withdrawn_copy(story, desk.base_of(story.site_id), around)
    here = [(gone, desk.copy_of(gone.site_id)) for gone in carried_withdrawals(at_home, places)]
    noted = here if story.withdrawn_at else []
    return StoryPrint(
        story=story.pk,
        edition=story.edition,
        pages=tuple(
            PagePrint.of(site.id, gone.path, withdrawn_page(gone, site), status=410) for gone, site in here
        ),
        redirects=tuple(_redirects(places, home)),
        cards={(site.id, "note"): press_piece(note_card(gone, site)) for gone, site in noted},
        rows=tuple((site.id, addresses.NOTES, microseconds(gone.at)) for gone, site in noted),
        face=faces.face("gone", *((gone.site_id, gone.path, gone.headline) for gone, _ in here)),
    )


def copies_of(
    story: Story, places: Places, home: HomeCopy, around: Around, desk: SiteDesk
) -> list[StoryCopy]:
    """A story's copy for each of its sites, its home's first."""
    at_home = copydesk.story_copy(story, desk.base_of(story.site_id), around)
    return [at_home, *carried_copies(at_home, places.carriers, home, desk.base_of)]


def _home(places: Places, site: SiteCopy) -> HomeCopy:
    url = f"{site.origin}{quote(places.home.path, safe='/-._~')}"
    return HomeCopy(site.id, site.name, site.language, site.front, url)


def _redirects(places: Places, home: HomeCopy) -> Iterator[tuple[int, str, str]]:
    """Old addresses lead to the address of now, and those of sites that carry it no more to its home."""
    for place in places.every:
        for address in place.old:
            yield place.site_id, address, quote(place.path, safe="/-._~")
    for site_id, address in places.left:
        yield site_id, address, home.url


def _cards_of(copy: StoryCopy, site: SiteCopy) -> dict[str, str]:
    """A story's cards on one of its sites, by their form."""
    made = {str(form): text for form, text in cards(copy, site, forms_of(copy)).items()}
    return made | ({"note": note_card(copy, site)} if copy.corrections else {})


def _told_of(site: int, texts: Mapping[str, str]) -> dict[int, bytes]:
    """The rows of a story's cards that are kept together: the site's, and the network's with the card for other sites, where there is one."""
    own = {form: text for form, text in texts.items() if form in TOLD and form != "net"}
    told = {site: press_told(own)}
    if "net" in texts:
        told[NETWORK] = press_told({"net": texts["net"]})
    return told


def rows_of(copy: StoryCopy, linked: Collection[int] = ()) -> Iterator[tuple[int, str, int]]:
    """The lists of a site in which a story stands: all, its section's, its topics', its label's, its contributors'.

    At home it stands in three more: the site's own stories, and the network's two. In the list of what the editors picked it
    stands at the time when they did, in that of corrections at the time of the newest. A topic that it only mentions, and links to
    (``linked``), gets a row of another list: so no link leads to a page that isn't there.
    """
    at = microseconds(copy.published_at)
    for name in sorted(_names_of(copy, linked)):
        yield copy.site_id, name, at
    if copy.corrections:
        yield copy.site_id, addresses.NOTES, microseconds(max(one.at for one in copy.corrections))
    if copy.home is not None:
        return
    yield copy.site_id, addresses.HOME, at
    if copy.picked_at:
        yield copy.site_id, addresses.PICKS, microseconds(copy.picked_at)
    yield NETWORK, addresses.ALL, at
    yield NETWORK, addresses.home_list(copy.site_id), at


def _names_of(copy: StoryCopy, linked: Collection[int]) -> set[str]:
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
    return names
