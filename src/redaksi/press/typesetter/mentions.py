"""Mentions of topics in a story's body become links, when it is set and only then: the stored text stays as it was written.

Paragraphs, what was said in statements, and fact boxes are looked through. A name is linked where all of it stands in one run
of text: never within a link, never across a tag; a name that several topics share waits until an editor has chosen.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup, escape

from redaksi.finder.mentions import Mention, Names
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.links import href
from redaksi.stories.copy import Block, FactBox, MentionChoices, Paragraph, SiteCopy, Statement, Subheading
from redaksi.stories.sanitise import ONLY_TEXT

_TAG = re.compile(r"(<(?:\"[^\"]*\"|[^>\"])*>)")
_TAG_NAME = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
#: Tags at which a word ends; at any other, such as ``<b>``, it may go on.
_PARTING = frozenset({"br", "p", "ul", "ol", "li"})
#: Stands for a parting tag: no name holds it.
_BREAK = "\x00"
#: Characters of HTML that are looked through in one story, a book's worth. The record's index of words holds at least these.
MOST_CHARACTERS = 300_000
#: Letters shown to an editor on either side of a name.
AROUND = 48


class Met(NamedTuple):
    """A name as it was met in a block.

    ``number`` counts those of the same name before it there; ``topics`` are those that it may mean, ``linked`` the one to which it
    is linked (0: to none); ``around`` are the words before it, itself, the words behind it.
    """

    block: str
    name: str
    number: int
    topics: tuple[int, ...]
    linked: int
    around: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Linked:
    """A body with its links, the topics that it links to, and every name that was met."""

    body: tuple[Block, ...]
    topics: frozenset[int]
    met: tuple[Met, ...]
    instead: Mapping[int, Block]

    def over(self, body: tuple[Block, ...]) -> tuple[Block, ...]:
        """A body made of the same blocks, among which others were set since, with the links."""
        return tuple(self.instead.get(id(block), block) for block in body)


def link_mentions(
    body: tuple[Block, ...], site: SiteCopy, names: Names, choices: MentionChoices | None = None
) -> Linked:
    """Link the names in a body as the site's rule and the editor's choices say.

    Args:
        body: a story's blocks; their HTML is well formed.
        site: whose pages are linked to, by its rule ``mentions``.
        names: all names, or at least those that stand in the body.
        choices: what the editor decided.

    Returns:
        The same body, but for links. What was plain text is markup where it holds one.
    """
    linker = _Linker(site, names, choices or MentionChoices())
    linked = tuple(map(linker.set, body))
    instead = {id(block): made for block, made in zip(body, linked, strict=True) if made is not block}
    return Linked(linked, frozenset(linker.topics), tuple(linker.met), instead)


def texts_of(body: tuple[Block, ...]) -> Iterator[str]:
    """The texts of a body in which names are looked for."""
    for block in body:
        match block:
            case Paragraph():
                yield text_of(block.html)
            case Statement():
                yield block.text
            case FactBox():
                yield from (value for _, value in block.facts)
                yield text_of(block.html)


def text_of(markup: str) -> str:
    """The text of well-formed HTML as names are looked for in it."""
    return "".join(run.text for run in _runs(markup))


class _Run(NamedTuple):
    """A run of text, or a tag: its HTML, its text, where that begins in the block's, and whether it may hold a link."""

    source: str
    text: str
    start: int
    free: bool


