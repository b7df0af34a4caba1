"""oEmbed (https://oembed.com): what others show of a story of ours, by its address.

The press printed the answer as the story's card; here it is found by the address that is asked for and made to fit: no wider and no
higher than was asked, with the largest thumbnail that fits as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from redaksi.newsstand import answers
from redaksi.newsstand.answers import Notice
from redaksi.shelf.addresses import is_old_query
from redaksi.shelf.reader import ShelfReader

ADDRESS = "/oembed"
_FORM = "oembed"
_MOST_DIGITS = 9


class Question(NamedTuple):
    """A story's address, and the most room there is for it in pixels (None: as much as it likes)."""

    url: str
    width: int | None
    height: int | None


def asked(query: str) -> Question | Notice:
    """Read a query string; the notice says what is wrong with it (oEmbed, 2.2 and 2.3.5)."""
    said = dict(reversed(parse_qsl(query, keep_blank_values=True)))
    if said.get("format", "json") != "json":
        return answers.ONLY_JSON
    sizes = [said.get(name) for name in ("maxwidth", "maxheight")]
    if not said.get("url") or not all(size is None or _is_size(size) for size in sizes):
        return answers.BAD_EMBEDDING
    width, height = (None if size is None else int(size) for size in sizes)
    return Question(said["url"], width, height)


def find(reader: ShelfReader, site_of: Callable[[str, str], int | None], question: Question) -> bytes | None:
    """The answer as JSON; None if the address is none of a story that readers have here.

    Args:
        reader: the shelf, within a look.
        site_of: gives the site that a host and a path lead to.
        question: what is asked for.
    """
    try:
        parts = urlsplit(question.url)
        site = site_of(parts.netloc, parts.path) if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    if site is None:
        return None
    path = unquote(parts.path).rstrip("/") or "/"
    address = f"{path}?{parts.query}" if is_old_query(parts.query) else path
    kind, _, number = (reader.entity_at(site, address) or "").partition(":")
    card = reader.card(site, int(number), _FORM) if kind == "story" else None
    if card is None:
        return None
    return json.dumps(fitted(json.loads(card.text()), question), ensure_ascii=False).encode()


def fitted(told: dict[str, Any], question: Question) -> dict[str, Any]:
    """An answer within the room there is; what the press gave to choose from is left out."""
    files = told.pop("thumbnails", [])
    widest, highest = question.width, question.height
    told["width"] = min(told["width"], told["width"] if widest is None else widest)
    told["height"] = min(told["height"], told["height"] if highest is None else highest)
    for url, width, height in files:
        if (widest is None or width <= widest) and (highest is None or height <= highest):
            return told | {"thumbnail_url": url, "thumbnail_width": width, "thumbnail_height": height}
    return told


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0
