"""Whether readers can read the newest edition of a story, and since when: asked of the shelf, not of the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfError
from redaksi.stories.models import Story

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def readable(story: Story) -> datetime | None:
    """When the newest edition of a published story came onto the shelf; None while it isn't there.

    Args:
        story: the row.
    """
    try:
        with ShelfReader(Path(settings.REDAKSI_HOME) / "shelf.sqlite3") as shelf, shelf.look():
            printed = shelf.printed_at(f"story:{story.pk}", story.edition)
    except ShelfError:
        return None
    return None if printed is None else _EPOCH + timedelta(microseconds=printed)


def answer(_request: HttpRequest, pk: int) -> JsonResponse:
    """For the page's script: whether the story can be read, and how long that took since it was published, in seconds."""
    story = get_object_or_404(Story, pk=pk)
    at = readable(story)
    published = max(
        (moment for moment in (story.last_published_at, story.updated_at) if moment), default=None
    )
    took = max(at - published, timedelta(0)).total_seconds() if at and published else None
    return JsonResponse({"readable": at is not None, "seconds": took})
