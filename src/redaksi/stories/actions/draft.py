"""Draft: keep what is being written as a revision. A published story stays as readers have it."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Revision

from redaksi.stories import search
from redaksi.stories.actions.terms import By, require, require_section_of_site
from redaksi.stories.models import Story


@transaction.atomic
def draft(
    story: Story, by: By, *, overwrite: Revision | None = None, changed: bool = True, clean: bool = True
) -> Revision:
    """Keep the story as it stands in memory.

    The row of a story that was never published follows its newest text, so that lists and filters show what is written;
    from the first publication on, the row is what readers have.

    Args:
        story: new, or with changes that are not saved yet.
        by: who writes.
        overwrite: the newest revision, when it is the writer's own of a moment ago (autosave): it is written over.
        changed: whether the text differs from the one before.
        clean: False for a text that is unfinished, and whose fields a form has checked already.

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
    elif story.published_at is None:
        story.save()
    revision: Revision = story.save_revision(
        user=by, log_action=True, overwrite_revision=overwrite, changed=changed, clean=clean
    )
    # What readers have is found by its own words too: by searching, and when a name in it becomes a topic's.
    search.index(story, Story.objects.get(pk=story.pk) if story.published_at else None)
    return revision
