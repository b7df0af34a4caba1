"""Where things stand on the shelf: keys of pages, packed ids of cards, and which addresses are legal.

An address is a path as a reader's browser means it: percent-decoded, absolute, no slash at its end. Two kinds are
special: `!404` and its like (a site's error pages, which no request can name) and an old address with a WordPress
query (`/?p=123`), which is kept so that it can redirect.
"""

from __future__ import annotations

import hashlib
import re

LONGEST_ADDRESS = 2000
"""In bytes of UTF-8; browsers and caches part ways somewhere above."""

FORMS = {
    "row": 0, "lead": 1, "rss": 2, "map": 3, "atom": 4, "json": 5, "news": 6, "net": 7, "note": 8, "photo": 9, "oembed": 10,
    "stamp": 11, "told": 12,
}  # fmt: skip
"""How a story can show in a list: an ordinary row, the big card, an item of RSS, Atom or JSON Feed, the url of a sitemap or a
news sitemap, a card for other sites of the network, its corrections, a picture; what oEmbed tells of it; and when it changed.
"told" is the row in which those of TOLD are kept together."""

TOLD = ("net", "lead", "stamp", "atom", "rss", "json", "oembed", "news")
"""The forms that a story's cards are kept together in, as text (`shelf/told.py`), in their order."""

FORM_NAMES = {number: name for name, number in FORMS.items()}

NETWORK = 0
"""Stands for the whole network where a site's number is asked: its lists and cards may be laid into any site's pages."""

_KINDS = ("story", "topic", "photo", "contributor", "section", "site")
"""Of names that are kept packed; the order is part of the shelf's format."""

_SITES = 1 << 20
MOST_STORIES = 1 << 39
_RESERVED = re.compile(r"![a-z0-9-]{1,40}\Z")
_OLD_QUERY = re.compile(r"(?:p|page_id|cat|attachment_id)=[0-9]{1,12}\Z")
_BAD = re.compile(r"[\x00-\x1f\x7f\\\ufffd]|//|/\.{1,2}(?:/|\Z)")


class BadAddressError(ValueError):
    """An address that no page can have; the message says why and repeats it."""


def check_address(address: str) -> str:
    """Give `address` back if a page may stand there.

    Raises:
        BadAddressError: It isn't absolute, ends with a slash, has `.` or `..` segments, control characters, a
            backslash, undecodable bytes, an unknown query or fragment, or is longer than LONGEST_ADDRESS bytes.
    """
    if _RESERVED.match(address):
        return address
    path, question, query = address.partition("?")
    problem = path_problem(path)
    if problem is None and path != "/" and path.endswith("/"):
        problem = "ends with a slash"
    if problem is None and "#" in path:
        problem = "has a fragment"
    if problem is None and question and not is_old_query(query):
        problem = "has a query"
    if problem is not None:
        message = f"address {address[:200]!r} {problem}"
        raise BadAddressError(message)
    return address


def path_problem(path: str) -> str | None:
    """Say what is wrong with a decoded path that a reader asks for, or None (a slash at its end is fine)."""
    if not path.startswith("/"):
        return "does not begin with a slash"
    if len(path) > LONGEST_ADDRESS or len(path.encode("utf-8", "replace")) > LONGEST_ADDRESS:
        return f"is longer than {LONGEST_ADDRESS} bytes"
    if _BAD.search(path):
        return "has an empty, '.' or '..' segment, a control character, a backslash or bad UTF-8"
    return None


def is_old_query(query: str) -> bool:
    """Whether a query is one of WordPress's addresses by number (`p=123`), which may be kept as redirects."""
    return _OLD_QUERY.match(query) is not None


def page_key(site: int, address: str) -> int:
    """A page's rowid: a signed 64-bit hash of its site and address (the writer refuses a collision)."""
    digest = hashlib.blake2b(f"{site}:{address}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def form_number(form: str) -> int:
    """The number of a card's form.

    Raises:
        ValueError: There is no such form.
    """
    try:
        return FORMS[form]
    except KeyError:
        message = f"card form {form!r} is unknown; known are {', '.join(FORMS)}"
        raise ValueError(message) from None


def card_id(site: int, story: int, form: str) -> int:
    """The rowid of a card, or of those with which it is kept: story (39 bits), site (20) and form (4), so a story's stand together."""
    check_number("site", site, _SITES)
    check_number("story", story, MOST_STORIES)
    return story << 24 | card_mask(site, form)


def packed(name: str) -> str | bytes:
    """A name like "story:12" as the shelf keeps it where it says what shows what: a byte for the kind, then the number's bytes.

    Other names stay as they are, and stand before these in order.
    """
    kind, _, number = name.partition(":")
    if kind not in _KINDS or not number.isdecimal() or str(int(number)) != number:
        return name
    value = int(number)
    return bytes([_KINDS.index(kind)]) + value.to_bytes((value.bit_length() + 7) // 8, "big")


def unpacked(name: str | bytes) -> str:
    """The name that `packed` was given."""
    return name if isinstance(name, str) else f"{_KINDS[name[0]]}:{int.from_bytes(name[1:], 'big')}"


def card_mask(site: int, form: str) -> int:
    """The part of a card's rowid that a list's cards share; the other is `story << 24`."""
    return site << 4 | form_number("told" if form in TOLD else form)


def card_ids_of(story: int) -> tuple[int, int]:
    """First and last rowid that a story's cards can have, on whatever site."""
    check_number("story", story, MOST_STORIES)
    return story << 24, (story + 1 << 24) - 1


def unpack_card_id(rowid: int) -> tuple[int, int, str]:
    """Site, story and form of a card's rowid."""
    return rowid >> 4 & _SITES - 1, rowid >> 24, FORM_NAMES[rowid & 15]


def check_number(name: str, value: int, limit: int) -> None:
    """Raise ValueError unless 0 <= value < limit."""
    if not 0 <= value < limit:
        message = f"{name} {value} is outside 0..{limit - 1}"
        raise ValueError(message)


def bare_host(host: str) -> str:
    """A Host header's host alone: lower case, without port or the root's dot (RFC 9110, 7.2; RFC 4343)."""
    name = host.strip()
    name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    return name.rstrip(".").casefold()
