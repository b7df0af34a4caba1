"""Submit: a reporter hands a story to the editors; take back: it returns to its writer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.stories.actions.terms import By, WrongStateError, locked_row, require
from redaksi.stories.models import Story


@transaction.atomic
def submit(story: Story, by: By) -> None:
    """Put the story before the editors of its site.

    Raises:
        WrongStateError: it is published already.
    """
    require(by, "change", story)
    row = locked_row(story)
    if row.live:
        raise WrongStateError(_("The story is published already."))
    story.submitted_at = row.submitted_at = timezone.now()
    row.save(update_fields=["submitted_at"])
    log(story, "redaksi.submit", user=by)


@transaction.atomic
def hand_back(story: Story, by: By) -> None:
    """Give a submitted story back to its writer."""
    require(by, "publish", story)
    row = locked_row(story)
    story.submitted_at = row.submitted_at = None
    row.save(update_fields=["submitted_at"])
    log(story, "redaksi.hand_back", user=by)
