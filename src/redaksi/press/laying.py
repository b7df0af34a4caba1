"""Laying a sheet: what the typesetter set becomes the page at an address, pressed on its way to the shelf."""

from __future__ import annotations

from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.transaction import Transaction


def lay_sheet(
    shelf: Transaction,
    site: int,
    address: str,
    sheet: Sheet,
    *,
    entity: str,
    version: int = 0,
    status: int = 200,
    cache: str = "page",
) -> None:
    """Put a sheet at a site's address; what the words mean is said at :meth:`redaksi.shelf.transaction.Transaction.put_page`."""
    shelf.put_page(
        site=site,
        address=address,
        recipe=press_recipe(sheet.parts),
        entity=entity,
        version=version,
        status=status,
        content_type=sheet.content_type,
        cache=cache,
    )
