"""Stories as other stories name them: what to read on, the reply to a story, the story that was replied to.

Nothing is told of a story that readers don't have. Each function asks a fixed number of questions, however many stories it is
asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from redaksi.network.models import Host
from redaksi.stories import copy
from redaksi.stories.models import Address, Correction, Placement, Story

#: Gives the link to a story, if readers have it or had it.
LinkTo = Callable[[int], copy.StoryLink | None]


def links_at(
    story_ids: Collection[int], bases: Mapping[int, str], *, gone: bool = False
) -> dict[tuple[int, int], copy.StoryLink]:
    """Those of these stories that readers of some sites have, their own and carried ones, by (site, story). Two queries for all.

    Args:
        story_ids: the stories.
        bases: the sites, with what every address of each begins with.
        gone: also those that were withdrawn or have expired, marked as such: their addresses say so.
    """
    if not story_ids or not bases:
        return {}
    rows = Address.objects.filter(story_id__in=story_ids, site_id__in=bases, current=True)
    if not gone:
        rows = rows.filter(story__live=True, story__withdrawn_at__isnull=True)
    facts = rows.values_list(
        "site_id", "story_id", "story__headline", "path", "story__live", "story__withdrawn_at"
    )
    given = Placement.objects.filter(story_id__in=story_ids, site_id__in=bases).exclude(headline="")
    own = {(row[0], row[1]): row[2] for row in given.values_list("site_id", "story_id", "headline")}
    return {
        (site_id, pk): copy.StoryLink(
            pk,
            own.get((site_id, pk), headline),
            bases[site_id] + path,
            "withdrawn" if withdrawn else "" if live else "expired",
        )
        for site_id, pk, headline, path, live, withdrawn in facts
    }


def address_at(url: str) -> Address | None:
    """The address of the record to which a whole address leads, at a host or by path. Two queries."""
    try:
        parts = urlsplit(url.strip())
        name = (parts.hostname or "").lower()
    except ValueError:
        return None
    path = unquote(parts.path).rstrip("/")
    places = {host.path: host.site_id for host in Host.objects.filter(name=name)} if name else {}
    base = f"/{path[1:].partition('/')[0]}"
    base = base if base in places else ""
    if base not in places:
        return None
    found = Address.objects.filter(site_id=places[base], path=path.removeprefix(base))
    return found.select_related("story").first()


def stories_at(addresses: Iterable[str], site: copy.SiteCopy) -> set[int]:
    """The stories to which links lead: at a site's own address with its origin or without, a current one or an old one."""
    paths = {path for path in (_own_path(address, site) for address in addresses) if path}
    if not paths:
        return set()
    return set(Address.objects.filter(site_id=site.id, path__in=paths).values_list("story_id", flat=True))


def _own_path(address: str, site: copy.SiteCopy) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.netloc and f"{parts.scheme}://{parts.netloc}".lower() != site.origin.lower():
        return ""
    path = unquote(parts.path)
    return path.removeprefix(site.base).rstrip("/") if path.startswith(f"{site.base}/") else ""


class Replies:
    """The notes under a story, and the stories to which it is itself the reply. Two queries, unless both were fetched already."""

    def __init__(self, story: Story) -> None:
        self.notes: list[Correction] = []
        self._to: list[int] = []
        if story.pk:
            self.notes = list(story.corrections.all())
            self._to = sorted({answer.story_id for answer in story.replies_to.all()})

    @property
    def named(self) -> set[int]:
        """Every story that is named, whether readers have it now or not."""
        return {note.reply_id for note in self.notes if note.reply_id} | set(self._to)

    def corrections(self, link_to: LinkTo) -> Iterator[copy.CorrectionCopy]:
        """The notes; ``link_to`` gives the link to a story that readers have, or had."""
        for note in self.notes:
            link = link_to(note.reply_id) if note.reply_id else None
            link = None if link and link.gone else link
            kind = cast("copy.CorrectionKind", note.kind)
            yield copy.CorrectionCopy(note.number, kind, note.at, note.text, note.speaker, link)

    def replied_to(self, link_to: LinkTo) -> tuple[copy.StoryLink, ...]:
        """Also a story that is gone: a reply says what it is the reply to, or readers take it for news."""
        return tuple(link for link in map(link_to, self._to) if link)


def also_choices(story: Story) -> copy.AlsoChoices:
    """What an editor decided about read-also; whatever can't be understood in the record counts as not decided."""
    held: Any = story.also_choices if isinstance(story.also_choices, dict) else {}
    cap, banned = held.get("cap"), held.get("banned")
    return copy.AlsoChoices(
        cap if isinstance(cap, int) and cap >= 0 else None,
        frozenset(pk for pk in banned if isinstance(pk, int)) if isinstance(banned, list) else frozenset(),
    )


def verifying(story: Story) -> copy.Verifying | None:
    """What is still being verified in a story."""
    return copy.Verifying(story.verifying_since, story.verifying_note) if story.verifying_since else None
