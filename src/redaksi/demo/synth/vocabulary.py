"""Words without end: the demo's own sentences, with their rare words replaced by ones from a long tail.

So function words, sentence lengths and punctuation are those of natural news, texts compress as news does, and there are as many different
words as a large archive has: forms of the demo's roots with the affixes of the language, and invented names. How often each comes follows
Zipf's law. Everything here is made of this project's own texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from pathlib import Path
from random import Random

STORIES = Path(__file__).resolve().parent.parent / "stories"
FOLDERS = {"id": "[kp]*", "en": "english"}
#: Different words of the tail, and how steeply their frequency falls with their rank.
TAIL, NAMES, STEEPNESS = 30_000, 15_000, 1.05
#: Rare words of a sentence that are replaced, at most.
REPLACED = 2
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTEST = 5
_AFFIXES = {
    "id": [
        ("me", ""), ("di", ""), ("ber", ""), ("ter", ""), ("ke", "an"), ("pe", "an"), ("", "nya"), ("di", "kan"), ("me", "kan"),
        ("se", ""), ("", "an"), ("diper", "kan"), ("", "lah"), ("pember", "an"), ("me", "i"), ("", "ku"), ("keber", "an"), ("", ""),
    ],
    "en": [
        ("", "s"), ("", "ed"), ("", "ing"), ("re", ""), ("un", ""), ("", "er"), ("", "ment"), ("", "less"), ("", "ness"), ("over", ""),
        ("", "ful"), ("pre", ""), ("", "able"), ("dis", ""), ("", "ly"), ("inter", ""), ("", "ation"), ("mis", ""), ("out", "ing"), ("", ""),
    ],
}  # fmt: skip
_BEGINNINGS = "ka ra su wi la ma pa ta se ba da ja ni go me sa be lu ke tu pra gu ran san wan tir mar kal sem bor mel wul".split()
_ENDINGS = "ra na wa la ti sa ga ma ya ni ri di ru jaya luhur asri wati tara dana sari mukti gara sita wana rejo langit".split()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with holes ("%s") for rare words; ``names`` tells for each whether a name stands there."""

    template: str
    names: tuple[bool, ...]
    length: int


class Zipf:
    """Words of which the one of rank r comes r^-steepness as often as the first."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._weights = list(accumulate((rank + 10) ** -STEEPNESS for rank in range(len(words))))

    def draw(self, chance: Random, count: int) -> Iterator[str]:
        return iter(chance.choices(self.words, cum_weights=self._weights, k=count))


class Tongue:
    """What is written with in one language."""

    def __init__(self, language: str) -> None:
        texts = [_flat(path) for path in sorted(STORIES.glob(f"{FOLDERS[language]}/*.md"))]
        chance = Random(f"vocabulary:{language}")  # noqa: S311  # the same words each time, no secret
        count = Counter(word for text in texts for word in _WORD.findall(text))
        self.language = language
        self.sentences = [
            _with_holes(sentence, count)
            for sentence in sorted({one for text in texts for one in _parted(text)})
        ]
        self.words_a_sentence = sum(one.length for one in self.sentences) / len(self.sentences)
        roots = [word for word, _ in sorted(count.items()) if word.islower() and len(word) >= _SHORTEST]
        self.tail = Zipf(_tail(roots, language, chance))
        self.names = Zipf(list(invented(chance, NAMES)))

    def write(self, chance: Random, count: int) -> list[str]:
        """So many sentences, escaped for HTML."""
        chosen = chance.choices(self.sentences, k=count)
        of_names = sum([sum(one.names) for one in chosen])
        of_words = sum([len(one.names) for one in chosen]) - of_names
        words, names = self.tail.draw(chance, of_words), self.names.draw(chance, of_names)
        return [
            one.template % tuple([next(names) if name else next(words) for name in one.names])
            for one in chosen
        ]

    def phrase(self, chance: Random, words: int) -> str:
        """The first words of a sentence, plain: a headline, a subheading."""
        text = " ".join(self.write(chance, 1)[0].split()[:words])
        return text.rstrip(".,:;?!").replace("&amp;", "&")[:180]


def invented(chance: Random, count: int) -> Iterator[str]:
    """Different names that nobody and no place has."""
    seen: set[str] = set()
    while len(seen) < count:
        syllables = [chance.choice(_BEGINNINGS) for _ in range(chance.choice((1, 1, 2)))]
        name = ("".join(syllables) + chance.choice(_ENDINGS)).capitalize()
        if name in seen:
            name += chance.choice(_ENDINGS)
        if name not in seen:
            seen.add(name)
            yield name


def _tail(roots: list[str], language: str, chance: Random) -> list[str]:
    forms = {f"{before}{root}{after}" for root in roots for before, after in _AFFIXES[language]}
    made = sorted(forms)
    chance.shuffle(made)
    return made[:TAIL]


def _flat(path: Path) -> str:
    body = path.read_text(encoding="utf-8").rpartition("+++")[2]
    paragraphs = [text for text in re.split(r"\n\s*\n", body) if text.strip()[:1].isalpha()]
    return " ".join(re.sub(r"[*\[\]“”]|\(https?://\S+\)", "", text) for text in paragraphs)


def _parted(text: str) -> Iterator[str]:
    for one in re.split(r"(?<=[.?!])\s+", text):
        if 6 <= len(one.split()) <= 40:  # noqa: PLR2004  # neither a scrap nor a list
            yield " ".join(one.split())


def _with_holes(sentence: str, count: Counter[str]) -> Sentence:
    """A sentence whose rarest words may be others; its first word stays, since it begins in a capital."""
    rare = [found for found in _WORD.finditer(sentence) if len(found[0]) >= _SHORTEST and found.start()]
    chosen = sorted(
        sorted(rare, key=lambda found: count[found[0]])[:REPLACED], key=lambda found: found.start()
    )
    parts, at = [], 0
    for found in chosen:
        parts.append(escape(sentence[at : found.start()], quote=False).replace("%", "%%"))
        at = found.end()
    parts.append(escape(sentence[at:], quote=False).replace("%", "%%"))
    names = tuple(found[0][0].isupper() for found in chosen)
    return Sentence("%s".join(parts), names, len(sentence.split()))
