"""The screens of the exchange, with their addresses and what each is for the gate.

A list holds what the sites where one works have received or held out: bounded, by index, newest first. What is not one's own
site's doesn't exist here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from redaksi.desk.exchange.forms import HereForm, PassOnForm, PlanForm
from redaksi.desk.story.carried import readers_address
from redaksi.network import gate, policy
from redaksi.stories.actions import offer as offers
from redaksi.stories.actions import place
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.models import Invitation, Offer, Placement, Story

SHOWN = 40
#: Offers older than this are shown no more.
LOOKED_BACK = timedelta(days=60)


def room(request: HttpRequest) -> HttpResponse:
    """What is offered to the user's sites, what they carry, and what they offered themselves."""
    user: Any = request.user
    context = {
        "page_title": _("Network"),
        "invitations": invited(user)[:SHOWN],
        "placements": _carried(user),
        "offers": _offered(user),
        "may_offer": policy.may_any(user, "add", "stories.offer"),
        "may_rule": policy.may_any(user, "see", "stories.carryrule"),
    }
    return render(request, "desk/exchange/room.html", context)


def invited(user: Any) -> list[Invitation]:
    """Open offers to the sites where the user works, newest first, each with who has a plan already."""
    since = timezone.now() - LOOKED_BACK
    mine = policy.scope(user, Invitation.objects.filter(at__gte=since, claimed_at=None))
    rows = list(
        mine.filter(offer__closed_at=None).select_related("site", "offer__site", "offer__story")[:SHOWN]
    )
    taken = Invitation.objects.filter(offer__in=[one.offer_id for one in rows], claimed_at__isnull=False)
    by = {one.offer_id: one.site for one in taken.select_related("site")}
    for row in rows:
        row.taken_by = None if row.offer.story_id else by.get(row.offer_id)  # type: ignore[attr-defined]  # for the template
        row.may_claim = row.taken_by is None and policy.may(user, "change", row)  # type: ignore[attr-defined]
    return rows


def _carried(user: Any) -> list[Placement]:
    found = policy.scope(user, Placement.objects.all()).select_related(
        "story__site", "site", "section", "rule"
    )
    rows = list(found.defer("story__body")[:SHOWN])
    for row in rows:
        row.may_change = row.is_shown and policy.may(user, "change", row)  # type: ignore[attr-defined]  # for the template
    return rows


def _offered(user: Any) -> list[Offer]:
    claims = Invitation.objects.filter(claimed_at__isnull=False).select_related("site")
    mine = policy.scope(user, Offer.objects.all()).select_related("site", "story").defer("story__body")
    rows: list[Any] = list(mine.prefetch_related(Prefetch("invitations", claims, to_attr="claims"))[:SHOWN])
    for row in rows:
        row.may_close = row.closed_at is None and policy.may(user, "change", row)
    return rows


def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Send or offer one's own story, and see where it stands."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)
    form = PassOnForm(request.POST or None)
    form.let_choose(story.site)

    def act() -> None:
        sites, by = form.chosen(), request.user
        if form.cleaned_data["how"] == "offer":
            offers.offer_story(story, sites, by, form.cleaned_data["text"])  # type: ignore[arg-type]  # the gate lets staff pass only
            return
        if not sites:
            raise WrongStateError(_("Choose at least one site."))
        held = set(story.placements.filter(state__in=Placement.SHOWN).values_list("site", flat=True))
        wanted = [site for site in sites if site.pk not in held or not form.cleaned_data["everywhere"]]
        place.send_to(story, wanted, by)  # type: ignore[arg-type]  # as above

    if _done(request, form, act):
        messages.success(request, _("Done."))
        return redirect("desk_exchange:story", pk)
    placements = story.placements.select_related("site", "section").order_by("site__order", "site_id")
    context = {"story": story, "form": form, "placements": placements, "page_title": _("On other sites")}
    return render(request, "desk/exchange/pass_on.html", context)


def plan(request: HttpRequest) -> HttpResponse:
    """Offer a plan."""
    form = PlanForm(request.POST or None, user=request.user)

    def act() -> None:
        offers.offer_plan(form.cleaned_data["site"], form.plan(), form.chosen(), request.user)  # type: ignore[arg-type]  # as above

    if _done(request, form, act):
        messages.success(request, _("The plan is offered."))
        return redirect("desk_exchange:room")
    context = {"form": form, "page_title": _("Offer a plan"), "button": _("Offer")}
    return render(request, "desk/exchange/form.html", context)


