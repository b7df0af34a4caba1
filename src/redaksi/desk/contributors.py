"""Contributors at the desk: who is credited, with an account or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from redaksi.desk.walled import WalledDelete, WalledForm, WalledIndex, WalledViewSet
from redaksi.network import policy
from redaksi.network.models import Grant
from redaksi.stories.models import Contributor


class ContributorForm(WalledForm):
    """A contributor; the account, named by its sign-in name, can only be one of a colleague."""

    account = forms.CharField(
        label=gettext_lazy("Account at the desk"),
        help_text=gettext_lazy("The name for signing in, if this person works at the desk."),
        required=False,
        max_length=150,
    )

    class Meta(WalledForm.Meta):
        model = Contributor
        fields = ("name", "site", "portrait", "bio", "account", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Made from the name if you leave it empty.")
        self.call_empty_site(_("The whole network"))
        self.initial["account"] = self.instance.user.get_username() if self.instance.user else ""

    def clean_account(self) -> str:
        """The account must be a colleague's; the one that is there already may stay."""
        name: str = self.cleaned_data["account"].strip()
        before = self.instance.user
        if before is not None and name == before.get_username():
            return name
        found = colleagues(self.for_user).filter(username=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("No colleague signs in as “%(name)s”.") % {"name": name})
        self.instance.user = found
        return name

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:120]


def colleagues(user: Any) -> QuerySet[Any]:
    """Who works at a site where the user may change contributors; for a network manager everyone."""
    sites = policy.sites_where(user, "change", "stories.contributor")
    people = get_user_model().objects.filter(is_active=True)
    if sites is None:
        return people.order_by("first_name", "last_name")
    return people.filter(Q(pk__in=_at(sites))).order_by("first_name", "last_name")


def _at(sites: list[int]) -> QuerySet[Any]:
    return Grant.objects.filter(site_id__in=sites).values("user_id")


class ContributorIndex(WalledIndex):
    default_ordering = "name"
    related = ("site", "user")


class ContributorDelete(WalledDelete):
    def obstacle(self) -> str | None:
        if self.object.bylines.exists():
            return _("Stories name this person; what was credited stays credited.")
        return None


class ContributorViewSet(WalledViewSet):
    name = "desk_contributors"
    url_prefix = "penulis"
    model = Contributor
    icon = "user"
    index_view_class = ContributorIndex
    delete_view_class = ContributorDelete
    list_display = ["name", Column("site", label=gettext_lazy("Site"))]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return ContributorForm
