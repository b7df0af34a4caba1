"""The elements of a body as plain frozen data, as they come out of foreign HTML.

`html` is inline HTML of our own making: text, `<b>`, `<i>`, `<br>`, `<a href>` (http, https, mailto, tel, or a path on
the same site), and lists `<ul>`, `<ol>`, `<li>`. Every other text is plain.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TypeAlias

_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a whole list (then `html` begins with `<ul>` or `<ol>`)."""

    html: str

    @property
    def is_list(self) -> bool:
        return self.html.startswith(("<ul>", "<ol>"))


@dataclass(frozen=True, slots=True)
class Subheading:
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by its address or its number in the media library; one of them may be empty."""

    url: str
    attachment_id: str
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures shown together. `attached` means: all pictures of this item, which only the whole archive knows."""

    title: str
    photos: tuple[Photo, ...]
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart: its paragraphs as inline HTML, and who is named under it."""

    paragraphs: tuple[str, ...]
    speaker: str


@dataclass(frozen=True, slots=True)
class FactBox:
    """A box with a title; `parts` are the HTML of its paragraphs and lists."""

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain cells, all of one width; the first row is the header if `has_header`."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    has_header: bool


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another host: its address, and what is known of what it shows."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Media:
    """A sound, a video or a file at an address of its own. `kind` is "audio", "video" or "file"."""

    url: str
    kind: str
    title: str


Element: TypeAlias = Paragraph | Subheading | Photo | Gallery | Quote | FactBox | Table | Embed | Media


def plain(markup: str) -> str:
    """The text of HTML, entities resolved and white space made single. Never to be put back as HTML unescaped."""
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", markup) if "<" in markup else markup)).strip()


def text_of(element: Element) -> str:  # noqa: PLR0911  # one line a kind
    """All that a reader reads in an element, plain."""
    match element:
        case Paragraph(html=markup):
            return plain(markup)
        case Subheading(text=text):
            return text
        case Photo(alt=alt, caption=caption, credit=credit):
            return f"{alt} {caption} {credit}"
        case Gallery(title=title, photos=photos):
            return " ".join((title, *(text_of(photo) for photo in photos)))
        case Quote(paragraphs=paragraphs, speaker=speaker):
            return " ".join((*(plain(each) for each in paragraphs), speaker))
        case FactBox(title=title, parts=parts):
            return " ".join((title, *(plain(each) for each in parts)))
        case Table(caption=caption, rows=rows):
            return " ".join((caption, *(cell for row in rows for cell in row)))
        case Embed(url=url, title=title) | Media(url=url, title=title):
            return f"{title} {url}"
