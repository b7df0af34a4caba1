"""Two people saved one story: nothing is written over; both texts are shown, and someone who knows decides.

The text of the one who came second is set aside as a revision of its own, which the story's history keeps. The screen shows
the two side by side, field by field, with what each changed since both began; the choice is saved like any other text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Revision

from redaksi.desk.story import differences
from redaksi.desk.story.spoken import field_word, spoken
from redaksi.network import policy
from redaksi.stories.actions.draft import draft
from redaksi.stories.models import Story

#: The fields of a text, in the order of the page, as a revision's content names them.
FIELDS = (
    "section", "label", "headline", "standfirst", "bylines", "lead_photo", "lead_caption", "body", "topics", "mention_choices", "also_choices",
    "dateline", "source_kind", "source_name", "source_url", "list_headline", "slug", "search_title", "search_text", "share_title",
    "share_text", "expire_at",
)  # fmt: skip
MINE, THEIRS, BOTH = "saya", "mereka", "keduanya"
_A_MOMENT = timedelta(microseconds=1)


def set_aside(story: Story, by: AbstractBaseUser | Any) -> Revision:
    """Keep a text as a revision that isn't the story's newest: nothing else of the story changes.

    Wagtail's history takes the newest by time, so what is set aside stands a moment before what it gave way to.
    """
    newest = story.latest_revision
    revision: Revision = Revision.objects.create(
        content_object=story,
        base_content_type=story.get_base_content_type(),
        user=by,
        content=story.serializable_data(),
        object_str=str(story),
        created_at=newest.created_at - _A_MOMENT if newest else timezone.now(),
    )
    log(story, "redaksi.set_aside", user=by, revision=revision)
    return revision


def address(story: Story, mine: Revision, base: str) -> str:
    """Where the two texts are shown."""
    shown = reverse("desk_story:conflict", args=[story.pk, mine.pk])
    return f"{shown}?dari={base}" if base.isdecimal() else shown


@dataclass(frozen=True, slots=True)
class Field:
    """One field in both texts. ``chosen`` is what is ticked at first; ``mine`` and ``theirs`` are marked-up HTML."""

    name: str
    word: str
    same: bool
    chosen: str
    mine: str
    theirs: str
    rows: list[differences.Row]


def show(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """The two texts side by side, and the choice between them."""
    story = get_object_or_404(Story.objects.select_related("latest_revision__user", "site"), pk=pk)
    mine = get_object_or_404(story.revisions.select_related("user"), pk=revision)
    theirs = story.latest_revision
    if theirs is None or theirs.pk == mine.pk:
        return redirect("desk_story:edit", story.pk)
    if request.method == "POST":
        if (
            request.POST.get("against") == str(theirs.pk)
            and request.POST.get("at") == theirs.created_at.isoformat()
        ):
            return _keep(request, story, mine, theirs)
        messages.warning(request, _("The story was saved once more meanwhile. Look again at what differs."))
    base = _base(story, request.GET.get("dari", ""), mine)
    context = {
        "story": story,
        "mine": mine,
        "theirs": theirs,
        "fields": compare(base, mine.content, theirs.content),
        "page_title": _("Two texts of one story"),
        "may_choose": policy.may(request.user, "change", story),
    }
    return render(request, "desk/story/conflict.html", context)


def _base(story: Story, key: str, mine: Revision) -> dict[str, Any]:
    """The text that both began with, as far as it is still there."""
    found = story.revisions.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        found = story.revisions.filter(created_at__lt=mine.created_at).order_by("-created_at").first()
    content: dict[str, Any] = found.content if found else {}
    return content


def compare(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> list[Field]:
    """The fields that differ, and a first choice for each: whoever changed it, and mine where both did."""
    made = []
    for name in FIELDS:
        one, other = _value(name, mine), _value(name, theirs)
        if one == other:
            continue
        untouched = base and one == _value(name, base)
        rows = differences.of_bodies(mine, theirs) if name == "body" else []
        left, right = ("", "") if rows else differences.of_texts(spoken(name, mine), spoken(name, theirs))
        made.append(
            Field(
                name,
                field_word(name),
                same=False,
                chosen=THEIRS if untouched else MINE,
                mine=left,
                theirs=right,
                rows=rows,
            )
        )
    return made


def _value(name: str, content: dict[str, Any]) -> Any:
    """A field's value for comparing: without the keys that change though the text doesn't."""
    value = content.get(name)
    if name == "bylines":
        return [(row.get("contributor"), row.get("role")) for row in value or []]
    if name == "body":
        return differences.blocks_of(content)
    return sorted(value) if isinstance(value, list) else value or None


def _keep(request: HttpRequest, story: Story, mine: Revision, theirs: Revision) -> HttpResponse:
    """Save what was chosen, as a new text upon the newest."""
    content = dict(theirs.content)
    for name in FIELDS:
        choice = request.POST.get(f"pilih-{name}", THEIRS)
        if choice == MINE and name in mine.content:
            content[name] = mine.content.get(name)
        elif choice == BOTH and name == "body":
            content[name] = differences.both_bodies(mine.content, theirs.content)
    user: Any = request.user
    draft(story.with_content_json(content), user, clean=False)
    edit = reverse("desk_story:edit", args=[story.pk])
    messages.success(
        request, format_html("{} {}", _("Saved as you chose."), _("Both texts stay in the story's history."))
    )
    return redirect(edit)
