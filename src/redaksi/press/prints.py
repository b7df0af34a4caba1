"""Prints: what is to be laid onto the shelf for one story, worked out beforehand, and how it is laid.

Working it out reads the record and takes the time; laying it is a few writes within the caller's shelf transaction.
The work is the same however large the archive is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from redaksi.press import faces
from redaksi.press.pictures import develop_missing, pictures_of
from redaksi.press.sites import SiteDesk
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.cards import cards
from redaksi.press.typesetter.sheet import Sheet, microseconds
from redaksi.press.typesetter.story import story_page, withdrawn_page
from redaksi.shelf.pieces import Piece, press_piece
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.writer import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import StoryCopy
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


class Laid(NamedTuple):
    """What laying a story moved: ``rows`` (site, list, at) that it had or has, and whether its face changed."""

    rows: set[tuple[int, str, int]]
    face_changed: bool


@dataclass(frozen=True, slots=True)
class StoryPrint:
    """Everything of one story: page, old addresses, cards, its rows in lists, what it depends on.

    Without a page there is nothing of the story on the shelf once this is laid.
    """

    story: int
    site: int = 0
    edition: int = 0
    page: PagePrint | None = None
    redirects: tuple[tuple[int, str], ...] = ()
    cards: dict[str, Piece] = field(default_factory=dict)
    rows: tuple[tuple[int, str, int], ...] = ()
    depends: frozenset[str] = frozenset()
    face: str = ""

    @property
    def entity(self) -> str:
        return f"story:{self.story}"

    def lay(self, shelf: Transaction) -> Laid:
        """Put all of it onto the shelf, in the place of what was there."""
        before = shelf.rows_of(self.story)
        shelf.drop_pages(self.entity)
        if self.page:
            self.page.lay(shelf, self.entity, self.edition)
            for site, address in self.redirects:
                shelf.put_redirect(
                    site=site,
                    address=address,
                    location=quote(self.page.address, safe="/-._~"),
                    entity=self.entity,
                    version=self.edition,
                )
        shelf.drop_cards(self.story)
        for form, piece in self.cards.items():
            shelf.put_card(site=self.site, story=self.story, form=form, piece=piece)
        shelf.set_rows(self.story, self.rows)
        shelf.set_dependencies(self.entity, self.depends)
        return Laid({*before, *self.rows}, faces.has_changed(shelf, self.entity, self.face))


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
        sheet = withdrawn_page(copydesk.withdrawn_copy(story), site)
        page = PagePrint.of(story.site_id, path, sheet, status=410)
        return StoryPrint(story_id, story.site_id, story.edition, page, old)
    copy = copydesk.story_copy(story)
    develop_missing(pictures_of(copy))
    return StoryPrint(
        story=story_id,
        site=story.site_id,
        edition=story.edition,
        page=PagePrint.of(story.site_id, path, story_page(copy, site)),
        redirects=old,
        cards={form: press_piece(text) for form, text in cards(copy, site).items()},
        rows=tuple(rows_of(copy)),
        depends=copy.depends,
        face=faces.face(copy.headline, path),
    )


def rows_of(copy: StoryCopy) -> Iterator[tuple[int, str, int]]:
    """The lists in which a story stands: its site's, its section's, its topics' and its contributors'."""
    at = microseconds(copy.published_at)
    names = {addresses.ALL, addresses.section_list(copy.section)}
    names |= {addresses.topic_list(topic) for topic in copy.topics}
    names |= {addresses.topic_list(copy.label)} if copy.label else set()
    names |= {
        addresses.contributor_list(credit.contributor_id) for credit in copy.credits if credit.contributor_id
    }
    for name in sorted(names):
        yield copy.site_id, name, at
