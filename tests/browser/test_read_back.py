"""Our pages read back by programs that know nothing of us: the text by trafilatura, structured data by extruct."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import extruct
import pytest
import trafilatura

from browser.running import HOSTS, Network
from browser.visits import story_paths

pytestmark = [pytest.mark.browser, pytest.mark.process]
LEAST_F1 = 0.99


@pytest.fixture(scope="module")
def network(own: Network) -> Network:
    """The demo as it is made: other tests bring stories into the one that they share."""
    return own


@pytest.fixture(scope="module")
def gold(network: Network) -> list[dict[str, Any]]:
    """What the stories say, from the record."""
    program = Path(__file__).with_name("gold.py")
    environment = network.environment | {"DJANGO_SETTINGS_MODULE": "redaksi.config.settings"}
    ran = subprocess.run([sys.executable, program], env=environment, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    assert len(found) > 40
    return found


def f1(found: str, right: str) -> float:
    """How much two texts have in common, word by word, wherever a word stands."""
    one, other = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, right))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total())


def test_readers_of_text_find_the_story_and_nothing_else(
    network: Network, gold: list[dict[str, Any]], results: Path
) -> None:
    scores = {}
    for story in gold:
        page = network.get(story["site"], story["path"]).text
        url = network.url(story["site"], story["path"])
        read = trafilatura.bare_extraction(page, url=url, include_comments=False, with_metadata=True)
        assert (read.title, read.date) == (story["headline"], story["day"]), story["path"]
        assert [name for name in (read.author or "").split("; ") if name] == story["authors"], story["path"]
        scores[story["path"]] = round(f1(read.text, story["body"]), 4)
    (results / "read-back.json").write_text(json.dumps(scores, indent=1))
    assert {path: score for path, score in scores.items() if score < LEAST_F1} == {}


def data_of(network: Network, site: str, path: str) -> dict[str, Any]:
    """A page's JSON-LD, by type."""
    page = network.get(site, path).text
    [found] = extruct.extract(page, base_url=network.url(site, path), syntaxes=["json-ld"], errors="strict")[
        "json-ld"
    ]
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def is_there(network: Network, address: str) -> bool:
    """Whether an address of ours can be read."""
    parts = urlsplit(address)
    site = {name: slug for slug, name in HOSTS.items()}[parts.hostname or ""]
    return network.get(site, parts.path).status == 200


@pytest.mark.parametrize("site", HOSTS)
def test_a_story_tells_all_that_google_asks_for_and_recommends(
    network: Network, site: str, gold: list[dict[str, Any]]
) -> None:
    """https://developers.google.com/search/docs/appearance/structured-data/article."""
    of_site = [story for story in gold if story["site"] == site]
    for story in of_site:
        data = data_of(network, site, story["path"])
        article, crumbs = data["NewsArticle"], data["BreadcrumbList"]
        assert story["headline"].startswith(article["headline"].removesuffix("…"))
        assert [one["name"] for one in article["author"] if one["@type"] == "Person"] == story["authors"]
        assert all(is_there(network, one["url"]) for one in article["author"])
        assert re.fullmatch(rf"{story['day']}T\d\d:\d\d:\d\d\+0[789]:00", article["datePublished"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[789]:00", article["dateModified"])
        assert is_there(network, article["publisher"]["logo"]["url"])
        assert all(
            is_there(network, image["url"]) and image["width"] > 0 for image in article.get("image", [])
        )
        steps = crumbs["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2, 3]
        assert all(is_there(network, step["item"]) for step in steps[:-1])
    pictures = [
        len(data_of(network, site, story["path"])["NewsArticle"].get("image", [])) for story in of_site[:5]
    ]
    assert max(pictures) > 1


@pytest.mark.parametrize("site", HOSTS)
def test_a_front_tells_who_publishes_it_and_by_which_rules(network: Network, site: str) -> None:
    data = data_of(network, site, "/")
    organisation, website = data["NewsMediaOrganization"], data["WebSite"]
    assert website["publisher"]["@id"] == organisation["@id"]
    assert organisation["legalName"]
    assert organisation["parentOrganization"]["name"] == "Grup Titir"
    for name in ("correctionsPolicy", "publishingPrinciples", "ethicsPolicy", "masthead"):
        assert is_there(network, organisation[name]), name
    assert is_there(network, organisation["logo"]["url"])


def test_lists_tell_what_they_collect_and_whose_they_are(network: Network) -> None:
    section = data_of(network, "kentongan", "/nasional")
    assert section["CollectionPage"]["name"] == "Nasional"
    assert section["BreadcrumbList"]["itemListElement"][-1]["name"] == "Nasional"
    topic = data_of(network, "kentongan", "/topik/jembatan-selat-lantang")
    assert topic["CollectionPage"]["about"]["name"] == "Jembatan Selat Lantang"
    person = data_of(network, "kentongan", "/penulis/ganesha-mirat")["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", "Ganesha Mirat")


@pytest.mark.parametrize("site", HOSTS)
def test_every_kind_of_page_can_be_shown_where_it_is_shared(network: Network, site: str) -> None:
    """https://ogp.me: title, type, image and url; X takes the same, and asks for its card's kind."""
    for path in ["/", *story_paths(network, site)[:3], *LISTS[site]]:
        page = network.get(site, path).text
        found = extruct.extract(page, base_url=network.url(site, path), syntaxes=["opengraph"])["opengraph"]
        told = dict(found[0]["properties"])
        assert {
            "og:title",
            "og:type",
            "og:image",
            "og:url",
            "og:description",
            "og:site_name",
            "og:locale",
        } <= set(told), path
        assert told["og:url"] == network.url(site, path)
        assert is_there(network, told["og:image"])
        assert 'name="twitter:card"' in page


LISTS = {
    "kentongan": ["/nasional", "/topik", "/topik/jembatan-selat-lantang", "/penulis/ganesha-mirat", "/terkini", "/indeks", "/indeks/2026/11/14"],
    "pesisir": ["/terkini", "/indeks"],
    "english": ["/latest", "/archive"],
}  # fmt: skip


@pytest.mark.parametrize("site", HOSTS)
def test_a_storys_page_says_where_to_ask_how_to_embed_it(network: Network, site: str) -> None:
    path = story_paths(network, site)[0]
    found = re.search(
        r'<link rel="alternate" type="application/json\+oembed"[^>]* href="([^"]+)"',
        network.get(site, path).text,
    )
    assert found
    answer = network.get(site, found[1].replace("&amp;", "&"))
    told = json.loads(answer.text)
    assert (answer.status, told["version"], told["type"]) == (200, "1.0", "rich")
    assert network.url(site, path) in told["html"]
    assert "<script" not in told["html"]
    assert is_there(network, told["thumbnail_url"])
