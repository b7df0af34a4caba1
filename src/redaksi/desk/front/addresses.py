"""The addresses of the front at the desk, and what each is for the gate: they carry the key of the site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import include, path
from wagtail import hooks

from redaksi.desk.front import looking, screen
from redaksi.network import gate, policy
from redaksi.network.models import Site
from redaksi.stories.models import Front


def _of_a_front(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Seen by who edits at the site; changed by who may publish anything there."""
    site = gate.deciding_row(Site, kwargs.get("pk"))
    front = Front(site_id=site.pk) if site else None
    if front is None or not policy.may(request.user, "see", front):
        raise Http404
    if request.method not in gate.SAFE and not policy.may(request.user, "publish", front):
        raise PermissionDenied


def register() -> None:
    """Put the front's screens into the desk. Called once, when the desk's hooks are read."""
    patterns = [
        path("", screen.index, name="index"),
        path("<int:pk>/", screen.show, name="arrange"),
        path("<int:pk>/pratinjau/", looking.preview, name="preview"),
        path("<int:pk>/edisi/", looking.editions, name="editions"),
        path("<int:pk>/kala/", looking.replay, name="replay"),
        path("<int:pk>/kala/isi/", looking.replayed, name="replayed"),
        path("<int:pk>/terbaca/", looking.readable, name="readable"),
        path("<int:pk>/cari/", looking.find, name="find"),
    ]
    hooks.register("register_admin_urls", lambda: [path("depan/", include((patterns, "desk_front")))])
    gate.guard_kind(Front, "desk_front:index", get="see", post="see")
    names = ("arrange", "preview", "editions", "replay", "replayed", "readable", "find")
    gate.guard_with(_of_a_front, *(f"desk_front:{name}" for name in names))
