"""What a site says about itself on the shelf: its static pages, its editorial team, and the footer that links to them.

Printed together, when one of them changes: they are few, and the footer names them.
"""

from __future__ import annotations

from redaksi.press.laying import lay_sheet
from redaksi.press.typesetter import furniture, imprint
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.writer import Transaction
from redaksi.stories import imprint as record
from redaksi.stories.copy import SiteCopy


def lay_imprint(shelf: Transaction, site: SiteCopy, year: int) -> None:
    """Print the pages and the footer of a site; ``year`` is the current one, for the copyright line."""
    pages = record.pages(site.id)
    entity = f"imprint@{site.id}"
    shelf.drop_pages(entity)
    sheets = [imprint.static_page(page, site) for page in pages]
    for address, sheet in [*sheets, imprint.team_page(record.team(site.id), site)]:
        lay_sheet(shelf, site.id, address, sheet, entity=entity)
    linked = [page for page in pages if page.in_footer]
    shelf.put_piece(site.id, "bottom", press_piece(furniture.bottom(site, year, linked)))
