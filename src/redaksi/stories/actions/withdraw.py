"""Withdraw: take a story down for good, with its reason in public. Its address answers that from then on.

Source: Dewan Pers, Pedoman Pemberitaan Media Siber, point 5: a withdrawal must say why, to the public.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.outbox import box
from redaksi.stories import search
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Story


@transaction.atomic
def withdraw(story: Story, reason: str, by: By, *, at: datetime | None = None) -> None:
    """Withdraw a published story; ``at`` is when that was done elsewhere, for one that is brought in.

    Raises:
        WrongStateError: readers don't have it, or no reason is given.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if not row.site_has_it:
        raise WrongStateError(_("Only a published story can be withdrawn."))
    if not reason.strip():
        raise WrongStateError(_("Readers must be told why: give the reason."))
    facts = {
        "withdrawn_at": at or timezone.now(),
        "withdrawal_reason": reason.strip(),
        "live": False,
        "has_unpublished_changes": True,
        "go_live_at": None,
        "verifying_since": None,
        "verifying_note": "",
        "edition": next_edition(row),
    }
    Story.objects.filter(pk=row.pk).update(**facts)
    row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    row.refresh_from_db()
    search.index(row)
    log(row, "redaksi.withdraw", user=by, data={"reason": reason.strip()})
    box.put("story", row.pk)
    for name, value in facts.items():
        setattr(story, name, value)
