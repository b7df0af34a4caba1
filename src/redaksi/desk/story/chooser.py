"""Choosing a story to read also: within the walls, found by our own index."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChosenViewMixin
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from redaksi.desk.story.listing import found
from redaksi.desk.story.state import state_of
from redaksi.desk.walled import BoundedPaginator
from redaksi.network import policy
from redaksi.stories.models import Story


class _Filter(forms.Form):
    """The search line of the chooser."""

    q = forms.CharField(label=_("Search"), required=False)
    is_filtering_by_collection = False

    @property
    def search_query(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""

    @property
    def is_searching(self) -> bool:
        return bool(self.search_query)


class _Scoped(BaseChooseView):
    """What both choosing views share."""

    paginator_class = BoundedPaginator
    per_page = 15

    def get_filter_form_class(self) -> type[forms.Form]:
        return _Filter

    def get_object_list(self) -> QuerySet[Story]:
        stories = policy.scope(self.request.user, Story.objects.all(), "choose")
        return stories.select_related("section").defer("body").order_by("-created_at", "-id")

    def filter_object_list(self, objects: QuerySet[Story]) -> QuerySet[Story]:
        words = self.filter_form.search_query
        return objects.filter(pk__in=found(self.request.user, words)) if words else objects

    def can_create(self) -> bool:
        return False

    @property
    def columns(self) -> list[Any]:
        return [
            self.title_column,
            Column("section", label=_("Section")),
            Column("state", label=_("State"), accessor=lambda story: state_of(story).word),
        ]


class StoryChooseView(_Scoped, ChooseView):
    """The whole dialog."""


class StoryChooseResultsView(_Scoped, ChooseResultsView):
    """Its results only, as one types."""


class _Chosen(ChosenViewMixin):
    def get_object(self, pk: Any) -> Story:
        chosen: Story = policy.scope(self.request.user, Story.objects.all(), "choose").get(pk=pk)
        return chosen


class StoryChosenView(_Chosen, SnippetChosenView):
    """The one that was chosen."""


class StoryChosenMultipleView(SnippetChosenMultipleView):
    """Several."""

    def get_objects(self, pks: list[str]) -> QuerySet[Story]:
        keys = [int(pk) for pk in pks[:100] if pk.isdecimal()]
        return policy.scope(self.request.user, Story.objects.filter(pk__in=keys), "choose")


class StoryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = StoryChooseView
    choose_results_view_class = StoryChooseResultsView
    chosen_view_class = StoryChosenView
    chosen_multiple_view_class = StoryChosenMultipleView
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    edit_item_text = _("Open this story")

    def get_urlpatterns(self) -> list[Any]:
        """Nothing is created in passing."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
