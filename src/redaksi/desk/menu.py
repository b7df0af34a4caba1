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
        self, word: str | Promise, screen: str, *, order: int, icon: str, verb: policy.Verb, kind: str
    ) -> None:
        # The name is the item's own: two of one name would both be lit.
        super().__init__(word, reverse(screen), name=screen.partition(":")[0], icon_name=icon, order=order)
        self.verb, self.kind = verb, kind

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may_any(request.user, self.verb, self.kind)


#: After the work itself: the word, the screen, its icon, and who sees it (verb and kind), in the order of the day.
_SCREENS: tuple[tuple[Promise, str, str, policy.Verb, str], ...] = (
    (pgettext_lazy("menu", "Stories"), "desk_story:list", "doc-full", "see", "stories.story"),
    (pgettext_lazy("menu", "Breaking"), "desk_flashes:room", "warning", "see", "stories.flash"),
    (pgettext_lazy("menu", "Network"), "desk_exchange:room", "redirect", "see", "stories.placement"),
    (pgettext_lazy("menu", "Front pages"), "desk_front:index", "grip", "see", "stories.front"),
    (pgettext_lazy("menu", "Photos"), "desk_photos:index", "image", "see", "photos.photo"),
    (pgettext_lazy("menu", "Topics"), "desk_topics:index", "tag", "see", "stories.topic"),
    (pgettext_lazy("menu", "Names"), "desk_contributors:index", "user", "see", "stories.contributor"),
    (pgettext_lazy("menu", "Sections & sites"), "desk_sites:index", "site", "change", "network.site"),
    (pgettext_lazy("menu", "Staff"), "desk_staff:index", "group", "add", "network.grant"),
)


def items() -> list[MenuItem]:
    """Every item, in order."""
    home = reverse("wagtailadmin_home")
    work = MenuItem(pgettext_lazy("menu", "Work"), home, name="work", icon_name="home", order=10)
    others = [
        Item(word, screen, order=20 + 10 * place, icon=icon, verb=verb, kind=kind)
        for place, (word, screen, icon, verb, kind) in enumerate(_SCREENS)
    ]
    return [work, *others]


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
