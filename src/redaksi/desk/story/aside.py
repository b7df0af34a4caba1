"""What stands beside the form: what is missing, how the story will look, who noted what, where it is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from redaksi.desk.story import also, checklist, mentions, notes
from redaksi.desk.story.snippets import snippets
from redaksi.desk.story.state import state_of
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.stories.copydesk import path_now
from redaksi.stories.models import Story


def context(story: Story, row: Story, request: HttpRequest) -> dict[str, Any]:
    """For the form's template.

    Args:
        story: the text as it stands in the form.
        row: the record's row, whose state it is.
        request: by whom, and whether it was published a moment ago.
    """
    path = path_now(row) if row.published_at else ""
    return {
        "row": row,
        "state": state_of(row),
        "site": row.site,
        "public_address": row.site.origin + path if path else "",
        "just_published": bool(request.GET.get("terbit")) and row.site_has_it,
        "checklist": checklist.lines(story),
        "snippets": snippets(story) if story.site_id and story.section_id else None,
        "mentions": mentions.lines(story),
        "also": also.offered(story, request.user) if story.site_id and story.section_id else None,
        "notes": notes.open_notes(row) if row.pk else [],
        "note_fields": notes.fields(),
        "may_lock": bool(row.pk) and policy.may(request.user, "change", row),
        "may_settle": bool(row.pk) and policy.may(request.user, "publish", row),
        "placements": list(row.placements.select_related("site")) if row.pk else [],
        "corrections": list(row.corrections.all()) if row.pk else [],
    }


def time_of(text: str, site: Site) -> datetime | None:
    """The moment that ``text`` (a browser's local date and time) means at the site; None if it means none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=site.zone) if found and found.tzinfo is None else found
