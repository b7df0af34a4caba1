"""What stays under a story for good: dated, numbered corrections and replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from redaksi.stories.models.story import Story


class Correction(models.Model):
    """A dated, numbered note on a published story. It stays for good: there is no verb that takes one back.

    Source: Dewan Pers, Pedoman Pemberitaan Media Siber (2012), point 4 (ralat, koreksi, hak jawab).
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", pgettext_lazy("note", "Correction")
        REPLY = "reply", pgettext_lazy("note", "Right of reply")

    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="corrections"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CORRECTION)
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"), max_length=4000)
    speaker = models.CharField(_("from whom"), max_length=160, blank=True, default="")
    reply = models.ForeignKey(
        Story,
        verbose_name=_("the reply as a story"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies_to",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["story", "number"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="correction_number_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
