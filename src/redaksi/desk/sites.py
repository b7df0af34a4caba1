"""Sites, sections and the group at the desk: what a site is called, looks like, and must tell readers about its publisher."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Max
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from redaksi.desk import hosting, section_order, site_look
from redaksi.desk.walled import WalledDelete, WalledForm, WalledIndex, WalledViewSet
from redaksi.network import gate, policy
from redaksi.network.models import COLOUR, RESERVED_WORDS, Group, Section, Site

MOST_ACCOUNTS, MOST_SECTIONS = 30, 40

#: The form's parts: a word, the fields, and the part's name for the template.
_GROUPS = (
    (
        gettext_lazy("The site"),
        ("name", "tagline", "hosts", "first_sections", "language", "time_zone"),
        "site",
    ),
    (gettext_lazy("Look"), ("look", "colour", "colour_dark", "tokens"), "look"),
    (
        gettext_lazy("Publisher and accounts"),
        ("publisher", "address", "person_responsible", "email", "accounts"),
        "publisher",
    ),
    (gettext_lazy("Links in the text"), ("mentions",), "links"),
    (
        gettext_lazy("For machines"),
        ("crawlers", "ads_txt", "llms_txt", "security_contact"),
        "machines",
    ),
)


class SiteForm(WalledForm):
    """A site. Its short name, group and hosts are the network's business; the rest is the site manager's."""

    hosts = forms.CharField(
        label=gettext_lazy("Host names"),
        help_text=gettext_lazy(
            "One a line, the main one first, such as jatim.example.id, or example.id/jateng for a site by path."
        ),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accounts = forms.CharField(
        label=gettext_lazy("Social accounts"),
        help_text=gettext_lazy(
            "One a line: the name, a space, the address. Such as: Instagram https://instagram.com/…"
        ),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    first_sections = forms.CharField(
        label=gettext_lazy("Sections"),
        help_text=gettext_lazy("One a line, in the order of the menu. More can be added later."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    tokens = site_look.TokensField(
        label=gettext_lazy("Fine tuning"),
        help_text=gettext_lazy(
            "One a line, such as np-case: none; a name that ends with -dark is for the dark."
        ),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    class Meta(WalledForm.Meta):
        model = Site
        fields = (
            "name", "tagline", "language", "time_zone", "look", "colour", "colour_dark", "tokens", "accounts",
            "publisher", "address", "person_responsible", "email", "mentions", "crawlers", "ads_txt", "llms_txt",
            "security_contact", "group", "slug", "order", "hosts", "first_sections",
        )  # fmt: skip
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "colour_dark": forms.TextInput(attrs={"type": "color"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.instance
        if policy.may(self.for_user, "change", Group()):
            self.fields["group"].queryset = Group.objects.all()
            self.fields["group"].initial = Group.objects.values_list("pk", flat=True).first()
        else:
            for name in ("group", "slug", "order", "hosts"):
                del self.fields[name]
        if site.pk:
            del self.fields["first_sections"]
            self.initial["accounts"] = "\n".join(f"{row['name']} {row['url']}" for row in site.accounts)
            self.initial["hosts"] = "\n".join(map(str, site.hosts.order_by("-main", "id")))
        else:  # at the end: no other site's footer has to be printed for it but the first one's
            self.initial["order"] = (Site.objects.aggregate(last=Max("order"))["last"] or 0) + 1

    def clean_hosts(self) -> list[hosting.Place]:
        """Hosts and paths, each once, none of another site's."""
        places = hosting.read(self.cleaned_data["hosts"])
        hosting.refuse_collisions(places, self.instance.pk)
        return places

    def clean(self) -> dict[str, Any]:
        """Refuse a look that couldn't be read."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        look, colour, dark, tokens = (
            cleaned.get(name) for name in ("look", "colour", "colour_dark", "tokens")
        )
        if look and tokens is not None and COLOUR.match(colour or "") and COLOUR.match(dark or ""):
            for sentence in site_look.faint(look, colour or "", dark or "", tokens):
                self.add_error("tokens" if tokens else "colour", sentence)
        return cleaned

    def groups(self) -> list[tuple[str, list[forms.BoundField], str]]:
        """The fields by what they are about; those of nobody's list stand last."""
        left = {field.name: field for field in self.visible_fields()}
        made = [
            (str(word), [left.pop(name) for name in names if name in left], key)
            for word, names, key in _GROUPS
        ]
        return [*made, (_("The network"), list(left.values()), "network")] if left else made

    def sample(self) -> str:
        """The address of the sample, dressed as the form stands."""
        asked = {
            name: self[name].value() or "" for name in ("name", "tagline", "look", "colour", "colour_dark")
        }
        asked["tokens"] = self.fields["tokens"].prepare_value(self["tokens"].value()) or ""
        return f"{reverse('desk_sites:look')}?{urlencode(asked)}"

    def clean_accounts(self) -> list[dict[str, str]]:
        """Lines to rows of name and address; only http and https addresses."""
        rows = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["accounts"].splitlines())):
            name, _space, url = line.rpartition(" ")
            if not name or urlsplit(url).scheme not in {"http", "https"}:
                raise ValidationError(_("“%(line)s” is not a name and an address.") % {"line": line[:80]})
            URLValidator(schemes=["http", "https"])(url)
            rows.append({"name": name.strip()[:60], "url": url})
        if len(rows) > MOST_ACCOUNTS:
            raise ValidationError(_("At most %(most)d accounts.") % {"most": MOST_ACCOUNTS})
        return rows

    def clean_first_sections(self) -> list[Section]:
        """Lines to sections, each once, none with a word that the site's own pages use."""
        lines = [line.strip()[:80] for line in self.cleaned_data["first_sections"].splitlines()]
        made = {slugify(line)[:60]: line for line in lines if slugify(line)}
        for slug in made:
            if slug in RESERVED_WORDS:
                raise ValidationError(_("“%(slug)s” is taken by a page of the site itself.") % {"slug": slug})
        if len(made) > MOST_SECTIONS:
            raise ValidationError(_("At most %(most)d sections.") % {"most": MOST_SECTIONS})
        return [Section(name=name, slug=slug, order=place) for place, (slug, name) in enumerate(made.items())]

    def save(self, commit: bool = True) -> Site:  # noqa: FBT001, FBT002  # Django's signature
        site: Site = super().save(commit=commit)
        if "hosts" in self.cleaned_data and "hosts" in self.changed_data:
            hosting.settle(site, self.cleaned_data["hosts"])
        for section in self.cleaned_data.get("first_sections", ()):
            section.site = site
            section.save()
        return site


