"""Two desks and their readers: a story offered by one, taken by the other, corrected and withdrawn at home, right on both sites."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]

SLUG = "harga-cabai-rawit-turun"
OWN_HEADLINE = "Cabai Rawit Turun, Pasar Kelindan Ikut Lega"
CORRECTION = "Semula tertulis per ons; yang benar per kilogram."
REASON = "sumbernya mencabut keterangannya"
#: What the product promises from the record to the readers, and what any machine keeps from the click, in seconds.
PROMISE, BOUND = 1.0, 20.0


def address_of(page: Page, network: Network, site: str) -> str:
    """The story's path at its home, as the latest list of older pages leads there."""
    page.goto(network.url(site, "/cari?q=cabai%20rawit"))
    link = page.locator(f'a[href*="{SLUG}"]').first
    return str(link.get_attribute("href"))


def soon(look: Callable[[], bool], seconds: float = 20) -> float:
    """Wait until it is so; fails when it never is.

    Returns:
        How long that took from now, in seconds.
    """
    begun = time.monotonic()
    while not look():
        assert time.monotonic() - begun < seconds
        time.sleep(0.02)
    return time.monotonic() - begun


def on_the_shelf(desk: Page, network: Network, form: str) -> float:
    """How long the newest edition took from the record to the readers, by the desk's own figure, in seconds."""
    number = re.search(r"/(\d+)/", urlsplit(form).path)
    assert number
    told = desk.request.get(f"{network.desk}/berita/terbaca/{number[1]}/").json()
    assert told["readable"]
    return float(told["seconds"])


def keeps_the_promise(took: dict[str, float], shelf: float, results: Path) -> None:
    """A second from desk to readers. From the click it is told, not held: a busy machine's browser and desk are in it."""
    told = [f"{seconds:.2f} until it was {what}" for what, seconds in took.items()]
    told.append(f"{shelf:.2f} from the record to the shelf")
    (results / "two-desks.txt").write_text("\n".join(told) + "\n")
    assert shelf <= PROMISE or os.getloadavg()[0] > (os.cpu_count() or 1), told
    assert max(took.values()) <= BOUND, told


def test_a_story_passes_from_desk_to_desk_and_stays_one_story(
    own: Network,
    at_the_desk: Callable[[Network, str], Page],
    person: Callable[..., BrowserContext],
    results: Path,
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
    took: dict[str, float] = {}
    there.get_by_role("button", name="Muat di situs").click(no_wait_after=True)
    took["on the other site"] = soon(lambda: OWN_HEADLINE in own.get("pesisir", "/terkini").text)
    expect(there.get_by_text(OWN_HEADLINE)).to_be_visible()
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
    home.locator(".rd-verbs button").click(no_wait_after=True)
    took["corrected on both"] = soon(lambda: all(CORRECTION in own.get(*place).text for place in places))
    shelf = on_the_shelf(home, own, form)
    home.goto(form)
    home.get_by_role("link", name="Cabut").click()
    home.locator("textarea[name=reason]").fill(REASON)
    home.locator(".rd-verbs button").click(no_wait_after=True)
    took["withdrawn on both"] = soon(lambda: [own.get(*place).status for place in places] == [410, 410])
    assert all(REASON in own.get(*place).text for place in places)
    keeps_the_promise(took, shelf, results)
