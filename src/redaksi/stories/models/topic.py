"""What stories are about: topics, with the other names under which they are mentioned."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from redaksi.network.models import Site


def meeting(site_id: int | None) -> Q:
    """What can meet a thing of this site on some site: its own and the network's; anything, where it is the network's itself."""
    return Q() if site_id is None else Q(site_id=None) | Q(site_id=site_id)


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

    def clean(self) -> None:
        """An address is one topic's alone: on a site, those of the whole network stand beside its own.

        Raises:
            ValidationError: another topic that can meet this one on some site has the address.
        """
        others = Topic.objects.filter(meeting(self.site_id), slug=self.slug).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"slug": _("Another topic has this address.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves it, not the desk's form alone: no constraint of a database can hold that rule."""
        written = kwargs.get("update_fields")
        if written is None or {"site", "slug"}.intersection(written):
            self.clean()
        super().save(*args, **kwargs)


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
