"""Every address of the desk, found by walking Django's resolver, with ways to fill in the keys of one site's things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: Keys of Kentongan's things begin here in every table, so that no number can mean a thing of another site.
FIRST = 7001


@dataclass(frozen=True)
class Address:
    name: str
    pattern: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return self.name or self.pattern


def every_address() -> list[Address]:
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, prefix: str, space: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, route, space + (f"{one.namespace}:" if one.namespace else ""))
        elif isinstance(one, URLPattern):
            keys = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield Address(space + one.name if one.name else "", route, keys)


def paths_of(address: Address, world: Any) -> list[str]:
    """The address with the keys of Kentongan's things filled in; fails for a key that nobody has thought of."""
    if not address.name:
        return {"test404/": ["/test404/"], "^.*/$": ["/apa-saja/"]}[address.pattern]
    if not address.keys:
        return [reverse(address.name)]
    return [reverse(address.name, kwargs=filled) for filled in _fillings(address, world)]


def _fillings(address: Address, world: Any) -> Iterator[dict[str, Any]]:
    words = _words(world)
    if address.name == "desk_foto":
        words["name"] = [f"{world.photo.digest}-320.jpg"]
    for number in (FIRST, FIRST + 1):
        for variant in range(max(len(words[key]) if key in words else 1 for key in address.keys)):
            yield {
                key: words[key][variant % len(words[key])] if key in words else _number(address, key, number)
                for key in address.keys
            }


def _number(address: Address, key: str, number: int) -> int:
    assert (
        key == "pk"
        or key.endswith(("_id", "_pk"))
        or key in {"revision", "note", "revision_id_a", "placement"}
    ), f"{address}: how is the key “{key}” filled in?"
    return number


def _words(world: Any) -> dict[str, list[Any]]:
    kinds = [("stories", "story"), ("photos", "photo"), ("auth", "user"), ("network", "site")]
    return {
        "app_label": [app for app, _ in kinds],
        "model_name": [model for _, model in kinds],
        "app_name": [app for app, _ in kinds],
        "content_type_app_name": [app for app, _ in kinds],
        "content_type_model_name": [model for _, model in kinds],
        "action": ["delete", "publish"],
        "action_name": ["approve"],
        "kind": ["topic", "contributor", "story"],
        "revision_id_a": ["live", str(FIRST)],
        "revision_id_b": ["latest", str(FIRST + 1)],
        "filter_spec": ["max-165x165"],
        "uidb64": ["NzAwMQ"],
        "token": ["abc123-0123456789abcdef0123456789abcdef"],
        "name": [world.original, world.small],
        "_name": ["apa.js"],
    }
