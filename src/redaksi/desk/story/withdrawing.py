"""The form of a withdrawal: its public reason, and what becomes of the flashes that lead to the story.

A flash loses its link by itself when its story is withdrawn; its sentence stays over the pages until somebody ends it, and is most
often the very thing that was wrong. So the form asks.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redaksi.network import policy
from redaksi.stories.actions import flash as flashes
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Flash, Story


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Public reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("Readers see it at the story's address: “This story was withdrawn because …”"),
    )
    flashes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Breaking flashes that lead to it: end them too"),
        queryset=Flash.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A flash that stays keeps its sentence, without the link."),
    )

    def __init__(self, *args: Any, story: Story, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = list(story.flashes.filter(ended_at__isnull=True).prefetch_related("sites"))
        mine = [one.pk for one in running if policy.may(user, "change", one)]
        field: Any = self.fields["flashes"]
        field.queryset, field.initial = Flash.objects.filter(pk__in=mine), mine
        if not mine:
            del self.fields["flashes"]
        self.told = [
            _("The flash “%(text)s” leads here and isn't yours alone: tell its desk.") % {"text": one.text}
            for one in running
            if one.pk not in mine
        ]


def take_down(story: Story, form: forms.Form, user: Any) -> None:
    """Withdraw the story, and end the flashes that were ticked."""
    withdraw(story, form.cleaned_data["reason"], user)
    for flash in form.cleaned_data.get("flashes", ()):
        flashes.end(flash, user)
