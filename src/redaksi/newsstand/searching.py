"""Readers' search: the press's page with what was found in its holes, put together for each question.

The page is the press's, with three holes that only this fills: what was asked for, in the field; the cards of what was found; and,
around these, texts of the press's in which ``{asked}`` stands for the question. The cost of a question has a bound: so many
letters and words of it are looked at, so many cards laid, and the look-up is given a fixed time.
"""

from __future__ import annotations

import hashlib
import html
from urllib.parse import parse_qsl

from redaksi.finder.stems import folded, stem
from redaksi.newsstand.laying import Laid
from redaksi.shelf.pieces import NOTHING, Piece, gzip_of, join_pieces, stored_piece
from redaksi.shelf.reader import Page, ShelfReader
from redaksi.shelf.recipe import MIXED, OWN, Furniture, Recipe, read_head

#: The query's name for what is asked, the same in every language; and the holes' names.
PARAMETER = "q"
ASKED, RESULTS, SOME, NONE = "search:asked", "search:results", "search:some", "search:none"
LONGEST, MOST_WORDS, MOST_FOUND = 120, 8, 50
#: Seconds a look-up may take; other readers of the worker wait meanwhile.
SECONDS = 0.03
#: Of each second a worker searches this much at most; what wasn't used is saved up, to so many seconds.
SHARE, SAVED = 0.5, 1.0
_CARD = "row"
#: Words that are in too many headlines to find anything; left out unless nothing else was asked.
_SMALL = {
    "id": frozenset("di ke dari yang dan untuk pada dengan itu ini atau oleh tentang dalam akan".split()),
    "en": frozenset("the a an of in on at to for by and or with from".split()),
}


class Allowance:
    """What a worker may spend on searching, so that a flood of questions leaves time for those who read."""

    def __init__(self) -> None:
        self._left, self._at = SAVED, 0.0

    def is_left(self, now: float) -> bool:
        """Whether one more question may be looked up (seconds, counted from anywhere)."""
        self._left = min(SAVED, self._left + max(0.0, now - self._at) * SHARE)
        self._at = now
        return self._left > 0

    def spend(self, seconds: float) -> None:
        """Say how long a question took."""
        self._left -= seconds


def is_asked(page: Page, query: str) -> bool:
    """Whether a page is that of the search and something is asked of it."""
    return bool(query) and f"{PARAMETER}=" in query and _is_search(page)


def _is_search(page: Page) -> bool:
    if page.status != 200 or read_head(page.recipe)[0] != MIXED:  # noqa: PLR2004 - HTTP's number says it best
        return False
    return any(
        isinstance(part, Furniture) and part.name == RESULTS for part in Recipe.parse(page.recipe).outline
    )


def answer(reader: ShelfReader, page: Page, query: str, language: str) -> Laid:
    """The page with what was found. To be asked within a look."""
    text = question(query)
    recipe = Recipe.parse(page.recipe)
    own = iter(recipe.own)
    filled = {
        ASKED: stored_piece(html.escape(text)),
        RESULTS: _results(reader, page.site, text, language) if text else NOTHING,
    }
    pieces = []
    for part in recipe.outline:
        if part is OWN:
            pieces.append(next(own))
        elif isinstance(part, Furniture):
            pieces.append(filled.get(part.name) or _piece(reader, page.site, part.name))
    stream = gzip_of(join_pieces(pieces))
    return Laid(hashlib.blake2b(stream, digest_size=14).hexdigest(), None, stream)


def question(query: str) -> str:
    """What a query string asks for: one line, cut where nobody reads on."""
    try:
        said = dict(reversed(parse_qsl(query, errors="ignore", max_num_fields=20)))
    except ValueError:
        return ""
    printable = "".join(letter if letter.isprintable() else " " for letter in said.get(PARAMETER, ""))
    return " ".join(printable.split())[:LONGEST].strip()


def forms(text: str, language: str) -> list[list[str]]:
    """The words of a question, each as it is and stemmed."""
    words = list(dict.fromkeys(folded(text)))
    small = _SMALL.get(language.partition("-")[0].lower(), frozenset())
    telling = [word for word in words if word not in small] or words
    return [sorted({word, stem(word, language)}) for word in telling[:MOST_WORDS]]


def _results(reader: ShelfReader, site: int, text: str, language: str) -> Piece:
    found = reader.found(site, forms(text, language), MOST_FOUND, SECONDS)
    laid = [card for card in (reader.card(site, story, _CARD) for story in found) if card is not None]
    frame = reader.rare_piece(site, SOME if laid else NONE)
    told = frame.text().replace("{asked}", html.escape(text)) if frame else ""
    return join_pieces([stored_piece(told), *laid])


def _piece(reader: ShelfReader, site: int, name: str) -> Piece:
    found = reader.rare_piece(site, name) if ":" in name else reader.piece(site, name)
    return found or NOTHING
