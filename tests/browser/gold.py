"""What the stories of a network say, from its record: printed as JSON, for tests that read the same from its pages.

Run as a process of its own with the network's data home, since a test's own record is another.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from redaksi.press.typesetter.engine import clock_of  # noqa: E402  # models can be imported only after Django is set up
from redaksi.press.typesetter.links import plain  # noqa: E402
from redaksi.press.typesetter.words import words_for  # noqa: E402
from redaksi.stories import copy as c  # noqa: E402
from redaksi.stories import copydesk, sitecopy  # noqa: E402
from redaksi.stories.models import Story  # noqa: E402


def words_of(block, site):  # noqa: PLR0911  # one line a block
    """Everything that a block of the body tells, in the order of the page; photos and what others made are not the text."""
    words, clock = words_for(site.language), clock_of(site)
    match block:
        case c.Paragraph():
            return [plain(block.html)]
        case c.Subheading():
            return [block.text]
        case c.PullQuote():
            return [block.text, block.speaker]
        case c.Statement():
            day = clock.day(block.said_on) if block.said_on else ""
            kind = words["quotation"] if block.verbatim else words["paraphrase"]
            return [kind, block.speaker, block.office, block.text, block.place, day]
        case c.FactBox():
            return [block.title, *(word for fact in block.facts for word in fact), plain(block.html)]
        case c.Table():
            return [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
        case c.Gallery():
            return [block.title]
    return []


def told(story):
    copy = copydesk.story_copy(story)
    site = sitecopy.site_copy(story.site)
    return {
        "site": site.slug,
        "path": copy.path,
        "headline": copy.headline,
        "day": clock_of(site).local(copy.published_at).date().isoformat(),
        "authors": [credit.name for credit in copy.credits if credit.role == "writer"],
        "body": " ".join([copy.dateline, *(word for block in copy.body for word in words_of(block, site))]),
    }


if __name__ == "__main__":
    live = Story.objects.filter(live=True, withdrawn_at__isnull=True).select_related("site")
    json.dump([told(story) for story in live], sys.stdout)
