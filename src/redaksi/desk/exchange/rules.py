"""Carry rules at the desk: all stories about a topic come to a site by themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from redaksi.desk.story.pickers import Picker
from redaksi.desk.walled import WalledForm, WalledIndex, WalledViewSet
from redaksi.network.models import Section, Site
from redaksi.stories.models import CarryRule


class RuleForm(WalledForm):
    class Meta(WalledForm.Meta):
        model = CarryRule
        fields = ("topic", "home", "site", "section")
        widgets = {"topic": Picker("topic", gettext_lazy("Find a topic"))}
        help_texts = {
            "topic": gettext_lazy(
                "Applies to what is published from now on; what was published before stays where it is."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home: Any = self.fields["home"]
        home.queryset = Site.objects.all()  # what readers have of any site may be carried
        home.empty_label = _("Any site")
        section: Any = self.fields["section"]
        section.queryset = section.queryset.select_related("site").order_by("site__order", "site_id", "order")
        section.label_from_instance = _named

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        site, section = cleaned.get("site"), cleaned.get("section")
        if site and section and section.site_id != site.pk:
            self.add_error("section", ValidationError(_("The section belongs to another site.")))
        if site and site == cleaned.get("home"):
            self.add_error("home", ValidationError(_("This is the site itself.")))
        return cleaned


def _named(section: Section) -> str:
    """With its site: most sites have a section of the same name."""
    return f"{section.site}: {section}"


class RuleIndex(WalledIndex):
    related = ("site", "section", "topic", "home")
    looked_in = ("topic__name",)
    default_ordering = ("site__order", "site_id", "id")

    def get_valid_orderings(self) -> list[Any]:
        return [self.default_ordering]


class RuleViewSet(WalledViewSet):
    name = "desk_rules"
    url_prefix = "jaringan/aturan"
    model = CarryRule
    icon = "link"
    index_view_class = RuleIndex
    list_display = [
        "topic",
        Column("home", label=gettext_lazy("From the site")),
        Column("site", label=gettext_lazy("To the site")),
        Column("section", label=gettext_lazy("Section")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return RuleForm
