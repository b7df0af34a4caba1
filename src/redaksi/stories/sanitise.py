"""The one place where HTML from outside is cut down to what a paragraph may hold (nh3, the ammonia sanitiser).

Everything that enters the record passes here: what is typed or pasted at the desk, and what the wire brings. A tag that is
not allowed is dropped and its text kept; script and style go with their content.
"""

from __future__ import annotations

import html
import re

import nh3

TAGS = {"a", "b", "strong", "i", "em", "br", "p", "ol", "ul", "li", "sup", "sub"}
SCHEMES = {"http", "https", "mailto"}
_ATTRIBUTES = {"a": {"href"}}
# Made once: setting a cleaner up costs as much as cleaning a paragraph.
_INLINE = nh3.Cleaner(tags=TAGS, attributes=_ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
_CHAPTER = nh3.Cleaner(
    tags=TAGS | {"h2", "h3"}, attributes=_ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
)
_BLOCK_END = re.compile(
    r"</(?:p|li|ol|ul|div|h[1-6]|blockquote|td|th|tr|figcaption)>|<br ?/?>", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t]{2,}")
_PLAIN = nh3.Cleaner(tags=set())
#: A paragraph with nothing in it but text that stands for itself: most are, and nothing has to be taken apart.
ONLY_TEXT = re.compile(r"<p>([^<>&\x00-\x1f\x7f-\xa0\ud800-\udfff]*)</p>\Z")


def inline(markup: str) -> str:
    """HTML of one paragraph with only :data:`TAGS` left, links only to :data:`SCHEMES` or within the site.

    Never raises: whatever the text is, what comes back is well formed and runs nothing.
    """
    return markup if ONLY_TEXT.match(markup) else _INLINE.clean(markup)


def chapter(markup: str) -> str:
    """:func:`inline` for a text of several paragraphs with subheadings, such as a site's page about itself."""
    return _CHAPTER.clean(markup)


def plain(markup: str) -> str:
    """The text of an HTML fragment: no tags, entities resolved, words parted where a block or a line ends.

    What comes back is text, and may say ``<b>``: it is escaped like any other where it is printed.
    """
    only = ONLY_TEXT.match(markup)
    if only is not None:
        text = only[1]
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    parted = _BLOCK_END.sub(r"\g<0> ", markup)
    return _SPACES.sub(" ", html.unescape(_PLAIN.clean(parted))).strip()
