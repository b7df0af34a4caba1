"""Versions of one story in other languages: a small group around an original, across the sites of the network.

Each names all the others (hreflang asks for it), so whoever of them changes its address, comes or goes has the others printed
again: each depends on all, and a story that joins or leaves puts the others into the outbox itself.
"""

from __future__ import annotations

from redaksi.network.models import Site
from redaksi.outbox import box
from redaksi.stories import copy
from redaksi.stories.models import Address, Story


def others_of(story: Story) -> list[int]:
    """The keys of the story's versions, its original among them and itself not. One query, two for a version."""
    if not story.pk:
        return [story.version_of_id] if story.version_of_id else []
    found = {version.pk for version in story.versions.all()}
    root = story.version_of_id
    if root and root != story.pk:
        found |= {root, *Story.objects.filter(version_of_id=root).values_list("pk", flat=True)}
    return sorted(found - {story.pk})


def version_copies(story: Story, others: list[int]) -> tuple[copy.VersionCopy, ...]:
    """The story and its versions that readers have, one a language (its own first, then the oldest); empty where it is alone."""
    if not others or not story.pk:
        return ()
    rows = Story.objects.filter(pk__in=[story.pk, *others], live=True, withdrawn_at__isnull=True)
    found = {row.pk: row for row in rows.only("site", "version_of", "live", "withdrawn_at")}
    paths = _paths(found)
    sites = Site.objects.prefetch_related("hosts").in_bulk({row.site_id for row in found.values()})
    root = story.version_of_id or story.pk
    made: dict[str, copy.VersionCopy] = {}
    for pk in sorted(found, key=lambda key: (key != story.pk, key)):
        site = sites[found[pk].site_id]
        if pk in paths and site.language not in made:
            url = f"{site.origin}{site.base}{paths[pk]}"
            made[site.language] = copy.VersionCopy(pk, site.language, url, original=pk == root)
    return tuple(made[language] for language in sorted(made)) if len(made) > 1 else ()


def _paths(found: dict[int, Story]) -> dict[int, str]:
    rows = Address.objects.filter(story_id__in=found, current=True).values_list("story_id", "site_id", "path")
    return {pk: path for pk, site_id, path in rows if found[pk].site_id == site_id}


def settle(text: Story) -> None:
    """Tie a story that is about to be published to its group's original, not to another version of it.

    Two stories that name each other, or a story and its own version, would go in circles: such a tie is dropped.
    """
    seen = {text.pk}
    original = text.version_of
    while original is not None and original.version_of_id and original.pk not in seen:
        seen.add(original.pk)
        original = original.version_of
    text.version_of = None if original is None or original.pk in seen else original


def put_group(before: int | None, story: Story) -> None:
    """Have the versions printed again that name a story, when it joined, left or changed its group.

    Args:
        before: the original that it was a version of until now.
        story: its row as it is now.
    """
    if before == story.version_of_id:
        return
    roots = {root for root in (before, story.version_of_id) if root}
    changed = roots | set(Story.objects.filter(version_of_id__in=roots).values_list("pk", flat=True))
    box.put_many("story", sorted(changed - {story.pk}))
