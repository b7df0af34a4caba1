"""A site is one form at the desk: it answers at its host, or at its path, without a restart, and the network knows of it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network
from browser.test_first_story import choose, type_body
from browser.test_two_desks import soon

pytestmark = [pytest.mark.browser, pytest.mark.process]

PHONE = 360
HEADLINE, WRITER = "Pasar Ikan Gamaru Buka Sampai Malam", "Marlin Gurita"


@dataclass
class NewSite:
    """A site that isn't there yet: how its form is filled in, and what readers ask for."""

    name: str
    word: str
    place: str
    host: str
    base: str = ""


BY_HOST = NewSite("Kabar Gamaru dan Sekitarnya", "gamaru", "gamaru.localhost", "gamaru.localhost")
BY_PATH = NewSite("Kabar Sabela", "sabela", "localhost/sabela", "localhost", "/sabela")


def fill_in(page: Page, network: Network, site: NewSite) -> None:
    """The one form, with no more than it asks for."""
    page.goto(f"{network.desk}/situs/")
    page.get_by_role("link", name="Tambah situs").first.click()
    page.get_by_label("Papan nama").fill(site.name)
    page.get_by_label("Nama host").fill(site.place)
    page.get_by_label("Kanal").fill("Warta\nNiaga")
    page.get_by_label("Nama pendek").fill(site.word)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text(site.name).first).to_be_visible()


def write_and_publish(page: Page, network: Network, site: NewSite) -> None:
    """Its first name, and a story of its own, as short as one can be."""
    page.goto(f"{network.desk}/penulis/new/")
    page.fill("#id_name", WRITER)
    page.select_option("#id_site", label=site.name)
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto(f"{network.desk}/berita/add/")
    page.get_by_role("link", name=site.name).click()
    page.select_option("#id_section", label="Warta")
    choose(page, "label", "Transportasi Laut")
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_standfirst", "Pedagang berjualan sampai pukul sepuluh.")
    page.click("#id_bylines-ADD")
    choose(page, "bylines-0-contributor", WRITER)
    type_body(page, ("Pasar ikan Gamaru buka sampai pukul sepuluh malam mulai Senin.",))
    page.click("button[name=action-publish]")
    page.wait_for_url("**/edit/**")


def front_of(network: Network, site: NewSite) -> str:
    answer = network.get(site.host, site.base or "/")
    return answer.text if answer.status == 200 else ""


@pytest.mark.parametrize("site", [BY_HOST, BY_PATH], ids=["host", "path"])
def test_a_new_site_answers_and_stands_in_the_footer_of_the_others(
    own: Network,
    at_the_desk: Callable[[Network, str], Page],
    person: Callable[..., BrowserContext],
    site: NewSite,
) -> None:
    desk = at_the_desk(own, "larasati")
    fill_in(desk, own, site)
    soon(lambda: site.name in front_of(own, site))
    soon(lambda: site.name in own.get("pesisir", "/").text)
    reader = person(java_script_enabled=False, viewport={"width": PHONE, "height": 740}).new_page()
    reader.goto(own.url("pesisir"))
    reader.locator("footer").get_by_role("link", name=site.name).click()
    assert reader.url == f"http://{site.host}:{own.port}{site.base or '/'}"
    expect(reader.locator(".plate")).to_contain_text(site.name)
    menu = reader.locator(".menu").last.bounding_box()
    assert menu is not None
    assert menu["x"] + menu["width"] <= PHONE, "a long nameplate pushes the menu off a phone"
    write_and_publish(desk, own, site)
    soon(lambda: HEADLINE in front_of(own, site))
    reader.get_by_role("link", name="Warta").first.click()
    assert reader.url.endswith(f"{site.base}/warta")
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    soon(lambda: HEADLINE in own.get("pesisir", "/jaringan").text)
