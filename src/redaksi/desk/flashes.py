"""Breaking flashes at the desk: one small form over the list of what runs, two clicks from anywhere.

The form is on the list itself, so the menu is the first click and its button the second.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from redaksi.network import gate, policy
from redaksi.network.models import Site
from redaksi.stories import linked
from redaksi.stories.actions import flash as verbs
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.models import Address, Flash, Story

#: Minutes that a flash may be filed for with one click; the second is what is chosen already.
SPANS = (30, 60, 180, 360)
RUNNING, ENDED, OFFERED = 50, 15, 15


class FlashForm(forms.Form):
    """What a flash says, where it leads and stands, and until when."""

    text = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=140,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "maxlength": 140}),
        help_text=gettext_lazy("One sentence. Up to 60 characters fit on a phone’s line."),
    )
    link = forms.CharField(
        label=gettext_lazy("Leads to"),
        max_length=600,
        required=False,
        widget=forms.TextInput(attrs={"list": "rd-newest", "autocomplete": "off", "inputmode": "url"}),
        help_text=gettext_lazy(
            "Choose a story or paste an address; leave it empty while there is nothing to read."
        ),
    )
    span = forms.ChoiceField(label=gettext_lazy("Stands for"), widget=forms.RadioSelect, required=False)
    until = forms.DateTimeField(
        label=gettext_lazy("or until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    everywhere = forms.BooleanField(label=gettext_lazy("The whole network"), required=False)
    sites = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sites"),
        queryset=Site.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: Any, flash: Flash | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.flash = user, flash
        fields: dict[str, Any] = self.fields
        fields["span"].choices = [(str(minutes), _span(minutes)) for minutes in SPANS]
        sites = sites_for(user)
        fields["sites"].queryset = sites
        fields["sites"].initial = [site.pk for site in sites]
        self.only = sites[0] if len(sites) == 1 else None
        if not policy.may_at(user, "add", verbs.KIND, None):
            del fields["everywhere"]
        else:
            fields["everywhere"].initial, fields["sites"].initial = True, []
        fields["span"].initial = str(SPANS[1])
        if flash is not None:
            self._show(flash)

    def _show(self, flash: Flash) -> None:
        url = _address_of(flash.story) if flash.story else flash.url
        self.initial = {
            "text": flash.text,
            "link": url,
            "span": "",
            "until": timezone.localtime(flash.ends_at),
        }
        self.initial |= {
            "everywhere": flash.everywhere,
            "sites": list(flash.sites.values_list("pk", flat=True)),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("until") and not cleaned.get("span"):
            self.add_error("span", _("Say until when it stands."))
        return cleaned

    def line(self) -> verbs.Line:
        """What was filled in, for the verb."""
        data = self.cleaned_data
        story, url = target_of(data["link"])
        until = data["until"] or timezone.now() + timedelta(minutes=int(data["span"]))
        chosen = frozenset([self.only.pk] if self.only else (site.pk for site in data["sites"]))
        return verbs.Line(data["text"], until, None if data.get("everywhere") else chosen, story, url)


def _span(minutes: int) -> str:
    if minutes < 60:  # noqa: PLR2004  # an hour
        return str(ngettext_lazy("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return str(ngettext_lazy("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60})


def sites_for(user: Any) -> QuerySet[Site]:
    """The sites over whose pages the user may put a flash."""
    keys = policy.sites_where(user, "add", verbs.KIND)
    if keys is None:
        return Site.objects.all()
    return Site.objects.filter(pk__in=[key for key in keys if policy.may_at(user, "add", verbs.KIND, [key])])


def target_of(address: str) -> tuple[Story | None, str]:
    """The story of the network at an address, so that the link follows it; else the address itself."""
    address = address.strip()
    row = linked.address_at(address)
    return (row.story, "") if row else (None, address)


def _address_of(story: Story) -> str:
    row = story.addresses.filter(current=True, site_id=story.site_id).first()
    return f"{story.site.origin}{story.site.base}{row.path}" if row else ""


def _newest(user: Any) -> list[tuple[str, str]]:
    """Addresses and headlines of the newest stories that the user sees, for the link's list."""
    live = policy.scope(user, Story.objects.all()).filter(live=True, withdrawn_at__isnull=True)
    newest = list(live.order_by("-published_at", "-id").values_list("pk", flat=True)[:OFFERED])
    rows = Address.objects.filter(story__in=newest, current=True, site_id=F("story__site_id"))
    found = rows.select_related("site").prefetch_related("site__hosts").order_by("-story__published_at")
    names = dict(Story.objects.filter(pk__in=newest).values_list("pk", "headline"))
    return [(f"{row.site.origin}{row.site.base}{row.path}", names[row.story_id]) for row in found]


