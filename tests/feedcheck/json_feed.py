"""Reads a JSON Feed field by field, as https://www.jsonfeed.org/version/1.1/ says; gives what is wrong in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from feedcheck import values

VERSION = "https://jsonfeed.org/version/1.1"
Check = Callable[[Any], Iterator[str]]


def check(data: bytes) -> list[str]:
    """Everything that is wrong with a feed."""
    try:
        feed = json.loads(data.decode("utf-8"))
    except ValueError as error:
        return [f"no JSON: {error}"]
    return list(_object(feed, "feed", _FEED, {"version", "title", "items"})) + list(_same_ids(feed))


def _object(found: Any, where: str, fields: dict[str, Check], required: set[str]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where} is no object"
        return
    for name in sorted(required - found.keys()):
        yield f"{where}.{name} is missing"
    for name, value in found.items():
        if name not in fields:
            yield f"{where}.{name} is unknown"
        else:
            yield from (f"{where}.{name} {problem}" for problem in fields[name](value))


def _same_ids(feed: Any) -> Iterator[str]:
    ids = (
        [item.get("id") for item in feed.get("items", []) if isinstance(item, dict)]
        if isinstance(feed, dict)
        else []
    )
    yield from (f"items: id {one!r} comes twice" for one in {one for one in ids if ids.count(one) > 1})


def _text(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"is no text: {value!r}"


def _of(rule: Callable[[str], str | None]) -> Check:
    def check_value(value: Any) -> Iterator[str]:
        problem = rule(value) if isinstance(value, str) else "NoText"
        if problem:
            yield f"{problem}: {value!r}"

    return check_value


def _html(value: Any) -> Iterator[str]:
    yield from _text(value)
    if isinstance(value, str):
        yield from sorted(values.html(value))


def _list_of(check_one: Check) -> Check:
    def check_all(value: Any) -> Iterator[str]:
        if not isinstance(value, list) or not value:
            yield f"is no list, or an empty one: {value!r}"
            return
        for number, one in enumerate(value):
            yield from (f"[{number}] {problem}" for problem in check_one(one))

    return check_all


def _version(value: Any) -> Iterator[str]:
    if value != VERSION:
        yield f"is {value!r}"


def _items(value: Any) -> Iterator[str]:
    """An empty feed is a feed; an item needs its id and its content."""
    if not isinstance(value, list):
        yield "is no list"
        return
    for number, item in enumerate(value):
        yield from _object(item, f"[{number}]", _ITEM, {"id"})
        if isinstance(item, dict) and not {"content_html", "content_text"} & item.keys():
            yield f"[{number}] has no content"


def _author(value: Any) -> Iterator[str]:
    yield from _object(
        value, "author", {"name": _text, "url": _of(values.address), "avatar": _of(values.address)}, set()
    )
    if not value:
        yield "says nothing"


_ADDRESS, _LANGUAGE, _DATE = _of(values.address), _of(values.language), _of(values.rfc3339)
_FEED: dict[str, Check] = {
    "version": _version, "title": _text, "home_page_url": _ADDRESS, "feed_url": _ADDRESS, "description": _text, "icon": _ADDRESS,
    "favicon": _ADDRESS, "authors": _list_of(_author), "language": _LANGUAGE, "items": _items,
}  # fmt: skip
_ITEM: dict[str, Check] = {
    "id": _of(values.identity), "url": _ADDRESS, "external_url": _ADDRESS, "title": _text, "content_html": _html, "content_text": _text, "summary": _text,
    "image": _ADDRESS, "date_published": _DATE, "date_modified": _DATE, "authors": _list_of(_author), "tags": _list_of(_text),
    "language": _LANGUAGE,
}  # fmt: skip
