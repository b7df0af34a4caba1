"""Mentions in the record: what topics are called, and what an editor decided about the links in one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from redaksi.finder.mentions import Named, Names, candidates
from redaksi.stories.copy import MentionChoices
from redaksi.stories.models import Alias, Story, Topic
from redaksi.stories.models.former import merged_into

#: Names asked for in one query; SQLite takes 32,766 values.
_AT_ONCE = 4000
#: Choices kept of one story; a form that sends more is not a person's.
MOST_CHOICES = 400


def choices_of(story: Story) -> MentionChoices:
    """The choices of a story; what doesn't have their form is left out. Topics that were merged since are the others now."""
    made = parse(story.mention_choices)
    merged = merged_into(set(made.topics))
    if not merged:
        return made
    return MentionChoices(
        off=frozenset(merged.get(pk, pk) for pk in made.off),
        off_at=made.off_at,
        chosen=tuple((name, merged.get(pk, pk)) for name, pk in made.chosen),
    )


def parse(raw: Any) -> MentionChoices:
    """Choices from their stored form, whatever was stored."""
    raw = raw if isinstance(raw, dict) else {}
    return MentionChoices(
        off=frozenset(pk for pk in _listed(raw.get("off")) if _is_key(pk)),
        off_at=frozenset(filter(None, map(_place, _listed(raw.get("off_at"))))),
        chosen=tuple(
            sorted(
                (name, pk)
                for name, pk in (raw["chosen"].items() if isinstance(raw.get("chosen"), dict) else ())
                if _is_key(pk)
            )[:MOST_CHOICES]
        ),
    )


def as_json(choices: MentionChoices) -> dict[str, Any]:
    """Choices as a story keeps them; empty when there is none."""
    made: dict[str, Any] = {
        "off": sorted(choices.off),
        "off_at": [list(place) for place in sorted(choices.off_at)],
        "chosen": dict(choices.chosen),
    }
    return {name: value for name, value in made.items() if value}


def _listed(value: Any) -> list[Any]:
    return value[:MOST_CHOICES] if isinstance(value, list) else []


def _is_key(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _place(value: Any) -> tuple[str, str, int] | None:
    match value:
        case [str(block), str(name), int(number)]:
            return block, name, number
    return None


def named(topic_id: int) -> Named | None:
    """What a topic is called now; None when it is gone."""
    row = Topic.objects.filter(pk=topic_id).values_list("site_id", "slug", "name").first()
    if row is None:
        return None
    site, slug, name = row
    aliases = Alias.objects.filter(topic_id=topic_id).order_by("id").values_list("name", flat=True)
    return Named(site, slug, (name, *aliases))


def all_named() -> Iterator[tuple[int, Named]]:
    """What every topic is called. Grows with their number."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for topic, name in Alias.objects.order_by("id").values_list("topic_id", "name").iterator():
        aliases[topic].append(name)
    rows = Topic.objects.order_by("pk").values_list("pk", "site_id", "slug", "name")
    for topic, site, slug, name in rows.iterator():
        yield topic, Named(site, slug, (name, *aliases.get(topic, ())))


def names_in(texts: Iterable[str], site_id: int) -> Names:
    """The names that may stand in these texts, for a preview: asked of the record by everything that a name could be.

    Grows with the texts, not with the number of topics. Two look-ups in an index for each run of words.
    """
    asked: set[str] = set()
    for text in texts:
        for key in candidates(text):
            # Parts of a text are parted by NUL, which no name holds and PostgreSQL refuses.
            if "\0" not in key:
                asked |= {key, key[:1].lower() + key[1:]}
    asked |= {key.replace("'", "\u2019") for key in asked if "'" in key}
    names = Names()
    found: set[int] = set()
    every = sorted(asked)
    for begin in range(0, len(every), _AT_ONCE):
        some = every[begin : begin + _AT_ONCE]
        here = Q(site_id=site_id) | Q(site_id=None)
        found |= set(Topic.objects.filter(here, name__in=some).values_list("pk", flat=True))
        of_alias = Alias.objects.filter(Q(topic__site_id=site_id) | Q(topic__site_id=None), name__in=some)
        found |= set(of_alias.values_list("topic_id", flat=True))
    for pk in found:
        names.put(pk, named(pk))
    return names
