"""The list of stories: it opens on what waits, filters stand in the address, and it costs the same however many there are.

No row is counted and no body is read: a page fetches one story more than it shows to know whether there is a next one. What other
sites' desks sent stands among one's own stories, by when it came (``carried.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from redaksi.desk.story import carried
from redaksi.desk.story.carried import MOST_MERGED
from redaksi.desk.story.filters import ListFilters
from redaksi.desk.story.state import ROWS, UNSURE, State, state_of
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.stories import search
from redaksi.stories.models import Byline, Note, Placement, Story

A_PAGE = 50
#: Nobody turns 200 pages; a date in the filters goes further back at once.
LAST_PAGE = 200
#: Numbers beside the tabs are counted up to here.
MOST_COUNTED = 99
#: Planned publications of the whole network that are looked through.
MOST_PLANNED = 2000


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the list under a word; ``count`` is None where counting would cost."""

    code: str
    word: str
    count: str | None = None
    here: bool = False


def show(request: HttpRequest) -> HttpResponse:
    """The screen."""
    user: Any = request.user
    sites = list(policy.my_sites(user)[:500])
    filters = ListFilters(request.GET, user=user, sites=sites)
    searching = bool(filters.query)
    tab = request.GET.get("lihat", "") or ("semua" if searching or filters.narrowed else _first_tab(user))
    stories = filters.narrow(_of_tab(tab, user, sites))
    if searching:
        stories = stories.filter(pk__in=found(user, filters.query))
    page = (
        min(max(int(request.GET.get("p") or 1), 1), LAST_PAGE) if request.GET.get("p", "1").isdecimal() else 1
    )
    merged = sites if tab == "semua" and not filters.named and not searching else []
    view = carried.View(tab, user, sites, filters, _midnight(sites) if tab == "tayang" else None)
    rows = _rows(_keys(stories, view, page, merged), user)
    context = {
        "page_title": _("Stories"),
        "tabs": _tabs(tab, user, sites),
        "tab": tab,
        "filters": filters,
        "rows": rows[:A_PAGE],
        "page": page,
        "newer": _address(request, page - 1) if page > 1 else "",
        "older": _address(request, page + 1) if len(rows) > A_PAGE and page < LAST_PAGE else "",
        "many_sites": len(sites) > 1,
        "may_write": policy.may_any(user, "add", "stories.story"),
        "bounded": searching and len(rows) > A_PAGE,
    }
    return render(request, "desk/story/list.html", context)


def found(user: Any, text: str) -> list[int]:
    """The keys of the newest stories with all the words of ``text``, out of what the user may see."""
    everything = policy.sites_where(user, "see", "stories.story")
    if everything is None:
        return search.find(text, sites=None)
    mine = list(policy.my_sites(user).values_list("pk", flat=True))
    keys = search.find(text, sites=everything)
    if set(mine) - set(everything):
        keys += search.find(text, sites=sorted(set(mine) - set(everything)), own=user.pk)
    return sorted(keys, reverse=True)[: search.MOST_FOUND]


def _first_tab(user: Any) -> str:
    return "menunggu" if policy.may_any(user, "publish", "stories.story") else "saya"


def _of_tab(tab: str, user: Any, sites: Sequence[Site]) -> QuerySet[Story]:
    """The rows of a tab, newest first by what the tab is about."""
    stories = policy.scope(user, Story.objects.all())
    if tab == "menunggu":
        return stories.filter(_waiting(user)).order_by("submitted_at", "id")
    if tab == "saya":
        return stories.filter(owner=user).order_by("-created_at", "-id")
    if tab == "tayang":
        return stories.filter(live=True, published_at__gte=_midnight(sites)).order_by("-published_at", "-id")
    if tab == carried.ALONE:
        return stories.none()
    if tab == "terjadwal":
        planned = (
            Story.objects.filter(go_live_at__isnull=False).order_by("go_live_at").values_list("pk", flat=True)
        )
        return stories.filter(pk__in=list(planned[:MOST_PLANNED])).order_by("go_live_at", "id")
    return stories.order_by("-created_at", "-id")


def _midnight(sites: Sequence[Site]) -> datetime:
    """When today began, where the user works."""
    zone = sites[0].zone if sites else timezone.get_current_timezone()
    return datetime.combine(timezone.now().astimezone(zone).date(), time.min, zone)


def _waiting(user: Any) -> Q:
    """What waits for this user: submitted stories where they may publish; otherwise their own that wait."""
    waiting = Q(submitted_at__isnull=False)
    sites = policy.sites_where(user, "publish", "stories.story")
    if sites is None:
        return waiting
    grants = [held for held in policy.grants_of(user) if held.site_id in sites]
    whole = {held.site_id for held in grants if held.section_id is None and held.role != "reporter"}
    parts = {held.section_id for held in grants if held.section_id is not None and held.role != "reporter"}
    return waiting & (Q(site_id__in=whole) | Q(section_id__in=parts) | Q(owner_id=user.pk))


