"""Two desks and their readers: a story offered by one, taken by the other, corrected and withdrawn at home, right on both sites."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]

SLUG = "harga-cabai-rawit-turun"
OWN_HEADLINE = "Cabai Rawit Turun, Pasar Kelindan Ikut Lega"
CORRECTION = "Semula tertulis per ons; yang benar per kilogram."
REASON = "sumbernya mencabut keterangannya"


def address_of(page: Page, network: Network, site: str) -> str:
    """The story's path at its home, as the latest list of older pages leads there."""
    page.goto(network.url(site, "/cari?q=cabai%20rawit"))
    link = page.locator(f'a[href*="{SLUG}"]').first
    return str(link.get_attribute("href"))


def soon(look: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until it is so; fails when it never is."""
    begun = time.monotonic()
    while not look():
        assert time.monotonic() - begun < seconds
        time.sleep(0.05)


def test_a_story_passes_from_desk_to_desk_and_stays_one_story(
    own: Network, at_the_desk: Callable[[Network, str], Page], person: Callable[..., BrowserContext]
) -> None:
    reader = person().new_page()
    home_path = address_of(reader, own, "kentongan")
    home, there = at_the_desk(own, "sekar"), at_the_desk(own, "ibrahim")
    home.goto(own.desk + "/berita/?q=cabai rawit")
    home.locator("a.rd-ti", has_text=re.compile("cabai rawit", re.IGNORECASE)).first.click()
    home.get_by_role("link", name="Situs lain").click()
    home.get_by_label("Tawarkan: tiap meja redaksi memutuskan sendiri").check()
    home.get_by_label("Pesisir").check()
    home.get_by_role("button", name="Kirim atau tawarkan").click()
    there.goto(own.desk + "/jaringan/")
    offered = there.get_by_role("listitem").filter(has_text=re.compile("cabai rawit", re.IGNORECASE))
    offered.get_by_role("link", name="Ambil").click()
    there.get_by_label("Judul di sini", exact=True).fill(OWN_HEADLINE)
    there.get_by_role("button", name="Muat di situs").click()
    expect(there.get_by_text(OWN_HEADLINE)).to_be_visible()
    soon(lambda: OWN_HEADLINE in own.get("pesisir", "/terkini").text)
    reader.goto(own.url("pesisir", "/cari?q=cabai%20rawit"))
    reader.get_by_role("link", name=OWN_HEADLINE).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(OWN_HEADLINE)
    expect(reader.locator(".from")).to_contain_text("Sumber: Kentongan")
    canonical = str(reader.locator("link[rel=canonical]").get_attribute("href"))
    assert canonical.endswith(home_path)
    places = (("kentongan", home_path), ("pesisir", urlsplit(reader.url).path))
    home.goto(own.desk + "/berita/?q=cabai rawit")
    home.locator("a.rd-ti", has_text=re.compile("cabai rawit", re.IGNORECASE)).first.click()
    form = home.url.split("?")[0]
    home.get_by_role("link", name="Ralat").click()
    home.locator("textarea[name=text]").fill(CORRECTION)
    home.locator(".rd-verbs button").click()
    soon(lambda: all(CORRECTION in own.get(*place).text for place in places))
    home.goto(form)
    home.get_by_role("link", name="Cabut").click()
    home.locator("textarea[name=reason]").fill(REASON)
    home.locator(".rd-verbs button").click()
    soon(lambda: [own.get(*place).status for place in places] == [410, 410])
    assert all(REASON in own.get(*place).text for place in places)
