"""Pick: put a published story among the editors' choices, or take it out again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.outbox import box
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Story


@transaction.atomic
def pick(story: Story, by: By, *, at: datetime | None = None) -> None:
    """Put a story among the editors' choices; the newest choice comes first there.

    Args:
        story: a published story.
        by: who picks.
        at: when it was picked elsewhere, for one that is brought in; now if left out.

    Raises:
        WrongStateError: readers don't have it.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if not row.site_has_it:
        raise WrongStateError(_("Only a published story can be picked."))
    if row.picked_at is None:
        _settle(story, row, by, at or timezone.now())


@transaction.atomic
def unpick(story: Story, by: By) -> None:
    """Take a story out of the editors' choices."""
    require(by, "publish", story)
    row = locked_row(story)
    if row.picked_at is not None:
        _settle(story, row, by, None)


def _settle(story: Story, row: Story, by: By, at: datetime | None) -> None:
    facts = {"picked_at": at, "edition": next_edition(row)}
    Story.objects.filter(pk=row.pk).update(**facts)
    log(row, "redaksi.pick" if at else "redaksi.unpick", user=by)
    box.put("story", row.pk)
    for name, value in facts.items():
        setattr(story, name, value)
