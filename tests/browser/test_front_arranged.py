"""An editor arranges the front, and readers have it; a pin comes to its end by itself; and yesterday's front can be seen again."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]
#: What the product promises, from the click on “Publish this front”, in seconds.
PROMISE, TRIES, PATIENCE = 1.0, 5, 60.0
PINNED, OTHER = "Harga cabai rawit turun", "Hakim menolak gugatan"


def leading(network: Network) -> str:
    """The headline that leads Kentongan's front, as any reader's browser gets it."""
    page = html.fromstring(network.get("kentongan", "/").text)
    return page.xpath("string(//section[contains(@class, 'lead')]//article[1]//h2)")


def wait_until_leads(network: Network, words: str) -> float:
    begun = time.monotonic()
    while words not in leading(network):
        assert time.monotonic() - begun < PATIENCE, leading(network)
        time.sleep(0.01)
    return time.monotonic() - begun


def at_the_front(page: Page) -> None:
    page.click("a:has-text('Halaman depan')")
    page.wait_for_url(re.compile("/depan/[0-9]+/"))


def pin(page: Page, words: str, slot: str = "1") -> None:
    """Pin a story in the first strip by searching for its headline."""
    strip = page.locator("#strip-0")
    if not strip.locator("details[open]").count():
        strip.locator("summary").click()
    strip.locator("[name=at-0]").fill(slot)
    find = strip.get_by_placeholder("Kata-kata judul")
    find.fill(words)
    page.locator(".rd-found [data-at]").filter(has_text=words).first.click()
    expect(strip.locator(".rd-held")).to_contain_text(words)


def publish(page: Page) -> None:
    page.click("[data-rd-save]")
    expect(page.locator("[data-rd-readable]")).to_contain_text("Sampai ke pembaca")


def test_an_editor_pins_a_story_and_readers_see_it_lead_within_a_second(
    own: Network, at_the_desk: Callable[[Network, str], Page]
):
    page = at_the_desk(own, "sekar")
    took = []
    for attempt in range(TRIES):
        words = (PINNED, OTHER)[attempt % 2]
        at_the_front(page)
        for button in page.locator("#strip-0 [value^=unpin]").all():
            button.click()
            expect(page.locator("#strip-0 .rd-held")).to_have_count(0)
        pin(page, words)
        # The frame shows it before anyone else sees it.
        lead = page.frame_locator("iframe[name=rd-front-preview]").locator(".boss h2")
        expect(lead).to_contain_text(words)
        assert words not in leading(own)
        page.click("[data-rd-save]", no_wait_after=True)
        took.append(wait_until_leads(own, words))
        expect(page.locator("[data-rd-readable]")).to_contain_text("Sampai ke pembaca")
        if took[-1] <= PROMISE:
            break
    assert min(took) <= PROMISE, took


def an_hour_passes(network: Network) -> None:
    """The times of all pins are over; nobody clicks."""
    over = datetime.now(tz=UTC) - timedelta(seconds=1)
    with closing(sqlite3.connect(network.home / "desk.sqlite3", timeout=30)) as record, record:
        sql = "SELECT id, strips FROM stories_front WHERE next_due_at IS NOT NULL"
        for key, strips in record.execute(sql).fetchall():
            ended = re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', f'"{over.isoformat()}"', strips)
            record.execute(
                "UPDATE stories_front SET strips = ?, next_due_at = ? WHERE id = ?",
                [ended, f"{over:%Y-%m-%d %H:%M:%S}", key],
            )


def test_a_pin_comes_to_its_end_without_anyones_click(
    own: Network, at_the_desk: Callable[[Network, str], Page]
):
    page = at_the_desk(own, "sekar")
    at_the_front(page)
    for button in page.locator("#strip-0 [value^=unpin]").all():
        button.click()
        expect(page.locator("#strip-0 .rd-held")).to_have_count(0)
    pin(page, PINNED)
    until = datetime.now(tz=ZoneInfo("Asia/Jakarta")) + timedelta(hours=1)
    page.eval_on_selector(
        "#strip-0 [name^=until]",
        "(field, value) => { field.step = 1; field.value = value; }",
        f"{until:%Y-%m-%dT%H:%M:%S}",
    )
    publish(page)
    wait_until_leads(own, PINNED)
    an_hour_passes(own)
    begun = time.monotonic()
    while PINNED in leading(own):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.1)
    assert PINNED not in leading(own)


def test_without_scripts_a_front_is_arranged_all_the_same(
    own: Network, person: Callable[..., BrowserContext], at_the_desk: Callable[[Network, str], Page]
):
    signed_in = at_the_desk(own, "sekar")
    state = signed_in.context.storage_state()
    page = person(locale="id-ID", java_script_enabled=False, storage_state=state).new_page()
    at_the_front_of = re.search("/depan/[0-9]+/", signed_in.request.get(f"{own.desk}/depan/").url)
    page.goto(own.desk + at_the_front_of[0])
    second = page.locator("#strip-0 .rd-places li").nth(1).locator(".rd-ti").inner_text()
    page.click("#strip-1 [value='up:1']")
    page.click("#strip-0 [value='down:0']")
    if not page.locator("#strip-0 details[open]").count():
        page.click("#strip-0 summary")
    page.click("#strip-0 .rd-places li >> nth=1 >> button")
    expect(page.locator("#strip-0 .rd-held")).to_contain_text(second)
    page.click("[data-rd-look]")
    expect(page.frame_locator("iframe[name=rd-front-preview]").locator("main")).to_contain_text(second)


def test_the_front_of_a_past_minute_is_shown_as_it_was(
    own: Network, at_the_desk: Callable[[Network, str], Page]
):
    page = at_the_desk(own, "sekar")
    at_the_front(page)
    page.goto(f"{page.url}kala/?saat=2026-11-16T04:00")
    frame = page.frame_locator("iframe")
    expect(page.locator(".rd-main")).to_contain_text("Sekar")
    expect(frame.locator(".boss h2")).to_contain_text("Jembatan Selat Lantang ditutup")
    expect(frame.locator("main")).to_contain_text("Enam penyelam, satu robot")
    expect(frame.locator("main")).not_to_contain_text("Lolos uji beban")
    page.fill("[name=saat]", "2026-11-22T14:00")
    page.click("button:has-text('Lihat')")
    expect(frame.locator(".boss h2")).to_contain_text("Lolos uji beban")
