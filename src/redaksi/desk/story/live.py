"""The form looked at while it is written: what is missing, and how the story will show, from the text that isn't saved yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from redaksi.desk.story import also, checklist, mentions
from redaksi.desk.story.panels import EDIT_HANDLER
from redaksi.desk.story.snippets import snippets
from redaksi.network import policy
from redaksi.stories.models import Story


def form_class() -> Any:
    """The form that both screens use."""
    return EDIT_HANDLER.bind_to_model(Story).get_form_class()


def from_form(request: HttpRequest, story: Story) -> Any:
    """A form over the text that was sent, read as a draft: what is unfinished is no error."""
    form = form_class()(request.POST, instance=story, for_user=request.user)
    form.defer_required_fields()
    form.is_valid()
    if form.site is not None and not story.site_id:
        story.site = form.site
    return form


def also_of(story: Story, request: HttpRequest) -> list[also.Offered] | None:
    """What to read on, for a text that has a place already."""
    return also.offered(story, request.user) if story.site_id and story.section_id else None


@require_POST
def look(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The checklist and the cards for the text that was sent. Nothing is saved."""
    story = (
        get_object_or_404(Story, pk=pk).get_latest_revision_as_object() if pk else Story(owner=request.user)
    )
    form = from_form(request, story)
    if form.is_valid():
        form.save(commit=False)
    lines = checklist.lines(form.instance)
    context = {
        "checklist": lines,
        "missing": checklist.missing(lines),
        "snippets": snippets(form.instance)
        if policy.is_staff(request.user) and form.instance.site_id
        else None,
        "mentions": mentions.lines(form.instance),
        "also": also_of(form.instance, request),
    }
    return render(request, "desk/story/live.html", context)
