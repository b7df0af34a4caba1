"""Staff at the desk: who works where in which role. A manager gives what they hold, within their own sites, and no more.

Wagtail's screens for users and groups stay closed: there are no groups here, only the table of grants.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from redaksi.desk.walled import BoundedPaginator, contains
from redaksi.network import gate, policy
from redaksi.network.models import Grant, Section, Site

PER_PAGE = 40
#: With more sites than this a form doesn't list every section of each.
MOST_OFFERED = 12
Role = Grant.Role


def managed(user: Any) -> QuerySet[Site]:
    """The sites whose staff the user looks after."""
    keys = policy.sites_where(user, "add", "network.grant")
    return Site.objects.all() if keys is None else Site.objects.filter(pk__in=keys)


def is_of_the_network(user: Any) -> bool:
    """Whether the user looks after the staff of every site."""
    return policy.sites_where(user, "add", "network.grant") is None


def colleagues(user: Any) -> QuerySet[Any]:
    """The people with a grant at a site that the user manages; for a network manager everyone."""
    people = get_user_model().objects.all()
    if is_of_the_network(user):
        return people.filter(is_superuser=False) if not user.is_superuser else people
    return people.filter(
        is_superuser=False, pk__in=Grant.objects.filter(site__in=managed(user)).values("user_id")
    )


def may_change_account(user: Any, person: Any) -> bool:
    """Whether the account itself (name, e-mail, active, a new password) is the user's to change.

    A site manager may, as long as the person works nowhere else: whose account it is elsewhere is not theirs to close.
    """
    if person.pk == user.pk or (person.is_superuser and not user.is_superuser):
        return False
    if is_of_the_network(user):
        return True
    mine = set(managed(user).values_list("pk", flat=True))
    places = set(person.grants.values_list("site_id", flat=True))
    return bool(places) and places <= mine


class PersonForm(forms.ModelForm[Any]):
    """An account's name, e-mail and whether it may sign in."""

    class Meta:
        model = get_user_model()
        fields = ("first_name", "last_name", "username", "email", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.fields["email"].required = True
        self.fields["username"].label = _("Name for signing in")
        self.fields["is_active"].label = _("May sign in")
        self.fields["is_active"].help_text = _("Untick it for someone who has left; what they wrote stays.")
        if not self.instance.pk:
            del self.fields["is_active"]

    def clean_email(self) -> str:
        """Two accounts with one e-mail address are one person's mistake."""
        email: str = self.cleaned_data["email"].strip().lower()
        if get_user_model().objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email


class GrantForm(forms.ModelForm[Grant]):
    """A role at a site, or in one section of it."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("Only in the section"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole site"),
    )

    class Meta:
        model = Grant
        fields = ("role", "site", "section", "title", "listed")

    def __init__(self, *args: Any, user: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.instance.user = person if person is not None else get_user_model()()
        sites = managed(user)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites
        self._offer_sections(sites)
        if is_of_the_network(user):
            fields["site"].empty_label = _("The whole network")
        else:
            fields["role"].choices = [choice for choice in Role.choices if choice[0] != Role.NETWORK_MANAGER]
            fields["site"].required = True
            only = list(sites[:2])
            fields["site"].initial = only[0].pk if len(only) == 1 else None

    def _offer_sections(self, sites: QuerySet[Site]) -> None:
        """A list to choose from while it is short; with many sites the section is written by its name."""
        fields: dict[str, Any] = self.fields
        word = fields["section"].label
        if sites[: MOST_OFFERED + 1].count() > MOST_OFFERED:
            fields["section"] = forms.CharField(
                label=word, required=False, max_length=80, help_text=_("By its name.")
            )
            return
        sections = Section.objects.filter(site__in=sites).select_related("site").order_by("site_id", "order")
        fields["section"].queryset = sections
        fields["section"].label_from_instance = lambda section: f"{section.site} · {section}"

    def clean_section(self) -> Section | None:
        """The section that was chosen, or the one of the chosen site that has the written name."""
        given = self.cleaned_data["section"]
        if not isinstance(given, str):
            return given
        if not given.strip():
            return None
        site = self.cleaned_data.get("site")
        found = Section.objects.filter(site=site, name__iexact=given.strip()).first() if site else None
        if found is None:
            raise forms.ValidationError(_("The site has no section “%(name)s”.") % {"name": given})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        probe = Grant(
            role=cleaned.get("role") or "", site=cleaned.get("site"), section=cleaned.get("section")
        )
        if not self.errors and not policy.may(self.user, "add", probe):
            raise forms.ValidationError(_("You may not give this role."))
        person = self.instance.user
        same = {"role": probe.role, "site": probe.site, "section": probe.section}
        if not self.errors and person.pk and Grant.objects.filter(user=person, **same).exists():
            raise forms.ValidationError(_("This person has this role already."))
        return cleaned


def people(request: HttpRequest) -> HttpResponse:
    """The list of people, with their roles at the user's sites."""
    query = request.GET.get("q", "").strip()[:100]
    found = colleagues(request.user).order_by("-is_active", "first_name", "last_name", "pk")
    found = contains(found, query, "first_name", "last_name", "username", "email")
    shown = Grant.objects.select_related("site", "section").order_by("site_id", "role")
    if not is_of_the_network(request.user):
        shown = shown.filter(site__in=managed(request.user))
    found = found.prefetch_related(Prefetch("grants", queryset=shown, to_attr="shown_grants"))
    page = BoundedPaginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "desk/staff/index.html", {"page": page, "query": query})


