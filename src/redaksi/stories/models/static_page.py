"""The pages on which a site says something about itself: the code it keeps, privacy, how to reach it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import RichTextField

from redaksi.network.models import Site
from redaksi.stories.sanitise import chapter

#: What an editor may set on such a page.
FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]

#: Addresses that a page keeps when it moves on; the oldest are let go.
MOST_FORMER = 20


class StaticPage(models.Model):
    """A page that isn't news. A new site comes with one of each of the first four kinds.

    ``former_slugs`` are the words of the addresses that it had: they lead to it for good, unless another page takes one.
    """

    class Kind(models.TextChoices):
        ABOUT = "about", pgettext_lazy("page", "About us")
        CODE = "code", pgettext_lazy("page", "Code of practice")
        PRIVACY = "privacy", pgettext_lazy("page", "Privacy")
        CONTACT = "contact", pgettext_lazy("page", "Contact")
        OTHER = "other", pgettext_lazy("page", "Other")

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="pages")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("word in the address"), max_length=60)
    body = RichTextField(_("text"), features=FEATURES, blank=True)
    in_footer = models.BooleanField(_("linked in the footer"), default=True)
    order = models.PositiveSmallIntegerField(_("order in the footer"), default=0)
    former_slugs = models.JSONField(default=list, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["site", "order", "id"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="page_slug_once_a_site")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Cut the text down to what such a page may hold.

        Raises:
            ValidationError: nothing is left of it.
        """
        self.body = chapter(self.body)
        if not self.body.strip():
            raise ValidationError({"body": _("Write something: an empty page helps nobody.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Remember the address that the page leaves."""
        before = (
            StaticPage.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        )
        if before is not None and before != self.slug:
            held = [before, *(slug for slug in self.former_slugs if slug != before)]
            self.former_slugs = [slug for slug in held if slug != self.slug][:MOST_FORMER]
        super().save(*args, **kwargs)
