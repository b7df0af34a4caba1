"""Foreign HTML to a tree that is safe to walk: sanitised by nh3 first, of bounded depth, with no scripts in it.

nh3 (html5ever) reads HTML as browsers do and writes it back well-formed; libxml2 then only has to build the tree.
"""

from __future__ import annotations

import re
from typing import TypeAlias, cast

import lxml.html
import nh3
from lxml import etree

from redaksi.wire.losses import Losses, Reason

# libxml2 loses text below 256 levels without a word, and html5ever's time grows with the square of the depth.
DEEPEST = 60
_ROUGHLY_DEEPEST = 400

#: lxml's element has no public name.
Node: TypeAlias = etree._Element  # noqa: SLF001

_TAGS = {
    *("p div section article aside main header footer nav address center h1 h2 h3 h4 h5 h6".split()),
    *("ul ol li dl dt dd blockquote figure figcaption pre table caption thead tbody tfoot tr td th".split()),
    *(
        "a b strong i em cite dfn var q s del strike ins u mark sub sup code kbd samp tt small big br hr".split()
    ),
    *(
        "img picture iframe audio video source track object embed details summary option legend button label".split()
    ),
}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "img": {
        "src",
        "alt",
        "class",
        "width",
        "height",
        "data-id",
        "data-src",
        "data-lazy-src",
        "data-original",
    },
    "iframe": {"src", "title", "data-src"},
    "audio": {"src"},
    "video": {"src"},
    "source": {"src"},
    "object": {"data"},
    "embed": {"src"},
    "figure": {"class", "data-ids", "data-wp"},
    "div": {"class", "data-ids"},
    "ul": {"class"},
    "blockquote": {"class", "cite"},
    "pre": {"class"},
    "p": {"class"},
}
# Made once: setting a cleaner up costs as much as cleaning a paragraph.
_STRUCTURE = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
_TEXT = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})
# Browsers read what stands in these as bare text or drop it; their words are to come in, so the tags go first.
_OPAQUE = re.compile(
    r"</?(?:noscript|textarea|xmp|noembed|noframes|plaintext|title|svg|math|template)\b[^<>]*>", re.IGNORECASE
)
_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_FORM = re.compile(r"<(form|input|select|textarea)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# End tags that HTML lets writers leave out, and elements that have none: they don't nest.
_NEVER_NESTS = frozenset(
    "p li dt dd option tr td th thead tbody tfoot br hr img input source track embed area base col link meta param wbr".split()
)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF), " ")


def parsed(markup: str, losses: Losses) -> Node:
    """Parse an HTML fragment.

    Args:
        markup: HTML from outside, of any quality.
        losses: is told of scripts, forms and HTML that had to be flattened.

    Returns:
        A `<div>` that holds the fragment; only known tags and attributes, addresses only http, https, mailto, tel or
        relative, no comments.
    """
    markup = markup.translate(_CONTROLS)
    for name in sorted({found.lower() for found in _SCRIPT.findall(markup)}):
        losses.add(Reason.SCRIPT, f"<{name}>")
    for name in sorted({found.lower() for found in _FORM.findall(markup)}):
        losses.add(Reason.FORM, f"<{name}>")
    markup = _OPAQUE.sub(" ", markup)
    cleaned = "" if _depth(markup) > _ROUGHLY_DEEPEST else _STRUCTURE.clean(markup)
    if not cleaned or _depth(cleaned, exact=True) > DEEPEST:
        if cleaned or markup.strip():
            losses.add(Reason.TOO_DEEP, "HTML")
        cleaned = _flattened(markup)
    # lxml's own type for this is its HtmlElement, which is an _Element.
    return cast(
        "Node",
        lxml.html.fragment_fromstring(
            cleaned.encode("utf-8", "replace").decode(),
            create_parent="div",
            parser=lxml.html.HTMLParser(encoding="utf-8"),
        ),
    )


def _flattened(markup: str) -> str:
    """The text alone, with tags cut out by hand: only for what no parser should be given."""
    text = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", " ", markup, flags=re.IGNORECASE | re.DOTALL)
    text = re.sub(r"</?(?:p|div|br|h[1-6]|li|tr)\b[^<>]*>", "\n\n", text, flags=re.IGNORECASE)
    return _TEXT.clean(re.sub(r"<[^<>]*>", " ", text).replace("<", "&lt;"))


def _depth(markup: str, *, exact: bool = False) -> int:
    """How deeply tags nest; where end tags may be missing, a bound from above that passes ordinary sloppy HTML."""
    deepest = depth = 0
    for closing, name in _ANY_TAG.findall(markup):
        if name.lower() in (_VOID if exact else _NEVER_NESTS):
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


_VOID = frozenset("br hr img source track embed".split())
