"""The parts of a story page that lead on, warn and put right, as a reader without scripts meets them, and as an editor sets them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network
from browser.visits import address_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.process]

NEWEST = "Lolos uji beban, jembatan dibuka untuk kendaraan ringan mulai Senin"
FIRST_PART = "Dua kali masuk, dua kali keluar"
#: The story that an editor of these tests works on; no other test reads it.
WORKED_ON = "Tujuh tahun tidak ditunggu"
#: And one that names topics of the site.
WITH_NAMES = "Telur di Sangkala naik seperlima"
#: Seconds for a change to come to readers on a busy machine.
PATIENCE = 60
NOTE = "Tahun pensiun sang nakhoda; dua sumber menyebut angka yang berbeda."
CORRECTION = "Semula tertulis 2019. Yang benar 2018, menurut catatan syahbandar."


@pytest.fixture
def reader(person: Callable[..., BrowserContext]) -> Page:
    """A reader on a phone, without scripts; the other three are in ``test_reading.py``."""
    phone = {"width": 360, "height": 740}
    return person(viewport=phone, java_script_enabled=False, locale="id-ID").new_page()


def go(page: Page, network: Network, kind: str) -> None:
    page.goto(network.url("kentongan", address_of(network, "kentongan", kind)))


def test_more_on_the_topic_leads_on_and_never_to_the_story_itself(network: Network, reader: Page) -> None:
    go(reader, network, "story, being verified")
    more = reader.locator(".related")
    expect(more.get_by_role("heading")).to_have_text("Berita lain terkait Retakan Jembatan Selat Lantang")
    headlines = more.locator("li a").all_inner_texts()
    assert len(headlines) == 5
    assert NEWEST not in headlines
    more.locator("li a").first.click()
    expect(reader.locator(".related li a", has_text=NEWEST)).to_be_visible()


def test_read_also_stands_between_two_paragraphs_and_leads_on(network: Network, reader: Page) -> None:
    go(reader, network, "story, a reply")
    link = reader.locator(".body .also")
    assert link.count() == 1
    for side in ("preceding", "following"):
        beside = link.locator(f"xpath={side}-sibling::*[1]")
        assert beside.evaluate("element => element.localName + element.className") == "p"
    headline = link.locator("a").inner_text()
    link.locator("a").click()
    expect(reader.locator("h1")).to_have_text(headline)


def test_the_table_of_contents_leads_to_the_parts_of_the_one_page(network: Network, reader: Page) -> None:
    path = address_of(network, "kentongan", "story, long")
    reader.goto(network.url("kentongan", f"{path}?page=2"))
    assert reader.url == network.url("kentongan", path)
    reader.locator(".toc summary").click()
    reader.locator(".toc a", has_text=FIRST_PART).click()
    expect(reader.get_by_role("heading", name=FIRST_PART)).to_be_in_viewport()


def test_corrections_and_replies_are_told_at_the_top_and_lead_both_ways(
    network: Network, reader: Page
) -> None:
    go(reader, network, "story, long")
    headline = reader.locator("h1").inner_text()
    reader.locator(".told a", has_text="Hak jawab 2").click()
    note = reader.locator(".ralat", has_text="Hak jawab 2")
    expect(note.get_by_role("heading")).to_be_in_viewport()
    expect(note).to_contain_text("Disampaikan oleh Dian Wiratmo")
    note.get_by_role("link").click()
    expect(reader.locator(".told")).to_have_text(f"Hak jawab atas: {headline}")
    reader.locator(".told a").click()
    expect(reader.locator("h1")).to_have_text(headline)


def test_the_page_of_corrections_has_them_all_and_what_was_withdrawn(network: Network, reader: Page) -> None:
    reader.goto(network.url("kentongan"))
    reader.locator(".foot a", has_text="Ralat dan Hak Jawab").click()
    cards = reader.locator(".card.note")
    assert cards.count() >= 3  # another journey withdraws a story of its own
    answered = cards.filter(has_text="Hak jawab 2")
    expect(cards.last).to_contain_text("Berita ini dicabut karena")
    answered.get_by_role("link").click()
    expect(reader.locator(".ralat")).to_have_count(2)


def open_at_desk(page: Page, network: Network, headline: str = WORKED_ON) -> None:
    page.goto(f"{network.desk}/berita/?lihat=semua&q={headline}")
    page.locator("a.rd-ti", has_text=headline).click()


def seen(page: Page, address: str, what: Callable[[Page], Any]) -> None:
    """Ask the page anew until readers have it so."""
    begun = time.monotonic()
    while True:
        page.goto(address)
        if what(page):
            return
        assert time.monotonic() - begun < PATIENCE, page.content()
        page.wait_for_timeout(250)


def test_an_editor_says_that_something_is_verified_still_and_settles_it(
    own: Network, at_the_desk: Callable[[Network, str], Page], reader: Page
) -> None:
    desk = at_the_desk(own, "sekar")
    open_at_desk(desk, own)
    address = desk.locator(".rd-strip a[rel=noopener]").get_attribute("href") or ""
    desk.get_by_role("link", name="Masih diverifikasi").click()
    desk.fill("textarea[name=note]", NOTE)
    desk.get_by_role("button", name="Beri tahu pembaca").click()
    seen(reader, address, lambda page: NOTE in page.content())
    desk.goto(own.desk)
    group = desk.locator("#unsure")
    expect(group).to_contain_text("sudah 0")
    assert violations(desk) == ""
    group.locator("a.rd-ti", has_text=WORKED_ON).click()
    desk.get_by_role("link", name="Selesaikan").click()
    desk.fill("textarea[name=correction]", CORRECTION)
    desk.get_by_role("button", name="Turunkan pemberitahuan").click()
    seen(reader, address, lambda page: NOTE not in page.content())
    expect(reader.locator(".told a")).to_contain_text("Ralat 1")
    expect(reader.locator(".ralat")).to_contain_text(CORRECTION)


def test_an_editor_pins_one_and_does_not_want_another(
    own: Network, at_the_desk: Callable[[Network, str], Page], reader: Page
) -> None:
    desk = at_the_desk(own, "sekar")
    open_at_desk(desk, own)
    address = desk.locator(".rd-strip a[rel=noopener]").get_attribute("href") or ""
    offered = desk.locator(".rd-also li")
    unwanted = offered.first.inner_text().split("\n")[1].strip()
    offered.first.get_by_role("button", name="Jangan yang ini").click()
    expect(desk.locator("input[name=also_choices-banned]")).to_be_checked()
    expect(desk.locator(".rd-also")).not_to_contain_text(unwanted)
    desk.locator(".rd-also li").first.get_by_role("button", name="Sematkan").click()
    expect(desk.locator(".rd-also li").first).to_contain_text("disematkan")
    pinned = desk.locator(".rd-also li").first.inner_text()
    desk.locator("[data-rd-go]").click()
    desk.wait_for_url("**terbit=1")
    seen(reader, address, lambda page: unwanted not in page.locator(".body").inner_text())
    assert any(headline in pinned for headline in reader.locator(".body .also a").all_inner_texts())


def test_an_editor_unlinks_one_name_in_one_story(
    own: Network, at_the_desk: Callable[[Network, str], Page], reader: Page
) -> None:
    desk = at_the_desk(own, "sekar")
    open_at_desk(desk, own, WITH_NAMES)
    address = desk.locator(".rd-strip a[rel=noopener]").get_attribute("href") or ""
    reader.goto(address)
    linked = reader.locator(".body > p a[href^='/topik/']").first
    name, path = linked.inner_text(), linked.get_attribute("href")
    ticked = desk.locator(".rd-mentions > li > label", has_text=name).get_by_role("checkbox")
    expect(ticked.first).to_be_checked()
    ticked.first.uncheck()
    expect(ticked.first).not_to_be_checked()
    desk.locator("[data-rd-go]").click()
    desk.wait_for_url("**terbit=1")
    seen(reader, address, lambda page: page.locator(f".body > p a[href='{path}']").count() == 0)
    expect(reader.locator(".body")).to_contain_text(name)


def test_a_sites_look_is_set_at_the_desk_and_seen_at_once_but_never_too_faint(
    own: Network, at_the_desk: Callable[[Network, str], Page], reader: Page
) -> None:
    desk = at_the_desk(own, "marlina")
    desk.get_by_role("link", name="Kanal & situs").click()
    desk.locator("main").get_by_role("link", name="Pesisir").first.click()
    desk.locator("#id_colour").fill("#f0e68c")
    expect(desk.locator("[data-rd-contrast=id_colour]")).to_contain_text("terlalu samar")
    save = desk.locator("main form [type=submit]").first
    save.click()
    expect(desk.locator(".error-message").first).to_contain_text("kontrasnya")
    desk.locator("#id_colour").fill("#7a1f5c")
    desk.locator("#id_look").select_option("teras")
    save.click()
    expect(desk.locator(".messages .success")).to_be_visible()
    address = own.url("pesisir", "/")
    seen(reader, address, lambda page: "#7a1f5c" in page.content())
    colour = reader.locator(".label").first.evaluate("one => getComputedStyle(one).color")
    assert colour == "rgb(122, 31, 92)"
