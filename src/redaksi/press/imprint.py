"""What a site says about itself on the shelf: its static pages, its editorial team, and the footer that links to them.

Printed together, when one of them changes: they are few, and the footer names them. The team's names lead to the pages of their
stories: these come and go with the first and the last of them, and a team whose page leads elsewhere then is printed again. An
address that a page left leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redaksi.press.laying import lay_sheet
from redaksi.press.typesetter import addresses, furniture, imprint
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.transaction import Transaction
from redaksi.stories import imprint as record
from redaksi.stories.copy import SiteCopy, TeamMember

_PREFIX = "imprint@"


def lay_imprint(shelf: Transaction, site: SiteCopy, year: int) -> None:
    """Print the pages and the footer of a site; ``year`` is the current one, for the copyright line."""
    pages = record.pages(site.id)
    entity = f"{_PREFIX}{site.id}"
    shelf.drop_pages(entity)
    team = record.team(site.id)
    shelf.set_dependencies(
        entity, {_thing(key) for _, people in team for one in people for key, _ in one.bylines}
    )
    led = [(role, [_leading_on(one, site, shelf) for one in people]) for role, people in team]
    sheets = [imprint.static_page(page, site) for page in pages]
    for address, sheet in [*sheets, imprint.team_page(led, site)]:
        lay_sheet(shelf, site.id, address, sheet, entity=entity)
    for page in pages:
        for slug in page.former:
            old, now = addresses.static_page(site, slug), addresses.static_page(site, page.slug)
            shelf.put_redirect(site=site.id, address=old, location=now, entity=entity)
    linked = [page for page in pages if page.in_footer]
    shelf.put_piece(site.id, "bottom", press_piece(furniture.bottom(site, year, linked)))


def is_imprint(entity: str) -> bool:
    """Whether an entity of the shelf is what a site says about itself ("imprint@3")."""
    return entity.startswith(_PREFIX)


def keep_up(shelf: Transaction, site: SiteCopy, moved: Iterable[str], year: int) -> None:
    """Print it again where one of these contributors ("contributor:3") is of the team, whose page came or went."""
    if any(shelf.depends_on(f"{_PREFIX}{site.id}", name) for name in moved):
        lay_imprint(shelf, site, year)


def drop_imprint(shelf: Transaction, site_id: int) -> None:
    """Take the pages of a site that is gone off the shelf."""
    shelf.drop_pages(f"{_PREFIX}{site_id}")
    shelf.set_dependencies(f"{_PREFIX}{site_id}", ())


def _leading_on(one: TeamMember, site: SiteCopy, shelf: Transaction) -> TeamMember:
    """A member with the address of their page, where they have one on the site."""
    pages = (slug for key, slug in one.bylines if shelf.has_row(site.id, _thing(key)))
    return replace(one, slug=next(pages, ""))


def _thing(contributor: int) -> str:
    return f"contributor:{contributor}"
