"""The one place where HTML from outside is cut down to what a paragraph may hold (nh3, the ammonia sanitiser).

Everything that enters the record passes here: what is typed or pasted at the desk, and what the wire brings. A tag that is
not allowed is dropped and its text kept; script and style go with their content.
"""

from __future__ import annotations

import nh3

TAGS = {"a", "b", "strong", "i", "em", "br", "p", "ol", "ul", "li", "sup", "sub"}
SCHEMES = {"http", "https", "mailto"}
_ATTRIBUTES = {"a": {"href"}}
# Made once: setting a cleaner up costs as much as cleaning a paragraph.
_INLINE = nh3.Cleaner(tags=TAGS, attributes=_ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
_PLAIN = nh3.Cleaner(tags=set())


def inline(html: str) -> str:
    """HTML of one paragraph with only :data:`TAGS` left, links only to :data:`SCHEMES` or within the site.

    Never raises: whatever the text is, what comes back is well formed and runs nothing.
    """
    return _INLINE.clean(html)


def plain(html: str) -> str:
    """The text of an HTML fragment, without any tag, entities resolved to characters where they are safe."""
    return _PLAIN.clean(html)
