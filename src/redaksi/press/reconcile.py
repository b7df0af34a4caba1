"""The sweep that compares the record with the shelf, for whatever no outbox row told.

It walks both by key, a slice at a time, and puts a row into the outbox for every story whose edition on the shelf isn't the
record's, and for everything on the shelf that the record doesn't know. It grows with the archive, so it runs at the start and
once a day, slowly, beside the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from redaksi.outbox import box
from redaksi.shelf.reader import ShelfReader
from redaksi.stories.models import Story

SLICE = 500


def sweep(shelf: ShelfReader) -> Iterator[int]:
    """Compare everything; one step a slice, so that the caller can do other work between two.

    Yields:
        How many differences the slice had. Each is in the outbox by then.
    """
    last = 0
    while True:
        found = Story.objects.filter(pk__gt=last, published_at__isnull=False).order_by("pk")
        editions = dict(found.values_list("pk", "edition")[:SLICE])
        if not editions:
            break
        with shelf.look():
            held = shelf.versions_of(f"story:{pk}" for pk in editions)
        yield _put([pk for pk, edition in editions.items() if held.get(f"story:{pk}") != edition])
        last = max(editions)
    yield from _strangers(shelf)


def _strangers(shelf: ShelfReader) -> Iterator[int]:
    """Stories on the shelf that the record doesn't have, or never published."""
    after = "story:"
    while True:
        with shelf.look():
            entities = [entity for entity, _ in shelf.entities(after=after, limit=SLICE)]
        stories = [entity for entity in entities if entity.startswith("story:")]
        if not stories:
            return
        ids = {int(entity.partition(":")[2]) for entity in stories}
        known = set(Story.objects.filter(pk__in=ids, published_at__isnull=False).values_list("pk", flat=True))
        yield _put(sorted(ids - known))
        after = stories[-1]
        if len(stories) < len(entities):
            return


def _put(ids: list[int]) -> int:
    if ids:
        with transaction.atomic():
            box.put_many("story", ids)
    return len(ids)
