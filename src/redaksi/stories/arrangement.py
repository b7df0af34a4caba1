"""An arrangement: how editors set a site's front, as plain frozen data, and the one a site has that nobody arranged.

A front is strips from top to bottom. A strip has a rule that fills it (the newest of a section, what the editors picked, photo
stories …), a shape, a number of places, and stories that are pinned in its first places, for good or until a time. It is kept
as JSON in :class:`~redaksi.stories.models.Front`; what can't be understood there is left out, so an old edition can always be
shown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast, get_args

from redaksi.stories.copy import TopicCopy

Rule = Literal["newest", "section", "topic", "picks", "photos", "videos", "site", "network", "hand"]
Shape = Literal["lead", "big", "row", "column", "headlines", "photos", "videos"]
RULES: tuple[Rule, ...] = get_args(Rule)
SHAPES: tuple[Shape, ...] = get_args(Shape)
#: Rules that are about one thing: ``Strip.of`` is its key.
ABOUT: frozenset[Rule] = frozenset({"section", "topic", "site"})
#: Rules that a shape of pictures can be filled by; a strip by hand can be of any shape.
PICTURED: dict[str, Rule] = {"photos": "photos", "videos": "videos"}

MOST_STRIPS, MOST_PLACES, MOST_HEADING = 40, 60, 80
#: Places of a front together: as far as its cost was measured.
MOST_TOGETHER = 300
#: Sections that a front shows by itself, in the order of the menu.
DEFAULT_SECTIONS = 9


class ArrangementError(ValueError):
    """An arrangement that can't be; the sentence says which strip and why."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A story that has a place, until a time or for good."""

    story: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip. ``heading`` is empty where the rule's own word does; ``slots`` are its first places, None by rule."""

    rule: Rule
    of: int = 0
    heading: str = ""
    count: int = 4
    shape: Shape = "row"
    slots: tuple[Pin | None, ...] = ()

    @property
    def pins(self) -> tuple[Pin, ...]:
        return tuple(pin for pin in self.slots if pin)

    def pinned(self, is_over: datetime | None) -> tuple[int, ...]:
        """The stories of its first places, 0 where the rule fills one; a pin that ended by ``is_over`` is none."""
        held = [pin.story if pin and not _ended(pin, is_over) else 0 for pin in self.slots[: self.count]]
        while held and not held[-1]:
            held.pop()
        return tuple(held)


def _ended(pin: Pin, is_over: datetime | None) -> bool:
    return is_over is not None and pin.until is not None and pin.until <= is_over


@dataclass(frozen=True, slots=True)
class FrontCopy:
    """What a front is printed from.

    Attributes:
        strips: From top to bottom.
        is_over: Pins that ended by then are none.
        topics: Those that strips are about, by key.
        edition: The key of the edition; 0 for a front that nobody arranged.
    """

    strips: tuple[Strip, ...]
    is_over: datetime | None
    topics: dict[int, TopicCopy]
    edition: int = 0

    @property
    def depends(self) -> frozenset[str]:
        """The things whose names stand on the page, but for the site's own sections."""
        return frozenset(
            f"{strip.rule}:{strip.of}" for strip in self.strips if strip.rule in {"topic", "site"}
        )


def fitting(strip: Strip) -> Strip:
    """A strip whose shape goes with its rule: pictures are shown as pictures, and nothing else is."""
    if strip.rule in PICTURED:
        return replace(strip, shape=cast("Shape", strip.rule))
    if strip.shape in PICTURED and strip.rule != "hand":
        return replace(strip, shape="row")
    if strip.shape == "lead" and strip.rule in {"site", "network"}:
        return replace(strip, shape="big")
    return strip


def to_json(strips: Iterable[Strip]) -> list[dict[str, Any]]:
    """The stored form."""
    return [
        {
            "rule": strip.rule,
            "of": strip.of,
            "heading": strip.heading,
            "count": strip.count,
            "shape": strip.shape,
            "slots": [
                [pin.story, pin.until.isoformat() if pin.until else None] if pin else None
                for pin in strip.slots
            ],
        }
        for strip in strips
    ]


def from_json(stored: Any) -> tuple[Strip, ...]:
    """Strips from the stored form; what is no strip, and bounds that are passed, are left out."""
    rows = stored if isinstance(stored, list) else []
    found = (_strip(row) for row in rows[:MOST_STRIPS])
    return tuple(strip for strip in found if strip)


def _strip(row: Any) -> Strip | None:
    if not isinstance(row, dict) or row.get("rule") not in RULES or row.get("shape") not in SHAPES:
        return None
    slots = row.get("slots")
    return fitting(
        Strip(
            rule=row["rule"],
            of=_whole(row.get("of")),
            heading=str(row.get("heading") or "")[:MOST_HEADING],
            count=min(max(_whole(row.get("count")), 1), MOST_PLACES),
            shape=row["shape"],
            slots=tuple(map(_pin, slots[:MOST_PLACES])) if isinstance(slots, list) else (),
        )
    )


def _pin(stored: Any) -> Pin | None:
    match stored:
        case [int(story), None] if story > 0:
            return Pin(story)
        case [int(story), str(until)] if story > 0:
            try:
                return Pin(story, datetime.fromisoformat(until))
            except ValueError:
                return None
    return None


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def default(sections: Sequence[int]) -> tuple[Strip, ...]:
    """The front of a site that nobody arranged.

    The newest, what the editors picked, a strip a section that differs in weight from its neighbours, pictures between them, and
    the network at the end. A strip without a story isn't seen, so a small site's front is short.

    Args:
        sections: the keys of its sections, in the order of the menu.
    """
    shown = list(sections[:DEFAULT_SECTIONS])
    strips = [Strip("newest", count=5, shape="lead"), Strip("picks", count=3, shape="row")]
    strips += [Strip("section", of=pk, count=5, shape="big") for pk in shown[:1]]
    strips += [Strip("section", of=pk, count=3, shape="column") for pk in shown[1:4]]
    strips += [Strip("photos", count=5, shape="photos")]
    strips += [Strip("section", of=pk, count=5, shape="big") for pk in shown[4:5]]
    strips += [Strip("section", of=pk, count=3, shape="column") for pk in shown[5:8]]
    strips += [Strip("videos", count=4, shape="videos")]
    strips += [Strip("section", of=pk, count=3, shape="headlines") for pk in shown[8:9]]
    strips += [Strip("newest", count=6, shape="row"), Strip("network", count=4, shape="row")]
    return tuple(strips)


def pinned_stories(strips: Iterable[Strip]) -> Iterator[int]:
    """Every story that is pinned somewhere."""
    for strip in strips:
        yield from (pin.story for pin in strip.pins)
