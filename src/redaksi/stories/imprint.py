"""What a site says about itself, from record to copy: its static pages, and who makes it.

The editorial team is the list of staff as the rights have it, so it can't be out of date: somebody is named in the highest role
that they hold at the site, unless their grant says that they are not to be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import F, Q

from redaksi.network.models import Grant
from redaksi.stories.copy import PageCopy, TeamMember
from redaksi.stories.models import Contributor, StaticPage

#: In the order in which readers are told.
ROLES = tuple(
    Grant.Role(role) for role in ("network_manager", "site_manager", "editor", "photo_editor", "reporter")
)
#: More people than a newsroom has.
MOST_NAMED = 2000


def pages(site_id: int) -> tuple[PageCopy, ...]:
    """The site's static pages, in the footer's order. One query."""
    found = list(StaticPage.objects.filter(site_id=site_id).order_by("order", "id"))
    taken = {page.slug for page in found}
    copies = []
    for page in found:
        former = tuple(slug for slug in page.former_slugs if slug not in taken)
        taken.update(former)
        copies.append(PageCopy(page.pk, page.kind, page.title, page.slug, page.body, page.in_footer, former))
    return tuple(copies)


def team(site_id: int) -> tuple[tuple[str, tuple[TeamMember, ...]], ...]:
    """Who makes the site: each role that somebody holds, with those who hold it, by name. Two queries."""
    here = Grant.objects.filter(Q(site_id=site_id) | Q(site__isnull=True), listed=True, user__is_active=True)
    rank = {role.value: place for place, role in enumerate(ROLES)}
    held: dict[int, list[Grant]] = defaultdict(list)
    for grant in here.select_related("user", "section").order_by("pk")[:MOST_NAMED]:
        held[grant.user_id].append(grant)
    bylines = _bylines(site_id, held)
    groups: dict[str, list[TeamMember]] = defaultdict(list)
    for grants in held.values():
        highest = min(grants, key=lambda grant: rank[grant.role])
        same = [grant for grant in grants if grant.role == highest.role]
        titles = [grant.title for grant in grants if grant.title]
        sections = [grant.section.name for grant in same if grant.section]
        note = titles[0] if titles else ", ".join(sections)
        groups[highest.role].append(TeamMember(_name(highest.user), note, tuple(bylines[highest.user_id])))
    return tuple(
        (role.value, tuple(sorted(groups[role.value], key=lambda one: one.name.casefold())))
        for role in ROLES
        if role.value in groups
    )


def _bylines(site_id: int, users: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """As whom these people are credited on a site, by their keys: the site's own contributors first."""
    theirs = Contributor.objects.filter(Q(site_id=site_id) | Q(site__isnull=True), user__in=list(users))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for user, key, slug in theirs.order_by(F("site").asc(nulls_last=True), "pk").values_list(
        "user", "pk", "slug"
    ):
        found[user].append((key, slug))
    return found


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
