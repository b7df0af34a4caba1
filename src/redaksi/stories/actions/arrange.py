"""Arrange: a new edition of a site's front; and the clock's own verb, which ends pins whose time has come.

Every edition stays, with who made it and when. What is asked for is held against bounds and walls here, whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.outbox import box
from redaksi.stories import arrangement
from redaksi.stories.actions.terms import By
from redaksi.stories.arrangement import ArrangementError, Pin, Strip
from redaksi.stories.models import Front, Story, Topic


def may_arrange(by: By, site: Site) -> bool:
    """Whether someone may arrange a site's front: who may publish anything there, in whatever section."""
    return by is None or policy.may(by, "publish", Front(site=site))


@transaction.atomic
def arrange(
    site: Site, strips: Sequence[Strip], by: By, *, at: datetime | None = None, author: User | None = None
) -> Front:
    """Give a site a new front.

    Args:
        site: whose front.
        strips: from top to bottom; none at all gives the site back the front that it has by itself.
        by: who arranges.
        at: since when it stands, for one that is brought in; now if left out.
        author: who made one that is brought in.

    Raises:
        PermissionDenied: ``by`` may not arrange this site's front.
        ArrangementError: a bound is passed, or a strip names something that isn't there or stands behind a wall.
    """
    if not may_arrange(by, site):
        raise PermissionDenied(_("You may not arrange the front of this site."))
    now = at or timezone.now()
    strips = tidy(strips, now)
    check(site, strips, by)
    Front.objects.filter(site=site, next_due_at__isnull=False).update(next_due_at=None)
    edition = Front.objects.create(
        site=site,
        at=now,
        author=author or by,
        strips=arrangement.to_json(strips),
        next_due_at=next_end(strips, now),
    )
    box.put("front", site.pk)
    return edition


def tidy(strips: Iterable[Strip], now: datetime) -> tuple[Strip, ...]:
    """Strips in shapes that go with their rules, without pins that are over or stand beyond the last place."""
    return tuple(arrangement.fitting(replace(strip, slots=_kept(strip, now))) for strip in strips)


def _kept(strip: Strip, now: datetime) -> tuple[Pin | None, ...]:
    slots = [
        pin if pin and (pin.until is None or pin.until > now) else None for pin in strip.slots[: strip.count]
    ]
    while slots and slots[-1] is None:
        slots.pop()
    return tuple(slots)


def next_end(strips: Iterable[Strip], now: datetime) -> datetime | None:
    """When the next pin ends."""
    return min(
        (pin.until for strip in strips for pin in strip.pins if pin.until and pin.until > now), default=None
    )


def check(site: Site, strips: Sequence[Strip], by: By) -> None:
    """Refuse what can't be a front.

    Raises:
        ArrangementError: see :func:`arrange`.
    """
    if len(strips) > arrangement.MOST_STRIPS:
        raise ArrangementError(_("A front has at most %(most)d strips.") % {"most": arrangement.MOST_STRIPS})
    if sum(strip.count for strip in strips) > arrangement.MOST_TOGETHER:
        raise ArrangementError(
            _("A front has at most %(most)d places in all its strips.") % {"most": arrangement.MOST_TOGETHER}
        )
    for number, strip in enumerate(strips, 1):
        if not 1 <= strip.count <= arrangement.MOST_PLACES or len(strip.heading) > arrangement.MOST_HEADING:
            raise ArrangementError(
                _("Strip %(number)d: at most %(most)d places, and a short heading.")
                % {"number": number, "most": arrangement.MOST_PLACES}
            )
    _check_things(site, strips)
    _check_pins(site, strips, by)


def _check_things(site: Site, strips: Sequence[Strip]) -> None:
    """A section is the site's own, a topic its own or the network's, another site one of its group."""
    topics = Topic.objects.filter(Q(site_id=None) | Q(site=site))
    within: dict[str, tuple[QuerySet[Any], str]] = {
        "section": (Section.objects.filter(site=site), _("it names a section that isn't the site's.")),
        "topic": (topics, _("it names a topic that isn't there for this site.")),
        "site": (
            Site.objects.filter(group_id=site.group_id).exclude(pk=site.pk),
            _("it names no other site of the network."),
        ),
    }
    for rule, (things, sentence) in within.items():
        keys = {strip.of for strip in strips if strip.rule == rule}
        known = set(things.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        for number, strip in enumerate(strips, 1):
            if strip.rule == rule and strip.of not in known:
                raise ArrangementError(_("Strip %(number)d: ") % {"number": number} + sentence)


def _check_pins(site: Site, strips: Sequence[Strip], by: By) -> None:
    """Stories that the arranger may choose, and those that are pinned already: they may stay where they are."""
    keys = list(arrangement.pinned_stories(strips))
    if len(keys) != len(set(keys)):
        raise ArrangementError(_("A story can be pinned in one place only."))
    edition = Front.objects.filter(site=site).order_by("-at", "-id").first()
    standing = set(arrangement.pinned_stories(arrangement.from_json(edition.strips))) if edition else set()
    new = set(keys) - standing
    stories = Story.objects.filter(pk__in=new)
    allowed = stories if by is None else policy.scope(by, stories, "choose")
    if new - set(allowed.values_list("pk", flat=True)):
        raise ArrangementError(_("A pinned story isn't there, or you may not choose it."))


def end_pins() -> int:
    """Have the fronts printed on which a pin has come to its end. One index look-up when none has.

    Returns:
        How many fronts.
    """
    now = timezone.now()
    due = list(
        Front.objects.filter(next_due_at__lte=now).order_by("next_due_at").values_list("pk", flat=True)[:200]
    )
    return sum(_end_pins_of(pk, now) for pk in due)


@transaction.atomic
def _end_pins_of(pk: int, now: datetime) -> bool:
    edition = Front.objects.select_for_update().filter(pk=pk, next_due_at__lte=now).first()
    if edition is None:
        return False  # another edition took its place in this moment
    edition.next_due_at = next_end(arrangement.from_json(edition.strips), now)
    edition.save(update_fields=["next_due_at"])
    box.put("front", edition.site_id)
    return True
