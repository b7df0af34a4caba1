"""Publish: the newest revision becomes what readers have, at an address that stays.

The story, its address and the outbox row are written in one transaction. The first publication sets the time that readers
are told; a later one sets the updated time when ``tell`` says that readers should know.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision

from redaksi.outbox import box
from redaksi.stories import checks, search, versions
from redaksi.stories.actions.place import apply_rules
from redaksi.stories.actions.terms import (
    By,
    WrongStateError,
    locked_row,
    next_edition,
    require,
    require_section_of_site,
)
from redaksi.stories.models import Address, Story
from redaksi.stories.slugs import free_slug, is_taken, path_of


class AddressTakenError(WrongStateError):
    """Another story has, or had, the address that this one is about to get."""


@transaction.atomic
def publish(
    story: Story, by: By, *, tell: bool = True, revision: Revision | None = None, at: datetime | None = None
) -> Story:
    """Publish the newest revision of a story.

    Args:
        story: a story with at least one revision.
        by: who publishes.
        tell: whether a story that readers already have gets a new "updated" time.
        revision: another revision than the newest.
        at: when it was published elsewhere, for a story that is brought in; now if left out.

    Returns:
        The story's row as readers will have it.

    Raises:
        NotPublishableError: the publish check found something that blocks.
        AddressTakenError: the chosen slug is taken in its section on its day.
        WrongStateError: the story was withdrawn; restore it first.
    """
    require(by, "publish", story)
    row = locked_row(story)
    if row.withdrawn_at is not None:
        raise WrongStateError(_("The story was withdrawn. Restore it first."))
    revision = revision or row.latest_revision
    if revision is None:
        raise WrongStateError(_("There is nothing to publish yet: save the story first."))
    put_live(row, revision, by, tell=tell, at=at)
    return row


def put_live(row: Story, revision: Revision, by: By, *, tell: bool, at: datetime | None = None) -> None:
    """The part of publishing that restoring shares: checks, times, address, row, outbox."""
    text: Story = revision.as_object()
    require_section_of_site(text)
    checks.refuse_if_blocked(text)
    versions.settle(text)
    now = at or timezone.now()
    first, tied_to = row.published_at is None, row.version_of_id
    _settle_slug(text, row.published_at or now)
    facts = {
        "slug": text.slug,
        "published_at": row.published_at or now,
        "updated_at": now if tell and not first else row.updated_at,
        "submitted_at": None,
        "withdrawn_at": None,
        "withdrawal_reason": "",
        "go_live_at": None,
        "edition": next_edition(row),
    }
    revision.content = {
        **revision.content, "slug": text.slug, "go_live_at": None, "version_of": text.version_of_id,
    }  # fmt: skip
    revision.save(update_fields=["content"])
    Story.objects.filter(pk=row.pk).update(**facts)
    row.refresh_from_db()
    revision.content_object = row  # as_object() had kept the row of before, with its old facts
    PublishRevisionAction(revision, user=by).execute(skip_permission_checks=True)
    row.refresh_from_db()
    settle_address(row)
    apply_rules(row)
    search.index(row)
    search.index_carried(row)
    versions.put_group(tied_to, row)
    box.put("story", row.pk)


def _settle_slug(text: Story, published_at: datetime) -> None:
    """Choose a slug where none was chosen; refuse one that is taken."""
    if not text.slug:
        text.slug = free_slug(text, published_at)
        return
    if is_taken(text, path_of(text, published_at)):
        raise _address_taken(text.slug)


def _address_taken(slug: str) -> AddressTakenError:
    return AddressTakenError(
        _("The address word “%(slug)s” is taken in this section on this day.") % {"slug": slug}
    )


def settle_address(row: Story) -> None:
    """Give the row its address; an address that it had before stays, and will redirect."""
    if row.published_at is None:
        return
    path = path_of(row, row.published_at)
    own = row.addresses.filter(site_id=row.site_id)
    current = own.filter(current=True).first()
    if current and current.path == path:
        return
    own.filter(current=True).update(current=False)
    if not row.addresses.filter(site_id=row.site_id, path=path).update(current=True):
        _take_address(row, path)


def _take_address(row: Story, path: str) -> None:
    """Another story may have taken it since the look in :func:`_settle_slug`; what it has it keeps."""
    try:
        with transaction.atomic():
            Address.objects.create(site_id=row.site_id, path=path, story=row)
    except IntegrityError as error:
        raise _address_taken(row.slug) from error
