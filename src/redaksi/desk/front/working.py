"""The arrangement that an editor has in hand: read from what the form sends, and changed by its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from django.utils.dateparse import parse_datetime

from redaksi.stories import arrangement
from redaksi.stories.arrangement import MOST_PLACES, MOST_STRIPS, Pin, Rule, Shape, Strip

_DIGITS = 18


def read(sent: Any, zone: tzinfo) -> list[Strip]:
    """The strips that a form sends, within the bounds of an arrangement; what can't be understood is left out.

    Args:
        sent: the request's fields. Those of a strip end with its place: ``rule-0``, ``pin-0-2``.
        zone: the site's, in which times are written.
    """
    number = min(_whole(sent.get("strips")), MOST_STRIPS)
    return [strip for place in range(number) if (strip := _strip(sent, place, zone))]


def changed(strips: list[Strip], step: str) -> list[Strip]:
    """The strips after a button was pressed: ``up:2``, ``down:2``, ``remove:2``, ``add:photos``, ``pin:2:0:77``, ``unpin:2:0``."""
    verb, *rest = step.split(":")
    if verb == "add" and rest and rest[0] in arrangement.RULES and len(strips) < MOST_STRIPS:
        return [*strips, new_strip(rest[0])]
    numbers = [_whole(word) for word in rest]
    if verb != "add" and numbers and 0 <= numbers[0] < len(strips):
        return _changed(strips, verb, *numbers)
    return strips


def _changed(strips: list[Strip], verb: str, place: int, *more: int) -> list[Strip]:
    match verb, more:
        case "up" | "down", ():
            return _moved(strips, place, -1 if verb == "up" else 1)
        case "remove", ():
            return [*strips[:place], *strips[place + 1 :]]
        case "pin", (slot, story):
            return pinned(strips, place, slot, story)
        case "unpin", (slot,):
            return _with(strips, place, _slotted(strips[place], slot, None))
    return strips


def touched(step: str, number: int) -> int:
    """The strip that a button was about, as it stands after that: the one to show open."""
    verb, *rest = step.split(":")
    place = _whole(rest[0]) if rest else 0
    return {"up": place - 1, "down": place + 1, "add": number - 1}.get(verb, place)


def new_strip(rule: Rule) -> Strip:
    """A strip as it comes from the button that adds it."""
    shape: Shape = {"hand": "row", "photos": "photos", "videos": "videos"}.get(rule, "row")  # type: ignore[assignment]
    return Strip(rule, count={"photos": 5, "picks": 3}.get(rule, 4), shape=shape)


def pinned(
    strips: list[Strip], place: int, slot: int, story: int, until: datetime | None = None
) -> list[Strip]:
    """A story in a place of a strip; wherever else it was pinned, it is no more."""
    free = [
        replace(strip, slots=tuple(None if pin and pin.story == story else pin for pin in strip.slots))
        for strip in strips
    ]
    return _with(free, place, _slotted(free[place], slot, Pin(story, until)))


def _slotted(strip: Strip, slot: int, pin: Pin | None) -> Strip:
    if not 0 <= slot < min(strip.count, MOST_PLACES):
        return strip
    slots = [*strip.slots, *(None for _ in range(slot + 1 - len(strip.slots)))]
    slots[slot] = pin
    return replace(strip, slots=tuple(slots))


def _with(strips: list[Strip], place: int, strip: Strip) -> list[Strip]:
    return [*strips[:place], strip, *strips[place + 1 :]]


def _moved(strips: list[Strip], place: int, by: int) -> list[Strip]:
    other = place + by
    if not 0 <= other < len(strips):
        return strips
    swapped = list(strips)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    return swapped


def _strip(sent: Any, place: int, zone: tzinfo) -> Strip | None:
    rule, shape = sent.get(f"rule-{place}"), sent.get(f"shape-{place}")
    if rule not in arrangement.RULES or shape not in arrangement.SHAPES:
        return None
    about = _whole(sent.get(f"of-{place}")) if sent.get(f"was-{place}", rule) == rule else 0
    count = min(max(_whole(sent.get(f"count-{place}")), 1), MOST_PLACES)
    heading = " ".join(str(sent.get(f"heading-{place}", "")).split())[: arrangement.MOST_HEADING]
    slots = tuple(_pin(sent, f"{place}-{slot}", zone) for slot in range(count))
    strip = Strip(rule, about, heading, count, shape, slots)
    added = _whole(sent.get(f"other-{place}"))
    if added:
        slot = min(max(_whole(sent.get(f"at-{place}")), 1), count) - 1
        strip = _slotted(strip, slot, Pin(added))
    return arrangement.fitting(strip)


def _pin(sent: Any, name: str, zone: tzinfo) -> Pin | None:
    story = _whole(sent.get(f"pin-{name}"))
    return Pin(story, local_time(str(sent.get(f"until-{name}", "")), zone)) if story else None


def local_time(text: str, zone: tzinfo) -> datetime | None:
    """A time as a form's field writes it, in a site's zone."""
    try:
        at = parse_datetime(text.strip()[:32])
    except ValueError:
        return None
    if at is None:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def once_each(strips: list[Strip]) -> list[Strip]:
    """The strips with each story pinned where it was pinned first."""
    seen: set[int] = set()
    return [replace(strip, slots=tuple(_not_seen(strip, seen))) for strip in strips]


def _not_seen(strip: Strip, seen: set[int]) -> Iterator[Pin | None]:
    for pin in strip.slots:
        kept = pin if pin and pin.story not in seen else None
        if kept:
            seen.add(kept.story)
        yield kept


def _whole(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
