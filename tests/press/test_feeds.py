"""Our feeds, in all three forms, read by a checker that knows what readers of feeds stumble over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

import hostile
import specimen
from feedcheck import checker, json_feed
from redaksi.press.typesetter import addresses, feeds
from redaksi.press.typesetter.links import clean
from redaksi.press.typesetter.sheet import ATOM, JSON_FEED, RSS
from redaksi.shelf.recipe import Highest
from redaksi.stories import copy as c

SITE, ENGLISH = specimen.site(), specimen.site(2)
PERSON = c.ContributorCopy(1, "Ganesha Mirat", "ganesha-mirat", "Meliput pelabuhan dan kapal sejak 2015.")
OF = [None, SITE.sections[0], specimen.BRIDGE, PERSON]
FORMS = list(addresses.FEEDS)
TEXT = "{http://www.w3.org/2005/Atom}"


def feed_of(site, of, form, shown):
    return specimen.whole(feeds.feed(site, of, form), site, shown).encode()


def wrong_with(data, form):
    return json_feed.check(data) if form == "json" else checker.check(data)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("of", OF, ids=["site", "section", "topic", "contributor"])
@pytest.mark.parametrize("site", [SITE, ENGLISH], ids=["id", "en"])
def test_every_feed_is_without_fault_with_stories_and_without(site, of, form):
    stories = [specimen.story_copy(), *specimen.stories(12)]
    assert wrong_with(feed_of(site, of, form, stories), form) == []
    assert wrong_with(feed_of(site, of, form, []), form) == []


@pytest.mark.skipif(not hostile.HOSTILE.exists(), reason=f"the hostile strings are not at {hostile.HOSTILE}")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", ["blns", "h5sc"])
def test_feeds_of_stories_made_of_hostile_strings_are_without_fault(source, form):
    strings = [
        one for one in dict.fromkeys(hostile.known(source)) if clean(one).strip() and "\ufffd" not in one
    ]
    for start in range(0, len(strings), 50):
        shown = [
            hostile.with_words(specimen.story_copy(number), words)
            for number, words in enumerate(strings[start : start + 50], start=1)
        ]
        assert wrong_with(feed_of(SITE, None, form, shown), form) == []
        site = hostile.with_words(SITE, strings[start])
        assert (
            wrong_with(
                feed_of(site, hostile.with_words(specimen.BRIDGE, strings[start]), form, shown[:1]), form
            )
            == []
        )


@pytest.mark.parametrize("form", FORMS)
def test_a_paragraphs_html_comes_out_whole_and_with_whole_addresses(form):
    html = 'Di <a href="/topik/a&b" onclick="x()">A</a>, <a href="//evil.example/">b</a>, <b>x<i>y</b> <script>z</script><img src=x>'
    [story] = [specimen.story_copy(body=(c.Paragraph(html),))]
    data = feed_of(SITE, None, form, [story])
    assert wrong_with(data, form) == []
    assert f"{SITE.origin}/topik/a&amp;b".encode() in data.replace(b"&amp;amp;", b"&amp;").replace(
        b"&#38;", b"&"
    )


def item_in(form, **changes):
    """A story as each form tells it: its id, its summary, its content and its time of change."""
    data = feed_of(SITE, None, form, [specimen.story_copy(**changes)])
    if form == "json":
        [item] = json.loads(data)["items"]
        return item["id"], item["summary"], item["content_html"], item["date_modified"]
    root = etree.fromstring(data)
    if form == "atom":
        entry = root.find(f"{TEXT}entry")
        return tuple(entry.findtext(f"{TEXT}{name}") for name in ("id", "summary", "content", "updated"))
    names = (
        "guid",
        "description",
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        "{http://purl.org/dc/terms/}modified",
    )
    return tuple(root.find("channel/item").findtext(name) for name in names)


@pytest.mark.parametrize("form", FORMS)
def test_a_correction_is_in_the_item_itself(form):
    _, summary, content, updated = item_in(form)
    for text in (summary, content):
        assert "Ralat 1 (Sabtu, 14 November 2026 11:02 WIB)" in text
        assert "Yang benar 14 kapal" in text
    assert updated.startswith(("2026-11-14T04:02:00", "2026-11-14T11:02:00+07:00"))


@pytest.mark.parametrize("form", FORMS)
def test_an_id_stays_whatever_a_story_is_called(form):
    known = item_in(form)[0]
    assert known == "tag:localhost,2026-11-14:story/12"
    moved = {
        "path": "/hukum/2026/11/14/lain",
        "headline": "Lain",
        "section": SITE.sections[3],
        "updated_at": specimen.NOW,
    }
    assert item_in(form, **moved)[0] == known


def test_all_who_are_credited_are_named():
    rss = feed_of(SITE, None, "rss", [specimen.story_copy()]).decode()
    atom = feed_of(SITE, None, "atom", [specimen.story_copy()]).decode()
    assert "<dc:creator>Ganesha Mirat</dc:creator><dc:creator>Ayunda Palupi</dc:creator>" in rss
    assert "<dc:contributor>Sekar Wulanjati</dc:contributor>" in rss
    assert (
        f"<author><name>Ganesha Mirat</name><uri>{SITE.origin}/penulis/ganesha-mirat</uri></author>" in atom
    )
    assert "<contributor><name>Sekar Wulanjati</name>" in atom
    unsigned = specimen.story_copy(credits=())
    assert (
        "<author><name>Kentongan</name>"
        in feed_of(SITE, None, "atom", [unsigned]).decode().split("<entry>")[1]
    )


def test_agency_copy_says_where_it_is_from():
    story = specimen.story_copy(source_kind="agency", source_name="Nusa", source_url="https://nusa.example/1")
    assert '<link rel="via" href="https://nusa.example/1"/>' in feed_of(SITE, None, "atom", [story]).decode()
    assert (
        json.loads(feed_of(SITE, None, "json", [story]))["items"][0]["external_url"]
        == "https://nusa.example/1"
    )


def test_a_feed_changed_when_the_last_of_its_stories_did():
    [hole] = [part for part in feeds.feed(SITE, specimen.BRIDGE, "atom").parts if isinstance(part, Highest)]
    assert (hole.cards.list, hole.cards.form, hole.cards.count) == ("topic:1", "stamp", feeds.FEED_COUNT)
    older = specimen.story_copy(1, published_at=specimen.NOW - timedelta(days=2))
    data = feed_of(SITE, None, "atom", [specimen.story_copy(2, updated_at=None), older])
    assert etree.fromstring(data).findtext(f"{TEXT}updated") == "2026-11-14T04:02:00Z"


def test_feeds_have_types_of_their_own_and_addresses_below_their_pages():
    assert [feeds.feed(SITE, None, form).content_type for form in FORMS] == [RSS, ATOM, JSON_FEED]
    assert addresses.feed(ENGLISH, specimen.BRIDGE, "json") == f"/topic/{specimen.BRIDGE.slug}/feed.json"
    assert addresses.feed(SITE, PERSON, "atom") == "/penulis/ganesha-mirat/atom.xml"
    assert addresses.feed(SITE) == "/rss.xml"


def test_a_host_with_a_port_and_odd_years_make_ids_that_are_right():
    site = replace(SITE, origin="https://Berita.Example:8443", group_since=19)
    assert checker.check(feed_of(site, None, "atom", [specimen.story_copy()])) == []
