"""Breaking flashes from record to copy: which ones run at which site, and where each leads now."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from redaksi.stories.copy import FlashCopy
from redaksi.stories.models import Address, Flash, Story

#: Lines that a bar shows, the newest first; more would hide the page.
SHOWN = 3
#: Running flashes of the whole network that are looked at, the newest first.
MOST_LOOKED_AT = 2000


def running(site_ids: Collection[int]) -> dict[int, tuple[FlashCopy, ...]]:
    """What the bar of each site shows. The number of queries is the same for any number of sites and flashes."""
    found = Flash.objects.filter(ended_at__isnull=True).order_by("-begun_at", "-id").prefetch_related("sites")
    flashes = list(found[:MOST_LOOKED_AT])
    links = _links({flash.story_id for flash in flashes if flash.story_id})
    shown: dict[int, list[FlashCopy]] = {site_id: [] for site_id in site_ids}
    for flash in flashes:
        url = links.get(flash.story_id, "") if flash.story_id else flash.url
        line = FlashCopy(flash.text, url, flash.begun_at, flash.ends_at)
        places = site_ids if flash.everywhere else (site.pk for site in flash.sites.all())
        for site_id in places:
            if site_id in shown and len(shown[site_id]) < SHOWN:
                shown[site_id].append(line)
    return {site_id: tuple(lines) for site_id, lines in shown.items()}


def lead_to(story_ids: Collection[int]) -> bool:
    """Whether a flash that runs leads to one of these stories."""
    return Flash.objects.filter(ended_at__isnull=True, story_id__in=story_ids).exists()


def _links(story_ids: Collection[int | None]) -> dict[int, str]:
    """The whole addresses of those stories that readers have: a flash stands on other sites than its story's, too."""
    if not story_ids:
        return {}
    stories = Story.objects.filter(pk__in=story_ids).select_related("site").prefetch_related("site__hosts")
    light = stories.only("live", "withdrawn_at", "site", "site__slug")
    at_home = Address.objects.filter(story_id__in=story_ids, site_id=F("story__site_id"), current=True)
    paths = dict(at_home.values_list("story_id", "path"))
    return {
        story.pk: f"{story.site.origin}{story.site.base}{paths[story.pk]}"
        for story in light
        if story.site_has_it and story.pk in paths
    }
