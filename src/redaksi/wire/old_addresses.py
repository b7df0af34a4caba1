"""The addresses that a WordPress entry had: each of them will lead readers to the story.

WordPress finds an entry by its pretty address, by earlier last parts of it, and always by number (``/?p=101``).
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from redaksi.network.models import RESERVED_WORDS
from redaksi.shelf.addresses import BadAddressError, check_address
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.losses import Losses, Reason

#: Longer ones don't fit the record's column.
LONGEST = 500
#: What a site uses itself, whatever its sections are: the front, "terkini", …
_OWN_WORDS = RESERVED_WORDS | {""}
_BY_NUMBER = re.compile(r"\A[^?]*\?(?:p|page_id)=(\d{1,12})(?:&|\Z)")


def old_addresses(item: Item, base: str, losses: Losses) -> list[str]:
    """Every address under which readers may look for an entry. Whether another story or a section has it is seen when it is written.

    Args:
        item: the entry.
        base: the old site's address without a trailing slash; empty if it isn't known.
        losses: is told of addresses that cannot be kept.

    Returns:
        paths without a trailing slash, decoded, each once; legal for the shelf.
    """
    found: dict[str, None] = {}
    for address in _all(item, base, losses):
        try:
            check_address(address)
        except BadAddressError as error:
            losses.add(Reason.ADDRESS, address, str(error))
            continue
        if address.strip("/") in _OWN_WORDS or len(address) > LONGEST:
            losses.add(Reason.ADDRESS, address, "this address is one of the site's own pages, or too long")
        else:
            found[address] = None
    return list(found)


def _all(item: Item, base: str, losses: Losses) -> list[str]:
    pretty = _path(item.link, losses)
    paths = [pretty] if pretty else []
    if pretty:
        folder = pretty.rsplit("/", 1)[0]
        paths += [f"{folder}/{unquote(slug)}" for slug in item.old_slugs if "/" not in slug]
    # The entry's own number counts; the one in its guid may be of a site that it was moved from.
    number = _BY_NUMBER.search(item.guid) if not item.id.isdigit() else None
    own = number.group(1) if number else item.id
    if own.isdigit():
        home = urlsplit(base).path.rstrip("/") if base else ""
        paths += [f"{home}/?p={own}", *([f"{home}/?page_id={own}"] if item.kind == "page" else [])]
    return paths


def _path(link: str, losses: Losses) -> str:
    """The path of a pretty address; empty for addresses by number, which are kept in another way."""
    if not link:
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        losses.add(Reason.ADDRESS, link[:200], "it cannot be read")
        return ""
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/")
    if parts.query and not path:
        return ""
    return path if path.startswith("/") or not path else f"/{path}"
