"""The view."""

from __future__ import annotations

from functools import cache

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from redaksi.network.models import Host, Site
from redaksi.press.typesetter.looks import stylesheet
from redaksi.stories.models import Address, Story
from redaksi.stories.sitecopy import site_copy

#: As many newest stories beside the story as the press prints.
LATEST = 8


def show(request: HttpRequest, path: str) -> HttpResponse:
    """A story as it stands in the record now."""
    hosts = Host.objects.select_related("site__group")
    site = get_object_or_404(hosts, name=request.get_host().partition(":")[0]).site
    stories = Story.objects.select_related("section", "label", "lead_photo")
    address = get_object_or_404(Address, site=site, path=f"/{path}", current=True)
    story = get_object_or_404(stories, pk=address.story_id, live=True)
    current = Prefetch("addresses", Address.objects.filter(current=True), to_attr="current")
    newest = Story.objects.filter(site=site, live=True).defer("body").order_by("-published_at", "-id")
    context = {
        "site": site,
        "style": style(site),
        "story": story,
        "url": request.build_absolute_uri(),
        "bylines": story.bylines.select_related("contributor"),
        "topics": story.topics.all(),
        "corrections": story.corrections.all(),
        "sections": site.sections.all(),
        "network": Site.objects.filter(group_id=site.group_id).prefetch_related("hosts"),
        "newest": newest.prefetch_related(current)[:LATEST],
        "year": timezone.now().year,
    }
    with timezone.override(site.zone):
        return render(request, "story.html", context)


@cache
def style(site: Site) -> str:
    """The style sheet of the site's look: made once, as a build step would."""
    return stylesheet(site_copy(site))
