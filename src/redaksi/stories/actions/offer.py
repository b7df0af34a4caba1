"""Offer and claim: a desk holds out a published story, or the plan of one; another takes it, and both see that.

An offer is seen by the sites that are invited and by nobody else. A story may be taken by each of them; a plan is for one
desk, and the first claim wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.stories.actions.place import Words, take
from redaksi.stories.actions.terms import By, WrongStateError, require
from redaksi.stories.models import Invitation, Offer, Story


@dataclass(frozen=True, slots=True)
class Plan:
    """What is offered before it is written."""

    title: str
    text: str = ""
    due_at: datetime | None = None


@transaction.atomic
def offer_story(story: Story, to: Iterable[Site], by: By, text: str = "") -> Offer:
    """Offer a published story to other sites.

    Raises:
        WrongStateError: readers don't have it, or nobody is invited.
    """
    require(by, "publish", story)
    if not story.site_has_it:
        raise WrongStateError(_("Only a published story can be offered. Offer a plan instead."))
    return _offer(Offer(site=story.site, story=story, title=story.headline, text=text.strip(), by=by), to)


@transaction.atomic
def offer_plan(site: Site, plan: Plan, to: Iterable[Site], by: By) -> Offer:
    """Offer a plan to other sites.

    Raises:
        PermissionDenied: ``by`` may not speak for the site.
        WrongStateError: nobody is invited, or the plan has no title.
    """
    made = Offer(site=site, title=plan.title.strip(), text=plan.text.strip(), due_at=plan.due_at, by=by)
    if by is not None and not policy.may(by, "add", made):
        raise PermissionDenied(_("You may not do that at this site."))
    if not made.title:
        raise WrongStateError(_("Say what it is about."))
    return _offer(made, to)


def _offer(made: Offer, to: Iterable[Site]) -> Offer:
    sites = {site.pk for site in to} - {made.site_id}
    if not sites:
        raise WrongStateError(_("Choose at least one site."))
    made.at = timezone.now()
    made.save()
    Invitation.objects.bulk_create(
        [Invitation(offer=made, site_id=pk, at=made.at) for pk in sorted(sites)], batch_size=500
    )
    return made


@transaction.atomic
def claim(invitation: Invitation, by: By, section: Section | None = None, words: Words | None = None) -> None:
    """Take what was offered to one's site: a story is placed in ``section``, a plan is reserved.

    Raises:
        PermissionDenied: ``by`` may not take things for that site or section.
        WrongStateError: the offer is closed, another desk has the plan, or the story can't be placed.
    """
    if by is not None and not policy.may(by, "change", invitation):
        raise PermissionDenied(_("You may not do that at this site."))
    held = Offer.objects.select_for_update(of=("self",)).get(pk=invitation.offer_id)
    if held.closed_at is not None:
        raise WrongStateError(_("The offer is closed."))
    taken = held.invitations.filter(claimed_at__isnull=False).select_related("site").first()
    if held.story is None and taken is not None:
        raise WrongStateError(_("%(site)s was first: the plan is theirs.") % {"site": taken.site})
    if held.story is not None:
        if section is None or section.site_id != invitation.site_id:
            raise WrongStateError(_("Choose a section of your site."))
        take(held.story, section, by, words)
    held.invitations.filter(pk=invitation.pk).update(claimed_at=timezone.now(), claimed_by=by)


@transaction.atomic
def close(offer: Offer, by: By) -> None:
    """Take an offer back. What was claimed stays claimed.

    Raises:
        PermissionDenied: it is another site's.
    """
    if by is not None and not policy.may(by, "change", offer):
        raise PermissionDenied(_("You may not do that at this site."))
    Offer.objects.filter(pk=offer.pk, closed_at=None).update(closed_at=timezone.now())
