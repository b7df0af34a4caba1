"""What a hasty writer must not lose: the last words before the key for saving, and the order of two saves at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]


def begin(page: Page, network: Network, headline: str) -> None:
    page.goto(f"{network.desk}/berita/add/")
    page.fill("#id_headline", headline)


def add_paragraph(page: Page) -> None:
    page.click(".c-sf-add-button")
    page.locator(".w-combobox__option").first.click()
    page.locator("[id^=body-] [contenteditable=true]").first.click()


def test_what_was_typed_just_before_saving_is_saved(
    network: Network, at_the_desk: Callable[[Network, str], Page]
) -> None:
    page = at_the_desk(network, "ganesha")
    begin(page, network, "Kata terakhir")
    add_paragraph(page)
    page.keyboard.insert_text("Kalimat ini diketik sampai titiknya, lalu langsung disimpan.")
    page.keyboard.press("Control+s")
    expect(page.locator(".messages .success")).to_be_visible()
    page.reload()
    expect(page.locator("[id^=body-] [contenteditable=true]").first).to_contain_text(
        "lalu langsung disimpan."
    )


def test_a_button_pressed_while_the_story_saves_itself_makes_one_story(
    network: Network, at_the_desk: Callable[[Network, str], Page]
) -> None:
    page = at_the_desk(network, "ganesha")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if not held and "application/json" in route.request.headers.get("accept", ""):
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(r"/berita/add/"), hold)
    begin(page, network, "Hanya satu berita")
    while not held:
        page.wait_for_timeout(1500)
        page.locator("#id_headline").press("!")
    page.click(".action-save")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto(f"{network.desk}/berita/?lihat=saya")
    expect(page.get_by_role("link", name="Hanya satu berita")).to_have_count(1)
