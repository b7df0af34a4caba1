"""Structured data of a story for search engines: schema.org's NewsArticle and BreadcrumbList, as JSON-LD.

The text goes into a ``<script>`` element as data, so the characters that could end that element or open another are
written as JSON escapes (HTML, 4.12.1.3, "Restrictions for contents of script elements").
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from redaksi.press.typesetter import addresses, links, photos
from redaksi.press.typesetter.dates import Clock
from redaksi.press.typesetter.words import words_for
from redaksi.stories.copy import Credit, SiteCopy, StoryCopy

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# Search engines cut a headline there (Google, "Article structured data").
_LONGEST_HEADLINE = 110
_ROLES = {"writer": "author", "editor": "editor", "translator": "translator", "contributor": "contributor"}


def story_data(story: StoryCopy, site: SiteCopy, clock: Clock) -> Markup:
    """The JSON-LD of a story page, fit to stand inside ``<script type="application/ld+json">``."""
    graph = [_article(story, site, clock), _breadcrumbs(story, site)]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    text = links.clean(text)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - nothing in it can end the element


def _article(story: StoryCopy, site: SiteCopy, clock: Clock) -> dict[str, Any]:
    url = links.href(story.home.url) if story.home else links.absolute(site.origin, story.path)
    house = (story.home.name, story.home.front) if story.home else (site.name, site.front)
    data: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": _cut(story.headline),
        "description": story.search_text or story.standfirst,
        "datePublished": clock.machine(story.published_at),
        "dateModified": clock.machine(story.updated_at or story.published_at),
        "inLanguage": story.home.language if story.home else site.language,
        "isAccessibleForFree": True,
        "articleSection": story.section.name,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": house[0],
            "url": links.href(house[1]),
        },
    }
    data |= _people(story.credits, site, house[0])
    if story.topics:
        data["keywords"] = [topic.name for topic in story.topics]
    if lead := photos.printable(story.lead):
        address, width, height = photos.share_file(lead)
        file = links.absolute(site.origin, address)
        data["image"] = [{"@type": "ImageObject", "url": file, "width": width, "height": height}]
    if story.source_kind != "own" and links.href(story.source_url):
        data["isBasedOn"] = links.href(story.source_url)
    if story.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": clock.machine(one.at)}
            for one in story.corrections
        ]
    return data


def _people(bylines: tuple[Credit, ...], site: SiteCopy, house: str) -> dict[str, Any]:
    people: dict[str, list[dict[str, str]]] = {}
    for credit in bylines:
        if role := _ROLES.get(credit.role):
            person = {"@type": "Person", "name": credit.name}
            if credit.slug:
                person["url"] = links.absolute(site.origin, addresses.contributor(site, credit.slug))
            people.setdefault(role, []).append(person)
    # A story without a writer's name is the newsroom's own.
    people.setdefault("author", [{"@type": "Organization", "name": house}])
    return dict(people)


def _breadcrumbs(story: StoryCopy, site: SiteCopy) -> dict[str, Any]:
    steps = [
        (words_for(site.language)["home"], addresses.front(site)),
        (story.section.name, story.section.path),
    ]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": links.absolute(site.origin, path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": _cut(story.headline)})
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _cut(headline: str) -> str:
    if len(headline) <= _LONGEST_HEADLINE:
        return headline
    return headline[: _LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
