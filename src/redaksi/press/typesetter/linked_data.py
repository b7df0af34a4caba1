"""Structured data for search engines, as JSON-LD: schema.org's NewsArticle, NewsMediaOrganization, ProfilePage and the like.

What is told is what Google asks for or recommends ("Article", "Breadcrumb", "Organization", "Profile page" and "Site name" structured
data) and what readers can see on the page; nothing else. The text goes into a ``<script>`` element as data, so the characters that
could end that element or open another are written as JSON escapes (HTML, 4.12.1.3, "Restrictions for contents of script elements").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from redaksi.press.typesetter import addresses, links, photos
from redaksi.press.typesetter.dates import Clock
from redaksi.press.typesetter.items import files_of
from redaksi.press.typesetter.words import words_for
from redaksi.stories.copy import (
    ContributorCopy,
    CorrectionCopy,
    Credit,
    PageCopy,
    Picture,
    SiteCopy,
    StoryCopy,
    TopicCopy,
)

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# Search engines cut a headline there (Google, "Article structured data").
_LONGEST_HEADLINE = 110
_ROLES = {"writer": "author", "editor": "editor", "translator": "translator", "contributor": "contributor"}
# A running story is no schema.org Event: that wants a date and a place.
_KINDS = {"person": "Person", "organisation": "Organization", "place": "Place"}

#: A step of the way to a page: its path and its name.
Step = tuple[str, str]
_Node = dict[str, Any]


def story_data(story: StoryCopy, site: SiteCopy, clock: Clock) -> Markup:
    """The JSON-LD of a story page, fit to stand inside ``<script type="application/ld+json">``."""
    steps = [(story.section.path, story.section.name), (story.path, _cut(story.headline))]
    return _script([_article(story, site, clock), _breadcrumbs(steps, site)])


def site_data(site: SiteCopy, pages: Sequence[PageCopy] = ()) -> Markup:
    """The JSON-LD of a front: who publishes the site, by which rules, and what it is called.

    ``pages`` are those on which the site says something about itself: of its principles and of how to reach it.
    """
    home = links.href(site.front)
    organisation: _Node = _publisher(site) | {
        "description": site.tagline,
        "legalName": site.publisher,
        "address": site.address,
        "email": site.email,
        "sameAs": [found for account in site.accounts if (found := links.href(account.url))],
        "correctionsPolicy": links.absolute(site.origin, addresses.corrections(site)),
        "masthead": links.absolute(site.origin, addresses.team(site)),
    }
    # The first of a kind in the footer's order.
    about = {
        page.kind: links.absolute(site.origin, addresses.static_page(site, page.slug))
        for page in reversed(pages)
    }
    if "code" in about:
        organisation |= {"publishingPrinciples": about["code"], "ethicsPolicy": about["code"]}
    if site.email or "contact" in about:
        contact = {"contactType": "newsroom", "email": site.email, "url": about.get("contact", "")}
        organisation["contactPoint"] = {"@type": "ContactPoint"} | {k: v for k, v in contact.items() if v}
    if site.group_name:
        organisation["parentOrganization"] = {"@type": "Organization", "name": site.group_name}
    website = {
        "@type": "WebSite",
        "@id": f"{home}#situs",
        "name": site.name,
        "url": home,
        "inLanguage": site.language,
        "publisher": {"@id": organisation["@id"]},
    }
    return _script([{name: value for name, value in organisation.items() if value}, website])


def list_data(site: SiteCopy, name: str, steps: Sequence[Step], about: TopicCopy | None = None) -> Markup:
    """The JSON-LD of a page that collects stories; ``steps`` lead to it, itself included."""
    url = links.absolute(site.origin, steps[-1][0])
    page: _Node = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": site.language,
        "isPartOf": {
            "@type": "WebSite",
            "name": site.name,
            "url": links.href(site.front),
        },
    }
    if about is not None:
        page["about"] = {"@type": _KINDS.get(about.kind, "Thing"), "name": about.name}
        if about.summary:
            page["description"] = about.summary
    return _script([page, _breadcrumbs(steps, site)])


def person_data(person: ContributorCopy, site: SiteCopy) -> Markup:
    """The JSON-LD of a contributor's page (Google, "Profile page structured data")."""
    url = links.absolute(site.origin, addresses.contributor(site, person.slug))
    who: _Node = {
        "@type": "Person",
        "@id": f"{url}#orang",
        "name": person.name,
        "url": url,
        "worksFor": _publisher(site),
    }
    if person.bio:
        who["description"] = person.bio
    if portrait := photos.printable(person.portrait):
        who["image"] = _images(portrait, site)
    return _script([{"@type": "ProfilePage", "@id": url, "url": url, "mainEntity": who}])


