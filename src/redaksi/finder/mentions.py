"""Mentions: where a text names something that has a page, found by whole words among all the names there are.

A name is kept as the words it is made of, and every beginning of it is one entry of a dictionary: reading a text word by
word, one look-up says whether some name goes on like this. So the cost of a text is its own length, whether there are fifty
names or fifty thousand, and a name comes or goes with a few look-ups (decision 7 compares this with an automaton).

A name is met as it is written or with its first letter capitalised, never inside another word: "Rusia" stands neither in
"manusia" nor in "anti-Rusia", "kupu-kupu" is one word; but a hyphen between two capitalised names parts them ("Rusia-Ukraina"). The
longest name at the first place wins, and what it covers is spent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: A name of more words than this is a sentence, and is not looked for; one of a single letter would be met everywhere.
MOST_WORDS = 12
SHORTEST = 2

#: One to one, so that places in a text stay what they are. None of the signs is part of a word, on either side.
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'", "\u2010": "-", "\u2011": "-"})
#: What a reader takes for one word: with its hyphens ("kupu-kupu"), apostrophes ("Jum'at"), dots ("contoh.id"), but without an
#: English "'s". Any other sign stands for itself.
_WORD = re.compile(r"[@#]?\w+(?:(?!'s\b)[-.'&@]\w+)*|[^\w\s]")
_PARTS = re.compile(r"-|[^-]+")
#: What is only the beginning of a word, capitalised or not ("Anti-Rusia", "Pasca-Merdeka").
_PREFIXES = frozenset(
    "anti antar eks ex inter intra lintas multi non pasca post pra pre pro semi sub super trans ultra".split()
)


class Mention(NamedTuple):
    """A name in a text, from ``start`` to ``end``; ``topics`` are those that it may mean, by number.

    ``name`` is the name with its first letter capitalised and one space between words: the key of a choice.
    """

    start: int
    end: int
    name: str
    topics: tuple[int, ...]


class Named(NamedTuple):
    """What something is called: its ``site`` (None: every site's), its word in addresses, its names."""

    site: int | None
    slug: str
    names: tuple[str, ...]


#: A word's text, start and end. A plain tuple: a story has hundreds, and all names together have a hundred thousand.
_Word = tuple[str, int, int]


class Names:
    """All names of all topics."""

    def __init__(self) -> None:
        self._named: dict[int, Named] = {}
        #: For each name as it may be written: the topics with it, and their sites.
        self._meanings: dict[str, dict[int, int | None]] = {}
        #: How many names begin so.
        self._beginnings: dict[str, int] = {}

    def get(self, topic: int) -> Named | None:
        """What a topic is called; None when it isn't known."""
        return self._named.get(topic)

    def put(self, topic: int, named: Named | None) -> set[str]:
        """Say what a topic is called, in the place of what was said; None when it is gone.

        Returns:
            The names, in their key form, that mean something else now.
        """
        before = self._take_out(topic)
        now: dict[str, int | None] = {}
        if named is not None:
            self._named[topic] = named
            now = dict.fromkeys(_keys(named.names), named.site)
            for key, site in now.items():
                self._put_in(key, topic, site)
        return {key for key in before.keys() | now.keys() if before.get(key, -1) != now.get(key, -1)}

    def _put_in(self, key: str, topic: int, site: int | None) -> None:
        if key not in self._meanings:
            self._meanings[key] = {}
            for beginning in _beginnings(key):
                self._beginnings[beginning] = self._beginnings.get(beginning, 0) + 1
        self._meanings[key][topic] = site

    def _take_out(self, topic: int) -> dict[str, int | None]:
        known = self._named.pop(topic, None)
        gone: dict[str, int | None] = {}
        for key in _keys(known.names) if known else ():
            gone[key] = self._meanings[key].pop(topic)
            if not self._meanings[key]:
                del self._meanings[key]
                for beginning in _beginnings(key):
                    self._beginnings[beginning] -= 1
                    if not self._beginnings[beginning]:
                        del self._beginnings[beginning]
        return gone

    def find(self, text: str, site: int) -> Iterator[Mention]:
        """The names in a text that mean something on a site, in order; none overlaps another."""
        beginnings = self._beginnings
        if beginnings.keys().isdisjoint(_words_alone(text)):
            return
        words = _words(text)
        spent = 0
        for at, word in enumerate(words):
            if at >= spent and word[0] in beginnings:
                found, spent = self._longest(words, at, site)
                if found is not None:
                    yield found

    def _longest(self, words: list[_Word], at: int, site: int) -> tuple[Mention | None, int]:
        """The longest name that begins with a word, and the word behind it."""
        found, behind = None, at + 1
        key, start, end = words[at]
        following = at + 1
        while key in self._beginnings:
            topics = self._meant(key, site)
            if topics:
                found, behind = Mention(start, end, capitalised(key), topics), following
            if following == len(words):
                break
            text, begins, ends = words[following]
            key += f" {text}" if begins > end else text
            end = ends
            following += 1
        return found, behind

    def _meant(self, key: str, site: int) -> tuple[int, ...]:
        """The topics that a name may mean on a site."""
        meant = self._meanings.get(key)
        return (
            tuple(sorted(topic for topic, of in meant.items() if of is None or of == site)) if meant else ()
        )


def capitalised(name: str) -> str:
    """A name with its first letter capitalised, where that is one letter."""
    first = name[:1].upper()
    return first + name[1:] if len(first) == 1 else name


def key_of(name: str) -> str | None:
    """A name as it is looked for: one space between words, plain signs; None for one that is not looked for."""
    words = _words(unicodedata.normalize("NFC", name))
    if not 0 < len(words) <= MOST_WORDS:
        return None
    key = _joined(words)
    return key if len(key) >= SHORTEST and any(letter.isalnum() for letter in key) else None


def candidates(text: str) -> Iterator[str]:
    """Everything in a text that a name could be, in key form: what to ask a table of names for. Grows with the text."""
    words = _words(text)
    for at in range(len(words)):
        key, end = "", 0
        for following, begins, ends in words[at : at + MOST_WORDS]:
            key += f" {following}" if key and begins > end else following
            end = ends
            yield key


def _words_alone(text: str) -> list[str]:
    """The words of a text without their places, several times sooner: most paragraphs name nothing."""
    plain = text.translate(_SIGNS)
    words: list[str] = _WORD.findall(plain)
    if "-" not in plain:
        return words
    parted = (word.split("-") for word in words if "-" in word[1:] and _joins_names(word))
    return [*words, *(part for parts in parted for part in parts)]


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for found in _WORD.finditer(text.translate(_SIGNS)):
        word, start = found[0], found.start()
        if "-" in word[1:] and _joins_names(word):
            words.extend(
                (part[0], start + part.start(), start + part.end()) for part in _PARTS.finditer(word)
            )
        else:
            words.append((word, start, found.end()))
    return words


def _joins_names(word: str) -> bool:
    """Whether hyphens part names rather than syllables: each part is capitalised, none is said twice, the first is no prefix."""
    parts = word.split("-")
    folded = [part.casefold() for part in parts]
    return (
        all(part[:1].isupper() for part in parts)
        and len({*folded}) == len(folded)
        and folded[0] not in _PREFIXES
    )


def _joined(words: list[_Word]) -> str:
    key, end = "", 0
    for text, begins, ends in words:
        key += f" {text}" if key and begins > end else text
        end = ends
    return key


def _keys(names: Iterable[str]) -> set[str]:
    """Names in key form, each also with its first letter capitalised."""
    keys = {key for key in map(key_of, names) if key}
    return keys | {capitalised(key) for key in keys}


def _beginnings(key: str) -> list[str]:
    """A name's beginnings, word by word, the whole of it last."""
    return [key[:end] for _, _, end in _words(key)]
