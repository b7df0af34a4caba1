"""Verify: readers are told that something in a story is still being verified; settle: that is over, with a correction or without.

Source: Dewan Pers, Pedoman Pemberitaan Media Siber, point 2: news that is not verified yet must say so, and must say so no longer
when it is.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.outbox import box
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Correction, Story


@transaction.atomic
def verify(story: Story, note: str, by: By, *, at: datetime | None = None) -> None:
    """Say what is still being verified. On a story that isn't published yet it stands there when it is.

    Args:
        story: a draft, or what readers have.
        note: what isn't certain yet, for readers.
        by: who says so.
        at: since when, for a story that is brought in; now if left out. Said anew, the first time stays.

    Raises:
        WrongStateError: the story was taken down, or nothing is said.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if row.published_at is not None and not row.site_has_it:
        raise WrongStateError(_("The story was taken down: there is nothing to verify for readers."))
    if not note.strip():
        raise WrongStateError(_("Tell readers what is still being verified."))
    now = at or timezone.now()
    _set(story, row, row.verifying_since or now, note.strip(), now)
    log(row, "redaksi.verify", user=by, data={"note": note.strip()})


@transaction.atomic
def settle(story: Story, by: By, *, correction: str = "", at: datetime | None = None) -> Correction | None:
    """Everything is verified: the notice goes. What turned out otherwise is told in a correction.

    Args:
        story: what was being verified.
        by: who says so.
        correction: what was wrong and what is right; empty if all was right.
        at: when that was, for a story that is brought in; now if left out.

    Raises:
        WrongStateError: nothing was being verified; or a story that readers don't have is to be corrected.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if row.verifying_since is None:
        raise WrongStateError(_("Nothing is being verified in this story."))
    _set(story, row, None, "", at or timezone.now())
    log(row, "redaksi.settle", user=by)
    return correct(story, correction, by, at=at) if correction.strip() else None


def _set(story: Story, row: Story, since: datetime | None, note: str, now: datetime) -> None:
    facts: dict[str, object] = {"verifying_since": since, "verifying_note": note}
    if row.site_has_it:
        facts |= {"updated_at": now, "edition": next_edition(row)}
        box.put("story", row.pk)
    Story.objects.filter(pk=row.pk).update(**facts)
    for name, value in facts.items():
        setattr(story, name, value)
