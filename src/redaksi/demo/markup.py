"""Reads the demo's stories: TOML in front, a small readable markup behind (README.md in this folder tells it)."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_BOLD, _ITALIC = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


class MarkupError(ValueError):
    """A demo file can't be read; the sentence names the file and the block."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a body names, by the words of the files: photos and stories to their keys, and the words about embeds."""

    photo: Callable[[str], int]
    story: Callable[[str], int]
    consent: str


def read(path: Path) -> tuple[dict[str, Any], str]:
    """A story's front matter and its body.

    Raises:
        MarkupError: there is no front matter, or it is no TOML.
    """
    match = _FRONT.match(path.read_text(encoding="utf-8"))
    if match is None:
        message = f"{path.name}: the front matter between two lines +++ is missing"
        raise MarkupError(message)
    try:
        return tomllib.loads(match[1]), match[2]
    except tomllib.TOMLDecodeError as error:
        message = f"{path.name}: {error}"
        raise MarkupError(message) from error


def blocks(body: str, names: Names) -> Iterator[tuple[str, Any]]:
    """The body's blocks as a story's StreamField takes them.

    Raises:
        MarkupError: a block that isn't known.
    """
    for text in re.split(r"\n\s*\n", body.strip()):
        yield _block(text.strip(), names)


def _block(text: str, names: Names) -> tuple[str, Any]:
    if text.startswith("## "):
        return "subheading", text[3:].strip()
    if not text.startswith("!"):
        return "paragraph", f"<p>{inline(' '.join(text.splitlines()))}</p>"
    word, _, rest = text[1:].partition(" ")
    if word not in _BLOCKS:
        message = f"no block is called !{word}: {text[:60]!r}"
        raise MarkupError(message)
    return _BLOCKS[word](rest, names)


def inline(text: str) -> str:
    """Bold, italic and links as HTML; all else as it stands."""
    escaped = html.escape(text, quote=False)
    linked = _LINK.sub(r'<a href="\2">\1</a>', escaped)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", linked))


def _fields(text: str, count: int) -> list[str]:
    found = [field.strip() for field in text.split(" | ")]
    return [*found, *[""] * (count - len(found))]


def _photo(text: str, names: Names) -> tuple[str, Any]:
    key, caption = _fields(text, 2)
    return "photo", {"photo": names.photo(key), "caption": caption}


def _gallery(text: str, names: Names) -> tuple[str, Any]:
    keys, title = _fields(text, 2)
    return "gallery", {"title": title, "photos": [names.photo(key.strip()) for key in keys.split(",")]}


def _quote(text: str, _names: Names) -> tuple[str, Any]:
    words, speaker = _fields(text, 2)
    return "pull_quote", {"text": words, "speaker": speaker}


def _statement(text: str, _names: Names) -> tuple[str, Any]:
    way, words, speaker, office, place, day = _fields(text, 6)
    return "statement", {
        "verbatim": way == "direct", "text": words, "speaker": speaker, "office": office, "place": place,
        "said_on": day or None,
    }  # fmt: skip


def _fact(text: str, _names: Names) -> tuple[str, Any]:
    title, *lines = text.splitlines()
    pairs = [line.removeprefix("- ").partition(": ") for line in lines]
    facts = [{"name": name, "value": value} for name, _, value in pairs]
    return "fact_box", {"title": title.strip(), "text": "", "facts": facts}


def _table(text: str, _names: Names) -> tuple[str, Any]:
    caption, _, lines = text.partition("\n")
    return "table", {"caption": caption.strip(), "lines": lines}


def _embed(text: str, names: Names) -> tuple[str, Any]:
    url, title = _fields(text, 2)
    return "embed", {"url": url, "title": title, "consent": names.consent}


def _read_also(text: str, names: Names) -> tuple[str, Any]:
    return "read_also", {"story": names.story(text.strip())}


_BLOCKS: dict[str, Callable[[str, Names], tuple[str, Any]]] = {
    "photo": _photo,
    "gallery": _gallery,
    "quote": _quote,
    "statement": _statement,
    "fact": _fact,
    "table": _table,
    "embed": _embed,
    "readalso": _read_also,
}
