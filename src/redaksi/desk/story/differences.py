"""What differs between two texts of one story, marked by words and, for the body, by blocks."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from redaksi.desk.story.spoken import block_words

#: Longer texts are compared by paragraphs only: comparing word by word costs the square of their number.
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Row:
    """Two blocks side by side; an empty side means that the block isn't in that text."""

    same: bool
    mine: str
    theirs: str


def blocks_of(content: dict[str, Any]) -> list[str]:
    """A revision's blocks, each as one comparable text: kind and value, without the block's own key."""
    return [json.dumps([block["type"], _bare(block["value"])], sort_keys=True) for block in _stream(content)]


def of_bodies(mine: dict[str, Any], theirs: dict[str, Any]) -> list[Row]:
    """The two bodies, aligned."""
    left, right = _stream(mine), _stream(theirs)
    rows: list[Row] = []
    for kind, a, b, c, d in _opcodes(mine, theirs):
        if kind == "equal":
            rows += [Row(same=True, mine=block_words(block), theirs="") for block in left[a:b]]
            continue
        ours, others = left[a:b], right[c:d]
        for place in range(max(len(ours), len(others))):
            one = block_words(ours[place]) if place < len(ours) else ""
            other = block_words(others[place]) if place < len(others) else ""
            rows.append(Row(False, *of_texts(one, other)))
    return rows


def both_bodies(mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    """A body with everything of both: where they differ, theirs and then mine. As a revision keeps it (JSON)."""
    left, right = _stream(mine), _stream(theirs)
    made: list[Any] = []
    for kind, a, b, c, d in _opcodes(mine, theirs):
        if kind == "equal":
            made += left[a:b]
        else:
            # The same block in two versions would have one key twice; mine gets a new one.
            made += right[c:d] + [{"type": block["type"], "value": block["value"]} for block in left[a:b]]
    return json.dumps(made)


def of_texts(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, with the words that only one of them has marked."""
    left, right = mine.split(), theirs.split()
    if not left or not right or len(left) + len(right) > MOST_WORDS:
        return format_html("{}", mine), format_html("{}", theirs)
    ours: list[SafeString] = []
    others: list[SafeString] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        template = "{}" if kind == "equal" else "<mark>{}</mark>"
        if b > a:
            ours.append(format_html(template, " ".join(left[a:b])))
        if d > c:
            others.append(format_html(template, " ".join(right[c:d])))
    return _joined(ours), _joined(others)


def _joined(parts: list[SafeString]) -> SafeString:
    return format_html_join(mark_safe(" "), "{}", ((part,) for part in parts))


def _opcodes(mine: dict[str, Any], theirs: dict[str, Any]) -> Sequence[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, blocks_of(mine), blocks_of(theirs), autojunk=False).get_opcodes()


def _stream(content: dict[str, Any]) -> list[dict[str, Any]]:
    raw = content.get("body") or "[]"
    return json.loads(raw) if isinstance(raw, str) else raw


def _bare(value: Any) -> Any:
    """A value without the keys of list items, which the editor gives anew."""
    if isinstance(value, list):
        return [
            _bare(item.get("value") if isinstance(item, dict) and "value" in item else item) for item in value
        ]
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else value
