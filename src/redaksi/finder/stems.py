"""From a text to the words by which it is found: folded to small letters, without accents, stemmed by the language.

The stemmers are Snowball's (snowballstemmer): for Indonesian the algorithm of Tala (2003), for English Porter's second.
The same function runs over the text that goes into an index and over the words that are looked for.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ALGORITHMS = {"id": "indonesian", "en": "english"}
#: A word longer than this is no word; it is cut, so that hostile text costs nothing.
LONGEST_WORD = 40


#: Snowball's stemmers work on a buffer of their own, so every thread has its own.
_thread = threading.local()


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of one word already in small letters."""
    algorithm = _ALGORITHMS.get(language, "indonesian")
    stemmer = getattr(_thread, algorithm, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(algorithm)
        setattr(_thread, algorithm, stemmer)
    return str(stemmer.stemWord(word))


def folded(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    flat = text.casefold()
    if not flat.isascii():
        flat = "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in _WORD.findall(flat)]
