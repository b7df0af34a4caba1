"""Which site answers at a host that several share, and where an address leads that a site has left."""

from __future__ import annotations

import pytest

from redaksi.newsstand.answers import SiteHeaders
from redaksi.newsstand.hosts import by_host, moved_to
from redaksi.shelf.reader import Page, Site

SITES = {number: SiteHeaders(Site(number, f"Situs {number}", "id", ())) for number in (1, 2, 3)}
HOSTS = {"example.id": 1, "example.id/jateng": 2, "jateng.id": 2, "pulau.id/satu": 3, "lama.id": 9}


def home(front):
    return Page(2, "!home", 301, "", "page", front, b"")


@pytest.mark.parametrize(
    ("host", "path", "number"),
    [
        ("example.id", "/", 1), ("example.id", "/jatengah", 1), ("example.id", "/nasional/jateng", 1),
        ("example.id", "/jateng", 2), ("example.id", "/jateng/", 2), ("example.id", "/jateng/nasional/1", 2),
        ("jateng.id", "/jateng", 2), ("pulau.id", "/satu", 3), ("pulau.id", "/aset/x.js", 3),
    ],
)  # fmt: skip
def test_the_first_word_of_the_path_tells_the_site(host, path, number):
    assert by_host(HOSTS, SITES)[host].site_for(path) is SITES[number]


def test_a_host_of_no_known_site_is_unknown():
    assert "lama.id" not in by_host(HOSTS, SITES)


@pytest.mark.parametrize(
    ("front", "host", "path", "location"),
    [
        ("https://jateng.id/", "example.id", "/jateng/a b", "https://jateng.id/a%20b"),
        ("https://jateng.id/", "example.id", "/jateng", "https://jateng.id"),
        ("https://example.id/jateng", "jateng.id", "/a", "https://example.id/jateng/a"),
        ("https://example.id/jateng", "example.id", "/jateng/a", None),
        ("https://jateng.id/", "jateng.id", "/a", None),
    ],
)
def test_an_address_at_a_base_that_was_left_leads_to_the_one_of_now(front, host, path, location):
    assert moved_to(home(front), by_host(HOSTS, SITES)[host], path) == location


def test_without_a_home_nothing_moved():
    assert moved_to(None, by_host(HOSTS, SITES)["example.id"], "/x") is None
