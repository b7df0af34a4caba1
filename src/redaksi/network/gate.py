"""The gate: middleware in front of every address of the desk, which denies by default.

Wagtail has no walls between sites, and its generic views don't ask about the very thing that they show. So each address is
asked here, before its view runs: the name of the address leads to a rule, the rule to the thing and the verb, and
:mod:`redaksi.network.policy` decides. An address without a rule is closed to everyone but superusers, so a view that a new
version of a library brings along is closed until someone says what it is.

Parts above register their rules (``redaksi.desk.walls`` those of Wagtail's own addresses). What a person may not see
answers 404, as if it didn't exist; what they see and may not change answers 403; who isn't signed in is sent to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from django.contrib.admin.utils import unquote as unquote_key
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from redaksi.network import policy

#: Raises Http404 or PermissionDenied where the request may not pass.
Rule = Callable[[HttpRequest, dict[str, Any]], None]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: The desk's forms use no other method (RFC 9110, 9.3), so no other one reaches a view.
METHODS = SAFE | {"POST"}
#: Things that one request may name; a larger one is refused.
MOST_KEYS = 1000
#: Columns by which the policy decides; nothing else of a thing is read for it.
_DECIDING = ("site", "section", "owner", "live", "user", "everywhere")
_rules: dict[str, Rule] = {}
_for_anyone: set[str] = set()


def open_to_anyone(*names: str) -> None:
    """These addresses answer without signing in (the sign-in page, its pictures and scripts)."""
    _for_anyone.update(names)


def open_to_staff(*names: str) -> None:
    """These addresses show nothing but the user's own, or scope what they show by themselves."""
    guard_with(_pass, *names)


def guard_kind(
    model: type[Model], *names: str, get: policy.Verb = "see", post: policy.Verb = "change"
) -> None:
    """Lists and empty forms: open to who may do the verb to some thing of this model, in whatever site.

    The view behind scopes its list, and its form takes only sites where the verb is allowed.
    """
    kind = model._meta.label_lower  # noqa: SLF001  # Django's documented model API

    def rule(request: HttpRequest, _kwargs: dict[str, Any]) -> None:
        if not policy.may_any(request.user, get, kind):
            raise Http404
        if request.method not in SAFE and not policy.may_any(request.user, post, kind):
            raise PermissionDenied

    guard_with(rule, *names)


def guard(
    model: type[Model],
    *names: str,
    key: str = "pk",
    get: policy.Verb = "see",
    post: policy.Verb = "change",
) -> None:
    """Addresses that carry the key of one thing.

    Args:
        model: what kind of thing.
        names: names of the addresses, with their namespaces ("wagtailimages:edit").
        key: the name of the key in the address.
        get: what reading the address amounts to.
        post: what any other method amounts to.
    """

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> None:
        require(request, model, kwargs.get(key), get if request.method in SAFE else post)

    guard_with(rule, *names)


def guard_with(rule: Rule, *names: str) -> None:
    """Addresses with a rule of their own.

    Raises:
        ValueError: an address has a rule already; two rules for one address would hide one of them.
    """
    for name in names:
        if name in _rules:
            message = f"the address {name!r} has a rule already"
            raise ValueError(message)
        _rules[name] = rule


def require(request: HttpRequest, model: type[Model], key: Any, verb: policy.Verb) -> None:
    """Let the request pass if its user may do ``verb`` to the thing with this key.

    Raises:
        Http404: there is no such thing, or the user may not even see it.
        PermissionDenied: the user sees it and may not do that.
    """
    thing = deciding_row(model, key)
    if thing is None or not policy.may(request.user, "see", thing):
        raise Http404
    if verb != "see" and not policy.may(request.user, verb, thing):
        raise PermissionDenied


def require_all(request: HttpRequest, model: type[Model], keys: Iterable[Any], verb: policy.Verb) -> None:
    """:func:`require` for each of several keys (bulk work, several chosen at once); at most :data:`MOST_KEYS`.

    Raises:
        Http404: one of them isn't there or may not be seen, or there are too many.
        PermissionDenied: one of them is seen and may not be touched.
    """
    for count, key in enumerate(keys, 1):
        if count > MOST_KEYS:
            raise Http404
        require(request, model, key, verb)


def deciding_row(model: type[Model], key: Any) -> Model | None:
    """The row with this key, with only the columns by which the policy decides; None when there is none."""
    meta = model._meta  # noqa: SLF001  # Django's documented model API
    columns = [field.name for field in meta.concrete_fields if field.name in _DECIDING]
    try:
        value = meta.pk.to_python(unquote_key(unquote(str(key)))) if meta.pk and key is not None else None
    except (ValidationError, ValueError):
        return None
    if value is None:
        return None
    return model._default_manager.filter(pk=value).only(meta.pk.name if meta.pk else "pk", *columns).first()  # noqa: SLF001


def has_rule(name: str) -> bool:
    """Whether an address is known; one that isn't is closed."""
    return name in _rules or name in _for_anyone


def is_for_anyone(name: str) -> bool:
    """Whether an address answers without signing in."""
    return name in _for_anyone


def _pass(_request: HttpRequest, _kwargs: dict[str, Any]) -> None:
    """Nothing to ask beyond being staff."""


class Gate:
    """The middleware. Stands behind authentication, in front of every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: list[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(sorted(METHODS))
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _for_anyone:
            return None
        user = request.user
        if not user.is_authenticated:
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        if user.is_active and getattr(user, "is_superuser", False):
            return None
        if not policy.is_staff(user):
            raise PermissionDenied
        rule = _rules.get(name)
        if rule is None:
            raise Http404
        rule(request, kwargs)
        return None
