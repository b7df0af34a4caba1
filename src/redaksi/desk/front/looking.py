"""Looking at fronts: the preview of one in hand, every edition there was, and the front of any past minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from redaksi.desk.front import standing, working
from redaksi.desk.story.listing import found
from redaksi.desk.story.pickers import LONGEST, OFFERED
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.press.replay import front_then
from redaksi.shelf.schema import ShelfError
from redaksi.stories import fronts
from redaksi.stories.models import Front, Story

#: Editions on one page of their list.
A_PAGE = 50
#: Before that there was no web to print on.
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: What is shown in a frame is looked at, not used: no script of it runs, and it calls nothing.
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'none'; frame-src 'none'; form-action 'none'"


def _framed(make: Callable[[], str]) -> HttpResponse:
    """A printed page for a frame of the desk."""
    try:
        response = HttpResponse(make())
    except ShelfError:
        response = HttpResponse(_("Nothing has been printed yet."), status=409)
    response["Content-Security-Policy"] = _POLICY
    return response


@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in hand, as readers would get it; asked for without a form, what they have."""
    site = get_object_or_404(Site.objects.select_related("group"), pk=pk)
    if request.method == "POST":
        strips = working.once_each(working.read(request.POST, site.zone))
    else:
        strips = list(fronts.strips_of(fronts.newest_edition(site.pk), site.pk))
    return _framed(lambda: standing.printed(site, strips))


def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every edition of a front, the newest first."""
    site = get_object_or_404(Site, pk=pk)
    before = request.GET.get("sebelum", "")
    rows = Front.objects.filter(site=site).select_related("author").order_by("-id")
    if before.isdecimal() and len(before) < 18:  # noqa: PLR2004  # digits of a key
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: A_PAGE + 1])
    context = {
        "page_title": _("Editions of the front page of %(site)s") % {"site": site.name},
        "site": site,
        "rows": [(row, row.at.astimezone(site.zone), len(row.strips)) for row in shown[:A_PAGE]],
        "older": shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None,
    }
    return render(request, "desk/front/editions.html", context)


def minute(request: HttpRequest, site: Site) -> datetime:
    """The minute that is asked for, in the site's zone; now if none is, or one that isn't there yet."""
    now = timezone.now()
    asked = working.local_time(request.GET.get("saat", ""), site.zone)
    return asked if asked and _EARLIEST <= asked <= now else now


def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen on which a past minute is chosen."""
    site = get_object_or_404(Site, pk=pk)
    at = minute(request, site).astimezone(site.zone)
    now = timezone.now()
    steps = [
        (_("a day earlier"), at - timedelta(days=1)),
        (_("an hour earlier"), at - timedelta(hours=1)),
        (_("an hour later"), at + timedelta(hours=1)),
        (_("a day later"), at + timedelta(days=1)),
    ]
    context = {
        "page_title": _("The front page of %(site)s as it was") % {"site": site.name},
        "site": site,
        "at": at,
        "steps": [(word, moment) for word, moment in steps if moment <= now],
        "edition": fronts.newest_edition(site.pk, at),
        "latest": now.astimezone(site.zone),
        "zone": at.tzname(),
    }
    return render(request, "desk/front/replay.html", context)


@xframe_options_sameorigin
def replayed(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame: the front of that minute."""
    site = get_object_or_404(Site.objects.select_related("group"), pk=pk)
    at = minute(request, site)

    def page() -> str:
        with standing.shelf() as reader, reader.look():
            return front_then(site, at, reader)

    return _framed(page)


def readable(_request: HttpRequest, pk: int) -> JsonResponse:
    """For the screen's script: whether readers have the newest edition, and how long that took, in seconds."""
    edition = fronts.newest_edition(pk)
    printed = _printed_at(f"front:{pk}", edition.pk) if edition else None
    took = max((printed - edition.at).total_seconds(), 0) if printed and edition else None
    return JsonResponse({"readable": printed is not None, "seconds": took})


def _printed_at(entity: str, version: int) -> datetime | None:
    try:
        with standing.shelf() as reader, reader.look():
            at = reader.printed_at(entity, version)
    except ShelfError:
        return None
    return None if at is None else _EPOCH + timedelta(microseconds=at)


def find(request: HttpRequest, pk: int) -> JsonResponse:
    """Stories to pin: published ones of the site that the user may choose, by words or, without any, the newest."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    stories: Any = policy.scope(request.user, Story.objects.filter(site_id=pk, live=True), "choose")
    if text:
        stories = stories.filter(pk__in=found(request.user, text))
    rows = stories.order_by("-published_at", "-id").only("headline", "published_at")[:OFFERED]
    zone = get_object_or_404(Site, pk=pk).zone
    return JsonResponse(
        {"found": [{"id": row.pk, "name": row.headline, "note": _short(row, zone)} for row in rows]}
    )


def _short(story: Story, zone: Any) -> str:
    return f"{story.published_at.astimezone(zone):%d.%m. %H.%M}" if story.published_at else ""
