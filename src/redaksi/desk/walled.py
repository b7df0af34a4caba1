"""The ground for the desk's own screens: Wagtail's list and form of a model, within the walls.

A screen names its model, its fields and its columns; from here it gets a list that holds only what the user may see, forms
that accept only what the user may choose, and its addresses' rules at the gate. Lists count no further than
:data:`MOST_LISTED`: a list that long is narrowed by searching, and its cost stays the same.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from redaksi.network import gate, policy, rights

MOST_LISTED = 1000
#: The newest things among which a word is looked for in the middle of a name.
MOST_SEARCHED = 5000
#: The verb that a form field's things need: a site is where something is put, everything else is chosen.
_PLACES = {"network.site", "network.section"}


class BoundedPaginator(WagtailPaginator):
    """Counts no further than :data:`MOST_LISTED`."""

    @cached_property
    def count(self) -> int:
        listed = self.object_list
        if isinstance(listed, QuerySet):
            return int(listed.order_by()[:MOST_LISTED].count()) if not listed.query.is_sliced else len(listed)
        return min(len(listed), MOST_LISTED)


def contains(queryset: QuerySet[Any], text: str, *fields: str) -> QuerySet[Any]:
    """The things of a scoped, ordered queryset in one of whose fields every word of ``text`` stands.

    Looks at the first :data:`MOST_SEARCHED` of the queryset, so that the cost has a bound.
    """
    words = text.split()[:8]
    wanted = Q()
    for word in words:
        wanted &= Q(*((f"{field}__icontains", word[:60]) for field in fields), _connector=Q.OR)
    if not words:
        return queryset
    return queryset.filter(pk__in=queryset.values("pk")[:MOST_SEARCHED]).filter(wanted)


def hold(form: forms.BaseForm, user: Any, kept: Model | None = None) -> None:
    """Let every field of a form take only things that the user may choose (for a place: put something into).

    Args:
        form: its fields' querysets are narrowed; a key from behind the walls is then an error like one that doesn't exist.
        user: for whom the form is.
        kept: the thing that is edited; what it holds already stays allowed.
    """
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            continue
        kind = field.queryset.model._meta.label_lower  # noqa: SLF001  # Django's documented model API
        if kind not in rights.KINDS:
            continue
        allowed = policy.scope(user, field.queryset, "see" if kind in _PLACES else "choose")
        current = getattr(kept, f"{name}_id", None) if kept is not None else None
        field.queryset = (
            field.queryset.filter(Q(pk__in=allowed.values("pk")) | Q(pk=current)) if current else allowed
        )


def forget_refused(form: forms.BaseForm) -> None:
    """Take the keys that were refused out of what was sent, so that the form, shown again, doesn't name their things.

    A chooser's widget looks up what it was sent, whosever it is; so a refused key would tell a title from behind the walls.
    """
    refused = [name for name in form.errors if isinstance(form.fields.get(name), forms.ModelChoiceField)]
    if refused:
        data: Any = form.data.copy()  # type: ignore[attr-defined]  # what a request sends is a QueryDict
        for name in refused:
            data.pop(form.add_prefix(name), None)
        form.data = data


class WalledForm(WagtailAdminModelForm):
    """A form of a walled model: choices within the walls, and the finished thing asked of the policy before it is saved."""

    class Meta(WagtailAdminModelForm.Meta):
        """Wagtail's widgets for our fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hold(self, self.for_user, self.instance)
        verb: policy.Verb = "change" if self.instance.pk else "add"
        site = self.fields.get("site")
        if isinstance(site, forms.ModelChoiceField):
            keys = policy.sites_where(self.for_user, verb, self.instance._meta.label_lower)  # noqa: SLF001
            if keys is not None and site.queryset is not None:
                site.queryset = site.queryset.filter(pk__in={*keys, self.instance.site_id or 0})
                site.required = True
                self._offer(site)

    @staticmethod
    def _offer(site: forms.ModelChoiceField[Any]) -> None:
        """With one site to choose, it is chosen already."""
        only = list(site.queryset[:2]) if site.queryset is not None else []
        if len(only) == 1:
            site.initial, site.empty_label = only[0].pk, None

    def call_empty_site(self, word: str) -> None:
        """Name the choice without a site, for who may leave it empty."""
        site = self.fields["site"]
        if isinstance(site, forms.ModelChoiceField) and not site.required:
            site.empty_label = word

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            forget_refused(self)

    def _post_clean(self) -> None:
        super()._post_clean()
        verb: policy.Verb = "change" if self.instance.pk else "add"
        if not self.errors and not policy.may(self.for_user, verb, self.instance):
            self.add_error(NON_FIELD_ERRORS, ValidationError(_("You may not do that at this site.")))


class WalledIndex(generic.IndexView):
    """A list of what the user may see, bounded."""

    paginator_class = BoundedPaginator
    page_kwarg = "p"
    #: Relations that the columns read.
    related: tuple[str, ...] = ("site",)
    looked_in: tuple[str, ...] = ("name",)

    @cached_property
    def is_searchable(self) -> bool:
        return bool(self.looked_in)

    def get_base_queryset(self) -> QuerySet[Any]:
        queryset = policy.scope(self.request.user, super().get_base_queryset())
        return queryset.select_related(*self.related) if self.related else queryset

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return contains(queryset, self.search_query, *self.looked_in) if self.is_searching else queryset

    def get_edit_url(self, instance: Model) -> str | None:
        may = policy.may(self.request.user, "change", instance)
        return super().get_edit_url(instance) if may else None

    def get_delete_url(self, instance: Model) -> str | None:
        may = policy.may(self.request.user, "delete", instance)
        return super().get_delete_url(instance) if may else None


class WalledDelete(generic.DeleteView):
    """Deletes a thing that nothing stands on; otherwise says what does, and leaves it."""

    def obstacle(self) -> str | None:
        """Why the thing must stay, as a sentence; None when it may go."""
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        reason = self.obstacle()
        if reason:
            messages.error(self.request, reason)
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class WalledViewSet(ModelViewSet):
    """List, add, edit, delete of one walled model. History, usage, copies and spreadsheets stay closed."""

    index_view_class = WalledIndex
    delete_view_class = WalledDelete
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 40
    list_export: tuple[str, ...] = ()
    add_to_reference_index = True

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's views learn that the screens which the desk hasn't got aren't there."""
        return super().get_common_view_kwargs(history_url_name=None, usage_url_name=None, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        """Only the addresses that are used."""
        kept = {"index", "index_results", "add", "edit", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    def on_register(self) -> None:
        super().on_register()
        gate.guard_kind(self.model, self.get_url_name("index"), self.get_url_name("index_results"))
        gate.guard_kind(self.model, self.get_url_name("add"), get="add", post="add")
        gate.guard(self.model, self.get_url_name("edit"), get="change", post="change")
        gate.guard(self.model, self.get_url_name("delete"), get="delete", post="delete")
