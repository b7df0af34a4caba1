from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.shelf.addresses import (
    FORMS,
    TOLD,
    BadAddressError,
    bare_host,
    card_id,
    card_ids_of,
    check_address,
    packed,
    page_key,
    path_problem,
    unpack_card_id,
    unpacked,
)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/nasional/2021/08/14/banjir-surut",
        "/rss.xml",
        "/tokoh/siti-nurhaliza",
        "/kafé",
        "!404",
        "/?p=123",
    ],
)
def test_a_page_may_stand_at_an_ordinary_address(address):
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "nasional", "/nasional/", "//x", "/a//b", "/a/../b", "/..", "/a/.", "/a\x00", "/a\\b", "/\ufffd", "/a?b=c", "/a#b",
     "/a\n", "!", "!A", "/" + "a" * 2000],
)  # fmt: skip
def test_no_page_can_stand_at_a_bad_address_and_the_error_repeats_it(address):
    with pytest.raises(BadAddressError, match="address"):
        check_address(address)


def test_dots_within_a_segment_are_no_trouble():
    assert path_problem("/a..b/.well-known/x.") is None


@given(st.integers(0, 2**20 - 1), st.integers(0, 2**39 - 1), st.sampled_from(list(FORMS)))
def test_a_card_id_holds_site_story_and_form_and_stays_among_its_storys(site, story, form):
    rowid = card_id(site, story, form)
    first, last = card_ids_of(story)
    assert unpack_card_id(rowid) == (site, story, "told" if form in TOLD else form)
    assert first <= rowid <= last < 2**63


@pytest.mark.parametrize(
    ("site", "story", "form"), [(-1, 1, "row"), (1 << 20, 1, "row"), (1, 1 << 39, "row"), (1, 1, "x")]
)
def test_numbers_too_large_for_a_card_id_are_refused(site, story, form):
    with pytest.raises(ValueError, match=r"outside|unknown"):
        card_id(site, story, form)


def test_page_keys_tell_sites_and_addresses_apart_and_fit_sqlite():
    keys = {page_key(site, address) for site in range(50) for address in ("/", "/a", "/b", "!404")}
    assert len(keys) == 200
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert page_key(1, "/nasional") == 6697177091364597175


@pytest.mark.parametrize(
    ("header", "host"),
    [("Kentongan.Test:8000", "kentongan.test"), ("a.test.", "a.test"), ("[::1]:80", "[::1]"), ("", ""), (" a ", "a"), (":", "")],
)  # fmt: skip
def test_a_host_is_bare(header, host):
    assert bare_host(header) == host


@pytest.mark.parametrize(
    "name",
    ["story:0", "story:7", "topic:1000000", "site:256", "front:3", "story:007", "story:٣", "sites", ""],
)
def test_a_packed_name_comes_back(name):
    assert unpacked(packed(name)) == name


def test_names_without_a_known_kind_stand_before_all_stories():
    assert isinstance(packed("front:3"), str)
    assert isinstance(packed("story:3"), bytes)
    assert packed("story:3") != packed("topic:3")
