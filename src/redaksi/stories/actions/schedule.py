"""Schedule: publish the newest revision at a time; and the clock's own verb, which does what is due.

What came due while everything was down is done at the next start, each story in a transaction of its own, so that one that
fails holds up no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from redaksi.outbox import box
from redaksi.stories import checks, search
from redaksi.stories.actions.arrange import end_pins
from redaksi.stories.actions.flash import end_what_is_over
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Story

logger = logging.getLogger(__name__)


@transaction.atomic
def schedule(story: Story, at: datetime, by: By) -> None:
    """Let the newest revision be published at ``at``.

    Raises:
        WrongStateError: the time has passed, or nothing was saved yet.
        NotPublishableError: the publish check found something that blocks.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if at <= timezone.now():
        raise WrongStateError(_("The time for publishing has passed already."))
    if row.latest_revision is None:
        raise WrongStateError(_("There is nothing to publish yet: save the story first."))
    checks.refuse_if_blocked(row.latest_revision.as_object())
    _clear(row)
    row.latest_revision.approved_go_live_at = at
    row.latest_revision.save(update_fields=["approved_go_live_at"])
    Story.objects.filter(pk=row.pk).update(go_live_at=at, submitted_at=None)
    log(row, "wagtail.publish.schedule", user=by, data={"go_live_at": at.isoformat()})


@transaction.atomic
def unschedule(story: Story, by: By) -> None:
    """Take a planned publication back; the text stays a draft."""
    require(by, "publish", story)
    row = locked_row(story)
    _clear(row)
    Story.objects.filter(pk=row.pk).update(go_live_at=None)
    log(row, "wagtail.schedule.cancel", user=by)


def _clear(row: Story) -> None:
    row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)


def do_what_is_due() -> int:
    """Publish what is due, take down what has expired, end pins on fronts and flashes whose time is over. Run every second.

    Returns:
        How many stories, fronts and flashes changed. The cost is that of four index look-ups when nothing is due.
    """
    stories = sum(_publish_one(revision) for revision in _due()) + sum(_expire_one(pk) for pk in _expired())
    return stories + end_pins() + end_what_is_over()


def _due() -> Iterator[Revision]:
    kind = ContentType.objects.get_for_model(Story)
    yield from Revision.objects.filter(approved_go_live_at__lte=timezone.now(), content_type=kind).order_by(
        "approved_go_live_at"
    )[:200]


def _publish_one(revision: Revision) -> bool:
    """Publish one scheduled revision; where that is refused, it goes back to the editors."""
    row = Story.objects.filter(pk=revision.object_id).first()
    if row is None:
        return False
    due = Revision.objects.filter(pk=revision.pk, approved_go_live_at__lte=timezone.now())
    try:
        with transaction.atomic():
            locked_row(row)
            if not due.update(approved_go_live_at=None):
                return False  # an editor took it back in this moment
            revision.approved_go_live_at = None
            publish(row, None, revision=revision)
    except OperationalError:
        raise  # the database is in trouble, not the story: it stays due
    except (checks.NotPublishableError, WrongStateError) as refusal:
        logger.warning("story %s was scheduled and can't be published: %s", row.pk, refusal)
    except Exception:
        logger.exception("story %s was scheduled and can't be published", row.pk)
    else:
        return True
    _hand_to_editors(row, revision)
    return False


@transaction.atomic
def _hand_to_editors(row: Story, revision: Revision) -> None:
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    Story.objects.filter(pk=row.pk).update(go_live_at=None, submitted_at=timezone.now())


def _expiring() -> QuerySet[Story]:
    return Story.objects.filter(live=True, expire_at__isnull=False, expire_at__lte=timezone.now())


def _expired() -> list[int]:
    return list(_expiring().order_by("expire_at").values_list("pk", flat=True)[:200])


@transaction.atomic
def _expire_one(pk: int) -> bool:
    row = _expiring().select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return False  # an editor gave it more time, or withdrew it
    Story.objects.filter(pk=pk).update(
        live=False, expired=True, has_unpublished_changes=True, edition=next_edition(row)
    )
    row.refresh_from_db()
    search.index(row)
    log(row, "wagtail.unpublish")
    box.put("story", pk)
    return True
