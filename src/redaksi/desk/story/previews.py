"""Previews: the text that isn't saved yet, set by the press's own templates, so that what is seen is what will be printed.

The form sends itself here and is kept for a while (Wagtail's form states, by user); the frames then ask for it as the story
page or as cards. An older revision is previewed the same way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.views.generic.preview import PreviewOnCreate, PreviewOnEdit

from redaksi.desk.story.also import as_printed
from redaksi.desk.story.snippets import snippets
from redaksi.press.typesetter.cards import card
from redaksi.press.typesetter.furniture import bottom, furniture
from redaksi.press.typesetter.mentions import link_mentions, texts_of
from redaksi.press.typesetter.sheet import fill
from redaksi.press.typesetter.story import story_page
from redaksi.stories import imprint
from redaksi.stories.copy import SiteCopy, StoryCopy
from redaksi.stories.copydesk import story_copy
from redaksi.stories.mentions import names_in
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy

#: The ways to look at a story, in the order of the buttons: code, then the width of the frame in CSS pixels.
MODES = {"ponsel": 390, "desktop": 1280, "kartu": 390, "kutipan": 720}


def _copies(story: Story) -> tuple[StoryCopy, SiteCopy]:
    """A story in memory as copy; what only a published story has (times, an address) is put as if it were now."""
    story.created_at = story.created_at or timezone.now()
    copy = story_copy(story)
    if story.published_at is None:
        copy = replace(copy, published_at=timezone.now())
    return copy, site_copy(story.site)


def printed(story: Story, mode: str) -> str:
    """A whole HTML page for one mode.

    Raises:
        ValueError: the site has a language, a zone or a look that the press doesn't know.
    """
    copy, site = _copies(story)
    linked = [page for page in imprint.pages(site.id) if page.in_footer]
    standing = furniture(site) | {"bottom": bottom(site, timezone.now().year, linked)}
    if mode == "kartu":
        cards = "".join(card(copy, site, form) for form in ("lead", "row"))
        return (
            f'<!doctype html><html lang="{site.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>-</title>{standing["head"]}'
            f'<body><main style="padding:1rem">{cards}</main></body></html>'
        )
    names = names_in(texts_of(copy.body), site.id)
    body = link_mentions(as_printed(copy, site).body, site, names, copy.choices).body
    return fill(story_page(copy, site, body), standing)


def _answer(request: HttpRequest, story: Story) -> HttpResponse:
    mode = request.GET.get("mode", "ponsel")
    if mode == "kutipan":
        response = render(request, "desk/story/preview_snippets.html", {"snippets": snippets(story)})
    else:
        response = HttpResponse(printed(story, mode))
    # A preview is looked at, not used: no script of it runs, and it calls nothing.
    response["Content-Security-Policy"] = (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'none'; frame-src 'none'; form-action 'none'"
    )
    return response


class _Preview:
    """What both of Wagtail's preview views get in the place of the model's own serving."""

    object: Story
    request: HttpRequest

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = self.get_form(self._get_form_data(self._get_form_state()))  # type: ignore[attr-defined]
        if form.is_bound and not self.validate_form(form):  # type: ignore[attr-defined]
            return HttpResponse(
                _("There is nothing to show yet: some fields can't be understood."), status=409
            )
        story = form.save(commit=False) if form.is_bound else self.object
        if form.site is not None and not story.site_id:
            story.site = form.site
        if not story.site_id or not story.section_id:
            return HttpResponse(_("Choose a section first."), status=409)
        return xframe_options_sameorigin(_answer)(request, story)


class PreviewEdit(_Preview, PreviewOnEdit):
    """Of a story that is there."""


class PreviewCreate(_Preview, PreviewOnCreate):
    """Of a story that was never saved."""


def room(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen with the frames. Who may only see the story sees its newest text here."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)
    words = {
        "ponsel": pgettext("preview", "Phone"),
        "desktop": pgettext("preview", "Desktop"),
        "kartu": pgettext("preview", "Card in lists"),
        "kutipan": pgettext("preview", "WhatsApp and search"),
    }
    context = {
        "story": story,
        "page_title": _("Preview"),
        "modes": [(code, words[code], width) for code, width in MODES.items()],
        "frame": reverse("desk_story:shown", args=[story.pk]),
    }
    return render(request, "desk/story/preview.html", context)


@xframe_options_sameorigin
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """A frame of the room: the newest text that was saved, or, with ``?versi=``, an older one."""
    story = get_object_or_404(Story, pk=pk)
    asked = request.GET.get("versi", "")
    if asked.isdecimal():
        return _answer(request, get_object_or_404(story.revisions, pk=int(asked)).as_object())
    return _answer(request, story.get_latest_revision_as_object())
