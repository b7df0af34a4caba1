"""How a story shows elsewhere: its card in a list, its card in WhatsApp, its lines in a search result."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.template.defaultfilters import truncatechars

from redaksi.stories.copydesk import picture
from redaksi.stories.models import Story
from redaksi.stories.sanitise import plain
from redaksi.stories.slugs import slug_of

#: Where a search engine cuts, in letters (the width differs by letter; this is near enough to warn).
TITLE, TEXT = 60, 155
#: The card beside the form is about this wide, in CSS pixels.
CARD = 320


@dataclass(frozen=True, slots=True)
class Snippets:
    """The texts as they will be cut; ``photo`` is an address at the desk, or empty."""

    label: str
    headline: str
    standfirst: str
    photo: str
    share_title: str
    share_text: str
    search_title: str
    search_text: str
    host: str
    path: str


def snippets(story: Story) -> Snippets:
    """What a story in memory will look like."""
    text = story.standfirst.strip() or _first_words(story)
    slug = story.slug or slug_of(story.headline)
    return Snippets(
        label=story.label.name if story.label else "",
        headline=story.list_headline or story.headline,
        standfirst=story.standfirst,
        photo=_photo(story),
        share_title=story.share_title or story.headline,
        share_text=story.share_text or story.search_text or text,
        search_title=truncatechars(story.search_title or story.headline, TITLE),
        search_text=truncatechars(story.search_text or text, TEXT),
        host=urlsplit(story.site.origin).netloc,
        path=" › ".join(part for part in (story.section.slug if story.section_id else "", slug) if part),
    )


def _photo(story: Story) -> str:
    if story.lead_photo is None or not story.lead_photo.digest:
        return ""
    lead = picture(story.lead_photo)
    fitting = [width for width in lead.widths if width >= CARD] or list(lead.widths)
    return f"/foto/{lead.digest}-{fitting[0]}.jpg"


def _first_words(story: Story) -> str:
    for block in story.body:
        if block.block_type == "paragraph":
            return plain(block.value.source).strip()
    return ""
