"""What each of Wagtail's own addresses is, for the gate.

This is the list to read when a new version of Wagtail is taken: an address that isn't named here, or registered by the
screen that owns it, stays closed. Closed on purpose: the page tree and its choosers, collections, documents, workflows,
reports, groups, Wagtail's own users, sites and image screens, its API, the generic bulk actions, the index of snippets,
tags, asking for a new password by mail (a site manager hands out a link instead).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse_lazy

from redaksi.network import gate


def register() -> None:
    """Tell the gate. Called once, when the desk's hooks are read."""
    gate.open_to_anyone(
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",  # the icons
        "wagtailadmin_javascript_catalog",  # the interface's words
        "wagtailadmin_password_reset_confirm",  # asks for a token that only a manager can hand out
        "wagtailadmin_password_reset_complete",
    )
    gate.open_to_staff(
        "wagtailadmin_home",
        "wagtailadmin_dismissibles",  # one's own "don't show again"
        "wagtailadmin_choose_page_external_link",  # forms without any thing behind them
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_block_preview",  # draws a block from the program's own examples
    )
    gate.guard_with(_own_profile, "wagtailadmin_account")


def _own_profile(request: HttpRequest, _kwargs: dict[str, Any]) -> None:
    """One's own name, language and password; a picture would be an upload that nobody looks at."""
    if request.method == "POST" and request.FILES:
        raise PermissionDenied


def link_without_pages(features: Any) -> None:
    """The link button in a text opens with a web address: there is no page tree to choose from."""
    plugin = features.plugins_by_editor["draftail"][
        "link"
    ]  # get_editor_plugin() would call this hook once more
    plugin.data["chooserUrls"]["pageChooser"] = reverse_lazy("wagtailadmin_choose_page_external_link")
