"""Topics at the desk: what stories are about, with the other names under which it is mentioned."""

from __future__ import annotations

from itertools import count
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from redaksi.desk.story.pickers import Picker
from redaksi.desk.walled import WalledDelete, WalledForm, WalledIndex, WalledViewSet
from redaksi.network import gate, policy
from redaksi.stories.actions.merge import merge
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.models import Alias, Topic
from redaksi.stories.models.topic import meeting

#: Other names of one topic; a longer list is a mistake.
MOST_NAMES = 60


class TopicForm(WalledForm):
    """A topic with its other names, one a line."""

    names = forms.CharField(
        label=gettext_lazy("Other names"),
        help_text=gettext_lazy("One a line: abbreviations, former names, other spellings."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta(WalledForm.Meta):
        model = Topic
        fields = ("name", "kind", "site", "names", "summary", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Made from the name if you leave it empty.")
        self.call_empty_site(_("The whole network"))
        if self.instance.pk:
            self.fields["names"].initial = "\n".join(
                alias.name for alias in self.instance.aliases.order_by("id")
            )

    def clean_name(self) -> str:
        """A name is one line with single spaces, since it is looked for in texts."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        """A free address where none is given; one that is taken is refused by the model."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        site = cleaned.get("site")
        if not cleaned.get("slug"):
            others = Topic.objects.filter(meeting(site.pk if site else None)).exclude(pk=self.instance.pk)
            cleaned["slug"] = _free(slugify(cleaned.get("name", ""))[:150] or "topik", others)
        return cleaned

    def clean_names(self) -> list[str]:
        """Names without doubles, in their order."""
        names = list(
            dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        )
        names = [name for name in names if name]
        too_long = next((name for name in names if len(name) > 160), None)  # noqa: PLR2004  # the column's length
        if too_long:
            raise forms.ValidationError(
                _("“%(name)s” is too long for a name.") % {"name": f"{too_long[:60]}…"}
            )
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("At most %(most)d other names.") % {"most": MOST_NAMES})
        return names

    def save(self, commit: bool = True) -> Topic:  # noqa: FBT001, FBT002  # Django's signature
        topic: Topic = super().save(commit=commit)
        kept = set(topic.aliases.values_list("name", flat=True))
        wanted = self.cleaned_data["names"]
        for alias in topic.aliases.exclude(name__in=wanted):
            alias.delete()
        for name in wanted:
            if name not in kept:
                Alias.objects.create(topic=topic, name=name)
        return topic


def _free(slug: str, others: QuerySet[Topic]) -> str:
    """A word in the address with the smallest number behind it that no other topic has; names may be shared."""
    return next(
        tried
        for number in count(1)
        if not others.filter(slug=(tried := slug if number == 1 else f"{slug}-{number}")).exists()
    )


class MergeForm(forms.Form):
    """Into which topic another is merged: one that the user may change, too."""

    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Merge into"),
        widget=Picker("topic", gettext_lazy("Find a topic")),
        help_text=gettext_lazy(
            "All its stories, names and its old address go over to this topic. It can't be undone."
        ),
    )

    def __init__(self, *args: Any, user: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = policy.scope(user, Topic.objects.exclude(pk=topic.pk), "change")


def merge_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen on which a topic is merged into another."""
    topic = get_object_or_404(Topic, pk=pk)
    form = MergeForm(request.POST or None, user=request.user, topic=topic)
    if request.method == "POST" and form.is_valid():
        try:
            left = merge(topic, form.cleaned_data["into"], request.user)  # type: ignore[arg-type]  # the gate lets staff pass only
        except WrongStateError as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(
                request, _("“%(one)s” is part of “%(other)s” now.") % {"one": topic.name, "other": left.name}
            )
            return redirect("desk_topics:edit", left.pk)
    return render(
        request, "desk/topics/merge.html", {"form": form, "topic": topic, "page_title": _("Merge a topic")}
    )


class TopicEdit(WalledViewSet.edit_view_class):  # type: ignore[name-defined]  # Wagtail keeps its view there
    """The form of a topic, from where it can be merged into another."""

    template_name = "desk/topics/edit.html"


class TopicIndex(WalledIndex):
    default_ordering = "name"
    list_filter = ["kind"]


class TopicDelete(WalledDelete):
    def obstacle(self) -> str | None:
        if self.object.labelled.exists() or self.object.stories.exists():
            return _("There are stories with this topic. Take it off them first.")
        return None


class TopicViewSet(WalledViewSet):
    name = "desk_topics"
    url_prefix = "topik"
    model = Topic
    icon = "tag"
    index_view_class = TopicIndex
    edit_view_class = TopicEdit
    delete_view_class = TopicDelete
    list_display = [
        "name",
        Column("get_kind_display", label=gettext_lazy("Kind")),
        Column("site", label=gettext_lazy("Site")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return TopicForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("<int:pk>/gabung/", merge_topic, name="merge")]

    def on_register(self) -> None:
        super().on_register()
        gate.guard(Topic, self.get_url_name("merge"), get="change", post="change")
