"""Texts and addresses made fit to print: what may stand in a page whatever the record holds.

The record was checked on its way in; this is the last gate. A control character would break XML and is an error in
HTML; an address with another scheme than the web's would be a way to run a script; inline HTML is cleaned once more,
so that no page can be unbalanced or carry a handler, however the text came into the record.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import nh3
from markupsafe import Markup

from redaksi.stories.sanitise import ONLY_TEXT

# Not allowed in XML 1.0 (2.2 Char) or an error in HTML (13.2.3.5): controls, surrogates, noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
# RFC 3986: what may stand in an address unescaped, "%" included (lone ones are mended first).
_ADDRESS_SAFE = "/:?@!$&'()*+,;=%~-._"

_INLINE_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
    }
)
# A fact box may also hold these, and a page about the site itself subheadings.
_BLOCK_TAGS = _INLINE_TAGS | {"p", "ul", "ol", "li"}
_CHAPTER_TAGS = _BLOCK_TAGS | {"h2", "h3"}
_BLOCKS = frozenset({"p", "ul", "ol", "h2", "h3"})
_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "span": {"lang"}}


def clean(text: str) -> str:
    """``text`` without what may stand in no page: control characters, lone surrogates, noncharacters."""
    # Most texts are of one line; Python counts all of these (and more) as not printable, and looks at them much faster.
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


@lru_cache(4096)  # a page names the same few addresses over and over
def href(address: str) -> str:
    """An address as it may stand in ``href`` or ``src``: ours (from the root) or the web's, else the empty text.

    What RFC 3986 does not allow is percent-encoded. An address that a browser would read as another scheme or as a
    host without one (``javascript:``, ``//host``) gives the empty text: print such a link as plain words.
    """
    address = clean(address).strip()
    if address.startswith("/"):
        if address[1:2] in ("/", "\\"):
            return ""
        return _quoted(address)
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    tail = parts._replace(scheme="", netloc="").geturl()
    return f"{parts.scheme}://{host}{port}{_quoted(tail)}"


def host(address: str) -> str:
    """The host that an address leads to, as a reader knows it; the empty text where it leads to none."""
    return (urlsplit(href(address)).hostname or "").removeprefix("www.")


def absolute(origin: str, path: str) -> str:
    """The whole address of a ``path`` on the site at ``origin`` (scheme and host, no slash at the end)."""
    return f"{href(origin)}{href(path)}"


def inline(html: str, origin: str = "") -> Markup:
    """Inline HTML of a paragraph, cleaned to the tags a newspaper's sentence needs.

    With an ``origin`` its links are whole addresses, as they must be where the site's own page does not stand around it.
    """
    only = ONLY_TEXT.match(html)
    if only:
        return Markup(clean(only[1]))  # noqa: S704 - no tag and no sign of one
    return _cleaned(html, _INLINE_TAGS, href(origin))


def block(html: str) -> Markup:
    """HTML of a fact box: paragraphs and lists of inline HTML; one that nests them wrongly gives its inline HTML."""
    cleaned = _cleaned(html, _BLOCK_TAGS)
    return cleaned if _Nesting(cleaned).sound else inline(html)


def chapter(html: str) -> Markup:
    """HTML of a page about the site itself: as :func:`block`, with subheadings."""
    cleaned = _cleaned(html, _CHAPTER_TAGS)
    return cleaned if _Nesting(cleaned).sound else inline(html)


def plain(html: str) -> str:
    """The words of a piece of inline HTML, as plain text."""
    only = ONLY_TEXT.match(html)
    if only:
        return clean(only[1]).strip()
    return Markup(_cleaned(html, frozenset())).unescape().strip()  # noqa: S704 - just cleaned of every tag


def _cleaned(html: str, tags: frozenset[str], origin: str = "") -> Markup:
    def attribute(tag: str, name: str, value: str) -> str | None:
        found = _attribute(tag, name, value)
        return origin + found if origin and name == "href" and found and found.startswith("/") else found

    cleaned = nh3.clean(
        clean(html),
        tags=set(tags),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items() if tag in tags},
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return Markup(cleaned)  # noqa: S704 - nh3 has cleaned it


class _Nesting(HTMLParser):
    """Says of cleaned (so: balanced) HTML whether paragraphs and lists stand where HTML lets them.

    They stand at the top or in a list's item, and lists hold nothing but items.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sound = True
        self._open = ["top"]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        parent = self._open[-1]
        in_list = parent in ("ul", "ol")
        if in_list != (tag == "li") or (tag in _BLOCKS and parent not in ("top", "li")):
            self.sound = False
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and tag != "br":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1] in ("ul", "ol") and data.strip():
            self.sound = False


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href") and not value.startswith(("mailto:", "tel:")):
        return href(value) or None
    if name == "lang":
        return value if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else None
    return value


def _quoted(address: str) -> str:
    # Square brackets are only for IPv6 hosts, which a news site's links don't have; "#" stands only once.
    before, sign, fragment = _LONE_PERCENT.sub("%25", address).partition("#")
    return quote(before, safe=_ADDRESS_SAFE) + sign + quote(fragment, safe=_ADDRESS_SAFE)
