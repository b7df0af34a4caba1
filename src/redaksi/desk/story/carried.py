"""Other sites' stories in the list of those who carry them: a line is a placement, and leads to what one's own site says of it.

Read by the placements' own index, site by site, so that a line costs the same however much was carried; found by what readers have of
the story (``search.find_carried``). Who sees every site has each story in the list already, as its home's, and gets no second line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from redaksi.desk.story.filters import ListFilters
from redaksi.desk.story.state import EXPIRED, UNSURE, WITHDRAWN, State
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.stories import search
from redaksi.stories.models import Address, Byline, Placement

#: The views in which they stand; in the first one they stand alone.
ALONE = "jaringan"
_TABS = frozenset({ALONE, "tayang", "semua"})
#: Beyond so many sites the index over all placements is the shorter way.
MOST_MERGED = 12
#: A placement's state as the list says it, by sign and colour.
_KINDS = {
    Placement.State.SENT: "live",
    Placement.State.PLACED: "live",
    Placement.State.LET_GO: "gone",
    Placement.State.CALLED_BACK: "gone",
}


@dataclass(frozen=True, slots=True)
class View:
    """What of the carried is asked for: which tab, as whom, of which sites, how narrowed."""

    tab: str
    user: Any
    sites: Sequence[Site]
    filters: ListFilters | None = None
    since: datetime | None = None

    def newest(self, number: int) -> list[tuple[datetime, int]]:
        """When the newest of them came, and their keys, newest first."""
        where = self._where()
        if self.tab not in _TABS or not where:
            return []
        found = self._narrowed(where).order_by("-at", "-id").values_list("at", "pk")
        if len(where) > MOST_MERGED:
            return list(found[:number])
        rows = [row for site in where for row in found.filter(site_id=site.pk)[:number]]
        return sorted(rows, reverse=True)[:number]

    def _where(self) -> Sequence[Site]:
        """The sites whose carried stories are lines of this view."""
        if self.filters is not None and self.filters.site:
            return [self.filters.site]
        if self.tab == ALONE:
            return self.sites
        if policy.sites_where(self.user, "see", "stories.story") is None:
            return []
        searching = self.filters is not None and self.filters.query
        return self.sites if searching or len(self.sites) <= MOST_MERGED else []

    def _narrowed(self, where: Sequence[Site]) -> QuerySet[Placement]:
        placements = policy.scope(self.user, Placement.objects.all())
        if self.since is not None:
            placements = placements.filter(at__gte=self.since, state__in=Placement.SHOWN, story__live=True)
        if self.filters is None:
            return placements
        placements = self.filters.narrow_carried(placements)
        if self.filters.query:
            keys = search.find_carried(self.filters.query, [site.pk for site in where])
            placements = placements.filter(story_id__in=keys)
        return placements


def lines(keys: Iterable[int], user: Any) -> dict[int, Any]:
    """The placements with these keys, each with what its line shows; a few queries for any number of them."""
    rows = Placement.objects.select_related("site", "section", "label", "story__site", "story__label")
    writers = Byline.objects.exclude(role="editor").select_related("contributor")
    rows = rows.defer("story__body").prefetch_related(Prefetch("story__bylines", writers), "site__hosts")
    found: dict[int, Any] = rows.in_bulk(list(keys))
    paths = _paths(found.values())
    for row in found.values():
        changing = policy.may(user, "change", row)
        row.leads_to = (
            reverse("desk_exchange:adjust", args=[row.pk]) if changing else readers_address(row, paths)
        )
        row.writers = ", ".join(dict.fromkeys(one.contributor.name for one in row.story.bylines.all()))
        row.shown_headline = row.headline or row.story.headline
        row.shown_label = row.label or row.story.label
        row.shown_state = _state_of(row)
        row.unsure = UNSURE if row.story.verifying_since and row.is_shown else None
    return found


def _paths(rows: Iterable[Placement]) -> dict[tuple[int, int], str]:
    """Where readers of each carrying site have the story, by site and story."""
    stories = {row.story_id for row in rows}
    current = Address.objects.filter(story_id__in=stories, current=True)
    return {(site, story): path for site, story, path in current.values_list("site_id", "story_id", "path")}


def readers_address(row: Placement, paths: dict[tuple[int, int], str] | None = None) -> str:
    """Where readers have a placed story: on the carrying site, or at its home when it isn't there any more."""
    known = _paths([row]) if paths is None else paths
    for site in (row.site, row.story.site):
        path = known.get((site.pk, row.story_id))
        if path:
            return f"{site.origin}{site.base}{path}"
    return row.site.origin


def _state_of(row: Placement) -> State:
    """What happened last: a withdrawal at home goes over what the carrying site did."""
    if row.story.withdrawn_at is not None:
        return WITHDRAWN
    if row.story.expired and row.is_shown:
        return EXPIRED
    return State(row.state, _KINDS[Placement.State(row.state)], row.get_state_display())
