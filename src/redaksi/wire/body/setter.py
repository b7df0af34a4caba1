"""Sets a tree of HTML as elements, in order: the walk, the paragraphs, and what ends them.

A block inside a run of text ends the paragraph; formatting that was open goes on after it. Whatever holds other
things (a quote, a list item, a cell, a box) is set by a setter of its own, and its elements are put together.
"""

# ruff: noqa: SLF001  # the table of handlers belongs to the class and must stand after it
from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from redaksi.wire.body import holders
from redaksi.wire.body.elements import Element, Embed, Media, Paragraph, Photo, Subheading, plain
from redaksi.wire.body.inline import Run
from redaksi.wire.body.tree import Node
from redaksi.wire.losses import Losses, Reason

_BOLD, _ITALIC = ("b", "strong"), ("i", "em", "cite", "dfn", "var")
_PLAINER = {"s", "del", "strike", "ins", "u", "mark", "code", "kbd", "samp", "tt", "small", "big"}
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"[ \t\r]*\n\s*")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FILE_ENDINGS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|csv|txt|odt)(?:$|\?)", re.IGNORECASE)
_NUMBER_IN_CLASS = re.compile(r"\bwp-image-(\d+)\b")
_SEPARATE = frozenset(
    "p div section article aside main header footer nav address center dd option legend button picture summary"
    " figcaption caption li thead tbody tr".split()
)


