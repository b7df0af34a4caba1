"""Place: a published story on other sites than its home. Sent there by its home, taken by a desk, or brought by a rule.

Each verb moves one :class:`Placement` and the story's address on that site, and puts the story into the outbox: the press
prints it on all its sites at once. What readers of a site have, or had, keeps its address there; a placement that was let go
or called back leaves a redirect to the story's home.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.network import policy
from redaksi.network.models import Section, Site
from redaksi.outbox import box
from redaksi.stories import search
from redaksi.stories.actions.terms import By, WrongStateError, locked_row, next_edition, require
from redaksi.stories.models import Address, CarryRule, Placement, Story, Topic
from redaksi.stories.slugs import free_path

State = Placement.State


@dataclass(frozen=True, slots=True)
class Words:
    """What a carrying site says of its own; empty: the story's."""

    headline: str = ""
    list_headline: str = ""
    label: Topic | None = None


@transaction.atomic
def send(story: Story, site: Site, by: By, *, section: Section | None = None) -> Placement:
    """Put a published story on another site, which may let it go.

    Args:
        story: of the sender's own site.
        site: where it is to appear.
        by: who sends; must be allowed to publish the story.
        section: of that site; the one of the same name there, else its first, if left out.

    Raises:
        WrongStateError: readers don't have the story, the site has it already or let it go, or has no section.
    """
    require(by, "publish", story)
    row = locked_row(story)
    made = _send(row, site, section, by)
    _print(row)
    return made


@transaction.atomic
def send_to(story: Story, sites: Iterable[Site], by: By) -> list[Placement]:
    """Put a published story on several sites: as :func:`send`, but it is indexed and printed once for all of them.

    Raises:
        WrongStateError: one of the sites can't have it; then none has.
    """
    require(by, "publish", story)
    row = locked_row(story)
    made = [_send(row, site, None, by) for site in sites]
    if made:
        _print(row)
    return made


@transaction.atomic
def take(story: Story, section: Section, by: By, words: Words | None = None) -> Placement:
    """Take a story that was offered, into a section of one's own site.

    Raises:
        PermissionDenied: ``by`` may not place stories in that section.
        WrongStateError: readers don't have the story at home, or the site has it already.
    """
    probe = Placement(site_id=section.site_id, section=section)
    if by is not None and not policy.may(by, "change", probe):
        raise PermissionDenied(_("You may not do that in this section."))
    row = locked_row(story)
    made = _put(row, section.site, section, State.PLACED, by, words=words or Words())
    _print(row)
    return made


@transaction.atomic
def adjust(placement: Placement, section: Section, words: Words, by: By) -> None:
    """Give a carried story a section, headline or label of the site's own.

    Raises:
        WrongStateError: the section is another site's, or the story isn't carried any more.
    """
    held = _held(placement, by)
    if not held.is_shown:
        raise WrongStateError(_("The story isn't on this site any more."))
    if section.site_id != held.site_id or (words.label and words.label.site_id not in (None, held.site_id)):
        raise WrongStateError(_("The section or label belongs to another site."))
    probe = Placement(site_id=held.site_id, section=section)
    if by is not None and not policy.may(by, "change", probe):
        raise PermissionDenied(_("You may not do that in this section."))
    held.section, held.state = section, State.PLACED
    _say(held, words)
    held.save()
    row = locked_row(held.story)
    _settle_address(row, held)
    log(row, "redaksi.adjust", user=by, data=_told(held))
    _print(row)


@transaction.atomic
def let_go(placement: Placement, by: By) -> None:
    """Take a carried story off one's own site; its address there leads to its home from then on.

    Raises:
        WrongStateError: it isn't there any more.
    """
    _end(_held(placement, by), State.LET_GO, "redaksi.let_go", by)


@transaction.atomic
def call_back(placement: Placement, by: By) -> None:
    """Take one's own story off another site.

    Raises:
        WrongStateError: it isn't there any more.
    """
    require(by, "publish", placement.story)
    held = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    _end(held, State.CALLED_BACK, "redaksi.call_back", by)


