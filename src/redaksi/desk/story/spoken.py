"""The fields of a stored text in words that a person can read: names for keys, plain words for blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from redaksi.network.models import Section
from redaksi.photos.models import Photo
from redaksi.stories.blocks import BodyBlock
from redaksi.stories.mentions import parse
from redaksi.stories.models import Byline, Contributor, Story, Topic
from redaksi.stories.sanitise import plain

_NAMED: dict[str, Any] = {"section": Section, "label": Topic, "topics": Topic, "lead_photo": Photo}


def field_word(name: str) -> str:
    """What a field is called in the form."""
    if name == "bylines":
        return _("Names and roles")
    return str(capfirst(str(Story._meta.get_field(name).verbose_name)))  # noqa: SLF001  # Django's documented model API


def spoken(name: str, content: dict[str, Any]) -> str:
    """A field of a revision's content in words."""
    value = content.get(name)
    if not value:
        return ""
    if name in _NAMED:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(str(thing) for thing in _NAMED[name].objects.filter(pk__in=keys))
    if name == "bylines":
        people = Contributor.objects.in_bulk(
            [row.get("contributor") for row in value if row.get("contributor")]
        )
        roles = dict(Byline.Role.choices)
        return ", ".join(
            f"{people.get(row.get('contributor'), '?')} ({roles.get(row.get('role'), row.get('role'))})"
            for row in value
        )
    if name in _CHOICES:
        return _CHOICES[name](value)
    if name == "source_kind":
        return str(dict(Story.Source.choices).get(value, value))
    return str(value)


def _also(choices: dict[str, Any]) -> str:
    """What was decided about read-also."""
    cap, banned = choices.get("cap"), choices.get("banned") or []
    words = [] if cap is None else [_("at most %(number)d") % {"number": cap}]
    headlines = Story.objects.filter(pk__in=banned).values_list("headline", flat=True)
    return "; ".join([*words, *(_("not “%(headline)s”") % {"headline": one} for one in headlines)])


def _mentions(stored: Any) -> str:
    """What was decided about linked names: which topic a shared one means, and what isn't linked."""
    choices = parse(stored)
    topics = Topic.objects.in_bulk(list(choices.topics))
    chosen = [
        f"“{name}”: {topics[pk]} ({topics[pk].get_kind_display()})"
        for name, pk in choices.chosen
        if pk in topics
    ]
    off = [str(topics[pk]) for pk in sorted(choices.off) if pk in topics]
    off += sorted(name for _block, name, _number in choices.off_at)
    return "; ".join([*chosen, *(_("not “%(headline)s”") % {"headline": one} for one in off)])


#: What editors decide about links that come by themselves.
_CHOICES: dict[str, Callable[[dict[str, Any]], str]] = {"also_choices": _also, "mention_choices": _mentions}


def block_words(block: dict[str, Any]) -> str:
    """A stored block in words; what isn't a plain paragraph begins with its kind."""
    words = " ".join(_words(block["value"]).split())
    if block["type"] == "paragraph":
        return words
    child = BodyBlock.base_blocks.get(block["type"])
    return f"[{child.label if child else block['type']}] {words}"


def _words(value: Any) -> str:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return " · ".join(part for part in map(_words, value.values()) if part)
    if isinstance(value, list):
        return " · ".join(part for part in map(_words, value) if part)
    return str(value) if value not in (None, True, False) else ""
