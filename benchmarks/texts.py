"""News without end: the sentences of the demo's own stories laid together anew.

Natural words in natural frequencies, so that an index has the work that it has in a newsroom. The same numbers give the same texts.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

STORIES = Path(__file__).resolve().parent.parent / "src/redaksi/demo/stories"
PARAGRAPHS = 3000
SENTENCES = (2, 4)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a headline: as it is read, and as it stands in a body."""

    plain: str
    html: str


class Texts:
    """A pool of paragraphs, headlines and standfirsts."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same texts each time, no secret
        sentences = sorted({sentence for path in STORIES.glob("[kp]*/*.md") for sentence in _sentences(path)})
        self.paragraphs = [
            self._together(sentences, self.random.randint(*SENTENCES)) for _ in range(PARAGRAPHS)
        ]
        self.headlines = [self._cut(sentence, 9) for sentence in sentences]
        self.standfirsts = [self._cut(sentence, 22) for sentence in sentences]

    def _together(self, sentences: list[str], count: int) -> Text:
        return _text(" ".join(self.random.sample(sentences, count)))

    def _cut(self, sentence: str, words: int) -> Text:
        return _text(" ".join(sentence.split()[:words]).rstrip(".,:;"))


def _text(plain: str) -> Text:
    return Text(plain, f"<p>{escape(plain)}</p>")


def _sentences(path: Path) -> list[str]:
    body = path.read_text(encoding="utf-8").rpartition("+++")[2]
    paragraphs = [text for text in re.split(r"\n\s*\n", body) if text.strip()[:1].isalpha()]
    flat = " ".join(re.sub(r"[*\[\]“”]|\(https?://\S+\)", "", text) for text in paragraphs)
    return [one.strip() for one in re.split(r"(?<=[.?!])\s+", flat) if 6 <= len(one.split()) <= 40]
