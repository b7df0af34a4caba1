"""The story and its bylines. Columns stand in the order of the printed page, but for the body, which is wide and stays last.

The row of a story is its published state; what is being written lives in its revisions (Wagtail's draft mixins). The
verbs that change a story are in :mod:`redaksi.stories.actions`, and nowhere else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin

from redaksi.network.models import Section, Site
from redaksi.photos.models import Photo
from redaksi.stories.blocks import BodyBlock
from redaksi.stories.models.contributor import Contributor
from redaksi.stories.models.former import merged_into
from redaksi.stories.models.topic import Topic


class Story(PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """One article of one site.

    Deliberately not a Page and not in Wagtail's search index: both cost more with every story there is. ``submitted_at``
    says that it waits for an editor; ``withdrawn_at`` that it was taken down for good, ``withdrawal_reason`` tells readers
    why. ``published_at`` and ``updated_at`` are what readers are told. ``edition`` counts up with every change that readers
    are to see: what the shelf holds is older than the record when its number is smaller.

    ``mention_choices`` and ``also_choices`` hold what an editor decided about links that otherwise come by themselves:
    ``{"off": [topic ids], "off_at": [[block id, name, n]], "chosen": {name: topic id}}`` and ``{"cap": n, "banned": [story ids]}``.
    ``verifying_since`` prints a notice to readers until it is settled; ``picked_at`` puts the story among the editors' choices.
    """

    class Source(models.TextChoices):
        OWN = "own", pgettext_lazy("source", "Our own reporting")
        AGENCY = "agency", pgettext_lazy("source", "Agency")
        SYNDICATED = "syndicated", pgettext_lazy("source", "Taken over")

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="stories")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="stories"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
    )
    label = models.ForeignKey(
        Topic,
        verbose_name=_("label"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="labelled",
    )
    headline = models.CharField(_("headline"), max_length=200)
    list_headline = models.CharField(
        _("headline in lists"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("If it should be shorter there."),
    )
    standfirst = models.TextField(_("standfirst"), max_length=500, blank=True, default="")
    lead_photo = models.ForeignKey(
        Photo,
        verbose_name=_("lead photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
    )
    lead_caption = models.TextField(
        _("caption here"), blank=True, default="", max_length=500, help_text=_("If not the photo's own.")
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("The place, in front of the first words."),
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="stories")
    version_of = models.ForeignKey(
        "self",
        verbose_name=_("version of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        help_text=_(
            "The same story in another language: readers and search engines are led from one to the other."
        ),
    )
    mention_choices = models.JSONField(_("linked names"), default=dict, blank=True)
    also_choices = models.JSONField(_("read-also"), default=dict, blank=True)
    source_kind = models.CharField(_("source"), max_length=12, choices=Source, default=Source.OWN)
    source_name = models.CharField(_("name of the source"), max_length=160, blank=True, default="")
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True, default="")
    slug = models.SlugField(_("word in the address"), max_length=120, blank=True, default="")
    search_title = models.CharField(_("title in search"), max_length=120, blank=True, default="")
    search_text = models.CharField(_("text in search"), max_length=300, blank=True, default="")
    share_title = models.CharField(_("title when shared"), max_length=160, blank=True, default="")
    share_text = models.CharField(_("text when shared"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("public reason"), blank=True, default="", editable=False)
    verifying_since = models.DateTimeField(_("being verified since"), null=True, blank=True, editable=False)
    verifying_note = models.TextField(_("what is being verified"), blank=True, default="", editable=False)
    picked_at = models.DateTimeField(_("picked by the editors"), null=True, blank=True, editable=False)
    edition = models.PositiveIntegerField(default=0, editable=False)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="story_newest"),
            # The desk's lists sort the keys of several sites by this index alone; what they filter by most stands in it too.
            models.Index(
                fields=["site", "-created_at", "-id", "live", "has_unpublished_changes", "owner"],
                name="story_site_newest",
            ),
            models.Index(fields=["site", "section", "-created_at", "-id"], name="story_section_newest"),
            models.Index(fields=["site", "-published_at", "-id"], name="story_site_published"),
            models.Index(fields=["owner", "-created_at", "-id"], name="story_owner_newest"),
            models.Index(fields=["label", "-created_at"], name="story_label_newest"),
            models.Index(
                fields=["site", "-submitted_at"],
                name="story_waiting",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["site", "-withdrawn_at"],
                name="story_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
            models.Index(
                fields=["site", "verifying_since"],
                name="story_verifying",
                condition=Q(verifying_since__isnull=False),
            ),
            models.Index(fields=["go_live_at"], name="story_due", condition=Q(go_live_at__isnull=False)),
            models.Index(
                fields=["site", "go_live_at"], name="story_planned", condition=Q(go_live_at__isnull=False)
            ),
            models.Index(
                fields=["expire_at"], name="story_expires", condition=Q(expire_at__isnull=False, live=True)
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def site_has_it(self) -> bool:
        """Whether readers have the story now."""
        return bool(self.live and self.withdrawn_at is None)

    def with_content_json(self, content: dict[str, Any]) -> Story:
        """A revision's text on the record's facts: what happened to a story is never taken from an old revision."""
        story: Story = super().with_content_json(_with_merged(content))
        for fact in FACTS:
            setattr(story, fact, getattr(self, fact))
        return story


#: Columns that tell what happened to a story, not what it says.
FACTS = (
    "owner_id", "created_at", "submitted_at", "published_at", "updated_at", "go_live_at", "withdrawn_at",
    "withdrawal_reason", "verifying_since", "verifying_note", "picked_at", "edition",
)  # fmt: skip


def _with_merged(content: dict[str, Any]) -> dict[str, Any]:
    """A revision's text with the topics into which those that it names were merged since."""
    topics, label = content.get("topics") or [], content.get("label")
    merged: dict[Any, int] = dict(merged_into({pk for pk in (*topics, label) if isinstance(pk, int)}))
    if not merged:
        return content
    followed = list(dict.fromkeys(merged.get(pk, pk) for pk in topics))
    return {**content, "topics": followed, "label": merged.get(label, label)}


class Byline(Orderable):
    """A contributor with a role, in the order in which they are named. ``name`` is for someone without a page."""

    class Role(models.TextChoices):
        WRITER = "writer", pgettext_lazy("byline", "Writer")
        EDITOR = "editor", pgettext_lazy("byline", "Editor")
        PHOTOGRAPHER = "photographer", pgettext_lazy("byline", "Photographer")
        TRANSLATOR = "translator", pgettext_lazy("byline", "Translator")
        CONTRIBUTOR = "contributor", pgettext_lazy("byline", "Contributor")
        SOURCE = "source", pgettext_lazy("byline", "Source")

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        Contributor, verbose_name=_("name"), on_delete=models.PROTECT, related_name="bylines"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.WRITER)

    # Wagtail would read the whole story again for each name that is saved, to note who refers to whom; nobody asks.
    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.contributor}"
