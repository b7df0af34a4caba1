"""The form's fields in the order of the printed page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from redaksi.desk.story.also import AlsoWidget
from redaksi.desk.story.form import StoryForm
from redaksi.desk.story.history import ChoicesPanel
from redaksi.desk.story.pickers import Picker, SeveralPicker

#: Headlines longer than this are cut in search results and wrap to four lines on a phone.
HEADLINE, STANDFIRST = 110, 180


def _text(rows: int = 1, **attrs: str) -> AdminAutoHeightTextInput:
    return AdminAutoHeightTextInput(attrs={"rows": rows, **attrs})


EDIT_HANDLER = ObjectList(
    [
        FieldPanel("site", widget=forms.HiddenInput(), classname="rd-unseen"),
        FieldRowPanel(
            [
                FieldPanel("section"),
                FieldPanel("label", widget=Picker("topic", _("Find a topic"))),
            ],
            classname="rd-first",
        ),
        FieldPanel(
            "headline",
            widget=_text(2, **{"data-count": str(HEADLINE), "maxlength": "200"}),
            classname="rd-headline",
        ),
        FieldPanel(
            "standfirst", widget=_text(2, **{"data-count": str(STANDFIRST)}), classname="rd-standfirst"
        ),
        InlinePanel(
            "bylines",
            heading=_("Names and roles"),
            label=_("name"),
            panels=[
                FieldRowPanel(
                    [
                        FieldPanel("contributor", widget=Picker("contributor", _("Find a name"))),
                        FieldPanel("role"),
                    ]
                )
            ],
            classname="rd-bylines",
        ),
        MultiFieldPanel(
            [FieldPanel("lead_photo"), FieldPanel("lead_caption", widget=_text())],
            heading=_("Lead photo"),
            classname="rd-photo",
        ),
        FieldPanel("body", classname="rd-body"),
        ChoicesPanel("mention_choices", widget=forms.HiddenInput(), classname="rd-unseen"),
        FieldPanel("topics", widget=SeveralPicker("topic", _("Find a topic"))),
        ChoicesPanel("also_choices", widget=AlsoWidget(), classname="rd-also-choices"),
        FieldPanel("version_of", widget=Picker("story", _("Find a story, or paste its address"))),
        FieldRowPanel(
            [
                FieldPanel("dateline"),
                FieldPanel("source_kind"),
                FieldPanel("source_name"),
                FieldPanel("source_url"),
            ],
            heading=_("Place and source"),
            classname="rd-source",
        ),
        MultiFieldPanel(
            [
                FieldPanel("list_headline"),
                FieldPanel("slug", widget=forms.TextInput()),
                FieldPanel("search_title"),
                FieldPanel("search_text", widget=_text()),
                FieldPanel("share_title"),
                FieldPanel("share_text", widget=_text()),
                FieldPanel("expire_at"),
            ],
            heading=_("Address, search and sharing"),
            classname="collapsed rd-more",
        ),
    ],
    base_form_class=StoryForm,
)
