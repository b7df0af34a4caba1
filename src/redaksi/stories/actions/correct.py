"""Correct: a dated, numbered note on a published story, which stays for good and moves the "updated" time.

Source: Dewan Pers, Pedoman Pemberitaan Media Siber, point 4; Kode Etik Jurnalistik, articles 10 and 11.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.outbox import box
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Correction, Story


@transaction.atomic
def correct(
    story: Story,
    text: str,
    by: By,
    kind: str = Correction.Kind.CORRECTION,
    *,
    at: datetime | None = None,
    speaker: str = "",
    reply: Story | None = None,
) -> Correction:
    """Put a note under a published story.

    Args:
        story: what is corrected.
        text: what was wrong and what is right, for readers.
        by: who says so.
        kind: a correction, or someone's right of reply.
        at: when it was made elsewhere, for a story that is brought in; now if left out.
        speaker: whose reply it is.
        reply: the reply as a story of its own, of the same site; each leads to the other as soon as readers have both.

    Raises:
        WrongStateError: readers don't have the story, the note is empty, or the reply can't be one to it.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if not row.site_has_it:
        raise WrongStateError(_("Only a published story can be corrected."))
    if not text.strip():
        raise WrongStateError(_("Say what was wrong and what is right."))
    if reply is not None and (reply.pk == row.pk or reply.site_id != row.site_id):
        raise WrongStateError(_("The reply must be another story of the same site."))
    now = at or timezone.now()
    last = row.corrections.aggregate(last=Max("number"))["last"] or 0
    note = Correction.objects.create(
        story=row,
        number=last + 1,
        kind=kind,
        at=now,
        text=text.strip(),
        author=by,
        speaker=speaker.strip(),
        reply=reply,
    )
    Story.objects.filter(pk=row.pk).update(updated_at=now, edition=next_edition(row))
    story.updated_at = now
    log(row, "redaksi.correct", user=by, data={"number": note.number})
    box.put("story", row.pk)
    if reply is not None and reply.published_at is not None:
        _print_reply(reply)
    return note


def _print_reply(reply: Story) -> None:
    """The reply says from now on what it replies to."""
    held = locked_row(reply)
    Story.objects.filter(pk=held.pk).update(edition=next_edition(held))
    box.put("story", held.pk)
