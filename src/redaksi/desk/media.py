"""The desk's own pictures, at ``/media/…``: small ones for who may see the photo, originals for who may change it.

Nothing here is public: readers' photos have other addresses, and the readers' server doesn't know this one.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path

from redaksi.network import gate, policy
from redaksi.photos.models import Photo

#: An original's name is 32 hexadecimal digits; a small picture's begins with them.
_ORIGINAL = re.compile(r"originals/[0-9a-f]{2}/([0-9a-f]{32})\.[a-z]{3,5}\Z")
_SMALL = re.compile(r"desk/([0-9a-f]{32})\.[A-Za-z0-9._|:-]+\Z")
#: Names never change their content; a browser may keep a picture for an hour, for this person only.
_KEPT = "private, max-age=3600, immutable"


def photo_of(name: str) -> tuple[Photo | None, policy.Verb]:
    """The photo to which a file of the media folder belongs, and the verb that fetching it amounts to."""
    original, small = _ORIGINAL.match(name), _SMALL.match(name)
    match = original or small
    if match is None:
        return None, "see"
    stem = f"originals/{match[1][:2]}/{match[1]}"
    found = Photo.objects.filter(
        file__gte=f"{stem}.", file__lt=f"{stem}/"
    ).first()  # one look-up in the column's index
    return found, "change" if original else "see"


def rule(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """For the gate: the photo behind the file is asked of the policy."""
    photo, verb = photo_of(str(kwargs.get("name", "")))
    if photo is None or not policy.may(request.user, "see", photo):
        raise Http404
    if not policy.may(request.user, verb, photo):
        raise PermissionDenied


def serve(_request: HttpRequest, name: str) -> FileResponse:
    """The file. Raises Http404 where the folder doesn't have it."""
    if not (_ORIGINAL.match(name) or _SMALL.match(name)) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), as_attachment=name.startswith("originals/"))
    response["Cache-Control"] = _KEPT
    return response


def urls() -> list[Any]:
    """The address, for Wagtail's hook, and its rule."""
    gate.guard_with(rule, "desk_media")
    return [path("media/<path:name>", serve, name="desk_media")]
