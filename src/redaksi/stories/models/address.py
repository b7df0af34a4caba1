"""Every address that a story ever had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redaksi.network.models import Site
from redaksi.stories.models.story import Story


class Address(models.Model):
    """An address on a site that leads, or led, to a story. Old ones redirect for good. A story has one on each site that carries it."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="addresses")
    path = models.CharField(_("path"), max_length=500)
    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="addresses"
    )
    current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="address_once_a_site"),
            models.UniqueConstraint(
                fields=["story", "site"], condition=Q(current=True), name="one_current_address_a_site"
            ),
        ]

    def __str__(self) -> str:
        return self.path