class SiteIndex(WalledIndex):
    default_ordering = "order"
    related = ("group",)
    template_name = "desk/sites/index.html"

    def get_valid_orderings(self) -> list[str]:
        return ["order", "name", "-name"]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        group = (
            Group.objects.first() if policy.may_any(self.request.user, "change", "network.group") else None
        )
        return {**context, "group_url": reverse("desk_group:edit", args=[group.pk]) if group else None}


class SiteViewSet(WalledViewSet):
    name = "desk_sites"
    url_prefix = "situs"
    model = Site
    icon = "site"
    index_view_class = SiteIndex
    create_template_name = edit_template_name = "desk/sites/form.html"
    list_display = [
        "name",
        Column("main_host", label=gettext_lazy("Host name")),
        Column("get_language_display", label=gettext_lazy("Language")),
        Column("person_responsible", label=gettext_lazy("Person responsible")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return SiteForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("tampilan/", site_look.sample, name="look"),
            path("<int:pk>/kanal/", section_order.arrange, name="sections"),
            *super().get_urlpatterns(),
        ]

    def on_register(self) -> None:
        super().on_register()
        gate.guard_kind(Site, "desk_sites:look", get="change", post="change")
        gate.guard(Site, "desk_sites:sections", get="change", post="change")


class SectionForm(WalledForm):
    class Meta(WalledForm.Meta):
        model = Section
        fields = ("name", "site", "order", "in_menu", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Made from the name if you leave it empty.")
        if self.instance.pk:
            del self.fields["site"]  # its stories stay where they are

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:60]


class SectionFilters(WagtailFilterSet):
    site = ModelChoiceFilter(
        label=gettext_lazy("Site"), queryset=lambda request: policy.my_sites(request.user)
    )

    class Meta:
        model = Section
        fields: list[str] = []


class SectionIndex(WalledIndex):
    filterset_class = SectionFilters
    default_ordering = ("site__order", "site_id", "order", "id")

    def get_valid_orderings(self) -> list[Any]:
        return [self.default_ordering]


class SectionDelete(WalledDelete):
    """A section with stories stays: their addresses begin with it."""

    def obstacle(self) -> str | None:
        if (
            self.object.stories.exists()
            or self.object.placements.exists()
            or self.object.carry_rules.exists()
        ):
            return _("There are stories in this section. Take it out of the menu instead.")
        return None


class SectionViewSet(WalledViewSet):
    name = "desk_sections"
    url_prefix = "kanal"
    model = Section
    icon = "list-ul"
    index_view_class = SectionIndex
    delete_view_class = SectionDelete
    list_display = [
        "name",
        Column("site", label=gettext_lazy("Site")),
        Column("order", label=gettext_lazy("Order")),
        Column("in_menu", label=gettext_lazy("In the menu")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return SectionForm


class GroupForm(WalledForm):
    class Meta(WalledForm.Meta):
        model = Group
        fields = ("name", "since")


class GroupEdit(WalledViewSet.edit_view_class):  # type: ignore[name-defined]  # as above
    def get_success_url(self) -> str:
        return reverse("desk_sites:index")


class GroupViewSet(WalledViewSet):
    """The one group: its form, nothing else."""

    name = "desk_group"
    url_prefix = "grup"
    model = Group
    icon = "home"
    edit_view_class = GroupEdit

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return GroupForm