def _shown(user: Any) -> dict[str, Any]:
    """The flashes that the user sees: what runs, and what ended last."""
    seen = policy.scope(user, Flash.objects.all()).select_related("author", "story").defer("story__body")
    seen = seen.prefetch_related("sites")
    running = list(seen.filter(ended_at__isnull=True)[:RUNNING])
    for flash in running:
        flash.may_change = policy.may(user, "change", flash)  # type: ignore[attr-defined]  # for the template
    return {
        "running": running,
        "ended": list(seen.filter(ended_at__isnull=False).order_by("-ended_at")[:ENDED]),
    }


def _room(request: HttpRequest, form: FlashForm | None, flash: Flash | None = None) -> HttpResponse:
    context = {
        "form": form,
        "flash": flash,
        "newest": _newest(request.user) if form else [],
        **_shown(request.user),
    }
    return TemplateResponse(request, "desk/flashes.html", context)


def room(request: HttpRequest) -> HttpResponse:
    """What runs, and the form for a new flash; who may file none sees the list alone."""
    if not policy.may_any(request.user, "add", verbs.KIND):
        if request.method == "POST":
            raise PermissionDenied
        return _room(request, None)
    form = FlashForm(request.POST or None, user=request.user, initial=_prefilled(request))
    if request.method == "POST" and _done(form, verbs.file):
        messages.success(request, _("The flash is over the pages."))
        return redirect("desk_flashes:room")
    return _room(request, form)


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """The form with a story's headline and address, for who comes from the story."""
    key = request.GET.get("berita", "")
    story = (
        policy.scope(request.user, Story.objects.all()).filter(pk=key).first() if key.isdecimal() else None
    )
    return {"text": story.headline[:140], "link": _address_of(story)} if story else {}


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a running flash."""
    flash = get_object_or_404(Flash, pk=pk)
    form = FlashForm(request.POST or None, user=request.user, flash=flash)
    if request.method == "POST" and _done(form, partial(verbs.change, flash)):
        messages.success(request, _("Changed."))
        return redirect("desk_flashes:room")
    return _room(request, form, flash)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a flash away."""
    try:
        with transaction.atomic():
            verbs.end(get_object_or_404(Flash, pk=pk), request.user)  # type: ignore[arg-type]  # the gate lets staff pass only
    except WrongStateError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The flash is gone."))
    return redirect("desk_flashes:room")


def _done(form: FlashForm, verb: Callable[[verbs.Line, Any], object]) -> bool:
    """Do a verb with what was filled in; what is wrong or refused is said at the form."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            verb(form.line(), form.user)
    except (WrongStateError, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def urls() -> list[Any]:
    """The addresses of the screen, with their rules at the gate."""
    gate.guard_kind(Flash, "desk_flashes:room", get="see", post="add")
    gate.guard(Flash, "desk_flashes:edit", get="change", post="change")
    gate.guard(Flash, "desk_flashes:end", get="change", post="change")
    return [
        path("", room, name="room"),
        path("<int:pk>/", edit, name="edit"),
        path("<int:pk>/akhiri/", end, name="end"),
    ]
