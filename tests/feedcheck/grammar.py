"""Which elements a feed of ours may have, where, how often, and what their text and attributes must be.

Strict on purpose: the grammar is of what we write, not of all that the specifications allow. Sources: RFC 4287 (Atom), the RSS 2.0
specification with the RSS Advisory Board's profile, Media RSS 1.5.1, Dublin Core's terms and the content module of RSS 1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from feedcheck import values

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: Older or misspelt names of namespaces, and the event for each.
WRONG_NAMESPACES = {
    "http://purl.org/atom/ns#": "ObsoleteNamespace",
    "http://example.com/newformat#": "ObsoleteNamespace",
    "http://search.yahoo.com/mrss": "MediaRssNamespace",
    "http://search.yahoo.com/rss": "MediaRssNamespace",
}

Check = Callable[[str], str | None]


@dataclass(frozen=True)
class Element:
    """What may stand in an element.

    Attributes:
        children: Names of what may stand in it, and what that is.
        required: Names of those that must be there once at least.
        repeatable: Names of those that may be there more than once.
        attributes: The attributes that it may have, and what they must be.
        needs: The attributes that it must have.
        text: What its text must be; no text where it is None.
        html: Its text is HTML.
    """

    children: Mapping[str, Element] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    attributes: Mapping[str, Check] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    text: Check | None = None
    html: bool = False


def anything(_text: str) -> None:
    """Any text will do."""


def one_of(*words: str, otherwise: str) -> Check:
    return lambda text: None if text in words else otherwise


def _mime_attribute(text: str) -> str | None:
    return "InvalidMIMEAttribute" if values.mime(text) else None


WORDS = Element(text=anything)
_ATOM_TEXT = Element(attributes={"type": one_of("text", "html", otherwise="InvalidTextType")}, text=anything)
_ATOM_PERSON = Element(
    children={
        f"{ATOM}name": WORDS,
        f"{ATOM}uri": Element(text=values.address),
        f"{ATOM}email": Element(text=values.mail),
    },
    required=frozenset({f"{ATOM}name"}),
)
_ATOM_LINK = Element(
    attributes={
        "href": values.address, "rel": anything, "type": values.mime, "hreflang": values.language, "title": anything,
        "length": values.positive,
    },
    needs=frozenset({"href"}),
)  # fmt: skip
_ATOM_CATEGORY = Element(
    attributes={"term": anything, "scheme": values.address, "label": anything}, needs=frozenset({"term"})
)
_DATE = Element(text=values.rfc3339)
_MEDIA_WORDS = Element(
    attributes={"type": one_of("plain", "html", otherwise="InvalidMediaTextType")}, text=anything
)
_MEDIA_SIZE: Mapping[str, Check] = {
    "url": values.address,
    "width": values.positive,
    "height": values.positive,
}
_MEDIA_PARTS = {
    f"{MEDIA}title": _MEDIA_WORDS,
    f"{MEDIA}description": _MEDIA_WORDS,
    f"{MEDIA}credit": Element(text=anything, attributes={"scheme": values.address, "role": anything}),
    f"{MEDIA}copyright": Element(text=anything, attributes={"url": values.address}),
    f"{MEDIA}category": Element(text=anything, attributes={"scheme": values.address, "label": anything}),
    f"{MEDIA}thumbnail": Element(attributes=_MEDIA_SIZE, needs=frozenset({"url"})),
}
_MEDIA_CONTENT = Element(
    children=_MEDIA_PARTS,
    repeatable=frozenset({f"{MEDIA}thumbnail", f"{MEDIA}credit", f"{MEDIA}category"}),
    attributes={
        **_MEDIA_SIZE,
        "type": _mime_attribute,
        "medium": one_of("image", "video", "audio", "document", "executable", otherwise="InvalidMediaMedium"),
        "lang": values.language,
        "fileSize": values.positive,
        "expression": one_of("sample", "full", "nonstop", otherwise="InvalidMediaExpression"),
    },
)
_MEDIA = {f"{MEDIA}content": _MEDIA_CONTENT, **_MEDIA_PARTS}
_MEDIA_REPEATABLE = frozenset({f"{MEDIA}content", f"{MEDIA}thumbnail", f"{MEDIA}credit", f"{MEDIA}category"})

_ATOM_COMMON = {
    f"{ATOM}id": Element(text=values.identity),
    f"{ATOM}title": _ATOM_TEXT,
    f"{ATOM}updated": _DATE,
    f"{ATOM}author": _ATOM_PERSON,
    f"{ATOM}contributor": _ATOM_PERSON,
    f"{ATOM}category": _ATOM_CATEGORY,
    f"{ATOM}link": _ATOM_LINK,
    f"{ATOM}rights": _ATOM_TEXT,
}
_ATOM_REPEATABLE = frozenset(
    f"{ATOM}{name}" for name in ("author", "contributor", "category", "link", "entry")
)
_ATOM_REQUIRED = frozenset(f"{ATOM}{name}" for name in ("id", "title", "updated"))
ENTRY = Element(
    children={
        **_ATOM_COMMON,
        f"{ATOM}published": _DATE,
        f"{ATOM}summary": _ATOM_TEXT,
        f"{ATOM}content": Element(attributes={"type": anything, "src": values.address}, text=anything),
        **_MEDIA,
    },
    required=_ATOM_REQUIRED,
    repeatable=_ATOM_REPEATABLE | _MEDIA_REPEATABLE,
)
FEED = Element(
    children={
        **_ATOM_COMMON,
        f"{ATOM}subtitle": _ATOM_TEXT,
        f"{ATOM}icon": Element(text=values.address),
        f"{ATOM}logo": Element(text=values.address),
        f"{ATOM}generator": Element(text=anything, attributes={"uri": values.address, "version": anything}),
        f"{ATOM}entry": ENTRY,
    },
    required=_ATOM_REQUIRED,
    repeatable=_ATOM_REPEATABLE,
)

_GUID = Element(
    attributes={"isPermaLink": one_of("true", "false", otherwise="InvalidBooleanAttribute")}, text=anything
)
_RSS_COMMON = {
    "title": WORDS,
    "link": Element(text=values.address),
    "description": Element(text=anything, html=True),
    "category": Element(text=anything, attributes={"domain": anything}),
    "pubDate": Element(text=values.rfc822),
    f"{DC}creator": WORDS,
    f"{DC}contributor": WORDS,
    f"{DC}date": Element(text=values.w3cdtf),
    f"{DC}rights": WORDS,
    f"{DC}language": Element(text=values.language),
    f"{TERMS}modified": Element(text=values.w3cdtf),
    f"{ATOM}link": _ATOM_LINK,
    **_MEDIA,
}
_RSS_REPEATABLE = (
    frozenset({"category", "item", f"{DC}creator", f"{DC}contributor", f"{ATOM}link"}) | _MEDIA_REPEATABLE
)
ITEM = Element(
    children={
        **_RSS_COMMON,
        "guid": _GUID,
        "author": Element(text=values.rss_mail),
        "comments": Element(text=values.address),
        "source": Element(text=anything, attributes={"url": values.address}, needs=frozenset({"url"})),
        "enclosure": Element(
            attributes={"url": values.address, "length": values.positive, "type": _mime_attribute},
            needs=frozenset({"url", "length", "type"}),
        ),
        f"{CONTENT}encoded": Element(text=anything, html=True),
    },
    repeatable=_RSS_REPEATABLE,
)
CHANNEL = Element(
    children={
        **_RSS_COMMON,
        "language": Element(text=values.language),
        "copyright": WORDS,
        "lastBuildDate": Element(text=values.rfc822),
        "managingEditor": Element(text=values.rss_mail),
        "webMaster": Element(text=values.rss_mail),
        "docs": Element(text=values.address),
        "generator": WORDS,
        "ttl": Element(text=values.positive),
        "image": Element(
            children={
                "url": Element(text=values.address), "title": WORDS, "link": Element(text=values.address),
                "width": Element(text=values.positive), "height": Element(text=values.positive), "description": WORDS,
            },
            required=frozenset({"url", "title", "link"}),
        ),
        "item": ITEM,
    },
    required=frozenset({"title", "link", "description"}),
    repeatable=_RSS_REPEATABLE,
)  # fmt: skip
RSS = Element(
    children={"channel": CHANNEL},
    required=frozenset({"channel"}),
    attributes={"version": one_of("2.0", otherwise="InvalidRSSVersion")},
    needs=frozenset({"version"}),
)
