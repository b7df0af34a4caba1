"""Wagtail's permission questions, answered by the network's policy, so that there is one list of rights.

Wagtail asks a "permission policy" object a model whether to show a button, a menu or a list. This one only translates; the
gate and :mod:`redaksi.network.policy` decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from redaksi.network import policy
from redaksi.network.models import Group, Host, Section, Site
from redaksi.network.rights import rights_on
from redaksi.photos.models import Photo
from redaksi.stories.models import CarryRule, Contributor, Flash, StaticPage, Story, Topic

VERBS: dict[str, policy.Verb] = {
    "view": "see",
    "choose": "choose",
    "add": "add",
    "change": "change",
    "delete": "delete",
    "publish": "publish",
    "lock": "change",
    "unlock": "publish",
}
WALLED: tuple[type[Model], ...] = (
    Story, Topic, Contributor, Photo, Site, Section, Host, Group, Flash, StaticPage, CarryRule,
)  # fmt: skip


class WalledPolicy(BasePermissionPolicy):
    """One model's rights, as Wagtail asks for them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        verb = VERBS.get(action)
        return verb is not None and policy.may_any(user, verb, self.model._meta.label_lower)  # noqa: SLF001  # Django's documented model API

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        verb = VERBS.get(action)
        return verb is not None and policy.may(user, verb, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        verbs = {VERBS[action] for action in actions if action in VERBS}
        parts = [policy.scope(user, self.model._default_manager.all(), verb) for verb in sorted(verbs)]  # noqa: SLF001
        return reduce(or_, parts) if parts else self.model._default_manager.none()  # noqa: SLF001

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Who may do one of these to some thing; Wagtail asks it for filters by user."""
        rules = rights_on(self.model._meta.label_lower).roles  # noqa: SLF001
        roles = {role for action in actions if action in VERBS for role in rules.get(VERBS[action], ())}
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(Q(is_superuser=True) | Q(grants__role__in=roles)).distinct()

    def collections_user_has_any_permission_for(
        self, _user: Any, _actions: Iterable[str]
    ) -> QuerySet[Collection]:
        """Photos are parted by site, not by Wagtail's collections: there is only the root."""
        return Collection.objects.filter(depth=1)

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        return self.collections_user_has_any_permission_for(user, [action])


def register() -> None:
    """Put our policies in the place of Wagtail's, whichever comes first: the one for the exact class wins."""
    for model in WALLED:
        register_permission_policy(model, WalledPolicy(model), exact_class=True)