class _Linker:
    """Goes through one body, block by block."""

    def __init__(self, site: SiteCopy, names: Names, choices: MentionChoices) -> None:
        self.site, self.names, self.choices = site, names, choices
        self.chosen = dict(choices.chosen)
        self.topics: set[int] = set()
        self.met: list[Met] = []
        self._in_part: set[int] = set()
        self._count: Counter[str] = Counter()
        self._addresses: dict[int, str] = {}
        self._left = MOST_CHARACTERS

    def set(self, block: Block) -> Block:
        match block:
            case Subheading():
                self._in_part.clear()
            case Paragraph():
                self._count.clear()
                linked = self._linked(block.html, block.id)
                return block if linked == block.html else replace(block, html=linked)
            case Statement():
                self._count.clear()
                return replace(block, text=self._plain(block.text, block.id))
            case FactBox():
                self._count.clear()
                facts = tuple((key, self._plain(value, block.id)) for key, value in block.facts)
                return replace(block, facts=facts, html=self._linked(block.html, block.id))
        return block

    def _plain(self, text: str, block: str) -> str:
        """Plain text with links, as markup; the text itself where there is none."""
        linked = self._linked(str(escape(text)), block)
        return Markup(linked) if "<a " in linked else text  # noqa: S704 - escaped above, and our own links

    def _linked(self, markup: str, block: str) -> str:
        self._left -= len(markup)
        if self._left < 0:
            return markup
        only = ONLY_TEXT.match(markup)
        if only is not None and next(self.names.find(only[1], self.site.id), None) is None:
            return markup  # nothing to take apart, and nothing named
        runs = _runs(markup)
        text, starts = "".join(run.text for run in runs), [run.start for run in runs]
        links: dict[int, list[tuple[Mention, str]]] = defaultdict(list)
        for mention in self.names.find(text, self.site.id):
            at = bisect_right(starts, mention.start) - 1
            whole = runs[at].free and mention.end <= runs[at].start + len(runs[at].text)
            topic, address = self._target(mention, block) if whole else (0, "")
            if address:
                links[at].append((mention, address))
                self.topics.add(topic)
                self._in_part.add(topic)
            self.met.append(
                Met(
                    block,
                    mention.name,
                    self._count[mention.name],
                    mention.topics,
                    topic,
                    _around(text, mention),
                )
            )
            self._count[mention.name] += 1
        return "".join(_set(run, links[at]) if at in links else run.source for at, run in enumerate(runs))

    def _target(self, mention: Mention, block: str) -> tuple[int, str]:
        """The topic to link to and its address; 0 and the empty text for none."""
        topic = mention.topics[0] if len(mention.topics) == 1 else self.chosen.get(mention.name, 0)
        off = (
            topic in self.choices.off
            or (block, mention.name, self._count[mention.name]) in self.choices.off_at
        )
        spent = self.site.mentions == "none" or (self.site.mentions == "first" and topic in self._in_part)
        named = self.names.get(topic) if topic in mention.topics and not off and not spent else None
        if named is None:
            return 0, ""
        if topic not in self._addresses:
            self._addresses[topic] = html.escape(href(addresses.topic_at(self.site, named.slug)))
        address = self._addresses[topic]
        return (topic, address) if address else (0, "")


def _runs(markup: str) -> list[_Run]:
    """Well-formed HTML, cut at its tags."""
    runs: list[_Run] = []
    at = links = 0
    for number, piece in enumerate(_TAG.split(markup)):
        text = html.unescape(piece)
        if number % 2:
            closing, name = found.groups() if (found := _TAG_NAME.match(piece)) else ("", "")
            links += (-1 if closing else 1) if name == "a" else 0
            text = _BREAK if name in _PARTING else ""
        runs.append(_Run(piece, text, at, free=number % 2 == 0 and links == 0))
        at += len(text)
    return runs


def _set(run: _Run, links: list[tuple[Mention, str]]) -> str:
    """A run of text with its links."""
    parts, at = [], 0
    for mention, address in links:
        begins, ends = mention.start - run.start, mention.end - run.start
        before, name = _escaped(run.text[at:begins]), _escaped(run.text[begins:ends])
        parts.append(f'{before}<a href="{address}">{name}</a>')
        at = ends
    return "".join(parts) + _escaped(run.text[at:])


def _escaped(text: str) -> str:
    """Text as the sanitiser writes it (HTML, 13.3, "escaping a string")."""
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")


def _around(text: str, mention: Mention) -> tuple[str, str, str]:
    """The words before a mention, the mention, the words behind it, for an editor to see which one is meant."""
    before, after = text[: mention.start], text[mention.end :]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    before, after = (words.replace(_BREAK, " ") for words in (before, after))
    return before.lstrip(), text[mention.start : mention.end], after.rstrip()
