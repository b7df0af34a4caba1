"""A site's pages about itself at the desk: the code that it keeps, privacy, how to reach it, and whatever else it has to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from redaksi.desk.walled import WalledDelete, WalledForm, WalledIndex, WalledViewSet
from redaksi.stories.models import StaticPage


class PageForm(WalledForm):
    """A page. An address that it had leads to it: readers and search engines keep it."""

    class Meta(WalledForm.Meta):
        model = StaticPage
        fields = ("site", "title", "kind", "body", "in_footer", "order", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["site"]
            self.fields["slug"].help_text = _("If you change it, the old address leads to the new one.")
        else:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Made from the title if you leave it empty.")

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", ""))[:60]


class PageIndex(WalledIndex):
    default_ordering = ("site__order", "site_id", "order", "id")
    looked_in = ("title",)

    def get_valid_orderings(self) -> list[Any]:
        return [self.default_ordering]


class PageDelete(WalledDelete):
    """The code of practice stays within readers' reach (Dewan Pers, Pedoman Pemberitaan Media Siber, point 8)."""

    def obstacle(self) -> str | None:
        page = self.object
        others = StaticPage.objects.filter(site_id=page.site_id, kind=StaticPage.Kind.CODE).exclude(
            pk=page.pk
        )
        if page.kind == StaticPage.Kind.CODE and not others.exists():
            return _("A site must show the code that it keeps. Change the page instead.")
        return None


class PageViewSet(WalledViewSet):
    name = "desk_pages"
    url_prefix = "halaman"
    model = StaticPage
    icon = "doc-empty"
    index_view_class = PageIndex
    delete_view_class = PageDelete
    list_display = [
        "title",
        Column("get_kind_display", label=gettext_lazy("Kind")),
        Column("site", label=gettext_lazy("Site")),
        Column("in_footer", label=gettext_lazy("In the footer")),
        Column("changed_at", label=gettext_lazy("Changed")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return PageForm
