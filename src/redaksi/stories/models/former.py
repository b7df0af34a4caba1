"""What topics were before: the addresses that they had, which redirect for good, and the keys of those merged into another."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce

from redaksi.network.models import Site
from redaksi.stories.models.topic import Topic, meeting


class FormerAddress(models.Model):
    """A word in an address that led to a topic, or to one merged into it, at a site (None: the whole network)."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    slug = models.SlugField(max_length=160)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = "former address of a topic"
        verbose_name_plural = "former addresses of topics"
        constraints = [models.UniqueConstraint(Coalesce("site", 0), "slug", name="former_slug_once_a_site")]

    def __str__(self) -> str:
        return self.slug


class MergedTopic(models.Model):
    """``number`` was the key of a topic that is now another: revisions of stories, and editors' choices, still name it."""

    number = models.BigIntegerField(unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="merged")

    class Meta:
        verbose_name = "merged topic"
        verbose_name_plural = "merged topics"

    def __str__(self) -> str:
        return f"{self.number} → {self.topic_id}"


def merged_into(numbers: set[int]) -> dict[int, int]:
    """Of these keys of topics, those that were merged into another, with that one's key."""
    if not numbers:
        return {}
    return dict(MergedTopic.objects.filter(number__in=numbers).values_list("number", "topic_id"))


def keep_address(topic: Topic, site_id: int | None, slug: str) -> None:
    """Have an address where a topic, or one merged into it, stood lead to it, unless another topic stands there now."""
    if not Topic.objects.filter(meeting(site_id), slug=slug).exclude(pk=topic.pk).exists():
        FormerAddress.objects.update_or_create(site_id=site_id, slug=slug, defaults={"topic": topic})


def give_up_address(topic: Topic) -> list[int]:
    """A topic takes its address from those that had it once; the keys of these."""
    there = FormerAddress.objects.filter(meeting(topic.site_id), slug=topic.slug)
    owners = list(there.values_list("topic_id", flat=True))
    there.delete()
    return owners
