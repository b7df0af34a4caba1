"""A reader looks for a story, on a phone, without scripts, and follows a name in it to its topic."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_from_a_question_to_a_story_to_a_topic(browser: Browser, network: Network) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, locale="id-ID", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(network.url("kentongan", "/"))
    page.get_by_role("link", name="Cari", exact=True).click()
    page.get_by_role("searchbox").fill("uji beban <jembatan>")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("heading", level=2, name="Hasil untuk “uji beban <jembatan>”")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("uji beban <jembatan>")
    page.locator("article a").first.click()
    name = page.locator(".body p a[href^='/topik/']").first
    words = name.inner_text()
    name.click()
    expect(page.locator("h1")).to_be_visible()
    assert words
    page.goto(network.url("kentongan", "/cari?q=xyzzy"))
    expect(page.get_by_role("heading", level=2, name="Belum ada berita untuk “xyzzy”")).to_be_visible()
    context.close()
