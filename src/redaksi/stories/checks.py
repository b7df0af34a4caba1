"""What is looked at before a story is published: each finding blocks or warns, names its field and says what is missing.

The desk shows the findings while the story is written; the publish verb refuses while one blocks. Sources: the press code's
duties to name who wrote, who made the picture and whom a text is from, and WCAG 1.1.1 for alternative texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from redaksi.photos.models import Photo
from redaksi.stories.models import Story


@dataclass(frozen=True, slots=True)
class Finding:
    """``field`` names the form's field ("body" for blocks); ``code`` stays the same in every language."""

    code: str
    field: str
    text: str
    blocks: bool


class NotPublishableError(Exception):
    """Publishing was refused; ``findings`` say why, in the user's language."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.text for finding in findings))


def examine(story: Story) -> list[Finding]:
    """Every finding about a story as it stands in memory, the blocking ones first."""
    findings = [*_about_words(story), *_about_credits(story), *_about_photos(story), *_about_blocks(story)]
    return sorted(findings, key=lambda finding: not finding.blocks)


def refuse_if_blocked(story: Story) -> None:
    """Raise when a finding blocks.

    Raises:
        NotPublishableError: with the blocking findings.
    """
    blocking = [finding for finding in examine(story) if finding.blocks]
    if blocking:
        raise NotPublishableError(blocking)


def _about_words(story: Story) -> Iterator[Finding]:
    if not story.headline.strip():
        yield Finding("no-headline", "headline", _("The story has no headline."), blocks=True)
    if not story.section_id:
        yield Finding("no-section", "section", _("Choose a section."), blocks=True)
    if not len(story.body):
        yield Finding("no-body", "body", _("The story has no text."), blocks=True)
    if not story.standfirst.strip():
        yield Finding("no-standfirst", "standfirst", _("There is no standfirst."), blocks=False)
    if story.label_id is None and not story.topics.all():
        yield Finding("no-topic", "topics", _("The story has neither a label nor a topic."), blocks=True)
    if story.source_kind != Story.Source.OWN and not story.source_name.strip():
        yield Finding("no-source", "source_name", _("Name the source that the story is from."), blocks=True)


def _about_credits(story: Story) -> Iterator[Finding]:
    roles = {byline.role for byline in story.bylines.all()}
    if not roles - {"editor"}:
        yield Finding("no-byline", "bylines", _("Nobody is named as the writer."), blocks=True)
    if "editor" not in roles:
        yield Finding("no-editor", "bylines", _("No editor is named."), blocks=False)


def _about_photos(story: Story) -> Iterator[Finding]:
    if story.lead_photo is None:
        yield Finding("no-photo", "lead_photo", _("There is no lead photo."), blocks=False)
    else:
        yield from _about_photo(story.lead_photo, "lead_photo", caption=story.lead_caption)
    for block in story.body:
        if block.block_type == "photo" and block.value.get("photo"):
            yield from _about_photo(block.value["photo"], "body", caption=block.value.get("caption") or "")
        elif block.block_type == "gallery":
            for photo in block.value["photos"]:
                if photo:
                    yield from _about_photo(photo, "body", caption="")


def _about_photo(photo: Photo, field: str, *, caption: str) -> Iterator[Finding]:
    named = {"title": photo.title}
    if not (photo.credit.strip() or photo.agency.strip()):
        yield Finding("no-credit", field, _("The photo “%(title)s” has no credit.") % named, blocks=True)
    if not photo.alt.strip():
        yield Finding("no-alt", field, _("The photo “%(title)s” has no alt text.") % named, blocks=True)
    if not (caption.strip() or photo.caption.strip()):
        yield Finding("no-caption", field, _("The photo “%(title)s” has no caption.") % named, blocks=True)


def _about_blocks(story: Story) -> Iterator[Finding]:
    for block in story.body:
        if block.block_type == "embed" and not (block.value.get("consent") or "").strip():
            title = {"title": block.value.get("title") or block.value.get("url") or ""}
            yield Finding(
                "no-consent",
                "body",
                _("The embed “%(title)s” doesn't say what the reader agrees to.") % title,
                blocks=True,
            )
        elif block.block_type == "read_also":
            yield from _about_read_also(story, block.value.get("story"))


def _about_read_also(story: Story, other: Any) -> Iterator[Finding]:
    if other is None:
        yield Finding("read-also-empty", "body", _("A read-also leads to no story."), blocks=True)
    elif other.site_id != story.site_id:
        text = _("A read-also leads to “%(headline)s”, which is another site's.") % {
            "headline": other.headline
        }
        yield Finding("read-also-elsewhere", "body", text, blocks=True)
    elif other.withdrawn_at is not None:
        text = _("A read-also leads to “%(headline)s”, which was withdrawn.") % {"headline": other.headline}
        yield Finding("read-also-withdrawn", "body", text, blocks=True)
    elif not other.live:
        text = _("A read-also leads to “%(headline)s”, which isn't published.") % {"headline": other.headline}
        yield Finding("read-also-unpublished", "body", text, blocks=False)
