"""“Before publishing”: what the publish check asks, as a short list that ticks itself off while one writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from redaksi.stories import checks
from redaksi.stories.models import Story

#: What each line stands for: the findings that keep it open, and what it says when there is none of them. A line that asks
#: about something the story hasn't got (:data:`NEEDS`) isn't shown.
LINES: tuple[tuple[frozenset[str], Any], ...] = (
    (frozenset({"no-section"}), _("A section is chosen")),
    (frozenset({"no-headline"}), _("There is a headline")),
    (frozenset({"no-standfirst"}), _("There is a standfirst")),
    (frozenset({"no-byline"}), _("The writer is named")),
    (frozenset({"no-editor"}), _("The editor is named")),
    (frozenset({"no-photo"}), _("There is a lead photo")),
    (frozenset({"no-credit", "no-alt", "no-caption"}), _("Photos have credit, alt text and caption")),
    (frozenset({"no-body"}), _("There is text")),
    (frozenset({"no-topic"}), _("It has a label or a topic")),
    (frozenset({"no-source"}), _("The source is named")),
    (frozenset({"no-consent"}), _("Embeds say what the reader agrees to")),
    (
        frozenset({"read-also-empty", "read-also-withdrawn", "read-also-unpublished"}),
        _("Every read-also leads somewhere"),
    ),
)
#: Findings that only make sense with such a thing in the story.
NEEDS = {"no-credit": "photo", "no-consent": "embed", "read-also-empty": "read_also", "no-source": "source"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``state`` is "ok", "missing" (publishing waits for it) or "better" (it doesn't)."""

    state: str
    text: str
    field: str = ""


def lines(story: Story) -> list[Line]:
    """The whole list for a story as it stands in memory."""
    findings = checks.examine(story)
    known = frozenset().union(*(codes for codes, _done in LINES))
    made: list[Line] = []
    there = _things(story)
    for codes, done in LINES:
        if any(NEEDS.get(code, "") not in there for code in codes & NEEDS.keys()):
            continue
        open_ones = [finding for finding in findings if finding.code in codes]
        made += [_line(finding) for finding in open_ones] or [Line("ok", str(done))]
    return made + [_line(finding) for finding in findings if finding.code not in known]


def _things(story: Story) -> set[str]:
    """What there is in a story to ask about."""
    there = {block.block_type for block in story.body}
    if story.lead_photo_id or "gallery" in there:
        there.add("photo")
    if story.source_kind != Story.Source.OWN:
        there.add("source")
    return there


def missing(made: list[Line]) -> int:
    """How many lines publishing still waits for."""
    return sum(line.state == "missing" for line in made)


def _line(finding: checks.Finding) -> Line:
    return Line("missing" if finding.blocks else "better", finding.text, finding.field)
