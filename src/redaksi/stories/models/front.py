"""The editions of a site's front: every one that was saved, for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redaksi.network.models import Site


class Front(models.Model):
    """One edition of a site's front, from ``at`` until the next one. The newest is what readers have.

    An edition is never changed: an editor who arranges makes a new one. ``strips`` is in the form of
    :mod:`redaksi.stories.arrangement`; an edition without strips stands for the front that a site has by itself.
    ``next_due_at`` is when the next of its pins ends: those that ended before it are over, all that have an end where it is
    empty. So what is printed follows from this row alone, whatever the clock says.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="fronts")
    at = models.DateTimeField(_("from"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    strips = models.JSONField(_("strips"), default=list)
    next_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("edition of a front")
        verbose_name_plural = _("editions of fronts")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["site", "-at", "-id"], name="front_newest"),
            models.Index(fields=["next_due_at"], name="front_due", condition=Q(next_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.at:%Y-%m-%d %H:%M}"
