"""Draft: keep what is being written as a revision. A published story stays as readers have it."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Revision

from redaksi.stories import search
from redaksi.stories.actions.terms import By, require, require_section_of_site
from redaksi.stories.models import Story


@transaction.atomic
def draft(story: Story, by: By) -> Revision:
    """Keep the story as it stands in memory.

    Args:
        story: new, or with changes that are not saved yet.
        by: who writes.

    Returns:
        The revision that holds it.
    """
    require(by, "change" if story.pk else "add", story)
    require_section_of_site(story)
    if story.pk is None:
        story.live = False
        story.has_unpublished_changes = True
        story.owner = story.owner or by
        story.save()
    revision: Revision = story.save_revision(user=by, log_action=True)
    search.index(story)
    return revision
