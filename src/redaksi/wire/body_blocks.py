"""Elements to the blocks of a story's body, as Wagtail stores them; photos that can't be had leave their captions."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from redaksi.stories.embeds import frame_for, provider_of
from redaksi.stories.sanitise import inline
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
)
from redaksi.wire.losses import Losses, Reason
from redaksi.wire.pictures import Found

Block = dict[str, Any]
#: Gives the photo of the record that an element shows, or None after noting the loss.
Take = Callable[[Photo, Losses], Found | None]

_HEADING, _QUOTE, _SPEAKER, _CAPTION, _TITLE, _LINES, _MOST_PHOTOS = 160, 400, 160, 500, 200, 20_000, 60
_WORDS = {
    "id": {
        "table": "Tabel",
        "facts": "Fakta",
        "consent": "Kalau dibuka, {provider} akan tahu bahwa Anda membukanya.",
        "audio": "Dengarkan",
        "video": "Tonton video",
        "file": "Unduh berkas",
    },
    "en": {
        "table": "Table",
        "facts": "Facts",
        "consent": "If you open this, {provider} will know that you did.",
        "audio": "Listen",
        "video": "Watch the video",
        "file": "Download the file",
    },
}


class BlockMaker:
    """Makes the blocks of one story.

    Args:
        take: finds the photo of an element.
        attached: the pictures that were brought in with the item, for a gallery that names none.
        language: of the site, for the few words that the blocks need and the archive hasn't.
        losses: where what can't be kept is noted.
    """

    def __init__(
        self, take: Take, attached: Callable[[], tuple[Photo, ...]], language: str, losses: Losses
    ) -> None:
        self._take = take
        self._attached = attached
        self._words = _WORDS["id" if language.startswith("id") else "en"]
        self._losses = losses

    def blocks(self, elements: tuple[Element, ...]) -> list[Block]:
        """The blocks, in the elements' order."""
        return [block for element in elements for block in self._made(element)]

    def _made(self, element: Element) -> Iterator[Block]:
        match element:
            case Paragraph():
                yield _rich(element)
            case Subheading(text=text):
                yield (
                    _block("subheading", text)
                    if len(text) <= _HEADING
                    else _paragraph(f"<b>{html.escape(text)}</b>")
                )
            case Photo():
                yield from self._photo(element)
            case Gallery():
                yield from self._gallery(element)
            case Quote():
                yield from self._quote(element)
            case FactBox():
                yield self._facts(element)
            case Table():
                yield from self._table(element)
            case Embed():
                yield self._embed(element)
            case Media(url=url, kind=kind, title=title):
                yield _paragraph(_link(url, title or self._words[kind]))

    def _photo(self, photo: Photo) -> Iterator[Block]:
        found = self._take(photo, self._losses)
        if found:
            yield _block(
                "photo", {"photo": found.id, "caption": self._cut(found.caption, _CAPTION, "caption")}
            )
        elif photo.caption or photo.credit:
            yield _left_caption(photo)

    def _gallery(self, gallery: Gallery) -> Iterator[Block]:
        photos = self._attached() if gallery.attached else gallery.photos
        taken = [(photo, self._take(photo, self._losses)) for photo in photos]
        found = list({one.id: one for _, one in taken if one})
        title = self._cut(gallery.title, _HEADING, "gallery title")
        for start in range(0, len(found), _MOST_PHOTOS):
            part = found[start : start + _MOST_PHOTOS]
            if len(part) > 1:
                yield _block("gallery", {"title": title, "photos": part})
            else:
                yield _block("photo", {"photo": part[0], "caption": gallery.title[:_CAPTION]})
        if not found and gallery.title:
            yield _paragraph(html.escape(gallery.title, quote=False))
        yield from (
            _left_caption(photo) for photo, one in taken if one is None and (photo.caption or photo.credit)
        )

    def _quote(self, quote: Quote) -> Iterator[Block]:
        text = " ".join(plain(markup) for markup in quote.paragraphs)
        linked = any("<a " in markup for markup in quote.paragraphs)
        if len(text) <= _QUOTE and len(quote.speaker) <= _SPEAKER and not linked:
            yield _block("pull_quote", {"text": text, "speaker": quote.speaker})
            return
        self._losses.add(Reason.QUOTE, "blockquote", text[:80])
        yield from (_paragraph(markup) for markup in quote.paragraphs)
        if quote.speaker:
            yield _paragraph(f"<i>{html.escape(quote.speaker, quote=False)}</i>")

    def _facts(self, box: FactBox) -> Block:
        inside = "".join(_wrapped(part) for part in box.parts)
        title = box.title or self._words["facts"]
        if len(title) > _HEADING:
            inside, title = f"<p><b>{html.escape(title, quote=False)}</b></p>{inside}", self._words["facts"]
        return _block("fact_box", {"title": title, "text": inline(inside), "facts": []})

    def _table(self, table: Table) -> Iterator[Block]:
        if not table.has_header:
            self._losses.add(Reason.TABLE, "its first row stands as its header")
        lines = [" | ".join(cell.replace("|", "¦") or "–" for cell in row) for row in table.rows]
        caption = self._cut(table.caption, _TITLE, "table caption") or self._words["table"]
        part = [lines[0]]
        for line in lines[1:]:
            if sum(map(len, part)) + len(part) + len(line) > _LINES and len(part) > 1:
                yield _block("table", {"caption": caption, "lines": "\n".join(part)})
                part = [lines[0]]
            part.append(line)
        yield _block("table", {"caption": caption, "lines": "\n".join(part)})

    def _embed(self, embed: Embed) -> Block:
        address = (
            embed.url.replace("http://", "https://", 1) if embed.url.startswith("http://") else embed.url
        )
        provider = provider_of(address) if frame_for(address) else None
        if provider and len(address) <= _CAPTION:
            consent = self._words["consent"].format(provider=provider.name)
            return _block(
                "embed",
                {"url": address, "title": (embed.title or provider.name)[:_TITLE], "consent": consent},
            )
        self._losses.add(Reason.EMBED, urlsplit(embed.url).hostname or "embed", embed.url)
        words = f"{html.escape(embed.title, quote=False)} " if embed.title else ""
        return _paragraph(words + _link(embed.url, embed.url))

    def _cut(self, text: str, longest: int, what: str) -> str:
        short = shortened(text, longest)
        if short != text:
            self._losses.add(Reason.SHORTENED, what, text)
        return short


def shortened(text: str, longest: int) -> str:
    """A plain text of at most that many characters, cut at a word."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def _block(name: str, value: object) -> Block:
    return {"type": name, "value": value}


def _rich(paragraph: Paragraph) -> Block:
    return _block("paragraph", inline(_wrapped(paragraph.html)))


def _paragraph(markup: str) -> Block:
    return _block("paragraph", inline(f"<p>{markup}</p>"))


def _wrapped(markup: str) -> str:
    return markup if markup.startswith(("<ul>", "<ol>")) else f"<p>{markup}</p>"


def _link(address: str, words: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(words, quote=False)}</a>'


def _left_caption(photo: Photo) -> Block:
    """The caption of a photo that is not there: readers still get its words."""
    words = (
        f"{photo.caption} ({photo.credit})"
        if photo.caption and photo.credit
        else photo.caption or photo.credit
    )
    return _paragraph(f"<i>{html.escape(words, quote=False)}</i>")
