"""Words that try to be more than words: known hostile strings, and stories whose every word is one of them."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

HOSTILE = Path(__file__).resolve().parents[1].parent / "shared/data/hostile"
# Fields that are not words: addresses, keys, HTML (tested apart), and names of our own.
NOT_WORDS = {"digest", "path", "url", "slug", "html", "formats", "kind", "role", "source_url", "source_kind", "href", "origin", "base", "language", "time_zone", "look", "colour", "colour_dark", "tokens", "crawlers"}  # fmt: skip


def with_words(thing, words):
    """A copy of ``thing`` in which every field of words, however deep, reads ``words``."""
    if isinstance(thing, tuple):
        return tuple(with_words(one, words) for one in thing)
    if isinstance(thing, str):
        return words
    if not is_dataclass(thing):
        return thing
    changes = {
        field.name: with_words(getattr(thing, field.name), words)
        for field in fields(thing)
        if (field.name not in NOT_WORDS and isinstance(getattr(thing, field.name), str | tuple))
        or is_dataclass(getattr(thing, field.name))
    }
    return replace(thing, **changes)


def known(source):
    """The strings of the Big List of Naughty Strings ("blns") or of the HTML5 Security Cheatsheet ("h5sc")."""
    if source == "blns":
        return json.loads((HOSTILE / "blns/blns.json").read_text("utf-8"))
    return (HOSTILE / "h5sc/vectors.txt").read_text("utf-8").splitlines()