def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what was offered to one's site: a plan at once, a story into a section."""
    row = get_object_or_404(Invitation.objects.select_related("offer__site", "offer__story", "site"), pk=pk)
    if row.offer.story is None:
        return _claim_plan(request, row)
    form = HereForm(request.POST or None, user=request.user, site=row.site)

    def act() -> None:
        offers.claim(row, request.user, form.cleaned_data["section"], form.words())  # type: ignore[arg-type]  # as above

    if _done(request, form, act):
        messages.success(request, _("It is on your site now."))
        return redirect("desk_exchange:room")
    context = {
        "form": form,
        "page_title": _("Take it over"),
        "button": _("Put on the site"),
        "about": row.offer.title,
        "note": row.offer.text,
        "site": row.site,
    }
    return render(request, "desk/exchange/form.html", context)


def _claim_plan(request: HttpRequest, row: Invitation) -> HttpResponse:
    if request.method == "POST":
        _try(request, lambda: offers.claim(row, request.user), _("The plan is yours; its desk sees it."))  # type: ignore[arg-type]  # as above
        return redirect("desk_exchange:room")
    context = {
        "form": forms.Form(),
        "page_title": _("Take the plan"),
        "button": _("Take the plan"),
        "about": row.offer.title,
        "note": row.offer.text,
        "site": row.site,
    }
    return render(request, "desk/exchange/form.html", context)


def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """A carried story on one's own site: its section, headline and label there, and letting it go."""
    held = get_object_or_404(
        Placement.objects.select_related("story__site", "site", "section", "rule"), pk=pk
    )
    form = HereForm(request.POST or None, user=request.user, site=held.site, held=held)

    def act() -> None:
        place.adjust(held, form.cleaned_data["section"], form.words(), request.user)  # type: ignore[arg-type]  # as above

    if _done(request, form, act):
        messages.success(request, _("Changed."))
        return redirect("desk_exchange:room")
    context = {
        "form": form,
        "page_title": _("On our site"),
        "button": _("Save"),
        "held": held,
        "site": held.site,
        "address": readers_address(held),
    }
    return render(request, "desk/exchange/here.html", context)


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a carried story off one's own site."""
    held = get_object_or_404(Placement, pk=pk)
    _try(request, lambda: place.let_go(held, request.user), _("Let go: its address leads to its home."))  # type: ignore[arg-type]  # as above
    return redirect("desk_exchange:room")


@require_POST
def call_back(request: HttpRequest, pk: int, placement: int) -> HttpResponse:
    """Take one's own story off another site."""
    held = get_object_or_404(Placement.objects.select_related("story"), pk=placement, story_id=pk)
    _try(request, lambda: place.call_back(held, request.user), _("Called back."))  # type: ignore[arg-type]  # as above
    return redirect("desk_exchange:story", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    row = get_object_or_404(Offer, pk=pk)
    _try(request, lambda: offers.close(row, request.user), _("The offer is closed."))  # type: ignore[arg-type]  # as above
    return redirect("desk_exchange:room")


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], None]) -> bool:
    """Do a verb with what was filled in; what is wrong or refused is said at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        with transaction.atomic():
            act()
    except (WrongStateError, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        with transaction.atomic():
            act()
    except WrongStateError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def urls() -> list[Any]:
    """The addresses, with their rules at the gate."""
    gate.guard_kind(Placement, "desk_exchange:room", get="see", post="see")
    gate.guard_kind(Offer, "desk_exchange:plan", get="add", post="add")
    gate.guard(Story, "desk_exchange:story", "desk_exchange:call_back", get="publish", post="publish")
    gate.guard(Invitation, "desk_exchange:claim", get="change", post="change")
    gate.guard(Placement, "desk_exchange:adjust", "desk_exchange:let_go", get="change", post="change")
    gate.guard(Offer, "desk_exchange:close", get="change", post="change")
    return [
        path("", room, name="room"),
        path("rencana/", plan, name="plan"),
        path("berita/<int:pk>/", pass_on, name="story"),
        path("berita/<int:pk>/tarik/<int:placement>/", call_back, name="call_back"),
        path("tawaran/<int:pk>/ambil/", claim, name="claim"),
        path("tawaran/<int:pk>/tutup/", close, name="close"),
        path("di-sini/<int:pk>/", adjust, name="adjust"),
        path("di-sini/<int:pk>/lepas/", let_go, name="let_go"),
    ]