class Setter:
    """Walks one tree.

    Args:
        losses: where what stays behind is noted.
        base: the old site's address without a trailing slash: links below it become paths of the same site.
        breaks: whether a new line in the text is one for readers too, and an empty line a new paragraph (WordPress's
            classic editor: `wpautop`).
    """

    def __init__(self, losses: Losses, *, base: str = "", breaks: bool = False) -> None:
        self.losses = losses
        self.base = base
        parts = urlsplit(base)
        self._home = (_bare_host(parts.hostname), parts.path.rstrip("/")) if parts.hostname else None
        self.breaks = breaks
        self.elements: list[Element] = []
        self._run = Run()

    def set(self, node: Node) -> list[Element]:
        """The elements of everything inside a node."""
        self._flow(node)
        self._end_paragraph()
        return self.elements

    def aside(self, node: Node) -> list[Element]:
        """The elements of everything inside a node, by themselves: for those that hold others."""
        return Setter(self.losses, base=self.base, breaks=self.breaks).set(node)

    def put(self, *elements: Element) -> None:
        """End the paragraph and add elements after it."""
        self._end_paragraph()
        self.elements.extend(elements)

    def _flow(self, node: Node) -> None:
        self._text(node.text)
        for child in node:
            self._child(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self.breaks:
            self._run.text(text)
            return
        for number, paragraph in enumerate(_BLANK_LINE.split(text)):
            if number:
                self._end_paragraph()
            for place, line in enumerate(_LINE.split(paragraph)):
                if place and self._run.has_text() and not self._run.after_break():
                    self._run.line_break()
                self._run.text(line)

    def _end_paragraph(self) -> None:
        markup = self._run.take()
        if markup:
            self.elements.append(Paragraph(markup))

    def _child(self, node: Node) -> None:
        name = str(node.tag)
        if name in _BOLD:
            self._wrapped(node, "<b>", "</b>")
        elif name in _ITALIC:
            self._wrapped(node, "<i>", "</i>")
        elif name == "a":
            self._link(node)
        elif name in _HANDLERS:
            _HANDLERS[name](self, node)
        elif name in _SEPARATE:
            self._end_paragraph()
            self._flow(node)
            self._end_paragraph()
        else:
            if name in _PLAINER:
                self.losses.add(Reason.FORMATTING, f"<{name}>")
            self._flow(node)

    def _wrapped(self, node: Node, opening: str, closing: str) -> None:
        self._run.begin(opening, closing)
        self._flow(node)
        self._run.end()

    def _link(self, node: Node) -> None:
        address = self.address(node.get("href") or "")
        if "wp-block-file__button" in (node.get("class") or ""):
            self._run.text(
                " "
            )  # WordPress sets the file's name and its button side by side, parted by styles only
        words = " ".join("".join(str(part) for part in node.itertext()).split())
        if address and _FILE_ENDINGS.search(address):
            self.losses.add(Reason.MEDIA, "file", address)
        if address and words:
            self._wrapped(node, f'<a href="{_attribute(address)}">', "</a>")
            return
        if node.get("href") and words:
            self.losses.add(Reason.LINK, "<a>", f"{words[:60]} → {node.get('href')}")
        self._flow(node)

    def address(self, href: str) -> str:
        """A link that may stay: http(s), mailto, tel, or a path of the same site; else the empty text."""
        href = href.strip()
        if href.startswith("//"):
            href = f"https:{href}"
        try:
            parts = urlsplit(href)
        except ValueError:
            return ""
        if parts.scheme in {"http", "https"}:
            return (self._own_path(parts) or href) if parts.hostname else ""
        return (
            href if parts.scheme in {"mailto", "tel"} or (href.startswith("/") and not parts.scheme) else ""
        )

    def _own_path(self, parts: SplitResult) -> str:
        """The path of a link into the old site, which its old address will lead on; empty for other links.

        Files and machinery of WordPress (`/wp-content/…`) have no address here: those links stay as they are.
        """
        if self._home is None or (_bare_host(parts.hostname), True) != (
            self._home[0],
            parts.path.startswith(self._home[1]),
        ):
            return ""
        path = parts.path or "/"
        if path[len(self._home[1]) :].startswith("/wp-"):
            return ""
        return (
            path
            + (f"?{parts.query}" if parts.query else "")
            + (f"#{parts.fragment}" if parts.fragment else "")
        )

    def _break(self, _node: Node) -> None:
        if self._run.after_break():
            self._end_paragraph()
        elif self._run.has_text():
            self._run.line_break()

    def _heading(self, node: Node) -> None:
        """A heading is one line of plain text; what else stands in it comes after it."""
        inside = self.aside(node)
        words = " ".join(plain(each.html) for each in inside if isinstance(each, Paragraph))
        if any(isinstance(each, Paragraph) and "<a " in each.html for each in inside):
            self.losses.add(Reason.LINK, f"<{node.tag}>", words[:80])
        self.put(
            *([Subheading(words)] if words else []), *(e for e in inside if not isinstance(e, Paragraph))
        )

    def _image(self, node: Node) -> None:
        source = (node.get("src") or "").strip()
        real = next(
            (node.get(name) for name in ("data-src", "data-lazy-src", "data-original") if node.get(name)),
            None,
        )
        url, alt, classes = real or source, " ".join((node.get("alt") or "").split()), node.get("class") or ""
        if "wp-smiley" in classes or "emoji" in classes.split():
            self._run.text(alt)
            return
        if _size(node.get("width")) <= 2 and _size(node.get("height")) <= 2:  # noqa: PLR2004  # pixels
            self.losses.add(Reason.TRACKER, "<img>", url)
            return
        number = _NUMBER_IN_CLASS.search(classes)
        identity = number.group(1) if number else (node.get("data-id") or "")
        if not url and not identity:
            self.losses.add(Reason.PICTURE, "<img>", alt or "no address")
            self._run.text(alt)
            return
        photo = Photo(f"https:{url}" if url.startswith("//") else url, identity, alt)
        if not (self.elements and not self._run.has_text() and _same(self.elements[-1], photo)):
            self.put(photo)

    def _frame(self, node: Node) -> None:
        url = self.address(node.get("src") or node.get("data-src") or node.get("data") or "")
        if str(node.tag) == "iframe":
            inner = ""  # shown only by browsers that know no frames
        else:
            inner = " ".join("".join(str(part) for part in node.itertext()).split())
        if not url:
            self.losses.add(Reason.EMBED, f"<{node.tag}>", node.get("src") or "no address")
            self._run.text(inner)
            return
        self.put(Embed(url, (node.get("title") or inner).strip()))

    def _sound_or_film(self, node: Node) -> None:
        sources = [node.get("src"), *(each.get("src") for each in node.iter("source"))]
        url = next((found for each in sources if each and (found := self.address(each))), "")
        inner = plain("".join(str(part) for part in node.itertext()))
        kind = str(node.tag)
        self.losses.add(Reason.MEDIA, kind, url or inner or "no address")
        if url:
            self.put(Media(url, kind, inner))
        else:
            self._run.text(inner)

    def _rule(self, _node: Node) -> None:
        self._end_paragraph()
        self.losses.add(Reason.MARK, "<hr>")

    def _quoted(self, node: Node) -> None:
        self._run.text("“")
        self._flow(node)
        self._run.text("”")

    def _shifted(self, node: Node) -> None:
        """Raised and lowered figures keep their meaning as Unicode's own (m², H₂O)."""
        words = "".join(str(part) for part in node.itertext()).strip()
        table = _RAISED if node.tag == "sup" else _LOWERED
        if words and len(node) == 0 and all(ord(letter) in table for letter in words):
            self._run.text(words.translate(table))
            return
        self.losses.add(Reason.FORMATTING, f"<{node.tag}>", words[:40])
        self._flow(node)

    def _lines(self, node: Node) -> None:
        """Preformatted text: its lines stay lines, an empty line parts paragraphs."""
        self.losses.add(Reason.FORMATTING, f"<{node.tag}>")
        self.put(*Setter(self.losses, base=self.base, breaks=True).set(node))

    def _term(self, node: Node) -> None:
        self._end_paragraph()
        self._wrapped(node, "<b>", "</b>")
        self._end_paragraph()

    def _list(self, node: Node) -> None:
        self.put(*holders.listing(node, self.aside, self.losses))

    def _quote(self, node: Node) -> None:
        self.put(*holders.quote(node, self.aside))

    def _figure(self, node: Node) -> None:
        self.put(*holders.figure(node, self.aside, self.losses))

    def _details(self, node: Node) -> None:
        self.put(*holders.fact_box(node, self.aside))

    def _table(self, node: Node) -> None:
        self.put(*holders.table(node, self.aside, self.losses))

    def _division(self, node: Node) -> None:
        if holders.is_gallery(node):
            self.put(*holders.figure(node, self.aside, self.losses))
            return
        self._end_paragraph()
        self._flow(node)
        self._end_paragraph()


def _bare_host(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _same(element: Element, photo: Photo) -> bool:
    """Lazy loaders write the same picture twice, once for browsers without scripts."""
    return isinstance(element, Photo) and bool(photo.url) and element.url == photo.url


def _size(value: str | None) -> float:
    try:
        return float((value or "").removesuffix("px"))
    except ValueError:
        return float("inf")


def _attribute(value: str) -> str:
    return (
        value.replace("&", "&amp;")
        .replace('"', "%22")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace(" ", "%20")
    )


#: What each element is set by; anything else is text, or parts paragraphs.
_HANDLERS: dict[str, Callable[[Setter, Node], None]] = {
    "br": Setter._break,
    "img": Setter._image,
    "iframe": Setter._frame,
    "object": Setter._frame,
    "embed": Setter._frame,
    "audio": Setter._sound_or_film,
    "video": Setter._sound_or_film,
    "hr": Setter._rule,
    "q": Setter._quoted,
    "sub": Setter._shifted,
    "sup": Setter._shifted,
    "pre": Setter._lines,
    "dt": Setter._term,
    "ul": Setter._list,
    "ol": Setter._list,
    "blockquote": Setter._quote,
    "figure": Setter._figure,
    "details": Setter._details,
    "table": Setter._table,
    "div": Setter._division,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Setter._heading),
}
