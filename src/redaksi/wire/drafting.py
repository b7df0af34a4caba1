"""From an item of an archive to an unsaved story: words, state and times, without the database.

State: published; scheduled, if its time is still to come; submitted, if it waited for an editor; else a draft. Nothing
that readers could not see before becomes visible by an import.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from redaksi.network.models import Section, Site
from redaksi.stories.models import Story
from redaksi.stories.slugs import LONGEST, slug_of
from redaksi.wire.body.elements import plain
from redaksi.wire.body_blocks import Block, shortened
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.losses import Losses, Reason

LIVE, DRAFT, SUBMITTED, SCHEDULED = "live", "draft", "submitted", "scheduled"
#: Before there were newspapers on the Web there is no entry of WordPress; such dates are slips.
_OLDEST, _NEWEST = 1900, 2200
_UNTITLED = {"id": "Tanpa judul", "en": "Untitled"}
_THROWN_AWAY = frozenset({"trash", "auto-draft", "inherit"})
_STATES = {"publish": LIVE, "future": SCHEDULED, "pending": SUBMITTED, "draft": DRAFT, "private": DRAFT}


@dataclass(frozen=True, slots=True)
class Times:
    """When it was published or will be (aware), or when it was begun, for a draft."""

    state: str
    at: datetime


def thrown_away(item: Item) -> bool:
    """Whether the old site had it in its bin, or never kept it."""
    return item.status in _THROWN_AWAY


def times_of(item: Item, site: Site, now: datetime, losses: Losses) -> Times:
    """The state and time that an item comes in with; what changes by that is noted."""
    at = item.published_utc
    if at is None and item.published_local is not None:
        at = item.published_local.replace(tzinfo=site.zone).astimezone(UTC)
    if at is None or not _OLDEST <= at.year <= _NEWEST:
        at = now
        if item.status in {"publish", "future"}:
            losses.add(Reason.DATE, str(item.published_utc or item.published_local or "no date"))
    state = _STATES.get(item.status, DRAFT)
    if item.status not in _STATES:
        losses.add(Reason.STATUS, item.status, "came in as a draft")
    if item.status == "private":
        losses.add(Reason.PRIVATE, "private")
    if item.protected and state != DRAFT:
        losses.add(Reason.PASSWORD, "password")
        state = DRAFT
    if state in {LIVE, SCHEDULED}:
        state = SCHEDULED if at > now else LIVE
    return Times(state, at)


def digest_of(item: Item) -> str:
    """A mark of everything that an item says, but for where in the file it stands and its readers' comments."""
    told = repr(replace(item, line=0, comments=0))
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()


def story_of(item: Item, section: Section, times: Times, blocks: list[Block], losses: Losses) -> Story:
    """The unsaved story: every text plain, cut to its column with a note."""
    site = section.site
    headline = plain(item.title) or _first_words(blocks) or _UNTITLED.get(site.language, _UNTITLED["en"])
    texts = {
        "headline": (headline, 200),
        "standfirst": (plain(item.excerpt), 500),
        "search_title": (plain(item.search_title), 120),
        "search_text": (plain(item.search_description), 300),
        "share_title": (plain(item.share_title), 160),
        "share_text": (plain(item.share_description), 300),
    }
    story = Story(site=site, section=section, slug=_slug(item, headline), live=times.state == LIVE)
    for name, (text, longest) in texts.items():
        short = shortened(text, longest)
        if short != text:
            losses.add(Reason.SHORTENED, name, text)
        setattr(story, name, short)
    story.body = blocks
    story.has_unpublished_changes = times.state != LIVE
    if times.state == LIVE:
        story.published_at = story.first_published_at = story.last_published_at = times.at
        story.edition = 1
        # WordPress touches the modified time at every save; minutes after the first publication tell readers nothing.
        if item.modified_utc and (item.modified_utc - times.at).total_seconds() > 3600:  # noqa: PLR2004  # an hour
            story.updated_at = story.last_published_at = item.modified_utc
    elif times.state == SCHEDULED:
        story.go_live_at = times.at
    elif times.state == SUBMITTED:
        story.submitted_at = times.at
    return story


def note_what_stays(item: Item, losses: Losses) -> None:
    """Note what an item has that no story has."""
    if item.kind == "page":
        losses.add(Reason.PAGE, "page")
    if item.comments:
        losses.add(Reason.COMMENTS, f"{item.comments} comments")
    if item.sticky:
        losses.add(Reason.STICKY, "sticky")
    if item.meta_keys:
        losses.add(Reason.FIELDS, "custom fields", ", ".join(item.meta_keys))
    for domain, name in item.other_terms:
        losses.add(Reason.TERMS, domain, name)


def _slug(item: Item, headline: str) -> str:
    """The old word in the address if it can stay as it is, else one of the headline."""
    plainly = item.slug if "%" not in item.slug else ""
    return (slug_of(plainly) if plainly else slug_of(headline))[:LONGEST]


def _first_words(blocks: list[Block]) -> str:
    first = next((block["value"] for block in blocks if block["type"] == "paragraph"), "")
    return shortened(plain(str(first)), 60)
