"""Restore: a withdrawn or expired story is published again, at its old address and with its old time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.stories.actions.publish import put_live
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, require
from redaksi.stories.models import Story


@transaction.atomic
def restore(story: Story, by: By) -> Story:
    """Publish a story again that was withdrawn or has expired.

    Raises:
        WrongStateError: it is neither.
        NotPublishableError: its newest revision doesn't pass the publish check.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if row.live or row.published_at is None or row.latest_revision is None:
        raise WrongStateError(_("Only a story that was taken down can be restored."))
    revision = row.latest_revision
    if row.expired:  # or it would expire again at once
        revision.content = {**revision.content, "expire_at": None}
    put_live(row, revision, by, tell=True)
    log(row, "redaksi.restore", user=by)
    return row
