"""The story's form: what may be chosen in it, and what is refused with a sentence at its field.

Every thing that a form can name by its key (section, label, topics, names, photos, stories to read also) is accepted only
within the walls: a key of another site is an error like a key that doesn't exist.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from redaksi.desk.story.also import PIN, choosable, kept, pinned
from redaksi.desk.story.paste import one_paragraph_a_block
from redaksi.desk.story.pickers import may_choose
from redaksi.desk.walled import forget_refused
from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.photos.models import Photo
from redaksi.stories.mentions import as_json, parse
from redaksi.stories.models import Contributor, Story, Topic
from redaksi.stories.models.topic import meeting
from redaksi.stories.texts import raw_blocks

#: Names under which the form sends what was chosen in a block of the body.
_CHOSEN_IN_BODY = re.compile(r"body-\d{1,5}-value-(?:photo|story|photos-\d{1,4}-value)\Z")


class StoryForm(WagtailAdminModelForm):
    """The form of one story, for one user (``for_user``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = self._find_site()
        self._narrow()
        if self.instance.pk:
            self.fields.pop("site", None)  # a story stays at its site

    def _find_site(self) -> Site | None:
        """The story's site; a new one's is the one that the form was opened for."""
        if self.instance.site_id:
            return self.instance.site
        key = str(self.data.get("site", "")) if self.is_bound else ""
        return sites_to_write_at(self.for_user).filter(pk=int(key)).first() if key.isdecimal() else None

    def _narrow(self) -> None:
        user, story = self.for_user, self.instance
        fields = self.fields
        if "site" in fields:
            fields["site"].queryset = sites_to_write_at(user)
        if "section" in fields:
            fields["section"].queryset = sections_to_write_in(user, self.site, story)
            fields["section"].empty_label = None
        if "label" in fields:
            fields["label"].queryset = may_choose(user, Topic.objects.all(), [story.label_id or 0])
        if "topics" in fields:
            kept = [topic.pk for topic in story.topics.all()]
            fields["topics"].queryset = may_choose(user, Topic.objects.all(), kept)
        if "version_of" in fields:
            readers_have = Q(live=True, withdrawn_at__isnull=True)
            others = Story.objects.exclude(pk=story.pk or 0).only("headline")
            fields["version_of"].queryset = others.filter(readers_have | Q(pk=story.version_of_id or 0))
        if "also_choices" in fields:
            self._name_banned()
        if "lead_photo" in fields:
            fields["lead_photo"].queryset = may_choose(user, Photo.objects.all(), [story.lead_photo_id or 0])

    def _name_banned(self) -> None:
        """Stories that are kept out are shown by their headlines, as far as the user may know of them."""
        field = self.fields["also_choices"]
        value = (
            field.widget.value_from_datadict(self.data, self.files, "also_choices") if self.is_bound else None
        )
        keys = json.loads(value).get("banned", []) if value else self.instance.also_choices.get("banned", [])
        named = choosable(self.for_user, self.instance).filter(pk__in=keys).values_list("pk", "headline")
        field.widget.titles = dict(named) if keys else {}

    def clean_also_choices(self) -> dict[str, Any]:
        """Only stories that the user may choose can be named, even to keep them out."""
        if "also_choices-cap" not in self.data:
            choices: dict[str, Any] = self.instance.also_choices
            return choices
        held = self.cleaned_data["also_choices"] or {}
        known = {*self.fields["also_choices"].widget.titles, *self.instance.also_choices.get("banned", [])}
        return kept(held.get("cap"), [key for key in held.get("banned", []) if key in known])

    def clean_headline(self) -> str:
        """A headline is one line, however it was pasted."""
        return " ".join(str(self.cleaned_data["headline"]).split())

    def clean_mention_choices(self) -> dict[str, Any]:
        """The choices in their own form; topics of another site are left out."""
        made = parse(self.cleaned_data["mention_choices"])
        site_id = self.site.pk if self.site else None
        known = set(Topic.objects.filter(meeting(site_id), pk__in=made.topics).values_list("pk", flat=True))
        chosen = tuple((name, pk) for name, pk in made.chosen if pk in known)
        return as_json(replace(made, off=made.off & known, chosen=chosen))

    def clean_body(self) -> Any:
        """Refuse photos and stories from behind the walls; set each pasted paragraph into a block of its own."""
        body = self.cleaned_data["body"]
        probe = Story(body=body)
        photos, stories = _named_in(probe)
        had_photos, had_stories = _named_in(self.instance)
        if _foreign(self.for_user, Photo.objects.all(), photos - had_photos):
            raise ValidationError(_("A photo in the text doesn't exist, or isn't yours to use."))
        if _foreign(self.for_user, Story.objects.all(), stories - had_stories):
            raise ValidationError(_("A story to read also doesn't exist, or isn't yours to use."))
        body = one_paragraph_a_block(body)
        asked = str(self.data.get(PIN, ""))
        with_pin = pinned(body, asked, choosable(self.for_user, self.instance)) if asked else body
        if with_pin is None:
            raise ValidationError(_("A story to read also doesn't exist, or isn't yours to use."))
        return with_pin

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_place(cleaned)
        self._check_names()
        expires = cleaned.get("expire_at")
        if expires and expires <= timezone.now() and "expire_at" in self.changed_data:
            self.add_error("expire_at", _("This time has passed already."))
        return cleaned

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        """The user must be allowed to write in the section, which must be one of the site's."""
        site, section = self.site or cleaned.get("site"), cleaned.get("section")
        if section is None or site is None:
            return
        story = self.instance
        probe = Story(site=site, section=section, owner_id=story.owner_id, live=story.live)
        if section.site_id != site.pk or not policy.may(
            self.for_user, "change" if story.pk else "add", probe
        ):
            self.add_error("section", _("You may not write in this section."))

    def clean_version_of(self) -> Story | None:
        """A story is told once in each language: a second one in the same would be no version."""
        of: Story | None = self.cleaned_data["version_of"]
        if of is None or self.site is None or "version_of" not in self.changed_data:
            return of
        root = of.version_of_id or of.pk
        group = Story.objects.filter(Q(pk=root) | Q(version_of_id=root)).exclude(pk=self.instance.pk or 0)
        if group.filter(site__language=self.site.language).exists():
            raise ValidationError(_("There is a version in this language already."))
        return of

    def _check_names(self) -> None:
        """Names in the byline must be this site's or the whole network's."""
        had = {byline.contributor_id for byline in self.instance.bylines.all()}
        allowed = may_choose(self.for_user, Contributor.objects.all(), list(had))
        formset = self.formsets.get("bylines")
        for form in formset.forms if formset is not None else ():
            field = form.fields.get("contributor")
            if field is not None:
                field.queryset = allowed

    def full_clean(self) -> None:
        """The formset of names is checked before this form's own ``clean``; narrow it first."""
        if self.is_bound:
            self._check_names()
        super().full_clean()
        if self.is_bound and self.errors:
            forget_refused(self)
            self._forget_foreign_blocks()

    def _forget_foreign_blocks(self) -> None:
        """The form is shown again: no block may name a photo or a story from behind the walls while it is."""
        data: Any = self.data.copy()  # type: ignore[has-type]  # a QueryDict: Django's form sets it
        sent = {name: value for name, value in data.items() if _CHOSEN_IN_BODY.match(name) and value}
        had_photos, had_stories = _named_in(self.instance)
        for name, value in sent.items():
            stories = name.endswith("-story")
            model, had = (Story, had_stories) if stories else (Photo, had_photos)
            key = int(value) if str(value).isdecimal() else None
            if key is None or (key not in had and _foreign(self.for_user, model.objects.all(), {key})):
                data[name] = ""
        self.data = data


def sites_to_write_at(user: Any) -> QuerySet[Site]:
    """The sites at which the user may begin a story."""
    keys = policy.sites_where(user, "add", "stories.story")
    return Site.objects.all() if keys is None else Site.objects.filter(pk__in=keys)


def sections_to_write_in(user: Any, site: Site | None, story: Story) -> QuerySet[Section]:
    """The sections of one site in which the user may write this story."""
    if site is None:
        return Section.objects.none()
    verb: policy.Verb = "change" if story.pk else "add"
    allowed = [
        section.pk
        for section in site.sections.all()
        if section.pk == story.section_id
        or policy.may(user, verb, Story(site=site, section=section, owner_id=story.owner_id, live=story.live))
    ]
    return Section.objects.filter(pk__in=allowed)


def _named_in(story: Story) -> tuple[set[int], set[int]]:
    """The keys of the photos and the stories that a body names."""
    photos: set[Any] = set()
    stories: set[Any] = set()
    for name, value in raw_blocks(story):
        if name == "photo":
            photos.add(value.get("photo"))
        elif name == "gallery":
            items = value.get("photos") or []
            photos.update(
                item["value"] if isinstance(item, dict) and "value" in item else item for item in items
            )
        elif name == "read_also":
            stories.add(value.get("story"))
    return {key for key in photos if key}, {key for key in stories if key}


def _foreign(user: Any, queryset: QuerySet[Any], keys: set[int]) -> bool:
    return bool(keys) and policy.scope(user, queryset.filter(pk__in=keys), "choose").count() < len(keys)
