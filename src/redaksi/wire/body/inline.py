"""One run of text with its formatting, built from nothing: only tags that this module writes can be in its HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(slots=True)
class Run:
    """Collects text, line breaks and formatting until the paragraph ends.

    Formatting that is open when a paragraph ends is opened again in the next: `<b>one<br><br>two</b>` is two bold
    paragraphs.
    """

    _tokens: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Add text; white space is made single, but for the no-break space."""
        if text:
            self._tokens.append(("text", _SPACES.sub(" ", text)))

    def line_break(self) -> None:
        self._tokens.append(("br", ""))

    def begin(self, opening: str, closing: str) -> None:
        self._open.append((opening, closing))
        self._tokens.append(("open", opening))

    def end(self) -> None:
        _, closing = self._open.pop()
        self._tokens.append(("close", closing))

    def after_break(self) -> bool:
        """Whether only white space and formatting came since the last line break."""
        for kind, text in reversed(self._tokens):
            if kind == "br":
                return True
            if kind == "text" and text.strip():
                return False
        return False

    def has_text(self) -> bool:
        return any(kind == "text" and text.strip() for kind, text in self._tokens)

    def take(self) -> str:
        """End the paragraph: its inline HTML, trimmed, empty when there was no text."""
        tokens = self._tokens + [("close", closing) for _, closing in reversed(self._open)]
        self._tokens = [("open", opening) for opening, _ in self._open]
        _trim(tokens, range(len(tokens)), left=True)
        _trim(tokens, range(len(tokens) - 1, -1, -1), left=False)
        return _written(tokens)


def _trim(tokens: list[tuple[str, str]], places: range, *, left: bool) -> None:
    """Blank out breaks and white space from one edge, up to the first text."""
    for place in places:
        kind, text = tokens[place]
        if kind == "br":
            tokens[place] = ("text", "")
        elif kind == "text":
            stripped = text.strip(" \u00a0")
            if stripped:
                tokens[place] = ("text", text.lstrip(" \u00a0") if left else text.rstrip(" \u00a0"))
                return
            tokens[place] = ("text", "")


def _written(tokens: list[tuple[str, str]]) -> str:
    """The HTML, without formatting that holds nothing and without doubled spaces."""
    out: list[str] = []
    opened: list[int] = []
    ends_with_space = True
    for kind, text in tokens:
        if kind == "text":
            shown = text.lstrip(" ") if ends_with_space else text
            if shown:
                out.append(html.escape(shown, quote=False))
                ends_with_space = shown.endswith(" ")
        elif kind == "br":
            if out:
                out[-1] = out[-1].rstrip(" ")
            out.append("<br>")
            ends_with_space = True
        elif kind == "open":
            opened.append(len(out))
            out.append(text)
        else:
            start = opened.pop()
            if start == len(out) - 1:
                out.pop()
            else:
                out.append(text)
    return "".join(out)
