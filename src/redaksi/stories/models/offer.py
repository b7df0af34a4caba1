"""Offers: what one desk holds out to others, a published story or the plan of one, and who took it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redaksi.network.models import Site
from redaksi.stories.models.story import Story


class Offer(models.Model):
    """A published story, or (without one) a plan: what it will be about and when. Seen by its own desk and by those invited.

    A story can be taken by each site that it is offered to; a plan is for one desk, the first that claims it.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="offers")
    story = models.ForeignKey(
        Story,
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="offers",
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what about, and for whom"), max_length=2000, blank=True, default="")
    due_at = models.DateTimeField(_("when"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [models.Index(fields=["site", "-at", "-id"], name="offer_site_newest")]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """An offer as one site sees it. ``claimed_at``: that site took it."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="invitations"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="invitations"
    )
    at = models.DateTimeField(_("at"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["offer", "site"], name="invited_once")]
        indexes = [
            models.Index(fields=["site", "-at", "-id"], name="invitation_site_newest"),
            models.Index(
                fields=["offer", "-claimed_at"],
                name="invitation_claimed",
                condition=Q(claimed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} → {self.site}"
