"""What happened to a story, and what changed between two of its texts."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.snippets import HistoryView, RevisionsCompareView


class StoryHistoryView(HistoryView):
    """Wagtail's history without the filter by user: it would list the staff of every site."""

    filterset_class = None

    def user_can_unschedule(self) -> bool:
        return False  # a schedule is taken back in the story itself


class StoryCompareView(RevisionsCompareView):
    """Two revisions of this story side by side; a revision of another one isn't found."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context
