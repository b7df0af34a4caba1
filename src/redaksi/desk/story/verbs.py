"""The verbs that have a screen or a button of their own: correct, verify, withdraw, restore, hand back, take a schedule back, lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.widgets import AdminSnippetChooser

from redaksi.desk.story import withdrawing
from redaksi.desk.walled import forget_refused
from redaksi.network import policy
from redaksi.stories import checks
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.pick import pick, unpick
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.schedule import unschedule
from redaksi.stories.actions.submit import hand_back
from redaksi.stories.actions.terms import WrongStateError, require
from redaksi.stories.actions.verify import settle, verify
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

    speaker = forms.CharField(
        label=gettext_lazy("From whom"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Whose reply it is. Leave it empty for a correction."),
    )
    reply = forms.ModelChoiceField(
        label=gettext_lazy("The reply as a story"),
        queryset=Story.objects.none(),
        required=False,
        widget=AdminSnippetChooser(Story),
        help_text=gettext_lazy("If it was written as a story of its own: each leads to the other."),
    )

    def __init__(self, *args: Any, story: Story, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = policy.scope(user, Story.objects.filter(site_id=story.site_id), "choose")
        field = self.fields["reply"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = within.exclude(pk=story.pk)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            forget_refused(self)


class VerifyingForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("For readers"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=gettext_lazy(
            "What isn't certain yet. It stands over the story until you say that it is verified."
        ),
    )


class SettlingForm(forms.Form):
    correction = forms.CharField(
        label=gettext_lazy("What turned out to be different"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        required=False,
        help_text=gettext_lazy(
            "It becomes a correction under the story. Leave it empty if everything was right."
        ),
    )


def add_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen for a correction or a right of reply."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)

    def act(form: forms.Form) -> None:
        data = dict(form.cleaned_data)
        correct(story, data.pop("text"), request.user, **data)  # type: ignore[arg-type]  # the gate lets staff pass only

    return _ask(
        request,
        story,
        form_class=partial(CorrectionForm, story=story, user=request.user),
        act=act,
        title=_("Correction or right of reply"),
        button=_("Put under the story"),
        field="text",
    )


def begin_verifying(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen on which readers are told what is still being verified."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)

    def act(form: forms.Form) -> None:
        verify(story, form.cleaned_data["note"], request.user)  # type: ignore[arg-type]  # as above

    return _ask(
        request,
        story,
        form_class=partial(VerifyingForm, initial={"note": story.verifying_note}),
        act=act,
        title=_("Still being verified"),
        button=_("Tell readers"),
        field="note",
    )


def end_verifying(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen on which that is settled, with a correction if something turned out to be different."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)

    def act(form: forms.Form) -> None:
        settle(story, request.user, correction=form.cleaned_data["correction"])  # type: ignore[arg-type]  # as above

    return _ask(
        request,
        story,
        form_class=SettlingForm,
        act=act,
        title=_("Everything is verified"),
        button=_("Take the notice away"),
        field="correction",
    )


def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen for a withdrawal, which asks for its public reason."""
    story = get_object_or_404(Story.objects.select_related("site", "section"), pk=pk)
    return _ask(
        request,
        story,
        form_class=partial(withdrawing.WithdrawalForm, story=story, user=request.user),
        act=lambda form: withdrawing.take_down(story, form, request.user),
        title=_("Withdraw the story"),
        button=_("Withdraw"),
        field="reason",
    )


def _ask(
    request: HttpRequest,
    story: Story,
    *,
    form_class: Callable[..., forms.Form],
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
def pick_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a story among the editors' choices."""
    return _do(request, pk, pick, _("Picked: it stands under “Editors’ picks” now."))


@require_POST
def unpick_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a story out of the editors' choices."""
    return _do(request, pk, unpick, _("No longer picked."))


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
    back = request.POST.get("next", "")
    if back and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    ):  # the list that the button stands in
        return redirect(back)
    return redirect(edit + after)
