"""What each of Wagtail's own addresses is, for the gate; and the walls for the views that are built on Wagtail's.

This is the list to read when a new version of Wagtail is taken: an address that isn't named here, or registered by the
screen that owns it, stays closed. Closed on purpose: the page tree and its choosers, collections, documents, workflows,
reports, groups, Wagtail's own users and sites, its API, the generic bulk actions, the index of snippets.
"""

from __future__ import annotations

from redaksi.network import gate


def register() -> None:
    """Tell the gate. Called once, when the desk's hooks are read."""
    gate.open_to_anyone(
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",  # the icons
        "wagtailadmin_javascript_catalog",  # the interface's words
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    )
    gate.open_to_staff(
        "wagtailadmin_home",
        "wagtailadmin_account",  # one's own profile
        "wagtailadmin_dismissibles",  # one's own "don't show again"
        "wagtailadmin_choose_page_external_link",  # forms without any thing behind them
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_block_preview",  # draws a block from the program's own examples
    )
