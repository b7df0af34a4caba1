"""Makes a corpus: ``redaksi synth``. The crew writes stories, this process puts them into the record, a batch a transaction.

The record must be empty, or be this very corpus, not finished: then it goes on behind the last whole batch. What a corpus is made
from is kept beside the record (:data:`NOTE`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction
from wagtail.models import Collection, Revision

from redaksi.demo.synth.ground import Ground, pictures
from redaksi.demo.synth.plan import Plan, Spec
from redaksi.demo.synth.writer import Writer
from redaksi.network.models import Site
from redaksi.outbox.models import Entry
from redaksi.photos.models import Photo
from redaksi.stories import bulk, crew
from redaksi.stories.models import Byline, Story
from redaksi.stories.rows import Rows, rows_of, settle_sequences

#: The file in the data home that says what a corpus is made from.
NOTE = "synth.json"
#: Stories in a transaction.
BATCH = 1000
#: A story's bylines have the keys from its number times this on.
_BYLINES = 4

Progress = Callable[[int], None]


class OtherRecordError(Exception):
    """The record holds something else than this corpus; the sentence says what."""


def make(spec: Spec, home: Path, progress: Progress) -> int:
    """Make a corpus, or what is missing of it.

    Args:
        spec: what it is made from.
        home: the data home.
        progress: told how many stories there are, after each batch.

    Returns:
        How many stories were there before.

    Raises:
        OtherRecordError: the record isn't empty, nor this corpus.
    """
    plan = Plan(spec)
    ground, files = Ground(plan), pictures()
    before = _begin(spec, home, ground)
    kind = bulk.kind_of_stories()
    collection = Collection.get_first_root_node().pk
    batches = (range(begin, min(begin + BATCH, spec.stories)) for begin in range(before, spec.stories, BATCH))
    context = _Context(Writer(plan, ground, files), kind, collection)
    done = before
    for count, rows in crew.in_order(_lay_out, context, batches):
        with transaction.atomic():
            bulk.write(rows)
            settle_sequences([Story, Revision, Byline, Photo])
            bulk.put_everything()
        done += count
        progress(done)
    return before


class _Context:
    """What a process of the crew works with."""

    def __init__(self, writer: Writer, kind: int, collection: int) -> None:
        self.writer, self.kind, self.collection = writer, kind, collection


def _lay_out(context: _Context, numbers: range) -> tuple[int, list[Rows]]:
    batch = list(context.writer.stories(numbers))
    bylines = [
        number * _BYLINES + 1 + place
        for number, one in zip(numbers, batch, strict=True)
        for place in range(len(one.bylines))
    ]
    keys = bulk.Keys([number + 1 for number in numbers], [number + 1 for number in numbers], bylines)
    photos = context.writer.photos(numbers, context.collection)
    return len(batch), [*_of(photos), *bulk.laid_out(batch, keys, context.kind)]


def _of(photos: list[Photo]) -> Iterator[Rows]:
    if photos:
        yield rows_of(photos)


def _begin(spec: Spec, home: Path, ground: Ground) -> int:
    """Lay the ground, or see that it is there already; how many stories stand on it."""
    note, told = home / NOTE, json.dumps(spec.as_json())
    if not Site.objects.exists():
        with transaction.atomic():
            ground.lay()
            # One row asks for everything instead of one for each thing that was just made.
            Entry.objects.all().delete()
            bulk.put_everything()
            note.write_text(told, encoding="utf-8")
        return 0
    made_from = note.read_text(encoding="utf-8") if note.exists() else "something else"
    if made_from != told:
        message = f"the record in {home} isn't empty: it was made from {made_from}; a corpus needs an empty data home"
        raise OtherRecordError(message)
    count: int = Story.objects.count()
    if count % BATCH and count != spec.stories:
        message = f"the record in {home} has {count} stories, among them others than the corpus's: it can't be gone on with"
        raise OtherRecordError(message)
    return min(count, spec.stories)
