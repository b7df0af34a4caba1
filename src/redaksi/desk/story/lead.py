"""The lead photo within the form: a file dropped on it comes in, and its credit, alt text and caption are written beside it.

What is written here belongs to the photo, wherever it is used; it is saved at once, and only by who may change the photo.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.images.shortcuts import get_rendition_or_not_found

from redaksi.desk.photos.forms import UploadForm
from redaksi.network import policy
from redaksi.photos.models import Photo

#: The small picture of Wagtail's chooser.
SMALL = "max-165x165"


class FactsForm(forms.ModelForm[Photo]):
    """What the publish check asks of a photo."""

    class Meta:
        model = Photo
        fields = ("caption", "credit", "alt")
        labels = {"caption": _("The photo's own caption"), "credit": _("Credit"), "alt": _("Alt text")}
        widgets = {"caption": forms.Textarea(attrs={"rows": 2})}


@require_POST
def drop(request: HttpRequest) -> JsonResponse:
    """Take a file in for the story's site, as the chooser's own upload would.

    Returns:
        What the chooser needs to show it, or ``error`` with the sentence that says why not.
    """
    form = UploadForm({"site": request.POST.get("situs", "")}, _as_several(request), user=request.user)
    if not form.is_valid():
        return JsonResponse(
            {"error": " ".join(str(text) for texts in form.errors.values() for text in texts)}
        )
    photo = form.save()[0]
    small = get_rendition_or_not_found(photo, SMALL)
    return JsonResponse(
        {
            "id": photo.pk,
            "title": photo.title,
            "edit_url": "",
            "preview": {"url": small.url, "width": small.width, "height": small.height},
        }
    )


def _as_several(request: HttpRequest) -> Any:
    """The one dropped file under the name that the form for several expects."""
    files = request.FILES.copy()
    files.setlist("files", files.getlist("file")[:1])
    return files


def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo's facts as fields; sent back, they are saved."""
    photo = get_object_or_404(Photo, pk=pk)
    may_change = policy.may(request.user, "change", photo)
    form = FactsForm(request.POST or None, instance=photo)
    saved = request.method == "POST" and may_change and form.is_valid()
    if saved:
        form.save()
    context = {
        "form": form,
        "photo": photo,
        "may_change": may_change,
        "saved": saved,
        "address": reverse("desk_story:photo_facts", args=[photo.pk]),
    }
    return render(request, "desk/story/photo_facts.html", context)
