"""Pickers: a field that finds its thing while one types, instead of a list of thousands.

The value stays in a native ``<select>`` that holds only what is chosen, so the form, autosave and the browser's own history
work as with any field; the script ``desk/picker.js`` puts the search in front of it. What can be found, and what is accepted,
is scoped by the policy.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.functional import Promise

from redaksi.network import policy
from redaksi.stories import linked, search
from redaksi.stories.models import Alias, Contributor, Story, Topic

#: How many things one search offers.
OFFERED = 12
#: Characters of a query that are looked at.
LONGEST = 80


class Picker(forms.Select):
    """Chooses one thing. ``kind`` names the search's address ("topic", "contributor")."""

    template_name = "desk/story/picker.html"
    several = False

    def __init__(self, kind: str = "topic", words: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind, self.words = kind, words

    def chosen(self, value: Any) -> list[tuple[Any, str]]:
        """The chosen things as (key, name), in one query, whatever number there is of them in all."""
        keys = [
            key for key in (value if isinstance(value, (list, tuple)) else [value]) if key not in (None, "")
        ]
        queryset: QuerySet[Any] | None = getattr(self.choices, "queryset", None)
        if not keys or queryset is None:
            return []
        wanted = {str(key): key for key in keys if str(key).isdecimal()}
        found = {str(thing.pk): str(thing) for thing in queryset.filter(pk__in=list(wanted.values()))}
        return [(key, found[key]) for key in wanted if key in found]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        context["widget"] |= {
            "chosen": self.chosen(value),
            "several": self.several,
            "url": str(reverse_lazy("desk_story:find", args=[self.kind])),
            "words": self.words,
        }
        return context

    def format_value(self, value: Any) -> Any:
        return value

    class Media:
        js = ["desk/picker.js"]


class SeveralPicker(Picker, forms.SelectMultiple):
    """Chooses several, in order."""

    several = True


def find(request: HttpRequest, kind: str) -> JsonResponse:
    """What a picker offers: ``q`` is what was typed, ``situs`` the story's site.

    Names that begin with the words come first, other names of topics (aliases) count too.
    """
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    site = request.GET.get("situs", "")
    if kind == "story":
        stories = [
            {"id": one.pk, "name": one.headline, "note": one.site.name}
            for one in _stories(request, request.GET.get("q", "").strip()[:600])
        ]
        return JsonResponse({"found": stories})
    model: type[Topic | Contributor] = Topic if kind == "topic" else Contributor
    things = at_site(request.user, model, int(site) if site.isdecimal() else None)
    offered = _matches(things, text)
    return JsonResponse(
        {"found": [{"id": thing.pk, "name": str(thing), "note": _note(thing)} for thing in offered]}
    )


def _stories(request: HttpRequest, text: str) -> list[Story]:
    """Published stories that the user may choose, the newest or those found; with a pasted address, any that readers have."""
    live = Story.objects.filter(live=True, withdrawn_at__isnull=True).select_related("site").defer("body")
    if text.startswith(("http://", "https://")):
        row = linked.address_at(text)
        return list(live.filter(pk=row.story_id)) if row else []
    mine = policy.scope(request.user, live, "choose")
    if text:
        sites = list(policy.my_sites(request.user).values_list("pk", flat=True))
        mine = mine.filter(pk__in=search.find(text, sites=sites, own=0))
    return list(mine.order_by("-created_at", "-id")[:OFFERED])


def at_site(user: Any, model: Any, site_id: int | None) -> QuerySet[Any]:
    """The things of a site and those of the whole network, as far as the user may choose them."""
    scoped = policy.scope(user, model.objects.all(), "choose")
    return scoped.filter(Q(site_id=site_id) | Q(site_id__isnull=True)) if site_id is not None else scoped


def _matches(things: QuerySet[Any], text: str) -> list[Model]:
    if not text:
        return list(things.order_by("-id")[:OFFERED])
    first = list(things.filter(name__istartswith=text).order_by("name", "id")[:OFFERED])
    if len(first) >= OFFERED:
        return first
    wider = Q(name__icontains=text)
    if things.model is Topic:
        wider |= Q(pk__in=Alias.objects.filter(name__icontains=text).values("topic_id")[:OFFERED])
    rest = things.filter(wider).exclude(pk__in=[thing.pk for thing in first]).order_by("name", "id")
    return [*first, *rest[: OFFERED - len(first)]]


def _note(thing: Any) -> str:
    return str(thing.get_kind_display()) if isinstance(thing, Topic) else ""


def may_choose(user: AbstractBaseUser, queryset: QuerySet[Any], kept: list[Any]) -> QuerySet[Any]:
    """What a field accepts: what the user may choose, and what the story has already.

    A story can hold a thing of another site (it was taken over); saving it must not throw that away.
    """
    scoped = policy.scope(user, queryset, "choose")
    return queryset.filter(Q(pk__in=scoped.values("pk")) | Q(pk__in=kept)) if kept else scoped
