"""From a text to the words by which it is found: folded to small letters, without accents, stemmed by the language.

The stemmers are Snowball's (snowballstemmer): for Indonesian the algorithm of Tala (2003), for English Porter's second. Where PyStemmer is
there, snowballstemmer takes its algorithms in C: the same stems, some twenty times sooner.
The same function runs over the text that goes into an index and over the words that are looked for.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
#: ASCII with a space for all that is in no word: what :data:`_WORD` finds, several times sooner.
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}
_ALGORITHMS = {"id": "indonesian", "en": "english"}
#: A word longer than this is no word; it is cut, so that hostile text costs nothing.
LONGEST_WORD = 40
#: Stems of a language that are kept at hand.
_KEPT = 65_536


#: Snowball's stemmers work on a buffer of their own, so every thread has its own.
_thread = threading.local()


class _Stems(dict[str, str]):
    """The stems of one language that were asked for lately: a look-up is some nanoseconds, the algorithm some microseconds."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._algorithm = _ALGORITHMS.get(language, "indonesian")

    def __missing__(self, word: str) -> str:
        stemmer = getattr(_thread, self._algorithm, None)
        if stemmer is None:
            stemmer = snowballstemmer.stemmer(self._algorithm)
            setattr(_thread, self._algorithm, stemmer)
        if len(self) >= _KEPT:
            self.clear()
        self[word] = made = str(stemmer.stemWord(word))
        return made


_stems_of = cache(_Stems)


def stem(word: str, language: str) -> str:
    """The stem of one word already in small letters."""
    return _stems_of(language if language in _ALGORITHMS else "")[word]


def forms(words: Iterable[str], language: str) -> list[str]:
    """Words already in small letters, as they are and stemmed, each once: by which a text is found."""
    each = dict.fromkeys(words)
    known = _stems_of(language if language in _ALGORITHMS else "")
    return list(dict.fromkeys(chain(each, map(known.__getitem__, each))))


def folded(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    flat = text.casefold()
    if not flat.isascii():
        flat = _BEYOND_ASCII.sub(_without_accents, flat)
    words: list[str] = flat.translate(_PARTED).split() if flat.isascii() else _WORD.findall(flat)
    if max(map(len, words), default=0) <= LONGEST_WORD:
        return words
    return [word[:LONGEST_WORD] for word in words]


def _without_accents(found: re.Match[str]) -> str:
    """Letters and digits without what stands over and under them; anything else parts words."""
    letters = (c for c in unicodedata.normalize("NFKD", found[0]) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in letters)
