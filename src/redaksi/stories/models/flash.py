"""Breaking flashes: one line over every page of some sites, or of all, until its time ends."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redaksi.network.models import Site
from redaksi.stories.models.story import Story


class Flash(models.Model):
    """One line of news that can't wait for its story. It leads to a story, to another address, or nowhere yet.

    It runs until ``ended_at`` is set, by an editor or, once ``ends_at`` has come, by the clock: what readers see follows from
    the record alone, not from when somebody looks.
    """

    text = models.CharField(_("text"), max_length=140, help_text=_("One sentence; short enough for a phone."))
    story = models.ForeignKey(
        Story,
        verbose_name=_("story"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="flashes",
    )
    url = models.URLField(_("address"), max_length=500, blank=True, default="")
    everywhere = models.BooleanField(_("the whole network"), default=False)
    sites = models.ManyToManyField(Site, verbose_name=_("sites"), blank=True, related_name="flashes")
    begun_at = models.DateTimeField(_("begun"))
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-begun_at", "-id"]
        verbose_name = _("breaking flash")
        verbose_name_plural = _("breaking flashes")
        indexes = [
            models.Index(
                fields=["-begun_at", "-id"], name="flash_running", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=["ends_at"], name="flash_due", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text
