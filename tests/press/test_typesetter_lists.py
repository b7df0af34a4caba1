from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree

import specimen
from redaksi.press.typesetter import addresses, archive, feeds, house_rules, listings, sitemaps
from redaksi.press.typesetter.cards import FORMS, card
from redaksi.press.typesetter.sheet import PLAIN, RSS, XML, fill, microseconds
from redaksi.shelf.recipe import Cards, Pager, press_recipe

SITE = specimen.site()
ENGLISH = specimen.site(2)


def holes(sheet, kind):
    return [part for part in sheet.parts if isinstance(part, kind)]


def test_every_kind_of_page_fits_on_the_shelf():
    for sheet in specimen.sheets(SITE).values():
        assert press_recipe(sheet.parts)


def test_every_hole_asks_for_furniture_that_is_made_and_a_form_that_is_printed():
    made = specimen.standing(SITE, specimen.stories(3))
    for sheet in specimen.sheets(SITE).values():
        assert all(part.form in FORMS for part in holes(sheet, Cards))
        assert "None" not in fill(sheet, made)


def test_a_front_that_nobody_arranged_leads_with_the_newest_story_and_repeats_none():
    strips = holes(specimen.front(SITE), Cards)
    assert (strips[0].list, strips[0].first, strips[0].form) == ("all", "lead", "row")
    assert all(strip.fresh for strip in strips)
    assert [strip.list for strip in strips[1:4]] == ["picks", "section:1", "section:2"]
    assert (strips[-1].site, strips[-1].form, strips[-1].foreign) == (0, "net", True)


def test_a_strips_heading_is_laid_with_its_first_card_only():
    text = specimen.whole(specimen.front(SITE), SITE, specimen.stories(5))
    assert "Dari jaringan kami" not in text.split("<footer", 1)[0]
    assert text.count("<section") == text.count("</section>")


def test_a_sections_lead_stands_on_its_first_page_only():
    section = SITE.sections[2]
    lead, rows = holes(listings.section_page(section, SITE), Cards)
    assert lead.first_only
    assert rows.paged
    assert {lead.list, rows.list} == {"section:3"}


@pytest.mark.parametrize(("site", "before"), [(SITE, "sebelum"), (ENGLISH, "before")])
def test_pages_turn_in_the_sites_language(site, before):
    [pager] = holes(listings.latest_page(site), Pager)
    assert pager.before == before
    assert pager.older.startswith(f'<a class="older" href="{{path}}?{before}={{key}}"')


def test_every_site_is_found_by_its_name_behind_those_that_all_pages_name():
    others = [replace(SITE.network[0], name=f"Kabar {word}") for word in ("Timur", "barat", "Selatan")]
    text = listings.sites_page(replace(SITE, network=(*SITE.network * 4, *others))).own
    assert text.index("Kentongan</a>") < text.index("Kabar barat") < text.index("Kabar Selatan")
    assert text.index("Kabar Selatan") < text.index("Kabar Timur")


def test_a_topic_says_what_it_is():
    text = listings.topic_page(specimen.BRIDGE, SITE).own
    assert '<p class="label">Peristiwa</p>' in text
    assert specimen.BRIDGE.summary in text
    assert "Disebut juga: Jembatan Lantang" in text
    assert f'href="/topik/{specimen.BRIDGE.slug}/rss.xml"' in text


def test_the_index_of_topics_groups_by_kind_and_leaves_out_kinds_without_any():
    text = listings.topics_page(specimen.TOPICS[:2], SITE).own
    assert text.index("Peristiwa</h2>") < text.index("Tempat</h2>")
    assert "Tokoh</h2>" not in text


def test_a_days_page_is_that_day_in_the_sites_zone():
    sheet = archive.day_page(date(2026, 11, 14), SITE, previous=date(2026, 11, 12))
    [rows] = holes(sheet, Cards)
    assert rows.since == microseconds(datetime(2026, 11, 13, 17, tzinfo=UTC))
    assert rows.until == microseconds(datetime(2026, 11, 14, 17, tzinfo=UTC))
    assert sheet.own.count('href="/indeks/2026/11/12"') == 2
    assert "<h1>Sabtu, 14 November 2026</h1>" in sheet.own


