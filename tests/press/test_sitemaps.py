"""Sitemaps against the schemas of sitemaps.org and of Google's extensions for pictures and news."""

from __future__ import annotations

import pytest
from lxml import etree

import hostile
import specimen
from redaksi.press.typesetter import cards, sitemaps
from redaksi.shelf.recipe import Cards

SITE, ENGLISH = specimen.site(), specimen.site(2)
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(scope="module")
def schemas():
    folder = hostile.HOSTILE.parent / "sitemaps"
    if not folder.is_dir():
        pytest.skip(f"the schemas of sitemaps.org are not at {folder}")
    return {name: etree.XMLSchema(file=folder / name) for name in ("combined-local.xsd", "siteindex.xsd")}


@pytest.mark.parametrize("site", [SITE, ENGLISH], ids=["id", "en"])
@pytest.mark.parametrize("kind", ["sitemap", "sitemap-month", "sitemap-news"])
def test_maps_keep_to_their_schema(schemas, site, kind):
    shown = [specimen.story_copy(), *specimen.stories(12)]
    root = etree.fromstring(specimen.whole(specimen.sheets(site)[kind], site, shown).encode())
    schemas["siteindex.xsd" if kind == "sitemap" else "combined-local.xsd"].assertValid(root)


@pytest.mark.parametrize("source", ["blns", "h5sc"])
def test_maps_of_hostile_headlines_keep_to_their_schema(schemas, source):
    shown = [
        hostile.with_words(specimen.story_copy(number), words or "-")
        for number, words in enumerate(hostile.known(source), start=1)
    ]
    for kind in ("sitemap-month", "sitemap-news"):
        root = etree.fromstring(specimen.whole(specimen.sheets(SITE)[kind], SITE, shown).encode())
        schemas["combined-local.xsd"].assertValid(root)


def test_a_map_names_every_picture_of_a_page_once():
    root = etree.fromstring(cards.card(specimen.story_copy(), SITE, "map").replace("image:", "").encode())
    found = [one.text for one in root.iter("loc")][1:]
    assert len(found) == len(set(found)) == 5
    assert all(one.startswith(f"{SITE.origin}/foto/") for one in found)


def test_the_news_map_is_of_two_days_and_a_thousand_stories():
    [hole] = [part for part in sitemaps.news_sitemap(SITE).parts if isinstance(part, Cards)]
    assert (hole.list, hole.within, hole.count) == ("home", 172_800, 1000)


def test_the_news_map_says_what_google_asks_for():
    text = specimen.whole(specimen.sheets(ENGLISH)["sitemap-news"], ENGLISH, [specimen.story_copy()])
    news = etree.fromstring(text.encode()).find(f".//{NEWS}news")
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Lookout"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert news.findtext(f"{NEWS}publication_date") == "2026-11-14T10:15:00+07:00"
    assert news.findtext(f"{NEWS}title") == specimen.story_copy().headline
