"""Topics at the desk: what stories are about, with the other names under which it is mentioned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from redaksi.desk.walled import WalledDelete, WalledForm, WalledIndex, WalledViewSet
from redaksi.stories.models import Alias, Topic

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

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:160]

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
    delete_view_class = TopicDelete
    list_display = [
        "name",
        Column("get_kind_display", label=gettext_lazy("Kind")),
        Column("site", label=gettext_lazy("Site")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:  # noqa: FBT001, FBT002  # Wagtail's signature
        return TopicForm
