"""The verbs that have a screen or a button of their own: correct, withdraw, restore, hand back, take a schedule back, lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from redaksi.stories import checks
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.schedule import unschedule
from redaksi.stories.actions.submit import hand_back
from redaksi.stories.actions.terms import WrongStateError, require
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Correction, Story


class CorrectionForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Correction.Kind.choices,
        widget=forms.RadioSelect,
        initial="correction",
    )
    text = forms.CharField(
        label=gettext_lazy("For readers"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=gettext_lazy(
            "What was wrong and what is right, or the reply. It stays under the story for good."
        ),
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Public reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("Readers see it at the story's address: “This story was withdrawn because …”"),
    )


def add_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen for a correction or a right of reply."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)

    def act(form: forms.Form) -> None:
        data = form.cleaned_data
        correct(story, data["text"], request.user, kind=data["kind"])  # type: ignore[arg-type]  # the gate lets staff pass only

    return _ask(
        request,
        story,
        form_class=CorrectionForm,
        act=act,
        title=_("Correction or right of reply"),
        button=_("Put under the story"),
        field="text",
    )


def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen for a withdrawal, which asks for its public reason."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)

    def act(form: forms.Form) -> None:
        withdraw(story, form.cleaned_data["reason"], request.user)  # type: ignore[arg-type]  # as above

    return _ask(
        request,
        story,
        form_class=WithdrawalForm,
        act=act,
        title=_("Withdraw the story"),
        button=_("Withdraw"),
        field="reason",
    )


def _ask(
    request: HttpRequest,
    story: Story,
    *,
    form_class: type[forms.Form],
    act: Callable[[forms.Form], None],
    title: str,
    button: str,
    field: str,
) -> HttpResponse:
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                act(form)
        except WrongStateError as refusal:
            form.add_error(field, str(refusal))
        else:
            messages.success(request, _("Done."))
            return redirect(f"{reverse('desk_story:edit', args=[story.pk])}?terbit=1")
    context = {
        "form": form,
        "story": story,
        "page_title": title,
        "button": button,
        "grave": field == "reason",
    }
    return render(request, "desk/story/verb.html", context)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a withdrawn or expired story again."""
    return _do(request, pk, restore, _("The story is published again."), after="?terbit=1")


@require_POST
def return_to_writer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a submitted story back to its writer."""
    return _do(request, pk, hand_back, _("Handed back to the writer."))


@require_POST
def take_back_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a planned publication back; the text stays a draft."""
    return _do(request, pk, unschedule, _("It won't be published by itself any more."))


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a story to oneself for a while."""

    def act(story: Story, by: Any) -> None:
        require(by, "change", story)
        if story.locked and story.locked_by_id != by.pk:
            raise WrongStateError(_("Someone else has locked it already."))
        Story.objects.filter(pk=story.pk).update(locked=True, locked_by=by, locked_at=timezone.now())
        log(story, "wagtail.lock", user=by)

    return _do(request, pk, act, _("Locked: only you can change it now."))


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of a lock: one's own, or, for who may publish the story, anyone's."""

    def act(story: Story, by: Any) -> None:
        if story.locked_by_id != by.pk:
            require(by, "publish", story)
        Story.objects.filter(pk=story.pk).update(locked=False, locked_by=None, locked_at=None)
        log(story, "wagtail.unlock", user=by)

    return _do(request, pk, act, _("Unlocked."))


def _do(
    request: HttpRequest, pk: int, verb: Callable[[Story, Any], object], done: str, after: str = ""
) -> HttpResponse:
    """Do a verb that needs no words, and say how it went."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)
    edit = reverse("desk_story:edit", args=[story.pk])
    try:
        with transaction.atomic():
            verb(story, request.user)
    except checks.NotPublishableError:
        messages.error(request, _("It can't be published as it is: see what is missing."))
        return redirect(f"{edit}?periksa=terbit")
    except WrongStateError as refusal:
        messages.error(request, str(refusal))
        return redirect(edit)
    messages.success(request, done)
    return redirect(edit + after)
