"""Signing in at the desk, and Django's and Wagtail's own permission questions answered from the grants.

Wagtail asks model permissions for its menus and buttons ("stories.change_story"). They are answered by the same policy that
decides about a single thing, so that there is no second list of rights.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from redaksi.network import policy, rights

_VERBS: dict[str, policy.Verb] = {
    "view": "see", "add": "add", "change": "change", "delete": "delete", "publish": "publish", "choose": "choose",
}  # fmt: skip


class GrantBackend(ModelBackend):
    """Accounts as Django keeps them, rights from the grants."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active:
            return False
        if perm == "wagtailadmin.access_admin":
            return policy.is_staff(user_obj)
        app, _, code = perm.partition(".")
        action, _, model = code.partition("_")
        verb = _VERBS.get(action)
        return verb is not None and policy.may_any(user_obj, verb, f"{app}.{model}")

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(
            kind.startswith(f"{app_label}.") and policy.may_any(user_obj, "see", kind)
            for kind in rights.KINDS
        )

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        found = {
            f"{app}.{action}_{model}"
            for kind in rights.KINDS
            for app, model in [kind.split(".")]
            for action, verb in _VERBS.items()
            if policy.may_any(user_obj, verb, kind)
        }
        return found | ({"wagtailadmin.access_admin"} if policy.is_staff(user_obj) else set())
