"""What machines read of the running sites: every link, the feeds, the maps, the rules for robots."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html

from browser.crawling import ALIVE, crawl
from browser.running import HOSTS, Network
from browser.visits import story_paths
from feedcheck import checker, json_feed

pytestmark = [pytest.mark.browser, pytest.mark.process]

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "sitemaps"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_no_own_link_is_dead(network: Network) -> None:
    starts = [network.url(site) for site in HOSTS]
    answers, found_on = crawl(network, starts)
    dead = [
        f"{one.status} {url} on {found_on[url]}" for url, one in answers.items() if one.status not in ALIVE
    ]
    assert dead == []
    pages = [
        url for url, one in answers.items() if one.headers.get("content-type", "").startswith("text/html")
    ]
    assert len(pages) > 150


def test_every_story_can_be_reached_by_links(network: Network) -> None:
    answers, _ = crawl(network, [network.url(site) for site in HOSTS])
    mapped = {network.url(site, path) for site in HOSTS for path in story_paths(network, site)}
    assert mapped - set(answers) == set()


@pytest.mark.parametrize("site", HOSTS)
def test_the_feed_keeps_to_rss_2(network: Network, site: str) -> None:
    """https://www.rssboard.org/rss-specification, and its Best Practices Profile on atom:link and guid."""
    answer = network.get(site, "/rss.xml")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    root = etree.fromstring(answer.text.encode())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert channel is not None
    assert all(
        (channel.findtext(name) or "").strip() for name in ("title", "link", "description", "language")
    )
    own = channel.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert own.get("href") == network.url(site, "/rss.xml")
    items = channel.findall("item")
    assert items
    assert len({item.findtext("guid") for item in items}) == len(items)
    for item in items:
        item_is_right(item, network, site)


def item_is_right(item: Any, network: Network, site: str) -> None:
    assert item.findtext("title")
    assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None
    link = item.findtext("link")
    assert link.startswith(network.url(site, "/"))
    assert network.get(site, link.removeprefix(network.url(site, ""))).status == 200
    for enclosure in item.findall("enclosure"):
        file = network.get(site, enclosure.get("url").removeprefix(network.url(site, "")))
        assert (file.status, file.headers["content-type"]) == (200, enclosure.get("type"))
        assert int(enclosure.get("length")) in (0, len(file.body))


@pytest.mark.parametrize("site", HOSTS)
def test_every_feed_that_a_page_names_is_without_fault(network: Network, site: str) -> None:
    """The site's, its sections', some topics' and contributors', each in its three forms."""
    front = html.fromstring(network.get(site, "/").text)
    lists = set(front.xpath("//nav[contains(@class, 'kanal')]//a/@href"))
    people = html.fromstring(network.get(site, story_paths(network, site)[0]).text)
    lists |= set(people.xpath("//div[@class='meta']//a/@href")) | set(
        people.xpath("//section[contains(@class, 'topics')]//a/@href")
    )
    feeds: dict[str, str] = {}
    for path in ["/", *sorted(path for path in lists if path.startswith("/"))]:
        page = html.fromstring(network.get(site, path).text)
        feeds |= {
            link.get("href"): link.get("type")
            for link in page.xpath("//link[@rel='alternate'][contains(@type, '+')]")
        }
    of_forms = {path: type_ for path, type_ in feeds.items() if not type_.endswith("oembed")}
    assert len(of_forms) >= 3 * 10
    for path, type_ in of_forms.items():
        answer = network.get(site, path)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, type_), path
        wrong = json_feed.check if type_.endswith("json") else checker.check
        assert wrong(answer.text.encode()) == [], path


@pytest.mark.parametrize("site", HOSTS)
def test_the_maps_keep_to_their_schemas(network: Network, site: str) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip(f"the schemas of sitemaps.org are not in {SCHEMAS.name}")
    index = etree.fromstring(network.get(site, "/sitemap.xml").text.encode())
    etree.XMLSchema(file=SCHEMAS / "siteindex.xsd").assertValid(index)
    schema = etree.XMLSchema(file=SCHEMAS / "combined-local.xsd")
    pictures = 0
    for one in index.iter("{*}loc"):
        month = etree.fromstring(network.get(site, urlsplit(str(one.text)).path).text.encode())
        schema.assertValid(month)
        pictures += len(month.findall(".//{http://www.google.com/schemas/sitemap-image/1.1}loc"))
    assert pictures > 10
    paths = story_paths(network, site)
    assert len(paths) == len(set(paths)) >= 10
    assert {network.get(site, path).status for path in paths} == {200}


@pytest.mark.parametrize("site", HOSTS)
def test_robots_are_told_what_they_may_and_where_the_maps_are(network: Network, site: str) -> None:
    robots = RobotFileParser()
    robots.parse(network.get(site, "/robots.txt").text.splitlines())
    front = network.url(site, "/")
    assert all(
        robots.can_fetch(name, front) for name in ("Googlebot", "Bingbot", "OAI-SearchBot", "Claude-User")
    )
    assert not any(
        robots.can_fetch(name, front) for name in ("GPTBot", "ClaudeBot", "Google-Extended", "CCBot")
    )
    maps = [network.url(site, path) for path in ("/sitemap.xml", "/sitemap-news.xml")]
    assert robots.site_maps() == maps
    assert [network.get(site, urlsplit(one).path).status for one in maps] == [200, 200]


def test_what_a_site_filled_in_for_machines_is_there_and_leads_somewhere(network: Network) -> None:
    there = {
        site: [
            path
            for path in ("/ads.txt", "/.well-known/security.txt", "/llms.txt")
            if network.get(site, path).status == 200
        ]
        for site in HOSTS
    }
    assert {site: len(found) for site, found in there.items()} == {"kentongan": 3, "pesisir": 1, "english": 1}
    for site in ("kentongan", "english"):
        links = re.findall(r"\]\((/[^)]*)\)", network.get(site, "/llms.txt").text)
        assert links
        assert {network.get(site, path).status for path in links} == {200}
    assert "Contact: mailto:" in network.get("kentongan", "/.well-known/security.txt").text
    assert ", DIRECT" in network.get("kentongan", "/ads.txt").text


@pytest.mark.parametrize("site", HOSTS)
def test_a_page_names_its_own_address(network: Network, site: str) -> None:
    for path in ["/", *story_paths(network, site)]:
        root = html.fromstring(network.get(site, path).text)
        assert root.xpath("//link[@rel='canonical']/@href") == [network.url(site, path)]
        assert root.xpath("//html/@lang")
        assert re.fullmatch(r".{5,}", str(root.findtext(".//title")))