def apply_rules(row: Story) -> None:
    """Within the publication of a story: put it where a rule wants stories about its topics. One look-up by its topics.

    A site that let the story go, or whose section is gone, is left alone.
    """
    topics = {topic.pk for topic in row.topics.all()} | ({row.label_id} if row.label_id else set())
    if not topics:
        return
    rules = CarryRule.objects.filter(Q(home=row.site_id) | Q(home=None), topic_id__in=topics)
    wanted = list(rules.exclude(site=row.site_id).select_related("site", "section").order_by("id"))
    held = set(row.placements.values_list("site", flat=True)) if wanted else set()
    for rule in wanted:
        if rule.site_id not in held:
            held.add(rule.site_id)
            made = Placement.objects.create(
                story=row, site=rule.site, section=rule.section, rule=rule, at=timezone.now()
            )
            _settle_address(row, made)
            log(row, "redaksi.send", data=_told(made))


def section_like(section: Section, site: Site) -> Section:
    """The section of a site that goes by the same word as another's, else the site's first.

    Raises:
        WrongStateError: the site has none.
    """
    found = site.sections.filter(slug=section.slug).first() or site.sections.first()
    if found is None:
        raise WrongStateError(_("%(site)s has no section yet.") % {"site": site})
    return found


def _send(row: Story, site: Site, section: Section | None, by: By) -> Placement:
    held = row.placements.filter(site=site).first()
    if held is not None and held.state == State.LET_GO:
        raise WrongStateError(_("%(site)s let this story go. Offer it instead.") % {"site": site})
    return _put(row, site, section or section_like(row.section, site), State.SENT, by)


def _put(
    row: Story, site: Site, section: Section, state: str, by: By, *, words: Words | None = None
) -> Placement:
    if not row.site_has_it:
        raise WrongStateError(_("Only a published story can be on other sites."))
    if site.pk == row.site_id:
        raise WrongStateError(_("This is the story's own site."))
    if section.site_id != site.pk:
        raise WrongStateError(_("The section belongs to another site."))
    held = row.placements.filter(site=site).first() or Placement(story=row, site=site, state="")
    if held.is_shown:
        raise WrongStateError(_("%(site)s has this story already.") % {"site": site})
    held.section, held.state, held.by, held.at, held.rule = section, state, by, timezone.now(), None
    if words is not None:
        _say(held, words)
    held.save()
    _settle_address(row, held)
    log(row, f"redaksi.{'send' if state == State.SENT else 'take'}", user=by, data=_told(held))
    return held


def _say(held: Placement, words: Words) -> None:
    held.headline = " ".join(words.headline.split())
    held.list_headline = " ".join(words.list_headline.split())
    held.label = words.label


def _held(placement: Placement, by: By) -> Placement:
    if by is not None and not policy.may(by, "change", placement):
        raise PermissionDenied(_("You may not do that in this section."))
    return Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)


def _end(held: Placement, state: str, word: str, by: By) -> None:
    if not held.is_shown:
        raise WrongStateError(_("The story isn't on this site any more."))
    held.state, held.by, held.at = state, by, timezone.now()
    held.save(update_fields=["state", "by", "at"])
    row = locked_row(held.story)
    row.addresses.filter(site_id=held.site_id).update(current=False)
    log(row, word, user=by, data=_told(held))
    _print(row)


def _print(row: Story) -> None:
    """What a verb has changed of a story's places becomes the next edition: found by the desks, printed on all its sites."""
    Story.objects.filter(pk=row.pk).update(edition=next_edition(row))
    search.index_carried(row)
    box.put("story", row.pk)


def _told(held: Placement) -> dict[str, object]:
    """What the log keeps of a placement: by that a past front can be replayed (``carried_then``)."""
    return {
        "site": held.site.name,
        "site_id": held.site_id,
        "section": held.section_id,
        "label": held.label_id,
        "headline": held.headline,
        "list_headline": held.list_headline,
    }


def _settle_address(row: Story, held: Placement) -> None:
    """Give the story its address on the carrying site: the one it has or had in that section there, else a free one."""
    own = row.addresses.filter(site_id=held.site_id)
    begin = f"/{held.section.slug}/"
    known = next((one for one in own.order_by("-current", "-id") if one.path.startswith(begin)), None)
    own.filter(current=True).exclude(pk=known.pk if known else 0).update(current=False)
    if known is not None:
        own.filter(pk=known.pk).update(current=True)
        return
    path = free_path(row, held.section)
    Address.objects.create(site_id=held.site_id, story=row, path=path)
