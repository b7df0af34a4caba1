"""Old habits of addresses: a story cut into pages ("?page=2", "?page=all"), as readers' links and search engines still hold them.

Here a story is one page, however long, so such an address leads to the whole one for good.
"""

from __future__ import annotations

import re

from redaksi.shelf.reader import Page
from redaksi.shelf.recipe import MIXED, Pager, Recipe, read_head

_PAGE = re.compile(r"(page|halaman)=(?:[0-9]{1,6}|all|semua)\Z")


def without_old_pages(page: Page, query: str) -> str | None:
    """The query without the number of a page, where it has one and the page's own lists aren't turned by that word; else None."""
    pairs = query.split("&")
    found = {match[1] for pair in pairs if (match := _PAGE.match(pair))}
    if not found or page.status != 200:  # noqa: PLR2004 - HTTP's number says it best
        return None
    words = found - _own_words(page)
    kept = [pair for pair in pairs if not (match := _PAGE.match(pair)) or match[1] not in words]
    return "&".join(kept) if words else None


def _own_words(page: Page) -> set[str]:
    """The names by which a page's pager is asked."""
    if read_head(page.recipe)[0] != MIXED:
        return set()
    pagers = [part for part in Recipe.parse(page.recipe).outline if isinstance(part, Pager)]
    return {word for pager in pagers for word in (pager.before, pager.after)}
