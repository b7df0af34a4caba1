"""Cards: a story as lists show it, in each of the forms that lists ask for.

A card is one piece, printed when its story changes and laid into every list that the story is in; so it knows
nothing of its list. Where a card stands, and how big, is for the page's style to say.
"""

from __future__ import annotations

from redaksi.press.typesetter import photos
from redaksi.press.typesetter.engine import set_text
from redaksi.press.typesetter.links import absolute
from redaksi.press.typesetter.sheet import CardForm
from redaksi.stories.copy import SiteCopy, StoryCopy

FORMS: tuple[CardForm, ...] = ("row", "lead", "rss", "map")
_TEMPLATES: dict[CardForm, str] = {
    "row": "card_row.html",
    "lead": "card_lead.html",
    "rss": "card_rss.xml",
    "map": "card_map.xml",
}


def card(story: StoryCopy, site: SiteCopy, form: CardForm) -> str:
    """One story as a list shows it.

    "row" and "lead" are ``<article>`` elements, "rss" an ``<item>`` (RSS 2.0 with Media RSS and Dublin Core), "map"
    a ``<url>`` (sitemaps.org 0.9).
    """
    values: dict[str, object] = {"story": story}
    if form in ("rss", "map"):
        values["url"] = absolute(site.origin, story.path)
    if form == "rss" and (lead := photos.printable(story.lead)):
        address, width, height = photos.share_file(lead)
        values["file"] = {"url": absolute(site.origin, address), "width": width, "height": height}
    return set_text(_TEMPLATES[form], site, values)
