"""Notes from colleagues on a field of a story: put, seen with who and when, settled. Never printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from redaksi.stories.models import Note, Story

#: Fields that can be noted on, in the order of the page. The names are kept with the notes, so they never change.
FIELDS = (
    "headline", "standfirst", "label", "section", "bylines", "lead_photo", "body", "topics", "dateline", "source_name", "slug",
)  # fmt: skip
_WORDS = {"bylines": gettext_lazy("Names and roles")}


def fields() -> list[tuple[str, str]]:
    """The fields that can be noted on, with their words."""
    return [(name, word_for(name)) for name in FIELDS]


def word_for(name: str) -> str:
    """What a field is called in the form."""
    if name in _WORDS:
        return str(_WORDS[name])
    if name not in FIELDS:
        return name
    return str(capfirst(str(Story._meta.get_field(name).verbose_name)))  # noqa: SLF001  # Django's documented model API


def open_notes(story: Story) -> list[Note]:
    """The notes of a story that aren't settled, oldest first, each with its field's word."""
    notes = list(story.notes.filter(settled_at=None).select_related("author"))
    for note in notes:
        note.word = word_for(note.field)  # for the template
    return notes


class NoteForm(forms.ModelForm[Note]):
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])

    class Meta:
        model = Note
        fields = ["field", "text"]


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a note on a field. Who may see the story may note on it."""
    story = get_object_or_404(Story, pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        note = form.save(commit=False)
        note.story, note.author_id = story, request.user.pk
        note.save()
    elif request.accepts("text/html"):
        messages.error(request, _("The note is empty."))
    return _answer(request, story)


@require_POST
def settle(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Settle a note of this story; it stays in the record with who settled it."""
    story = get_object_or_404(Story, pk=pk)
    Note.objects.filter(pk=note, story=story, settled_at=None).update(
        settled_at=timezone.now(), settled_by=request.user
    )
    return _answer(request, story)


def _answer(request: HttpRequest, story: Story) -> HttpResponse:
    """The list anew for the page's script; without scripts, the form again."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        context: dict[str, Any] = {"notes": open_notes(story), "row": story}
        return render(request, "desk/story/notes.html", context)
    return redirect(reverse("desk_story:edit", args=[story.pk]) + "#catatan")
