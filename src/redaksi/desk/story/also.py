"""Read-also at the desk: what will stand where, and what an editor says about it: pin it, not this one, no more than so many.

What will stand where is chosen by the press's own rules from the shelf as it is now, for the text as it stands in the form. A pin
becomes a block of the body; the rest is kept in the story's ``also_choices``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.blocks.stream_block import StreamValue

from redaksi.network import policy
from redaksi.press import reading_on
from redaksi.press.typesetter.reading_on import MOST
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfError
from redaksi.stories.copy import Paragraph, ReadAlso, SiteCopy, StoryCopy
from redaksi.stories.copydesk import story_copy
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy

#: Stories that an editor can keep out of one story.
MOST_BANNED = 50
#: Names under which the form's buttons send what an editor says of one story; for a pin the value is "story:paragraphs before".
PIN, BAN = "also-pin", "also-ban"


@dataclass(frozen=True, slots=True)
class Offered:
    """A link as it will stand: behind how many paragraphs, and whether an editor set it."""

    story_id: int
    headline: str
    after: int
    pinned: bool


def as_printed(copy: StoryCopy, site: SiteCopy) -> StoryCopy:
    """A story's copy with what to read on, as the press would print it now; without, while there is no shelf."""
    try:
        with ShelfReader(Path(settings.REDAKSI_HOME) / "shelf.sqlite3") as shelf, shelf.look():
            return reading_on.with_links(shelf.neighbours, [(copy, site)])[0]
    except ShelfError:
        return copy


def offered(story: Story, user: Any) -> list[Offered]:
    """What will stand in a story in memory, as far as the user may know of it."""
    story.created_at = story.created_at or timezone.now()
    copy = story_copy(story)
    if story.published_at is None:
        copy = replace(copy, published_at=timezone.now())
    pins = {block.story_id for block in copy.body if isinstance(block, ReadAlso)}
    found = list(_links(as_printed(copy, site_copy(story.site)), pins))
    known = set(
        choosable(user, story).filter(pk__in=[one.story_id for one in found]).values_list("pk", flat=True)
    )
    return [one for one in found if one.story_id in known]


def _links(copy: StoryCopy, pins: set[int]) -> Iterator[Offered]:
    paragraphs = 0
    for block in copy.body:
        paragraphs += isinstance(block, Paragraph)
        if isinstance(block, ReadAlso):
            yield Offered(block.story_id, block.headline, paragraphs, block.story_id in pins)


def choosable(user: Any, story: Story) -> QuerySet[Story]:
    """The stories that the user may name in a story: its own site's, within the walls."""
    return policy.scope(user, Story.objects.filter(site_id=story.site_id), "choose")


def pinned(body: StreamValue, asked: str, stories: QuerySet[Story]) -> StreamValue | None:
    """The body with a story pinned; None where what was asked for makes no sense, or isn't the user's to choose.

    Args:
        body: as the form has it.
        asked: the story's key and, behind a colon, how many paragraphs stand before it.
        stories: those that may be pinned.
    """
    key, _, after = asked.partition(":")
    number = _number(key)
    story = stories.filter(pk=number).first() if number is not None else None
    wanted = _number(after)
    if story is None or wanted is None:
        return None
    rows = [(child.block_type, child.value, child.id) for child in body]
    block = body.stream_block.child_blocks["read_also"].normalize({"story": story})
    rows.insert(_place(rows, wanted), ("read_also", block, None))
    return StreamValue(body.stream_block, rows)


def _place(rows: list[Any], paragraphs: int) -> int:
    """Where so many paragraphs stand before; the end, where there are fewer."""
    seen = 0
    for at, (kind, *_) in enumerate(rows):
        seen += kind == "paragraph"
        if kind == "paragraph" and seen == paragraphs:
            return at + 1
    return len(rows)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None  # noqa: PLR2004 - databases count to 2^63


class AlsoWidget(forms.Widget):
    """How many at most, and those that were banned, each to be allowed again by taking its tick away."""

    template_name = "desk/story/also.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        #: The headlines of stories that the user may know of; set by the form.
        self.titles: dict[int, str] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        held = _read(value)
        banned = [pk for pk in held.get("banned") or [] if pk in self.titles]
        context["widget"] |= {
            "cap": held.get("cap"),
            "caps": range(MOST + 1),
            "banned": [(pk, self.titles[pk]) for pk in banned],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        listed = data.getlist if hasattr(data, "getlist") else lambda key: [data[key]] if key in data else []
        keys = [_number(str(key)) for key in [*listed(f"{name}-banned"), *listed(BAN)]]
        cap = _number(str(data.get(f"{name}-cap", "")))
        banned = list(dict.fromkeys(key for key in keys if key is not None))[:MOST_BANNED]
        return json.dumps(kept(cap, banned))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-cap" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-cap"


def kept(cap: int | None, banned: Iterable[int]) -> dict[str, Any]:
    """The choices as the record keeps them: what wasn't decided isn't there."""
    made: dict[str, Any] = {} if cap is None else {"cap": cap}
    keys = list(banned)
    return made | ({"banned": keys} if keys else {})


def _read(value: Any) -> dict[str, Any]:
    """A widget's value, which is the field's JSON."""
    try:
        held = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
