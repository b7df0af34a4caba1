"""The screen on which a front is arranged: strips in order, what stands in their places, and what it would look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from redaksi.desk.front import standing, working
from redaksi.desk.story.pickers import at_site
from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.press.typesetter.words import words_for
from redaksi.stories import arrangement, fronts
from redaksi.stories.actions.arrange import arrange, may_arrange, tidy
from redaksi.stories.arrangement import ArrangementError, Strip
from redaksi.stories.models import Front, Topic

#: Sites that are offered to choose from.
MOST_SITES = 500
RULES = {
    "newest": gettext_lazy("The newest"),
    "section": pgettext_lazy("strip", "A section"),
    "topic": pgettext_lazy("strip", "A topic"),
    "picks": gettext_lazy("Editors’ picks"),
    "photos": gettext_lazy("Photo stories"),
    "videos": gettext_lazy("Video stories"),
    "site": gettext_lazy("Another site"),
    "network": gettext_lazy("The whole network"),
    "hand": gettext_lazy("By hand only"),
}
SHAPES = {
    "lead": pgettext_lazy("strip", "Lead, others beside it"),
    "big": pgettext_lazy("strip", "One large, others small"),
    "row": pgettext_lazy("strip", "Side by side"),
    "column": pgettext_lazy("strip", "A column"),
    "headlines": pgettext_lazy("strip", "Headlines only"),
    "photos": pgettext_lazy("strip", "Pictures on dark"),
    "videos": pgettext_lazy("strip", "Videos"),
}
#: The strip's own word where its heading is left empty, by rule: what the press would print.
_HEADINGS = {
    "newest": "latest_news",
    "picks": "picks",
    "photos": "photos",
    "videos": "videos",
    "network": "from_network",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One strip as the screen shows it."""

    number: int
    strip: Strip
    about: str
    places: Sequence[standing.Place]
    options: Sequence[tuple[int, str]]
    shapes: Sequence[tuple[str, Any]]
    first: bool
    last: bool
    open: bool


def index(request: HttpRequest) -> HttpResponse:
    """The fronts that someone may see: a list of sites, or the one site's own screen."""
    sites = list(visible(request.user)[:MOST_SITES])
    if len(sites) == 1:
        return redirect("desk_front:arrange", sites[0].pk)
    rows = [(site, fronts.newest_edition(site.pk), may_arrange(_user(request), site)) for site in sites]
    return render(request, "desk/front/index.html", {"page_title": _("Front pages"), "rows": rows})


def visible(user: Any) -> Any:
    """The sites whose fronts a user may see."""
    sites = Site.objects.order_by("order", "id").prefetch_related("hosts")
    allowed = policy.sites_where(user, "see", "stories.front")
    return sites if allowed is None else sites.filter(pk__in=allowed)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen, and every step on it."""
    site = get_object_or_404(Site.objects.select_related("group"), pk=pk)
    if request.method != "POST":
        return _draw(request, site, _begun(request, site), based=_newest_key(site))
    strips = working.once_each(working.read(request.POST, site.zone))
    based, step = request.POST.get("based", ""), request.POST.get("do", "")
    if step in {"save", "save-over"}:
        return _save(request, site, strips, based, over=step == "save-over")
    if step == "default":
        return _draw(request, site, list(fronts.strips_of(None, site.pk)), based=based)
    if step == "add":
        step = f"add:{request.POST.get('new-rule', '')}"
    strips = working.changed(strips, step)
    return _draw(request, site, strips, based=based, changed=True, touched=working.touched(step, len(strips)))


def _begun(request: HttpRequest, site: Site) -> list[Strip]:
    """The strips of the edition that readers have, or of an older one that is taken up again."""
    key = request.GET.get("edisi", "")
    old = Front.objects.filter(site=site, pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None  # noqa: PLR2004  # digits of a key
    return list(tidy(fronts.strips_of(old or fronts.newest_edition(site.pk), site.pk), timezone.now()))


def _save(request: HttpRequest, site: Site, strips: list[Strip], based: str, *, over: bool) -> HttpResponse:
    newest = fronts.newest_edition(site.pk)
    if newest and str(newest.pk) != based and not over:
        return _draw(request, site, strips, based=based, changed=True, meanwhile=newest)
    try:
        with transaction.atomic():
            arrange(site, strips, _user(request))
    except ArrangementError as refusal:
        messages.error(request, str(refusal))
        return _draw(request, site, strips, based=based, changed=True)
    return redirect(f"{reverse('desk_front:arrange', args=[site.pk])}?terbit=1")


def _newest_key(site: Site) -> str:
    edition = fronts.newest_edition(site.pk)
    return str(edition.pk) if edition else ""


def _draw(
    request: HttpRequest,
    site: Site,
    strips: list[Strip],
    *,
    based: str,
    changed: bool = False,
    meanwhile: Front | None = None,
    touched: int = 0,
) -> HttpResponse:
    edition = fronts.newest_edition(site.pk)
    context = {
        "page_title": _("Front page of %(site)s") % {"site": site.name},
        "site": site,
        "rows": _rows(request.user, site, strips, touched),
        "rules": RULES.items(),
        "based": based,
        "edition": edition,
        "changed": changed,
        "meanwhile": meanwhile,
        "may_arrange": may_arrange(_user(request), site),
        "many_sites": visible(request.user)[:2].count() > 1,
        "just_saved": "terbit" in request.GET,
        "full": len(strips) >= arrangement.MOST_STRIPS,
        "zone": timezone.now().astimezone(site.zone).tzname(),
    }
    return render(request, "desk/front/arrange.html", context)


def _rows(user: Any, site: Site, strips: list[Strip], touched: int) -> list[Row]:
    sections = [(section.pk, section.name) for section in Section.objects.filter(site=site)]
    others = (
        Site.objects.filter(group_id=site.group_id).exclude(pk=site.pk).order_by("order", "id")[:MOST_SITES]
    )
    keys = [strip.of for strip in strips if strip.rule == "topic"]
    topics = [(topic.pk, topic.name) for topic in at_site(user, Topic, site.pk).filter(pk__in=keys)]
    offered = {"section": sections, "site": [(other.pk, other.name) for other in others], "topic": topics}
    words = words_for(site.language)
    rows = []
    for number, (strip, places) in enumerate(zip(strips, standing.places(user, site, strips), strict=True)):
        options = offered.get(strip.rule, [])
        named = dict(options).get(strip.of, "") if strip.rule in arrangement.ABOUT else ""
        about = named or words.get(_HEADINGS.get(strip.rule, ""), "")
        shapes = [(code, word) for code, word in SHAPES.items() if _goes(strip, code)]
        rows.append(
            Row(
                number,
                strip,
                about,
                places,
                options,
                shapes,
                first=number == 0,
                last=number == len(strips) - 1,
                open=number == touched or bool(strip.pins),
            )
        )
    return rows


def _goes(strip: Strip, shape: Any) -> bool:
    """Whether a shape goes with a strip's rule."""
    asked = Strip(strip.rule, shape=shape)
    return arrangement.fitting(asked).shape == shape


def _user(request: HttpRequest) -> Any:
    """Who asks. The gate lets staff pass only."""
    return request.user
