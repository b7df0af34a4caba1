"""Who may do what to which thing: the one reader of the grants, and the only place where a right is decided.

A right is asked as ``may(user, verb, thing)``; a list as ``scope(user, queryset)``. The thing tells where it belongs by its
own columns: ``site_id`` (None: the whole network's), ``section_id``, ``owner_id``. Superusers run the machine and may do
everything. Which role may do what to which kind of thing is told by the part that owns it (:mod:`redaksi.network.rights`).
Grants of a user are read once a request (they are kept on the user object), so a question costs no query.

What a role may do, in order from narrow to wide:

1. reporter: sees the site's published stories and own drafts; writes and submits own ones; uploads photos.
2. photo editor: as a reporter, and changes every photo of the site.
3. editor: everything with stories, topics and contributors of the site; a section in the grant narrows *changing* to it.
4. site manager: as an editor, and the site's settings, sections and staff.
5. network manager: as a site manager of every site, and what belongs to the network as a whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, Q, QuerySet

from redaksi.network import rights
from redaksi.network.models import Grant, Site
from redaksi.network.rights import rights_on

Verb = rights.Verb
User = AbstractBaseUser | AnonymousUser
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Held:
    """One grant as plain data."""

    role: str
    site_id: int | None
    section_id: int | None

    def reaches(self, site_id: int | None, section_id: int | None) -> bool:
        """Whether the grant covers a thing of this site and section."""
        if self.site_id is None:
            return True
        return self.site_id == site_id and self.section_id in (None, section_id)


def grants_of(user: User) -> tuple[Held, ...]:
    """What the user holds, read once for each user object (that is: once a request)."""
    held: tuple[Held, ...] | None = getattr(user, "_redaksi_grants", None)
    if held is None:
        rows = (
            Grant.objects.filter(user_id=user.pk).values_list("role", "site_id", "section_id")
            if user.pk
            else ()
        )
        held = tuple(Held(*row) for row in rows)
        user._redaksi_grants = held  # type: ignore[union-attr]  # noqa: SLF001  # kept beside the user, as Django keeps its own permission caches
    return held


def is_staff(user: User) -> bool:
    """Whether the user works anywhere in the network (and so may enter the desk)."""
    return bool(user.is_active and (getattr(user, "is_superuser", False) or grants_of(user)))


def may(user: User, verb: Verb, thing: Model) -> bool:
    """Whether ``user`` may do ``verb`` to this very thing.

    A thing that isn't saved yet is asked with the site and section that it is about to have.
    """
    if not user.is_active:
        return False
    if getattr(user, "is_superuser", False):
        return True
    kind = thing._meta.label_lower  # noqa: SLF001  # Django's documented model API
    if rights_on(kind).spread:
        return may_at(user, verb, kind, places_of(thing))
    if rights_on(kind).published and verb == "choose" and not getattr(thing, "live", False):
        verb = "see"  # a draft is chosen only by who may read it
    site_id, section_id = _place(thing)
    roles = rights_on(kind).roles.get(verb, frozenset())
    narrow = section_id if verb not in {"see", "choose"} else None
    for held in grants_of(user):
        if held.role in roles and _reaches(held, verb, site_id, narrow):
            return True
    return _owner_may(user, verb, thing, kind, site_id)


def may_at(user: User, verb: Verb, kind: str, site_ids: Collection[int] | None) -> bool:
    """Whether the user may do ``verb`` to a thing of this kind that stands at these sites; None stands for the whole network.

    Seeing it takes a right at one of them, everything else one at each. A thing that stands nowhere is the network's.
    """
    if not user.is_active:
        return False
    if getattr(user, "is_superuser", False):
        return True
    roles = rights_on(kind).roles.get(verb, frozenset())
    held = [grant for grant in grants_of(user) if grant.role in roles]
    places: Collection[int | None] = site_ids or [None]
    enough = any if verb in {"see", "choose"} else all
    return enough(any(_reaches(grant, verb, place, None) for grant in held) for place in places)


def places_of(thing: Any) -> list[int] | None:
    """The sites at which a spread thing stands; None for the whole network."""
    if thing.everywhere or not thing.pk:
        return None
    return list(thing.sites.values_list("pk", flat=True))


def may_any(user: User, verb: Verb, kind: str) -> bool:
    """Whether there can be a thing of this kind to which the user may do ``verb`` (for menus and buttons)."""
    if not user.is_active:
        return False
    if getattr(user, "is_superuser", False):
        return True
    roles = rights_on(kind).roles.get(verb, frozenset())
    own = verb in rights_on(kind).own
    return any(held.role in roles or own for held in grants_of(user))


def sites_where(user: User, verb: Verb, kind: str) -> list[int] | None:
    """The ids of the sites where the user's role allows ``verb`` on ``kind``; None means every site."""
    if getattr(user, "is_superuser", False) and user.is_active:
        return None
    roles = rights_on(kind).roles.get(verb, frozenset())
    held = [grant for grant in grants_of(user) if user.is_active and grant.role in roles]
    if any(grant.site_id is None for grant in held):
        return None
    return sorted({grant.site_id for grant in held if grant.site_id is not None})