def _keys(
    stories: QuerySet[Story], view: carried.View, page: int, merged: Sequence[Site]
) -> list[tuple[str, int]]:
    """Which stories and placements stand on a page, and one more, each with its kind.

    The keys come first, by themselves: an index sorts them without reading a row, however many stories there are.

    Args:
        stories: what the view holds, in its order.
        view: what it holds of other sites' stories.
        page: from 1.
        merged: the sites whose newest stories are the view's.
    """
    start = (page - 1) * A_PAGE
    end = start + A_PAGE + 1
    placed = view.newest(end)
    if 0 < len(merged) <= MOST_MERGED:
        own = _newest(stories, merged, end)
    elif placed:
        column = "published_at" if view.tab == "tayang" else "created_at"
        own = list(stories.values_list(column, "pk")[:end])
    else:
        return [("story", key) for key in stories.values_list("pk", flat=True)[start:end]]
    both = [(at, "story", key) for at, key in own] + [(at, "placement", key) for at, key in placed]
    return [(kind, key) for _at, kind, key in sorted(both, reverse=True)[start:end]]


def _rows(wanted: list[tuple[str, int]], user: Any) -> list[Any]:
    """The rows with these keys, with all that a line shows; a few queries for any number of them."""
    keys = [key for kind, key in wanted if kind == "story"]
    placed = [key for kind, key in wanted if kind == "placement"]
    lines = (
        Story.objects.select_related("site", "section", "label", "owner", "latest_revision")
        .defer("body", "latest_revision__content")
        .prefetch_related(
            Prefetch("bylines", Byline.objects.exclude(role="editor").select_related("contributor")),
        )
    )
    found = lines.in_bulk(keys)
    counted = Note.objects.filter(story_id__in=keys, settled_at=None)
    notes = dict(counted.values_list("story_id").annotate(number=Count("id")))
    elsewhere = _carried(keys)
    for row in found.values():
        _dress(row, user, notes.get(row.pk, 0))
        row.carried = elsewhere.get(row.pk, "")
    came = carried.lines(placed, user) if placed else {}
    for line in came.values():
        line.came_short = _short(line.at, line.site)
        line.published_short = _short(line.story.published_at, line.site)
    rows = ((found if kind == "story" else came).get(key) for kind, key in wanted)
    return [row for row in rows if row is not None]


def _carried(keys: list[int]) -> dict[int, str]:
    """On which other sites stories are, and in which state, in words. One query."""
    found: dict[int, list[str]] = {}
    for one in Placement.objects.filter(story_id__in=keys).select_related("site").order_by("site_id"):
        found.setdefault(one.story_id, []).append(f"{one.site}: {one.get_state_display()}")
    return {pk: ", ".join(words) for pk, words in found.items()}


def _newest(stories: QuerySet[Story], sites: Sequence[Site], number: int) -> list[tuple[datetime, int]]:
    """When the newest of several sites' stories were begun, and their keys, newest first.

    Each site's newest are read off that site's index and then merged: asked for all sites at once, SQLite sorts everything
    that they ever wrote.
    """
    newest = stories.order_by("-created_at", "-id").values_list("created_at", "pk")
    found = [row for site in sites for row in newest.filter(site_id=site.pk)[:number]]
    return sorted(found, reverse=True)[:number]


def _dress(row: Any, user: Any, notes: int) -> None:
    """What a line shows beside the row's own columns."""
    row.state = state_of(row)
    row.open_notes = notes
    row.unsure = UNSURE if row.verifying_since else None
    row.writers = ", ".join(dict.fromkeys(byline.contributor.name for byline in row.bylines.all()))
    row.writers = row.writers or (row.owner.get_full_name() or row.owner.get_username() if row.owner else "")
    row.may_pick = row.live and policy.may(user, "publish", row)
    row.may_change = policy.may(user, "change", row)
    row.changed_at = row.latest_revision.created_at if row.latest_revision else row.created_at
    row.changed_short = _short(row.changed_at, row.site)
    row.published_short = _short(row.published_at, row.site) if row.published_at else ""


def _short(moment: datetime, site: Site) -> str:
    """Today's as the hour in the site's zone, this year's as day and hour, older ones as the date."""
    local, now = moment.astimezone(site.zone), timezone.now().astimezone(site.zone)
    if local.date() == now.date():
        return date_format(local, "H.i")
    return date_format(local, "j M H.i" if local.year == now.year else "j M Y")


def _tabs(here: str, user: Any, sites: Sequence[Site]) -> list[Tab]:
    words = {
        "menunggu": _("Waiting for me")
        if policy.may_any(user, "publish", "stories.story")
        else _("With the editors"),
        "saya": _("Mine"),
        "tayang": _("Published today"),
        "terjadwal": _("Scheduled"),
        carried.ALONE: _("From the network"),
        "semua": _("All"),
    }
    counted = {"menunggu", "tayang", "terjadwal"}
    return [
        Tab(code, word, _count(code, user, sites) if code in counted else None, code == here)
        for code, word in words.items()
    ]


def _count(tab: str, user: Any, sites: Sequence[Site]) -> str:
    """A number up to :data:`MOST_COUNTED`, and a plus beyond it."""
    most = MOST_COUNTED + 1
    number = len(_of_tab(tab, user, sites).order_by().values_list("pk")[:most])
    if tab == "tayang":
        number += len(carried.View(tab, user, sites, since=_midnight(sites)).newest(most))
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["p"] = str(page)
    return f"?{query.urlencode()}"


def states() -> list[State]:
    """The states that can be filtered by."""
    return list(ROWS)
