"""The desk's menu and the sidebar's search: the trade's words, in the order of the day, and nothing of the CMS."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from redaksi.network import policy


class Item(MenuItem):
    """A menu item that is shown to who may do ``verb`` to things of ``kind``."""

    def __init__(
        self, word: str | Promise, url: str, *, order: int, icon: str, verb: policy.Verb, kind: str
    ) -> None:
        super().__init__(word, url, name=icon, icon_name=icon, order=order)
        self.verb, self.kind = verb, kind

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may_any(request.user, self.verb, self.kind)


def items() -> list[MenuItem]:
    """Every item, in order."""
    return [
        MenuItem(
            pgettext_lazy("menu", "Work"),
            reverse("wagtailadmin_home"),
            name="work",
            icon_name="home",
            order=10,
        ),
        Item(
            pgettext_lazy("menu", "Stories"),
            reverse("desk_story:list"),
            order=20,
            icon="doc-full",
            verb="see",
            kind="stories.story",
        ),
        Item(
            pgettext_lazy("menu", "Photos"),
            reverse("desk_photos:index"),
            order=30,
            icon="image",
            verb="see",
            kind="photos.photo",
        ),
        Item(
            pgettext_lazy("menu", "Topics"),
            reverse("desk_topics:index"),
            order=40,
            icon="tag",
            verb="see",
            kind="stories.topic",
        ),
        Item(
            pgettext_lazy("menu", "Names"),
            reverse("desk_contributors:index"),
            order=50,
            icon="user",
            verb="see",
            kind="stories.contributor",
        ),
        Item(
            pgettext_lazy("menu", "Sections & sites"),
            reverse("desk_sites:index"),
            order=60,
            icon="site",
            verb="change",
            kind="network.site",
        ),
        Item(
            pgettext_lazy("menu", "Staff"),
            reverse("desk_staff:index"),
            order=70,
            icon="group",
            verb="add",
            kind="network.grant",
        ),
    ]


def construct(request: HttpRequest, menu_items: list[Any]) -> None:
    """Put our items in the place of all others."""
    menu_items[:] = [item for item in items() if item.is_shown(request)]


def construct_search(_request: HttpRequest, areas: list[Any]) -> None:
    """The sidebar's search looks for stories."""
    areas[:] = [
        SearchArea(
            pgettext_lazy("menu", "Stories"), reverse("desk_story:list"), name="stories", icon_name="doc-full"
        )
    ]