def test_a_day_without_neighbours_has_no_empty_navigation():
    assert "<nav" not in archive.day_page(date(2026, 11, 14), SITE).own.split("</nav>", 1)[1]


def test_the_calendar_links_only_days_that_have_stories():
    days = {date(2026, 11, 2), date(2026, 10, 30), date(2025, 12, 31)}
    text = archive.archive_page(SITE, 2026, days, (2026, 2025), newest=True).own
    assert text.count('href="/indeks/2026/') == 2
    assert 'href="/indeks/2025"' in text
    assert 'href="/indeks" aria-current="page">2026' in text
    assert text.index("November 2026") < text.index("Oktober 2026")


def test_cards_of_lists_are_one_link_each():
    for form in ("row", "lead"):
        text = card(specimen.story_copy(list_headline="Judul daftar"), SITE, form)
        assert text.count("<a ") == 1
        assert "Judul daftar</a>" in text
        assert text.count("<article") == text.count("</article>") == 1


def test_a_row_beside_its_own_headline_has_a_silent_picture():
    assert 'alt=""' in card(specimen.story_copy(), SITE, "row")


def test_a_feed_is_rss_with_its_pictures_and_writers():
    of = specimen.stories(2)
    sheet = feeds.feed(SITE)
    root = etree.fromstring(
        fill(sheet, {}, lambda hole: "".join(card(one, SITE, hole.form) for one in of)).encode()
    )
    item = root.findall("channel/item")[0]
    assert sheet.content_type == RSS
    assert item.findtext("pubDate") == "Sat, 14 Nov 2026 04:07:00 +0000"
    assert item.find("guid").get("isPermaLink") == "false"
    assert [one.text for one in item.findall("{http://purl.org/dc/elements/1.1/}creator")] == ["Ganesha Mirat", "Ayunda Palupi"]  # fmt: skip
    assert item.find("{http://search.yahoo.com/mrss/}content").get("url").startswith(SITE.origin + "/foto/")


def test_sections_and_topics_have_feeds_of_their_own():
    assert holes(feeds.feed(SITE, SITE.sections[0]), Cards)[0].list == "section:1"
    assert addresses.feed(ENGLISH, specimen.BRIDGE) == f"/topic/{specimen.BRIDGE.slug}/rss.xml"


def test_a_months_sitemap_is_cut_at_the_sites_midnight():
    sheet = sitemaps.month_sitemap(SITE, *sitemaps.month_bounds(SITE, 2026, 12))
    [urls] = holes(sheet, Cards)
    assert sheet.content_type == XML
    assert urls.since == microseconds(datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert urls.until == microseconds(datetime(2026, 12, 31, 17, tzinfo=UTC))
    text = fill(sheet, {}, lambda _: card(specimen.story_copy(), SITE, "map"))
    assert "<lastmod>2026-11-14T11:02:00+07:00</lastmod>" in text
    etree.fromstring(text.encode())


def test_the_sitemap_names_a_file_for_each_month():
    root = etree.fromstring(sitemaps.sitemap(SITE, ((2026, 11, 1), (2026, 11, 2), (2026, 2, 1))).own.encode())
    assert [urlsplit(loc.text).path for loc in root.iter("{*}loc")] == [
        "/sitemap-2026-11.xml",
        "/sitemap-2026-11-2.xml",
        "/sitemap-2026-02.xml",
    ]


def test_robots_may_read_everything_and_are_shown_the_map():
    sheet = house_rules.robots(replace(SITE, crawlers="allow"))
    assert sheet.content_type == PLAIN
    assert "Disallow:\n" in sheet.own
    assert "Sitemap: http://localhost:18700/sitemap.xml\n" in sheet.own
    assert sheet.own.count("User-agent") == 1


def test_no_page_links_to_what_does_not_exist_yet():
    standing = specimen.standing(SITE, specimen.stories(3))
    for name, sheet in specimen.sheets(SITE).items():
        page = fill(sheet, standing)
        for address in ("#", "/masuk", ""):
            assert f'href="{address}"' not in page, name