def add(request: HttpRequest) -> HttpResponse:
    """A new account with its first role; the person sets the password by a link."""
    posted = (request.POST,) if request.method == "POST" else ()
    form, grant = PersonForm(*posted), GrantForm(*posted, user=request.user, prefix="grant")
    if request.method == "POST" and form.is_valid() and grant.is_valid():
        person = form.save(commit=False)
        person.set_unusable_password()
        person.save()
        grant.instance.user = person
        grant.save()
        messages.success(
            request, _("%(name)s has an account now. Hand over the link for the password.") % {"name": person}
        )
        return redirect(f"{reverse('desk_staff:person', args=[person.pk])}?tautan=1")
    return TemplateResponse(request, "desk/staff/add.html", {"form": form, "grant": grant})


def person_of(request: HttpRequest, pk: int) -> Any:
    """The person, if the user may see them here.

    Raises:
        Http404: there is no such account, or it works only at other sites.
    """
    return get_object_or_404(colleagues(request.user), pk=pk)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the account, the roles at the user's sites, and a form for one more."""
    who = person_of(request, pk)
    may_account = may_change_account(request.user, who)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=who)
    if request.method == "POST":
        if not may_account:
            raise PermissionDenied
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect("desk_staff:person", pk=pk)
    grants = [
        grant
        for grant in who.grants.select_related("site", "section")
        if policy.may(request.user, "see", grant)
    ]
    elsewhere = who.grants.count() - len(grants)
    return TemplateResponse(
        request,
        "desk/staff/person.html",
        {
            "person": who,
            "form": form if may_account else None,
            "grants": grants,
            "elsewhere": elsewhere,
            "grant": GrantForm(user=request.user, person=who),
            "link": password_link(request, who) if may_account and request.GET.get("tautan") else "",
        },
    )


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    who = person_of(request, pk)
    if who.pk == request.user.pk and not request.user.is_superuser:
        raise PermissionDenied
    form = GrantForm(request.POST, user=request.user, person=who)
    if form.is_valid():
        form.save()
        messages.success(request, _("The role was given."))
    else:
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
    return redirect("desk_staff:person", pk=pk)


class PrintedForm(forms.ModelForm[Grant]):
    """How readers are told of someone on the page of the editorial team."""

    class Meta:
        model = Grant
        fields = ("title", "listed")


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a role is printed on the page of the editorial team, or that it isn't."""
    grant = get_object_or_404(Grant, pk=pk)
    form = PrintedForm(request.POST, instance=grant)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(one) for problems in form.errors.values() for one in problems))
    return redirect("desk_staff:person", pk=grant.user_id)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_object_or_404(Grant, pk=pk)
    if grant.user_id == request.user.pk and not request.user.is_superuser:
        raise PermissionDenied  # nobody locks themselves out by a slip
    grant.delete()
    messages.success(request, _("The role was taken back."))
    if colleagues(request.user).filter(pk=grant.user_id).exists():
        return redirect("desk_staff:person", pk=grant.user_id)
    return redirect("desk_staff:index")


def password_link(request: HttpRequest, who: Any) -> str:
    """An address at which the person sets a password, once; Django's own token, good for PASSWORD_RESET_TIMEOUT seconds."""
    key = urlsafe_base64_encode(force_bytes(who.pk))
    token = default_token_generator.make_token(who)
    return request.build_absolute_uri(reverse("wagtailadmin_password_reset_confirm", args=[key, token]))


def urls() -> list[Any]:
    """The addresses of the screen, with their rules at the gate."""
    gate.guard_kind(Grant, "desk_staff:index", "desk_staff:add", get="add", post="add")
    gate.guard(Grant, "desk_staff:take", get="delete", post="delete")
    gate.guard(Grant, "desk_staff:show", get="change", post="change")
    gate.guard_with(_person_rule, "desk_staff:person", "desk_staff:give")
    return [
        path("", people, name="index"),
        path("baru/", add, name="add"),
        path("<int:pk>/", person, name="person"),
        path("<int:pk>/peran/", give, name="give"),
        path("peran/<int:pk>/cabut/", take, name="take"),
        path("peran/<int:pk>/cetak/", show, name="show"),
    ]


def _person_rule(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not policy.may_any(request.user, "add", "network.grant"):
        raise Http404
    if not colleagues(request.user).filter(pk=kwargs["pk"]).exists():
        raise Http404
