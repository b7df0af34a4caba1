"""Placements: a story on another site than its home. One record; a placement is never a copy."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from redaksi.network.models import Section, Site
from redaksi.stories.models.story import Story
from redaksi.stories.models.topic import Topic


class CarryRule(models.Model):
    """Stories about ``topic`` come to ``site`` by themselves, into ``section``, from when the rule was made or changed on.

    ``home`` narrows it to stories of one site; without it, those of every site come.
    """

    site = models.ForeignKey(
        Site, verbose_name=_("to the site"), on_delete=models.CASCADE, related_name="carry_rules"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("into its section"), on_delete=models.PROTECT, related_name="carry_rules"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("stories about"), on_delete=models.CASCADE, related_name="carry_rules"
    )
    home = models.ForeignKey(
        Site,
        verbose_name=_("from the site"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="carried_from",
    )

    class Meta:
        ordering = ["site", "id"]
        verbose_name = _("carry rule")
        verbose_name_plural = _("carry rules")
        constraints = [
            # Over an expression, since SQLite takes two unknown sites for two different ones.
            models.UniqueConstraint("site", "topic", Coalesce("home", 0), name="carry_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.site}"


class Placement(models.Model):
    """A story of one site on another, ``site``, which says in which section, and may give it a headline and label of its own.

    Readers have it there while its state is "sent" (its home, or a rule, put it there) or "placed" (the site took it over or
    set something of its own). Let go or called back, its address there leads to the story's home.
    """

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("placement", "Sent")
        PLACED = "placed", pgettext_lazy("placement", "Placed")
        LET_GO = "let_go", pgettext_lazy("placement", "Let go")
        CALLED_BACK = "called_back", pgettext_lazy("placement", "Called back")

    #: The states in which readers of the site have the story.
    SHOWN = (State.SENT, State.PLACED)

    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="placements"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("on the site"), on_delete=models.CASCADE, related_name="placements"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="placements"
    )
    label = models.ForeignKey(
        Topic,
        verbose_name=_("label here"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("If not the story's own."),
    )
    headline = models.CharField(
        _("headline here"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("If not the story's own."),
    )
    list_headline = models.CharField(_("headline in lists here"), max_length=120, blank=True, default="")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SENT)
    rule = models.ForeignKey(
        CarryRule, verbose_name=_("by the rule"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [models.UniqueConstraint(fields=["site", "story"], name="placement_once_a_site")]
        indexes = [
            models.Index(fields=["site", "-at", "-id"], name="placement_site_newest"),
            models.Index(fields=["-at", "-id"], name="placement_newest"),
            models.Index(fields=["site", "-at"], name="placement_sent", condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return f"{self.story} → {self.site}"

    @property
    def is_shown(self) -> bool:
        """Whether readers of the site have it, if they have the story at all."""
        return self.state in self.SHOWN
