"""The wall of pictures: list, search, upload of several, one photo's form. Wagtail's own image screens stay closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from redaksi.desk.photos.forms import PhotoForm, UploadForm
from redaksi.desk.walled import WalledDelete, WalledIndex, WalledViewSet
from redaksi.network import policy
from redaksi.photos.models import Photo

LOOKED_IN = ("title", "caption", "credit", "agency", "place")
TILE = "fill-320x240"


class PhotoFilters(WagtailFilterSet):
    """What the wall of pictures can be narrowed to."""

    site = ModelChoiceFilter(
        label=gettext_lazy("Site"), queryset=lambda request: policy.my_sites(request.user)
    )
    lacks = ChoiceFilter(
        label=gettext_lazy("What is missing"),
        method="lacking",
        choices=[
            ("credit", gettext_lazy("Without credit")),
            ("alt", gettext_lazy("Without alt text")),
            ("caption", gettext_lazy("Without caption")),
        ],
    )
    mine = ChoiceFilter(
        label=gettext_lazy("Brought in by"), method="brought", choices=[("me", gettext_lazy("Me"))]
    )

    class Meta:
        model = Photo
        fields: list[str] = []

    def lacking(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        return queryset.filter(credit="", agency="") if value == "credit" else queryset.filter(**{value: ""})

    def brought(self, queryset: QuerySet[Photo], _name: str, _value: str) -> QuerySet[Photo]:
        return queryset.filter(owner=self.request.user)


class PhotoIndex(WalledIndex):
    """The wall of pictures, newest first."""

    template_name = "desk/photos/index.html"
    results_template_name = "desk/photos/wall.html"
    filterset_class = PhotoFilters
    default_ordering = "-created_at"
    looked_in = LOOKED_IN
    list_display = ("title",)  # pictures, not columns

    def get_valid_orderings(self) -> list[str]:
        return ["-created_at"]

    def get_base_queryset(self) -> QuerySet[Photo]:
        photos: Any = super().get_base_queryset()
        return photos.prefetch_renditions(TILE)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        for photo in context["object_list"]:
            photo.edit_url = self.get_edit_url(photo)
        return context


class PhotoAdd(WalledViewSet.add_view_class):  # type: ignore[name-defined]  # Wagtail's classes have no types
    """Brings in one photo or several; one goes on to its form, several to the wall."""

    template_name = "desk/photos/add.html"

    def get_form(self, form_class: Any = None) -> UploadForm:
        posted = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        return UploadForm(*posted, user=self.request.user)

    def save_instance(self) -> Photo:
        self.brought = self.form.save()
        for photo in self.brought:
            photo.get_rendition(TILE)
        return self.brought[0]

    def get_success_message(self, _instance: Photo) -> str:
        return _("%(number)d photos were brought in.") % {"number": len(self.brought)}

    def get_success_url(self) -> str:
        return str(self.get_edit_url() if len(self.brought) == 1 else super().get_success_url())


class PhotoEdit(WalledViewSet.edit_view_class):  # type: ignore[name-defined]  # as above
    template_name = "desk/photos/edit.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}


class PhotoDelete(WalledDelete):
    """A photo that a story shows stays: the story would lose it without a word."""

    def obstacle(self) -> str | None:
        if self.object.leads.exists() or is_shown(self.object):
            return _("A story shows this photo. Take it out of the story first.")
        return None


def is_shown(photo: Photo) -> bool:
    """Whether anything of the record refers to the photo, by Wagtail's reference index."""
    return bool(photo.get_usage().count())


class PhotoViewSet(WalledViewSet):
    name = "desk_photos"
    url_prefix = "foto"
    model = Photo
    icon = "image"
    index_view_class = PhotoIndex
    add_view_class = PhotoAdd
    edit_view_class = PhotoEdit
    delete_view_class = PhotoDelete

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return forms.modelform_factory(Photo, form=PhotoForm)