def _script(graph: list[_Node]) -> Markup:
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    text = links.clean(text)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - nothing in it can end the element


def _publisher(site: SiteCopy) -> _Node:
    home, logo = links.href(site.front), links.absolute(site.origin, addresses.logo(site))
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{home}#redaksi",
        "name": site.name,
        "url": home,
        "logo": {"@type": "ImageObject", "url": logo, "width": 512, "height": 512},
    }


def _house(story: StoryCopy, site: SiteCopy) -> _Node:
    """Who publishes a story: of one that is carried, its home."""
    if story.home is None:
        return _publisher(site)
    return {"@type": "NewsMediaOrganization", "name": story.home.name, "url": links.href(story.home.front)}


def _article(story: StoryCopy, site: SiteCopy, clock: Clock) -> _Node:
    url = links.href(story.home.url) if story.home else links.absolute(site.origin, story.path)
    house = _house(story, site)
    data: _Node = {
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
        "publisher": house,
    }
    data |= _people(story.credits, site, house)
    if story.topics:
        data["keywords"] = [topic.name for topic in story.topics]
    if lead := photos.printable(story.lead):
        data["image"] = _images(lead, site)
    if story.source_kind != "own" and links.href(story.source_url):
        data["isBasedOn"] = links.href(story.source_url)
    notes = {"correction": "CorrectionComment", "reply": "Comment"}
    for kind, type_ in notes.items():
        if found := [_note(one, type_, clock) for one in story.corrections if one.kind == kind]:
            data["correction" if kind == "correction" else "comment"] = found
    return data


def _note(one: CorrectionCopy, type_: str, clock: Clock) -> _Node:
    by = {"author": {"@type": "Person", "name": one.by}} if one.by else {}
    return {"@type": type_, "text": one.text, "datePublished": clock.machine(one.at)} | by


def _images(picture: Picture, site: SiteCopy) -> list[_Node]:
    return [
        {"@type": "ImageObject", "url": file.url, "width": file.width, "height": file.height}
        for file in files_of(picture, site)
    ]


def _people(bylines: tuple[Credit, ...], site: SiteCopy, house: _Node) -> _Node:
    people: dict[str, list[_Node]] = {}
    for credit in bylines:
        if role := _ROLES.get(credit.role):
            person = {"@type": "Person", "name": credit.name}
            if credit.slug:
                person["url"] = links.absolute(site.origin, addresses.contributor(site, credit.slug))
            people.setdefault(role, []).append(person)
    # A story without a writer's name is the newsroom's own.
    own = {"@type": "Organization", "name": house["name"], "url": house["url"]}
    people.setdefault("author", [own])
    return dict(people)


def _breadcrumbs(steps: Sequence[Step], site: SiteCopy) -> _Node:
    home = (addresses.front(site), words_for(site.language)["home"])
    items: list[_Node] = [
        {"@type": "ListItem", "position": place, "name": name, "item": links.absolute(site.origin, path)}
        for place, (path, name) in enumerate([home, *steps], start=1)
    ]
    del items[-1]["item"]  # the page itself
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _cut(headline: str) -> str:
    if len(headline) <= _LONGEST_HEADLINE:
        return headline
    return headline[: _LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
