"""Those who are credited, with an account at the desk or without."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from redaksi.network.models import Site
from redaksi.photos.models import Photo


class Contributor(models.Model):  # type: ignore[django-manager-missing]  # Story has untyped bases: its manager is unknown
    """Someone who is credited: with an account at the desk or not. Without a site: the whole network's."""

    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contributors",
    )
    name = models.CharField(_("name"), max_length=120, db_index=True)
    slug = models.SlugField(_("word in the address"), max_length=120)
    bio = models.TextField(_("about"), blank=True, default="")
    portrait = models.ForeignKey(
        Photo, verbose_name=_("portrait"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account at the desk"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributors",
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = [
            # Over an expression, since SQLite takes two unknown sites for two different ones.
            models.UniqueConstraint(Coalesce("site", 0), "slug", name="contributor_slug_once_a_site")
        ]

    def __str__(self) -> str:
        return self.name
