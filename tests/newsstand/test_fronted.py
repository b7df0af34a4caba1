"""What the newsstand says to a cache in front, and only to one."""

from __future__ import annotations

import pytest

from redaksi.shelf import surrogates
from redaksi.shelf.addresses import card_id, page_key
from redaksi.shelf.writer import ShelfWriter
from stand import Stand

pytestmark = [pytest.mark.process]


@pytest.fixture(scope="module")
def fronted(tmp_path_factory, fill_shelf):
    home = tmp_path_factory.mktemp("fronted")
    with ShelfWriter(home / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        fill_shelf(t)
    stand = Stand(home, caches="http://127.0.0.1:9")
    stand.wait()
    yield stand
    assert stand.stop() == 0


def keys(stand, path):
    return set(stand.get(path).headers.get("surrogate-key", "").split())


def key(address):
    return surrogates.page(page_key(1, address))


def test_a_page_names_its_address_and_its_sites_furniture(fronted):
    assert keys(fronted, "/nasional/banjir?x=1") == {"all", key("/nasional/banjir"), surrogates.furniture(1)}


def test_a_list_names_its_cards_and_its_rows(fronted):
    named = keys(fronted, "/terkini")
    cards = {surrogates.card(card_id(1, story, "row")) for story in range(7, 11)}
    assert named == {"all", key("/terkini"), surrogates.furniture(1), *surrogates.rows(1, "latest"), *cards}
    assert len(keys(fronted, "/terkini?sebelum=5eg-7") & cards) == 0


@pytest.mark.parametrize("address", ["/lama", "/?p=7"])
def test_a_redirect_names_its_address(fronted, address):
    assert keys(fronted, address) == {"all", key(address)}


@pytest.mark.parametrize("address", ["/belum/ada", "/?p=8"])
def test_a_page_that_is_missing_names_what_may_stand_there(fronted, address):
    assert key(address) in keys(fronted, address)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/nasional/banjir", "s-maxage=3600"),
        ("/belum/ada", "s-maxage=60"),
        ("/terkini", "stale-if-error=86400"),
    ],
)
def test_caches_in_front_may_keep_what_they_are_told_of(fronted, stand, path, kept):
    assert kept in fronted.get(path).headers["cache-control"]
    alone = stand.get(path).headers
    assert "s-maxage" not in alone["cache-control"]
    assert "surrogate-key" not in alone


@pytest.mark.parametrize("path", ["/nasional/banjir/", "//nasional/banjir", "/a%00"])
def test_what_has_no_address_of_its_own_is_kept_by_none(fronted, path):
    headers = fronted.get(path).headers
    assert "s-maxage" not in headers["cache-control"]
    assert "surrogate-key" not in headers
