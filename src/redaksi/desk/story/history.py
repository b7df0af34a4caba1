"""What happened to a story, and what changed between two of its texts."""

from __future__ import annotations

from typing import Any

from wagtail.admin.compare import TextFieldComparison
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import HistoryView

from redaksi.desk.story.spoken import spoken


class StoryHistoryView(HistoryView):
    """Wagtail's history without the filter by user: it would list the staff of every site."""

    filterset_class = None

    def user_can_unschedule(self) -> bool:
        return False  # a schedule is taken back in the story itself


class _ChoicesComparison(TextFieldComparison):
    """What an editor decided about links that come by themselves, compared in words."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (
            spoken(field.name, {field.name: field.value_from_object(one)}) for one in (obj_a, obj_b)
        )


class ChoicesPanel(FieldPanel):
    """A field of such choices: JSON in the record, words wherever somebody reads it."""

    def get_comparison_class(self) -> type[TextFieldComparison]:
        return _ChoicesComparison
