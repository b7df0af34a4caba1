"""What is pasted into one paragraph comes from Word, Docs or a web page as several: each becomes a block of its own.

So that a photo, a statement or a read-also can be set between any two of them, whoever pasted the text in one go.
"""

from __future__ import annotations

from typing import Any

from lxml import html as lxml_html
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from redaksi.stories.sanitise import inline, plain

#: Elements that stand for a paragraph at the top of a pasted text.
_STANDING = {"p", "ul", "ol", "div", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li"}
#: More paragraphs than this in one block are left together (nobody pastes a book into a story by intent).
MOST = 2000


def one_paragraph_a_block(body: Any) -> Any:
    """The body with every paragraph block that holds several split up, and empty ones left out.

    Args:
        body: the stream as the form understood it. Blocks of other kinds, and their order, stay as they are.

    Returns:
        A new stream, or the same one when nothing had to be split.
    """
    rows: list[tuple[str, Any, str | None]] = []
    changed = False
    for child in body:
        if child.block_type != "paragraph":
            rows.append((child.block_type, child.value, child.id))
            continue
        parts = paragraphs_of(child.value.source)
        changed = changed or len(parts) != 1
        rows += [
            ("paragraph", RichText(part) if len(parts) > 1 else child.value, child.id if not place else None)
            for place, part in enumerate(parts)
        ]
    return StreamValue(body.stream_block, rows) if changed else body


def paragraphs_of(source: str) -> list[str]:
    """The paragraphs of a rich text, each as the HTML of one; empty ones don't count.

    Lists stay whole. What can't be understood comes back as one piece.
    """
    if not plain(source).strip():
        return []
    root = lxml_html.fragment_fromstring(source, create_parent="div")
    tops = list(root)
    if (root.text or "").strip() or any((top.tail or "").strip() or top.tag not in _STANDING for top in tops):
        return [source]
    if len(tops) > MOST:
        return [source]
    parts = [inline(lxml_html.tostring(top, encoding="unicode", with_tail=False)) for top in tops]
    return [part for part in parts if plain(part).strip()] or [source]
