"""Elements that are put together from others: lists, quotes, figures, boxes and tables.

Each function takes its node and a way to set what is inside it, and gives the element and whatever could not stand
inside it, which then comes after it: a photo in a list, a table in a quote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from redaksi.wire.body import captions
from redaksi.wire.body.elements import (
    Element,
    Embed,
    FactBox,
    Gallery,
    Media,
    Paragraph,
    Photo,
    Quote,
    Subheading,
    Table,
    plain,
    text_of,
)
from redaksi.wire.body.tree import Node
from redaksi.wire.losses import Losses, Reason

Inside = Callable[[Node], list[Element]]

_GALLERY_CLASSES = {
    "wp-block-gallery",
    "gallery",
    "tiled-gallery",
    "wp-block-jetpack-tiled-gallery",
    "blocks-gallery-grid",
}
_POSTS_ELSEWHERE = {
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "reddit-embed-bq",
    "fb-xfbml-parse-ignore",
}


def listing(node: Node, inside: Inside, losses: Losses) -> list[Element]:
    """A list, with its sublists, as one paragraph element; a gallery in the guise of a list as a gallery."""
    if is_gallery(node):
        return figure(node, inside, losses)
    rows: list[str] = []
    after: list[Element] = []
    for child in list(node):
        tail, child.tail = child.tail, None
        sub, rest = _split(inside(child if child.tag == "li" else _alone(child)))
        after.extend(rest)
        if sub:
            rows.append(f"<li>{_joined(sub)}</li>")
        if tail and tail.strip():
            rows.append(f"<li>{_escaped(tail)}</li>")
    if node.text and node.text.strip():
        rows.insert(0, f"<li>{_escaped(node.text)}</li>")
    return [*([Paragraph(f"<{node.tag}>{''.join(rows)}</{node.tag}>")] if rows else []), *after]


def quote(node: Node, inside: Inside) -> list[Element]:
    """A quotation with its speaker; a post of another host as an embed; anything richer as what it is made of."""
    classes = set((node.get("class") or "").split())
    if classes & _POSTS_ELSEWHERE:
        links = [each.get("href") or "" for each in node.iter("a")]
        address = next(
            (link for link in reversed(links) if urlsplit(link).scheme in {"http", "https"}),
            node.get("cite") or "",
        )
        if address:
            return [Embed(address, plain(" ".join(str(part) for part in node.itertext())))]
    speaker, after = _taken(node, {"cite", "footer"}, inside) if _ends_with_name(node) else ("", [])
    elements = inside(node)
    words = [each.html for each in elements if isinstance(each, Paragraph) and not each.is_list]
    if words and len(words) == len(elements):
        return [Quote(tuple(words), speaker), *after]
    return [*elements, *([Paragraph(f"<i>{_escaped(speaker)}</i>")] if speaker else []), *after]


def figure(node: Node, inside: Inside, losses: Losses) -> list[Element]:
    """A figure: what it shows takes its caption; several photos are a gallery."""
    for each in node.iter("figcaption"):
        if _nearest(each, "figure") is node and any(link.get("href") for link in each.iter("a")):
            losses.add(Reason.LINK, "caption", plain(" ".join(str(part) for part in each.itertext()))[:80])
    caption, after = _taken(node, {"figcaption"}, inside, deep=not is_gallery(node))
    numbers = (node.get("data-ids") or "").replace(" ", "")
    if numbers:
        listed = tuple(Photo("", number, "") for number in numbers.split(",") if number.isdigit())
        attached = numbers == "attached"
        return [Gallery(caption, listed, attached), *inside(node), *after]
    elements = inside(node)
    photos = tuple(each for each in elements if isinstance(each, Photo))
    if len(photos) > 1:
        first = elements.index(photos[0])
        rest = [each for each in elements if not isinstance(each, Photo)]
        return [*rest[:first], Gallery(caption, photos), *rest[first:], *after]
    return [*_captioned(elements, caption), *after]


def fact_box(node: Node, inside: Inside) -> list[Element]:
    """`<details>`: its summary is the title of a box."""
    title, of_title = _taken(node, {"summary"}, inside)
    kept, after = _split(inside(node))
    box = [FactBox(title, tuple(each.html for each in kept))] if kept or title else []
    return [*box, *of_title, *after]


def table(node: Node, inside: Inside, losses: Losses) -> list[Element]:
    """A table of plain cells. A table that holds pictures or tables was layout, and is set as what stands in it."""
    caption, after = _taken(node, {"caption"}, inside)
    rows: list[tuple[str, ...]] = []
    own = [row for row in node.iter("tr") if _table_of(row) is node]
    for row in own:
        cells: list[str] = []
        for cell in row:
            text, rest = _cell(inside(cell))
            after.extend(rest)
            cells.append(text)
        rows.append(tuple(cells))
    width = max((len(row) for row in rows), default=0)
    filled = [(*row, *([""] * (width - len(row)))) for row in rows if any(row)]
    if len({len(row) for row in rows}) > 1:
        losses.add(Reason.TABLE, "cells of different rows do not match")
    if after:
        losses.add(Reason.TABLE, "pictures or lists in cells stand after the table")
    if width <= 1:
        lines: list[Element] = [Paragraph(_escaped(cell)) for row in filled for cell in row]
        return [*([Subheading(caption)] if caption else []), *lines, *after]
    has_header = bool(own) and all(cell.tag == "th" for cell in own[0])
    return [Table(caption, tuple(filled), has_header), *after]


def is_gallery(node: Node) -> bool:
    classes = set((node.get("class") or "").split())
    return bool(classes & _GALLERY_CLASSES) or node.get("data-ids") is not None


def _alone(node: Node) -> Node:
    """A holder with nothing but this node in it, for what stands where only list items should."""
    holder: Node = etree.Element("div")
    holder.append(node)
    return holder


def _captioned(elements: list[Element], caption: str) -> list[Element]:
    """The first element that can have a caption gets it; without one it stays as a paragraph."""
    if not caption:
        return elements
    for place, each in enumerate(elements):
        match each:
            case Photo(caption=""):
                text, credit = captions.part(caption)
                return [*elements[:place], replace(each, caption=text, credit=credit), *elements[place + 1 :]]
            case Gallery(title=""):
                return [*elements[:place], replace(each, title=caption), *elements[place + 1 :]]
            case Table(caption=""):
                return [*elements[:place], replace(each, caption=caption), *elements[place + 1 :]]
            case Embed() | Media():
                joined = f"{each.title} {caption}".strip() if caption not in each.title else each.title
                return [*elements[:place], replace(each, title=joined), *elements[place + 1 :]]
    return [*elements, Paragraph(_escaped(caption))]


def _split(elements: list[Element]) -> tuple[list[Paragraph], list[Element]]:
    """What can stand inside a list item or a box, and what cannot. Headings and quotations become text."""
    kept: list[Paragraph] = []
    rest: list[Element] = []
    for each in elements:
        match each:
            case Paragraph():
                kept.append(each)
            case Subheading(text=text):
                kept.append(Paragraph(f"<b>{_escaped(text)}</b>"))
            case Quote(paragraphs=paragraphs, speaker=speaker):
                kept.extend(Paragraph(markup) for markup in paragraphs)
                if speaker:
                    kept.append(Paragraph(f"<i>{_escaped(speaker)}</i>"))
            case _:
                rest.append(each)
    return kept, rest


def _cell(elements: list[Element]) -> tuple[str, list[Element]]:
    words = [text_of(each) for each in elements if isinstance(each, Paragraph | Subheading | Quote)]
    return " ".join(words), [
        each for each in elements if not isinstance(each, Paragraph | Subheading | Quote)
    ]


def _joined(paragraphs: list[Paragraph]) -> str:
    """Several paragraphs in one list item: lines, with sublists straight after them."""
    out = ""
    for each in paragraphs:
        out += each.html if not out or each.is_list or out.endswith("l>") else f"<br>{each.html}"
    return out


def _taken(node: Node, names: set[str], inside: Inside, *, deep: bool = True) -> tuple[str, list[Element]]:
    """Take the nodes of these names out of the tree, those of the same kind of holder inside excepted.

    Returns:
        their plain text, and what else stood in them.
    """
    found = [each for each in node.iter(*names) if _nearest(each, str(node.tag)) is node]
    if not deep:
        found = [each for each in found if each.getparent() is node]
    words: list[str] = []
    rest: list[Element] = []
    for each in found:
        parent = each.getparent()
        if parent is None:
            continue
        _keep_tail(each, parent)
        parent.remove(each)
        text, others = _cell(inside(each))
        words.append(text)
        rest.extend(others)
    return " ".join(word for word in words if word), rest


def _keep_tail(node: Node, parent: Node) -> None:
    if not node.tail:
        return
    before = node.getprevious()
    if before is None:
        parent.text = (parent.text or "") + node.tail
    else:
        before.tail = (before.tail or "") + node.tail
    node.tail = None


def _nearest(node: Node, name: str) -> Node | None:
    return next(iter(node.iterancestors(name)), None)


def _table_of(row: Node) -> Node | None:
    return _nearest(row, "table")


def _ends_with_name(node: Node) -> bool:
    """Whether the last words are a `<cite>` or `<footer>` with nothing but space after it: then they name the speaker."""
    named = [each for each in node.iter("cite", "footer") if _nearest(each, "blockquote") is node]
    if not named:
        return False
    words = "".join(str(part) for part in node.itertext()).strip()
    name = "".join(str(part) for part in named[-1].itertext()).strip()
    return len(named) == 1 and words.endswith(name) and words != name


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
