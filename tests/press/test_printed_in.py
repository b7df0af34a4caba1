"""Which facts of a site its stories and lists print themselves: the two tuples of ``press.sites`` name them, no more, no less."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from redaksi.finder.mentions import Named, Names
from redaksi.press.sites import PRINTED_IN_LISTS, PRINTED_IN_STORIES
from redaksi.press.typesetter import addresses, archive, feeds, listings, sitemaps
from redaksi.press.typesetter.cards import FORMS, card, note_card
from redaksi.press.typesetter.furniture import related
from redaksi.press.typesetter.mentions import link_mentions
from redaksi.press.typesetter.story import story_page, withdrawn_page
from redaksi.shelf.recipe import Pager
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy

pytestmark = pytest.mark.slow

CHANGED = {
    "id": 77, "slug": "lain", "name": "Lain", "tagline": "Kabar lain", "language": "en", "time_zone": "Asia/Jayapura",
    "origin": "https://lain.example.id", "look": "sauh", "colour": "#7a1f1f", "colour_dark": "#ffb4b4",
    "tokens": {"radius": "1px"}, "sections": (), "accounts": (), "publisher": "PT Lain", "address": "Jalan Lain",
    "person_responsible": "Orang Lain", "email": "lain@example.id", "group_name": "Grup Lain", "group_since": 1999, "network": (),
    "crawlers": "refuse", "ads_txt": "lain.example, 1, DIRECT", "llms_txt": "# Lain", "security_contact": "aman@lain.example",
    "mentions": "none", "base": "/lain",
}  # fmt: skip


@pytest.fixture
def printing(live_story, kentongan, contributor, topic):
    kentongan.accounts = [{"name": "Mastodon", "url": "https://mastodon.example/@kentongan"}]
    kentongan.publisher, kentongan.email = "PT Kentongan", "redaksi@example.id"
    kentongan.save()
    site = site_copy(kentongan)
    story = copydesk.story_copy(Story.objects.get(pk=live_story.pk))
    gone = copydesk.withdrawn_copy(Story.objects.get(pk=live_story.pk))
    of, person = copydesk.topic_copy(topic), copydesk.contributor_copy(contributor)
    day = live_story.published_at.date()

    def texts(sheet):
        return [sheet.own, *(str(part) for part in sheet.parts if isinstance(part, Pager))]

    names = Names()
    names.put(topic.pk, Named(None, "feri", ("feri",)))

    def stories(site):
        return [
            texts(story_page(story, site, link_mentions(story.body, site, names).body)),
            texts(withdrawn_page(gone, site)),
            [card(story, site, form) for form in FORMS],
            [note_card(story, site), note_card(gone, site)],
        ]

    def lists(site):
        sheets = [
            listings.topic_page(of, site), listings.contributor_page(person, site),
            listings.topics_page([of], site), *(feeds.feed(site, one, form) for one in (of, person) for form in addresses.FEEDS), archive.day_page(day, site, day, day),
            archive.archive_page(site, day.year, [day], [day.year], newest=True), sitemaps.month_sitemap(site, *sitemaps.month_bounds(site, day.year, day.month)),
            sitemaps.sitemap(site, [(day.year, day.month, 1)]),
        ]  # fmt: skip
        ranges = [str(part) for sheet in sheets for part in sheet.parts if type(part).__name__ == "Cards"]
        places = [
            addresses.topics(site),
            addresses.topic(site, of),
            addresses.day(site, day),
            addresses.archive(site),
        ]
        return [*map(texts, sheets), ranges, places, related(site, of, [story])]

    return site, stories, lists


def test_every_fact_of_a_site_is_looked_at():
    assert set(CHANGED) == {field.name for field in fields(SiteCopy)}


@pytest.mark.parametrize("name", CHANGED)
def test_a_fact_is_printed_in_stories_exactly_if_the_list_says_so(printing, name):
    site, stories, _ = printing
    assert (stories(site) != stories(replace(site, **{name: CHANGED[name]}))) is (name in PRINTED_IN_STORIES)


@pytest.mark.parametrize("name", CHANGED)
def test_a_fact_is_printed_in_lists_exactly_if_the_list_says_so(printing, name):
    site, _, lists = printing
    assert (lists(site) != lists(replace(site, **{name: CHANGED[name]}))) is (name in PRINTED_IN_LISTS)
