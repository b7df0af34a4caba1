"""The forms of the exchange: to whom a story or a plan is held out, and under which words a site carries one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redaksi.desk.story.aside import time_of
from redaksi.desk.story.pickers import Picker, may_choose
from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.stories.actions.offer import Plan
from redaksi.stories.actions.place import Words
from redaksi.stories.models import Placement, Topic


class ToSites(forms.Form):
    """Some other sites of the network, or all of them."""

    everywhere = forms.BooleanField(label=gettext_lazy("The whole network"), required=False)
    sites = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sites"),
        queryset=Site.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def let_choose(self, own: Site | None) -> None:
        """Offer every site but one's own."""
        field: Any = self.fields["sites"]
        field.queryset = Site.objects.exclude(pk=own.pk) if own else Site.objects.all()

    def chosen(self) -> list[Site]:
        """The sites; an empty list where none was chosen."""
        field: Any = self.fields["sites"]
        return list(field.queryset if self.cleaned_data["everywhere"] else self.cleaned_data["sites"])


class PassOnForm(ToSites):
    """A published story to other sites."""

    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            ("send", gettext_lazy("Send: it appears there at once; they may let it go")),
            ("offer", gettext_lazy("Offer: each desk decides for itself")),
        ],
        initial="send",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("A word to the other desks"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("how", "everywhere", "sites", "text")


class PlanForm(ToSites):
    """A plan, held out before it is written."""

    site = forms.ModelChoiceField(
        label=gettext_lazy("From the site"), queryset=Site.objects.none(), empty_label=None
    )
    title = forms.CharField(label=gettext_lazy("What it will be about"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("More about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due = forms.CharField(
        label=gettext_lazy("When"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
    )
    field_order = ("site", "title", "text", "due", "everywhere", "sites")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = policy.sites_where(user, "add", "stories.offer")
        mine = Site.objects.all() if keys is None else Site.objects.filter(pk__in=keys)
        field: Any = self.fields["site"]
        field.queryset = mine
        self.let_choose(mine.first() if mine.count() == 1 else None)

    def plan(self) -> Plan:
        """What was filled in."""
        data = self.cleaned_data
        return Plan(data["title"], data["text"], data["due"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written, site = cleaned.get("due", ""), cleaned.get("site")
        cleaned["due"] = time_of(written, site) if written and site else None
        if written and site and cleaned["due"] is None:
            self.add_error("due", _("This is not a time."))
        return cleaned


class HereForm(forms.Form):
    """Under which words a site carries a story."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"), queryset=Section.objects.none(), empty_label=None
    )
    headline = forms.CharField(
        label=gettext_lazy("Headline here"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("If not the story's own."),
    )
    list_headline = forms.CharField(
        label=gettext_lazy("Headline in lists here"), required=False, max_length=120
    )
    label = forms.ModelChoiceField(
        label=gettext_lazy("Label here"),
        queryset=Topic.objects.none(),
        required=False,
        help_text=gettext_lazy("If not the story's own."),
        widget=Picker("topic", gettext_lazy("Find a topic")),
    )

    def __init__(
        self, *args: Any, user: Any, site: Site, held: Placement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        label: Any = self.fields["label"]
        mine = [
            one.pk
            for one in site.sections.all()
            if policy.may(user, "change", Placement(site_id=site.pk, section=one))
        ]
        section.queryset = site.sections.filter(pk__in=mine)
        topics = Topic.objects.filter(site=site) | Topic.objects.filter(site=None)
        label.queryset = may_choose(user, topics, [held.label_id or 0] if held else [])
        if held is not None:
            names = ("section", "headline", "list_headline", "label")
            self.initial = {name: getattr(held, name) for name in names}

    def clean_section(self) -> Section:
        section: Section | None = self.cleaned_data["section"]
        if section is None:
            raise ValidationError(_("Choose a section of your site."))
        return section

    def words(self) -> Words:
        """What was filled in."""
        data = self.cleaned_data
        return Words(data["headline"], data["list_headline"], data["label"])