def my_sites(user: User) -> QuerySet[Site]:
    """The sites where the user works."""
    return scope(user, Site.objects.all())


def scope(user: User, queryset: QuerySet[M], verb: Verb = "see") -> QuerySet[M]:
    """The part of ``queryset`` to which the user may do ``verb``.

    Args:
        user: who asks.
        queryset: things of one model; it need not be filtered yet.
        verb: "see" for lists and search, "choose" for choosers.
    """
    model = queryset.model
    kind = model._meta.label_lower  # noqa: SLF001  # Django's documented model API
    sites = sites_where(user, verb, kind)
    if sites is None:
        return queryset
    if not user.is_active or not grants_of(user):
        return queryset.none()
    if rights_on(kind).spread:
        return _spread_within(queryset, verb, sites)
    columns = {field.name for field in model._meta.get_fields()}  # noqa: SLF001  # as above
    if "site" not in columns and kind != "network.site":
        return queryset.none()  # the whole network's, and the user holds nothing that wide
    return queryset.filter(_within(user, verb, kind, sites, columns))


def _spread_within(queryset: QuerySet[M], verb: Verb, sites: list[int]) -> QuerySet[M]:
    at_one = queryset.model._default_manager.filter(sites__in=sites).values("pk")  # noqa: SLF001  # as above
    if verb in {"see", "choose"}:
        return queryset.filter(Q(everywhere=True) | Q(pk__in=at_one))
    beyond = Site.objects.exclude(pk__in=sites).values("pk")
    elsewhere = queryset.model._default_manager.filter(sites__in=beyond).values("pk")  # noqa: SLF001  # as above
    return queryset.filter(everywhere=False, pk__in=at_one).exclude(pk__in=elsewhere)


def _within(user: User, verb: Verb, kind: str, sites: list[int], columns: set[str]) -> Q:
    if kind == "network.site":
        return Q(pk__in=sites)
    allowed = Q(site_id__in=sites)
    mine = sorted({held.site_id for held in grants_of(user) if held.site_id is not None})
    if verb in {"see", "choose"} and rights_on(kind).shared:
        allowed |= Q(site_id__isnull=True)
    wide = set(mine) <= set(sites)  # sees everything of every own site: nothing to add, and one index answers
    if not wide and "owner" in columns and verb in rights_on(kind).own:
        allowed |= Q(owner_id=user.pk, site_id__in=mine)
    if not wide and rights_on(kind).published and verb == "see":
        allowed |= Q(site_id__in=mine, live=True)
    if rights_on(kind).published and verb == "choose":
        seen = sites_where(user, "see", kind) or []
        allowed &= Q(live=True) | Q(owner_id=user.pk) | Q(site_id__in=seen)
    return allowed


def _reaches(held: Held, verb: Verb, site_id: int | None, section_id: int | None) -> bool:
    if site_id is None:
        return held.site_id is None or verb in {"see", "choose"}
    if section_id is None and verb in {"see", "choose"}:
        return held.site_id in (None, site_id)
    return held.reaches(site_id, section_id)


def _owner_may(user: User, verb: Verb, thing: Model, kind: str, site_id: int | None) -> bool:
    works_there = any(held.site_id in (None, site_id) for held in grants_of(user))
    if not works_there:
        return False
    live = getattr(thing, "live", False)
    if rights_on(kind).published and live and verb in {"see", "choose"}:
        return True
    if verb not in rights_on(kind).own or getattr(thing, "owner_id", None) != user.pk:
        return False
    return verb == "see" or not live


def _place(thing: Model) -> tuple[int | None, int | None]:
    """The site and section to which a thing belongs."""
    kind = thing._meta.label_lower  # noqa: SLF001  # Django's documented model API
    if kind == "network.site":
        return thing.pk, None
    section_id = thing.pk if kind == "network.section" else getattr(thing, "section_id", None)
    return getattr(thing, "site_id", None), section_id
