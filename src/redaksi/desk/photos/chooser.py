"""Wagtail's chooser for photos with our lists, search and form in it, so that it shows nothing from behind the walls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.images.views import chooser

from redaksi.desk.photos.screens import LOOKED_IN
from redaksi.desk.walled import BoundedPaginator, contains
from redaksi.network import gate, policy
from redaksi.photos.models import Photo

#: The small picture that Wagtail's chooser shows.
SMALL = "max-165x165"


class PhotoFilterForm(BaseFilterForm):
    """Search in the chooser: by our own columns, bounded."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200, strip=True)

    def __init__(self, *args: Any, collections: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def filter(self, objects: QuerySet[Photo]) -> QuerySet[Photo]:
        text = self.cleaned_data.get("q", "")
        self.is_searching, self.search_query = bool(text), text
        return contains(objects, text, *LOOKED_IN)


class _PhotosWithinWalls:
    """List of the chooser: only photos that the user may choose, and no tags of other sites' photos."""

    filter_form_class = PhotoFilterForm
    paginator_class = BoundedPaginator
    request: HttpRequest

    def get_object_list(self) -> QuerySet[Photo]:
        photos: Any = policy.scope(self.request.user, Photo.objects.all(), "choose")
        return photos.prefetch_renditions(SMALL)

    def filter_object_list(self, objects: QuerySet[Photo]) -> QuerySet[Photo]:
        form: Any = self.filter_form  # type: ignore[attr-defined]  # set by Wagtail's view
        return form.filter(objects) if form.is_valid() else objects

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # Wagtail's view stands behind
        return {**context, "popular_tags": [], "collections": None}


class PhotoChoose(_PhotosWithinWalls, chooser.ImageChooseView):
    pass


class PhotoChooseResults(_PhotosWithinWalls, chooser.ImageChooseResultsView):
    pass


class PhotoChooserUpload(chooser.ImageUploadView):
    """Brings a photo in while a story is written. Doubles of other people's photos are not looked for."""

    def post(self, request: HttpRequest) -> HttpResponse:
        self.model = Photo
        self.form = self.get_creation_form()
        if not self.form.is_valid():
            response: HttpResponse = self.get_reshow_creation_form_response()
            return response
        chosen: HttpResponse = self.get_chosen_response(self.save_form(self.form))
        return chosen


def arrange() -> None:
    """Give Wagtail's chooser our views and words, and its addresses their rules at the gate."""
    viewset = chooser.viewset
    viewset.choose_view_class = PhotoChoose
    viewset.choose_results_view_class = PhotoChooseResults
    viewset.create_view_class = PhotoChooserUpload
    viewset.choose_one_text = viewset.page_title = gettext_lazy("Choose a photo")
    viewset.choose_another_text = gettext_lazy("Choose another photo")
    viewset.edit_item_text = gettext_lazy("Open this photo")
    gate.guard_kind(
        Photo,
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        get="choose",
        post="choose",
    )
    gate.guard_kind(Photo, "wagtailimages_chooser:create", get="add", post="add")
    gate.guard(Photo, "wagtailimages_chooser:chosen", get="choose", post="choose")
    gate.guard_with(_several_chosen, "wagtailimages_chooser:chosen_multiple")


def _several_chosen(request: HttpRequest, _kwargs: dict[str, Any]) -> None:
    gate.require_all(request, Photo, request.GET.getlist("id"), "choose")
