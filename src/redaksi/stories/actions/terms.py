"""What every verb asks first: who does it, and is the story in a state for it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from redaksi.network import policy
from redaksi.stories.models import Story

By = User | None


class WrongStateError(Exception):
    """The verb makes no sense for the story as it is; the sentence is for the user."""


def require(by: By, verb: policy.Verb, story: Story) -> None:
    """Raise unless ``by`` may do ``verb`` to the story.

    Raises:
        PermissionDenied: the user may not.
    """
    if by is not None and not policy.may(by, verb, story):
        raise PermissionDenied(_("You may not do that with this story."))


def require_section_of_site(story: Story) -> None:
    """Raise when the story's section belongs to another site.

    Raises:
        WrongStateError: it does.
    """
    if story.section.site_id != story.site_id:
        raise WrongStateError(_("The section belongs to another site."))


def next_edition(row: Story) -> int:
    """The number of the edition that a change of the row, which is held, brings about."""
    return row.edition + 1


def locked_row(story: Story) -> Story:
    """The story's row, held until the transaction ends, so that two verbs on one story come one after the other."""
    return Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
