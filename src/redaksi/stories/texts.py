"""A body in its stored form, and those of its blocks that are text alone: made into copy without asking the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from redaksi.stories import copy
from redaksi.stories.blocks import table_rows
from redaksi.stories.embeds import provider_of
from redaksi.stories.models import Story
from redaksi.stories.sanitise import inline

#: The blocks in which names are linked, and the headings that part them.
NAMING = frozenset({"paragraph", "subheading", "statement", "fact_box"})


def raw_blocks(story: Story) -> Iterator[tuple[str, Any]]:
    """The body as (name, JSON value), without asking the database for what it refers to."""
    for child in story.body.raw_data:
        yield child["type"], child["value"]


def naming_blocks(story: Story) -> tuple[copy.Block, ...]:
    """The blocks in which names are linked, and the headings between them."""
    children = (child for child in story.body.raw_data if child["type"] in NAMING)
    made = (text_block(child["type"], child["value"], child.get("id") or "") for child in children)
    return tuple(block for block in made if block is not None)


def listed(value: Iterable[Any]) -> list[Any]:
    """The values of a list block, in its stored form."""
    return [
        item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in value
    ]


def text_block(name: str, raw: Any, key: str) -> copy.Block | None:  # noqa: PLR0911  # one line a block
    """A block of text as copy; None for one that can't be shown.

    Args:
        name: the block's name for good.
        raw: its stored value.
        key: its id, by which an editor's choices name it.
    """
    match name:
        case "paragraph":
            return copy.Paragraph(inline(raw), key)
        case "subheading":
            return copy.Subheading(raw)
        case "pull_quote":
            return copy.PullQuote(raw["text"], raw.get("speaker") or "")
        case "statement":
            return _statement(raw, key)
        case "fact_box":
            facts = tuple((fact["name"], fact["value"]) for fact in listed(raw.get("facts", [])))
            return copy.FactBox(raw["title"], facts, inline(raw.get("text") or ""), key)
        case "table":
            rows = table_rows(raw["lines"])
            return copy.Table(raw["caption"], rows[0], rows[1:]) if rows else None
    return _embed(raw) if name == "embed" else None


def _statement(raw: Any, key: str) -> copy.Statement:
    day = raw.get("said_on")
    return copy.Statement(
        text=raw["text"],
        verbatim=bool(raw.get("verbatim")),
        speaker=raw["speaker"],
        office=raw.get("office") or "",
        place=raw.get("place") or "",
        said_on=date.fromisoformat(day) if isinstance(day, str) and day else day or None,
        id=key,
    )


def _embed(raw: Any) -> copy.Embed | None:
    provider = provider_of(raw["url"])
    if provider is None:
        return None
    return copy.Embed(raw["url"], provider.name, raw["title"], raw.get("consent") or "")
