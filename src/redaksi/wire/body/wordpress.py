"""A WordPress content to elements: block comments, shortcodes and classic text, each as WordPress itself reads it.

Content -> segments (blocks, whose HTML is complete; classic text, in which new lines count) -> shortcodes as HTML ->
the setter. The grammar of block comments is WordPress's (class WP_Block_Parser): `<!-- wp:name {json} /-->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from redaksi.wire.body import shortcodes
from redaksi.wire.body.elements import Element, Embed, Paragraph
from redaksi.wire.body.setter import Setter
from redaksi.wire.body.tree import parsed
from redaksi.wire.losses import Loss, Losses, Reason

# A content beyond this is no story; the reader of the format has a limit of its own.
LONGEST = 4 * 1024 * 1024  # characters

_BLOCK = re.compile(r"(/?)wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?=[\s{/]|\Z)")
_CARRIED = frozenset(
    "paragraph heading list list-item quote pullquote image gallery table code preformatted verse details embed html "
    "shortcode freeform video audio file media-text cover button missing subhead text-columns".split()
)
_LAYOUT = frozenset(
    "group columns column buttons row stack grid accordion accordion-item media-text cover".split()
)
_MARKS = frozenset("separator spacer more nextpage".split())
_DYNAMIC = re.compile(
    r"archives|avatar|block|calendar|categories|comment|footnotes|home-link|latest-|legacy-widget|loginout|navigation"
    r"|page-list|pattern|post-|query|read-more|rss|search|site-|social-link|tag-cloud|template-part|term-|widget-group"
    r"|jetpack/(?:related|subscriptions|contact|sharing|like)|jetpack/(?:button|form)"
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_ALONE = re.compile(r"https?://[^\s<>\"]+\Z")
# Hosts whose address alone on a line WordPress turns into an embed (its oEmbed list, class-wp-oembed.php), the ones in use.
_EMBEDDED = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitter\.com|x\.com|instagram\.com"
    r"|tiktok\.com|facebook\.com|spotify\.com|soundcloud\.com|flickr\.com|reddit\.com|ted\.com|wordpress\.tv|videopress\.com"
    r"|datawrapper\.de|dwcdn\.net|flourish\.studio|slideshare\.net|scribd\.com|issuu\.com|crowdsignal\.com|imgur\.com)/",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """A content as elements, and what of it was left behind."""

    elements: tuple[Element, ...]
    losses: tuple[Loss, ...]


def convert(content: str, *, base: str = "") -> Body:
    """Set a WordPress content.

    Args:
        content: `content:encoded` as the archive has it.
        base: the old site's address without a trailing slash; links below it become paths.

    Returns:
        elements in the content's order, and the losses. Nothing raises: what cannot be read comes as text.
    """
    losses = Losses()
    if len(content) > LONGEST:
        losses.add(Reason.SHORTENED, "content", f"{len(content):,} characters; the limit is {LONGEST:,}")
        content = content[:LONGEST]
    elements: list[Element] = []
    for markup, breaks in _segments(content.replace("\r\n", "\n").replace("\r", "\n"), losses):
        html = shortcodes.expand(markup, losses)
        elements += Setter(losses, base=base, breaks=breaks).set(parsed(html, losses))
    return Body(tuple(_with_embeds(elements)), losses.take())


def _segments(content: str, losses: Losses) -> Iterator[tuple[str, bool]]:
    """Stretches of HTML: (text, whether it is classic). Blocks lose their comments; what stands between them is classic."""
    if "<!-- wp:" not in content and "<!--wp:" not in content:
        yield content, True
        return
    out: list[str] = []
    classic = False
    for text, depth in _outside_comments(content, losses):
        is_classic = depth == 0 and bool(_BLANK.search(text.strip()))
        if is_classic != classic and text.strip():
            yield "".join(out), classic
            out, classic = [], is_classic
        out.append(text if text.strip() else "\n")
    yield "".join(out), classic


def _outside_comments(content: str, losses: Losses) -> Iterator[tuple[str, int]]:
    """The text between comments, with how many blocks are open around it. In linear time, whatever the content."""
    at = depth = 0
    while (start := content.find("<!--", at)) >= 0:
        end = content.find("-->", start + 4)
        if end < 0:
            break
        if start > at:
            yield content[at:start], depth
        comment = content[start + 4 : end].strip()
        match = _BLOCK.match(comment)
        if match:
            closing, name = match.groups()
            rest = comment[match.end() :].strip()
            void = rest.endswith("/")
            if closing:
                depth = max(0, depth - 1)
            else:
                _note(name.removeprefix("core/"), rest.removesuffix("/").strip(), losses, void=void)
                depth += not void
        elif comment.startswith("more"):
            losses.add(Reason.MARK, "more")
        at = end + 3
    if at < len(content):
        yield content[at:], depth


def _note(name: str, attributes: str, losses: Losses, *, void: bool) -> None:
    """Say what becomes of a block that does not come in as it is."""
    if name in _MARKS:
        losses.add(Reason.MARK, name)
    elif name in _LAYOUT:
        losses.add(Reason.LAYOUT, name)
    elif name in _CARRIED or name.startswith("core-embed/"):
        if void:
            losses.add(Reason.DYNAMIC, name, attributes[:120])
    elif _DYNAMIC.match(name):
        losses.add(Reason.DYNAMIC, name, attributes[:120])
    else:
        losses.add(Reason.DYNAMIC if void else Reason.UNKNOWN_BLOCK, name, attributes[:120])


def _with_embeds(elements: list[Element]) -> Iterator[Element]:
    """An address alone in a paragraph is an embed, if its host is one that WordPress embeds."""
    for each in elements:
        if isinstance(each, Paragraph):
            words = _address_alone(each.html)
            yield Embed(words, "") if words else each
        elif isinstance(each, Embed):
            yield replace(each, url=each.url.strip())
        else:
            yield each


def _address_alone(markup: str) -> str:
    if not markup.startswith("http") or "<" in markup or " " in markup:
        return ""
    address = markup.replace("&amp;", "&")
    return address if _ALONE.match(address) and _EMBEDDED.match(address) else ""
