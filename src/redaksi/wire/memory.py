"""Which entries of an archive have come in before: by their number there and a digest of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from redaksi.network.models import Site
from redaksi.stories.models import Story
from redaksi.wire import drafting
from redaksi.wire.body.elements import plain
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.models import Intake


class Seen(Enum):
    """NEW: never came in. KNOWN: came in as it is. CHANGED: came in, and the archive says something else by now."""

    NEW = auto()
    KNOWN = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Recalled:
    """An item with what is remembered of it; `foreign_id` is the name under which it is, or is to be, remembered."""

    item: Item
    foreign_id: str
    digest: str
    seen: Seen
    story_id: int | None = None


def recall(group: list[Item], site: Site, source: str) -> Iterator[Recalled]:
    """Tell of each item of a batch whether it came in before. One query, and one for each that reads otherwise now."""
    named = [
        (item, f"post:{item.id or item.guid or item.link}"[:200], drafting.digest_of(item)) for item in group
    ]
    asked = [foreign for _, name, digest in named for foreign in (name, f"{name}#{digest}")]
    rows = Intake.objects.filter(site=site, source=source, foreign_id__in=asked)
    known = {row.foreign_id: row for row in rows}
    for item, name, digest in named:
        row = known.get(name)
        other = f"{name}#{digest}"
        if row is None:
            known[name] = Intake(digest=digest)
            yield Recalled(item, name, digest, Seen.NEW)
        elif row.digest == digest or other in known:
            yield Recalled(item, name, digest, Seen.KNOWN)
        elif _is_same(row, item):
            yield Recalled(item, name, digest, Seen.CHANGED, row.object_id)
        else:
            # Two sites that were both exported from one address (a test site, a restart) share their numbers.
            known[other] = Intake(digest=digest)
            yield Recalled(item, other, digest, Seen.NEW)


def _is_same(row: Intake, item: Item) -> bool:
    """Whether an item that reads otherwise than before is still the same: by its word, its title or its time."""
    if row.pk is None:
        return False  # it stands in this very batch: one number for two entries
    story = Story.objects.filter(pk=row.object_id).only("slug", "headline", "published_at").first()
    if story is None:
        return True  # it came in and the newsroom deleted it: it stays away
    same_time: bool = story.published_at is not None and story.published_at == item.published_utc
    same_word: bool = bool(item.slug) and story.slug == item.slug
    return same_time or same_word or bool(story.headline == plain(item.title))
