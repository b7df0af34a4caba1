"""A story's word in its address: made from the headline, unique for the section's day."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.utils.text import slugify

from redaksi.network.models import Section
from redaksi.stories.models import Address, Story

#: Longer addresses are cut at a word; messengers and search results cut them anyway.
LONGEST = 90
#: Numbered addresses looked up in one query.
TRIED_AT_ONCE = 20


def slug_of(headline: str) -> str:
    """The slug of a headline: small letters and hyphens, cut at a word; "berita" where nothing is left of it."""
    slug = slugify(headline)
    if len(slug) > LONGEST:
        slug = slug[:LONGEST].rsplit("-", 1)[0] or slug[:LONGEST]
    return slug.strip("-") or "berita"


def path_of(story: Story, published_at: datetime) -> str:
    """The address of a story published at that time: ``/<section>/<yyyy>/<mm>/<dd>/<slug>`` in the site's zone."""
    day = published_at.astimezone(story.site.zone)
    return f"/{story.section.slug}/{day:%Y/%m/%d}/{story.slug}"


def is_taken(story: Story, path: str) -> bool:
    """Whether another story has, or had, this address on the story's site."""
    return Address.objects.filter(site_id=story.site_id, path=path).exclude(story_id=story.pk).exists()


def free_slug(story: Story, published_at: datetime) -> str:
    """The slug of the story's headline with the smallest number behind it that makes its address free.

    Addresses are looked up by their very paths, so that the cost is the same however many the site has.
    """
    folder = path_of(story, published_at).rsplit("/", 1)[0]
    return _free(story, story.site_id, folder, slug_of(story.headline))


def free_path(story: Story, section: Section) -> str:
    """A free address for a published story in a section of a site that carries it, on the day that it came out there."""
    day = (story.published_at or story.created_at).astimezone(section.site.zone)
    folder = f"/{section.slug}/{day:%Y/%m/%d}"
    return f"{folder}/{_free(story, section.site_id, folder, story.slug)}"


def _free(story: Story, site_id: int, folder: str, wanted: str) -> str:
    for begin in count(1, TRIED_AT_ONCE):
        numbers = range(begin, begin + TRIED_AT_ONCE)
        slugs = [wanted if number == 1 else f"{wanted}-{number}" for number in numbers]
        paths = [f"{folder}/{slug}" for slug in slugs]
        taken = Address.objects.filter(site_id=site_id, path__in=paths).exclude(story_id=story.pk)
        gone = set(taken.values_list("path", flat=True))
        free = next((slug for slug, path in zip(slugs, paths, strict=True) if path not in gone), None)
        if free is not None:
            return free
    raise AssertionError  # count() has no end
