"""What stories are about: topics, with the other names under which they are mentioned."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from redaksi.network.models import Site


class Topic(models.Model):  # type: ignore[django-manager-missing]  # Story has untyped bases: its manager is unknown
    """Anything that stories are about and that has a page. Without a site it is the whole network's."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", pgettext_lazy("topic", "Subject")
        EVENT = "event", pgettext_lazy("topic", "Running story")
        PERSON = "person", pgettext_lazy("topic", "Person")
        ORGANISATION = "organisation", pgettext_lazy("topic", "Organisation")
        PLACE = "place", pgettext_lazy("topic", "Place")

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, null=True, blank=True, related_name="topics"
    )
    name = models.CharField(_("name"), max_length=160, db_index=True)
    slug = models.SlugField(_("word in the address"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SUBJECT)
    summary = models.TextField(_("summary"), blank=True, default="")

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            # Over an expression, since SQLite takes two unknown sites for two different ones.
            models.UniqueConstraint(Coalesce("site", 0), "slug", name="topic_slug_once_a_site")
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name under which a topic is mentioned."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=160, db_index=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["topic", "name"], name="alias_once_a_topic")]

    def __str__(self) -> str:
        return self.name
