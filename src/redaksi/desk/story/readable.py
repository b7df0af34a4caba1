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


def readable(story: Story) -> datetime | None:
    """When the newest edition of a published story came onto the shelf; None while it isn't there.

    Args:
        story: the row.
    """
    try:
        with ShelfReader(Path(settings.REDAKSI_HOME) / "shelf.sqlite3") as shelf, shelf.look():
            pages = shelf.pages_of(f"story:{story.pk}")
            if not any(version >= story.edition for _site, _address, _status, version in pages):
                return None
            return datetime.now(UTC)
    except ShelfError:
        return None


def answer(_request: HttpRequest, pk: int) -> JsonResponse:
    """For the page's script: whether the story can be read, and how long that took since it was published, in seconds."""
    story = get_object_or_404(Story, pk=pk)
    at = readable(story)
    published = story.last_published_at
    took = max(at - published, timedelta(0)).total_seconds() if at and published else None
    return JsonResponse({"readable": at is not None, "seconds": took})
