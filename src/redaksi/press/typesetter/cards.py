"""Cards: a story as lists show it, in each of the forms that lists ask for.

A card is one piece, printed when its story changes and laid into every list that the story is in; so it knows
nothing of its list. Where a card stands, and how big, is for the page's style to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from redaksi.press.typesetter import embedding, items, photos
from redaksi.press.typesetter.dates import rfc3339
from redaksi.press.typesetter.engine import clock_of, set_text
from redaksi.press.typesetter.links import absolute
from redaksi.press.typesetter.photos import printable
from redaksi.press.typesetter.sheet import CardForm
from redaksi.stories.copy import Gallery, PhotoBlock, Picture, SiteCopy, StoryCopy, WithdrawnCopy

_TEMPLATES: dict[CardForm, str] = {
    "row": "card_row.html",
    "lead": "card_lead.html",
    "rss": "card_rss.xml",
    "atom": "card_atom.xml",
    "map": "card_map.xml",
    "news": "card_news.xml",
    "net": "card_net.html",
    "photo": "card_photo.html",
}
FORMS: tuple[CardForm, ...] = (*_TEMPLATES, "json", "stamp", "oembed")
#: Printed by a story's home alone: sitemaps list it there, and other sites are led there.
_HOME_FORMS: frozenset[CardForm] = frozenset({"map", "news", "net"})
#: Google reads no more of a page's pictures ("Image sitemaps").
_MOST_PICTURES = 1000


def forms_of(story: StoryCopy) -> tuple[CardForm, ...]:
    """The forms in which lists ask for this story: a picture only where it is one to look at or to watch, fewer where it is
    carried.
    """
    pictured = printable(story.cover) and (story.gallery or story.has_video)
    left_out = (set() if pictured else {"photo"}) | (_HOME_FORMS if story.home else set())
    return tuple(form for form in FORMS if form not in left_out)


def card(story: StoryCopy, site: SiteCopy, form: CardForm) -> str:
    """One story as a list shows it.

    "row", "lead", "net" and "photo" are ``<article>`` elements; "rss" an ``<item>`` (RSS 2.0 with Media RSS and Dublin Core), "atom" an
    ``<entry>``, "json" an item of JSON Feed 1.1; "stamp" the time of its last change; "map" and "news" a ``<url>`` (sitemaps.org
    0.9); "oembed" what the newsstand tells those who embed it.
    """
    return cards(story, site, (form,))[form]


def cards(story: StoryCopy, site: SiteCopy, forms: tuple[CardForm, ...] = FORMS) -> dict[CardForm, str]:
    """A story's cards by their form; what the feeds tell of it is worked out once for all."""
    item = items.item(story, site)
    made: dict[CardForm, str] = {}
    for form in forms:
        match form:
            case "json":
                made[form] = json.dumps(
                    _json_item(item, site, story.home.language if story.home else site.language),
                    ensure_ascii=False,
                )
            case "stamp":
                made[form] = rfc3339(item.updated)
            case "oembed":
                made[form] = json.dumps(embedding.answer(item, site), ensure_ascii=False)
            case _:
                values = {
                    "story": story,
                    "url": item.url,
                    "item": item,
                    "pictures": tuple(_pictures(story, site)),
                }
                made[form] = set_text(_TEMPLATES[form], site, values)
    return made


def _json_item(item: items.Item, site: SiteCopy, language: str) -> dict[str, Any]:
    clock = clock_of(site)
    made: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": clock.machine(item.published),
        "date_modified": clock.machine(item.updated),
        "authors": [{"name": one.name} | ({"url": one.url} if one.url else {}) for one in item.authors],
        "tags": list(item.tags),
        "language": language,
    }
    if item.via:
        made["external_url"] = item.via
    if item.files:
        made["image"] = item.files[0].url
    return made


def _pictures(story: StoryCopy, site: SiteCopy) -> Iterator[str]:
    """Whole addresses of the pictures on a story's page, each once."""
    found = dict.fromkeys(picture for picture in _shown(story) if photos.printable(picture))
    for picture in list(found)[:_MOST_PICTURES]:
        yield absolute(site.origin, photos.share_file(picture)[0])


def _shown(story: StoryCopy) -> Iterator[Picture]:
    if story.lead:
        yield story.lead
    for block in story.body:
        match block:
            case PhotoBlock(picture=picture):
                yield picture
            case Gallery(pictures=pictures):
                yield from pictures


def note_card(of: StoryCopy | WithdrawnCopy, site: SiteCopy) -> str:
    """A story on the page of corrections: an ``<article>`` with its notes, the newest first, or with why it was withdrawn."""
    values = {"of": of, "gone": isinstance(of, WithdrawnCopy)}
    return set_text("card_note.html", site, values)
