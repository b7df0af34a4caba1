"""Readers' photos and the press's own files, as previews need them at the desk: the same addresses, for signed-in staff."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from redaksi.network import policy
from redaksi.network.models import Group, Site
from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.press.typesetter.assets import assets
from redaksi.stories.sitecopy import network_of, site_copy

_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
    "js": "text/javascript",
}
_NAME = re.compile(r"(?P<digest>[0-9a-f]{20})-(?P<width>[0-9]{1,5})\.(?P<format>avif|webp|jpg)\Z")


def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a photo that the user may see; it is developed when it is asked for the first time.

    Raises:
        Http404: no such photo, or it isn't the user's to see, or no template names that size.
    """
    match = _NAME.match(name)
    found = match and policy.scope(request.user, Photo.objects.filter(digest=match["digest"])).first()
    if not match or not found:
        raise Http404
    if (
        int(match["width"]) not in darkroom.widths_for(found.width)
        or match["format"] not in darkroom.formats()
    ):
        raise Http404
    path = darkroom.public_folder() / name
    if not path.exists():
        darkroom.develop(found)
    response = FileResponse(path.open("rb"), content_type=_TYPES[match["format"]])
    response["Cache-Control"] = "private, max-age=86400"
    return response


def asset(request: HttpRequest, _name: str) -> HttpResponse:
    """A font, script or icon of the press.

    Raises:
        Http404: no site's pages name it.
    """
    networks = {group.pk: network_of(group) for group in Group.objects.all()}
    for site in Site.objects.prefetch_related("hosts")[:500]:
        data = assets(site_copy(site, networks[site.group_id])).get(request.path)
        if data is not None:
            kind = _TYPES.get(request.path.rsplit(".", 1)[-1], "image/svg+xml")
            response = HttpResponse(data, content_type=kind)
            response["Cache-Control"] = "private, max-age=86400"
            return response
    raise Http404
