"""The story page, and what stands in its place when the story was withdrawn.

All of a page's own text stands before the first hole that few pages share ("more on …"): so the newsstand lays it quickly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby
from typing import Any
from urllib.parse import quote

from redaksi.press.typesetter import links, photos
from redaksi.press.typesetter.engine import clock_of, set_sheet
from redaksi.press.typesetter.items import share_file
from redaksi.press.typesetter.linked_data import story_data
from redaksi.press.typesetter.sheet import Sheet
from redaksi.stories import embeds
from redaksi.stories.copy import (
    Block,
    CorrectionCopy,
    Credit,
    Embed,
    Paragraph,
    SiteCopy,
    StoryCopy,
    Subheading,
    WithdrawnCopy,
)

#: Headlines beyond these lengths (in characters) are set a size smaller, so that the photo is seen at once.
_LONG, _VERY_LONG = 70, 95
#: A story with so many subheadings has a table of contents.
CONTENTS_FROM = 3
_NOT_IN_ANCHORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _SetBlock:
    """A block of the body, with the template's name for it, its place, and what was worked out for it."""

    kind: str
    block: Block
    opens: bool = False
    frame: embeds.Frame | None = None
    anchor: str = ""


def story_page(story: StoryCopy, site: SiteCopy, body: tuple[Block, ...] | None = None) -> Sheet:
    """The page of a published story.

    Args:
        story: what is set.
        site: whose page it is.
        body: the story's body with its mentions linked (:mod:`redaksi.press.typesetter.mentions`); its own where left out.

    Raises:
        ValueError: when the site speaks a language, keeps a zone or wears a look that the press does not have.
    """
    clock = clock_of(site)
    lead = photos.printable(story.lead)
    set_body = tuple(_set_blocks(story.body if body is None else body))
    values: dict[str, Any] = {
        "story": story,
        "url": links.absolute(site.origin, story.path),
        "canonical": canonical(story, site),
        "lead": lead,
        "share_file": share_file(story.lead, site),
        "length": headline_class(story.headline),
        "by_role": [
            (role, tuple(group)) for role, group in groupby(_in_order(story.credits), lambda one: one.role)
        ],
        "body": set_body,
        "contents": contents(set_body),
        "newest_notes": _newest_notes(story.corrections),
        "share": _share_links(story, site),
        "data": story_data(story, site, clock),
    }
    return set_sheet("story.html", site, values)


def withdrawn_page(gone: WithdrawnCopy, site: SiteCopy) -> Sheet:
    """What answers, with status 410, at the address of a withdrawn story: that it was there, and why it is gone."""
    return set_sheet("withdrawn.html", site, {"gone": gone, "url": links.absolute(site.origin, gone.path)})


def canonical(story: StoryCopy, site: SiteCopy) -> str:
    """The whole address at which a story is at home, wherever it is shown (RFC 6596)."""
    return links.href(story.home.url) if story.home else links.absolute(site.origin, story.path)


def headline_class(headline: str) -> str:
    """The style's class for a headline's length: "", "long" or "xlong"."""
    if len(headline) > _VERY_LONG:
        return "xlong"
    return "long" if len(headline) > _LONG else ""


def _in_order(bylines: tuple[Credit, ...]) -> list[Credit]:
    """Credits with those of one role together, roles in the order in which each first came."""
    first = {credit.role: place for place, credit in reversed(list(enumerate(bylines)))}
    return sorted(bylines, key=lambda credit: first[credit.role])


def contents(body: Sequence[_SetBlock]) -> list[tuple[str, str]]:
    """The table of contents, as anchors and words: the subheadings, where there are enough of them to need one."""
    headings = [(one.anchor, one.block.text) for one in body if isinstance(one.block, Subheading)]
    return headings if len(headings) >= CONTENTS_FROM else []


def _newest_notes(corrections: tuple[CorrectionCopy, ...]) -> list[CorrectionCopy]:
    """The newest correction and the newest reply: what is told at the top leads to these."""
    newest = {one.kind: one for one in sorted(corrections, key=lambda one: one.number)}
    return [newest[kind] for kind in ("correction", "reply") if kind in newest]


def _anchors() -> Callable[[str], str]:
    """Gives each heading an anchor of its own, from its words: a link to a part stays right when another part is added."""
    given: set[str] = set()

    def anchor(words: str) -> str:
        parted = unicodedata.normalize("NFKD", words.casefold())
        plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
        stem = "b-" + (_NOT_IN_ANCHORS.sub("-", plain).strip("-")[:60].strip("-") or "bagian")
        found = next(one for one in chain([stem], (f"{stem}-{n}" for n in count(2))) if one not in given)
        given.add(found)
        return found

    return anchor


def _set_blocks(body: tuple[Block, ...]) -> Iterator[_SetBlock]:
    opened = False
    anchor_of = _anchors()
    for block in body:
        kind = type(block).__name__.lower()
        opens = isinstance(block, Paragraph) and not opened
        opened = opened or opens
        frame = embeds.frame_for(block.url) if isinstance(block, Embed) else None
        anchor = anchor_of(block.text) if isinstance(block, Subheading) else ""
        yield _SetBlock(kind, block, opens, frame, anchor)


def _share_links(story: StoryCopy, site: SiteCopy) -> tuple[tuple[str, str], ...]:
    """Where a reader may carry the story: plain links, so that nobody is told of a reader who does not follow one."""
    url = quote(links.absolute(site.origin, story.path), safe=":/")
    text = quote(links.clean(story.share_title or story.headline), safe="")
    return (
        ("WhatsApp", f"https://wa.me/?text={text}%20{url}"),
        ("X", f"https://x.com/intent/post?text={text}&url={url}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}"),
        ("Telegram", f"https://t.me/share/url?url={url}&text={text}"),
    )
