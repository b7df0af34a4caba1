"""The names under which topics are mentioned, as they were last printed: what of old stories a changed name concerns.

The press holds all names in memory (:class:`redaksi.finder.mentions.Names`) and, name by name, on the shelf, so that after a
restart it still knows what was printed. When a topic gets or loses a name, that name is noted on the shelf, and the stories in
which it stands are found by the record's index of words and printed again in slices (:mod:`redaksi.press.ripples`).
"""

from __future__ import annotations

import json

from redaksi.finder.mentions import Named, Names
from redaksi.press.typesetter.mentions import texts_of
from redaksi.shelf.transaction import Transaction
from redaksi.stories import mentions, search
from redaksi.stories.models import Story
from redaksi.stories.texts import naming_blocks

_KNOWN, _CHANGED = "press:names:", "press:renamed:"


def read(shelf: Transaction) -> Names:
    """All names as they were last printed on a shelf. Grows with their number."""
    names = Names()
    for note, value in shelf.notes(_KNOWN):
        site, slug, every = json.loads(value)
        names.put(int(note.removeprefix(_KNOWN)), Named(site, slug, tuple(every)))
    return names


def remember_all(shelf: Transaction, names: Names) -> None:
    """Read all names of the record and keep them, on a fresh shelf. Grows with their number."""
    for topic, named in mentions.all_named():
        names.put(topic, named)
        shelf.set_meta(f"{_KNOWN}{topic}", json.dumps(named))


def has_changed(shelf: Transaction, names: Names, topic: int) -> bool:
    """Take over what a topic is called now, and note the names that mean something else; whether there are any."""
    now, before = mentions.named(topic), names.get(topic)
    changed = names.put(topic, now)
    if now is None:
        shelf.drop_meta(f"{_KNOWN}{topic}")
    elif now != before:
        shelf.set_meta(f"{_KNOWN}{topic}", json.dumps(now))
    if changed:
        keys, sites = _noted(shelf, topic)
        sites |= {one.site for one in (now, before) if one is not None}
        shelf.set_meta(f"{_CHANGED}{topic}", json.dumps([sorted(keys | changed), sorted(sites, key=str)]))
    return bool(changed)


def _noted(shelf: Transaction, topic: int) -> tuple[set[str], set[int | None]]:
    """The names of a topic that changed, and the sites (None: all) on which they mean something."""
    keys, sites = json.loads(shelf.meta(f"{_CHANGED}{topic}") or "[[], []]")
    return set(keys), set(sites)


def forget_changed(shelf: Transaction, topic: int) -> None:
    """All stories that a topic's changed names concern are printed again."""
    shelf.drop_meta(f"{_CHANGED}{topic}")


def next_stories(shelf: Transaction, topic: int, after: int, limit: int) -> tuple[list[int], list[int]]:
    """The next stories that may hold a changed name of a topic, by key, and those of them that do."""
    keys, sites = _noted(shelf, topic)
    found = search.holding(sorted(keys), after=after, limit=limit)
    sought = Names()
    sought.put(topic, Named(None, "", tuple(keys)))
    rows = (
        Story.objects.filter(pk__in=found, live=True, withdrawn_at=None)
        .only("site_id", "body")
        .prefetch_related("placements")
        .order_by("pk")
    )
    return found, [row.pk for row in rows if _concerns(row, sites) and _holds(row, sought)]


def _concerns(story: Story, sites: set[int | None]) -> bool:
    here = {story.site_id, *(one.site_id for one in story.placements.all() if one.is_shown)}
    return None in sites or not sites.isdisjoint(here)


def _holds(story: Story, sought: Names) -> bool:
    return any(True for text in texts_of(naming_blocks(story)) for _ in sought.find(text, story.site_id))
