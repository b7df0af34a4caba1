"""A flash, from the desk's menu to every page of its site and off again, with scripts and without."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network
from browser.visits import address_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.process]

TEXT = "Gempa magnitudo 5,8 terasa sampai Wanasari"
#: What the product promises, from the click, in seconds.
PROMISE, TRIES, PATIENCE = 1.0, 5, 60.0
#: What even a machine keeps that does other things beside.
BOUND = 10.0


def file(desk: Page, text: str) -> float:
    """The menu, a sentence, the button; the moment of the last click."""
    desk.get_by_role("link", name="Kabar kilat").first.click()
    desk.fill("#id_text", text)
    clicked = time.monotonic()
    desk.get_by_role("button", name="Tayangkan kabar kilat").click(no_wait_after=True)
    return clicked


def until(holds: Callable[[], bool]) -> float:
    """Wait for something to hold; when it did."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)
    return time.monotonic()


def seen_on_all(network: Network, paths: list[str], text: str, clicked: float) -> float:
    return until(lambda: all(text in network.get("kentongan", path).text for path in paths)) - clicked


def ends_now(network: Network) -> None:
    """The times of all flashes end; nobody clicks."""
    with closing(sqlite3.connect(network.home / "desk.sqlite3", timeout=30)) as record, record:
        over = (datetime.now(tz=UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")
        record.execute("UPDATE stories_flash SET ends_at = ? WHERE ended_at IS NULL", [over])


def test_a_flash_is_everywhere_within_a_second_and_goes_by_itself(
    own: Network,
    at_the_desk: Callable[[Network, str], Page],
    person: Callable[..., BrowserContext],
    results: Path,
) -> None:
    paths = ["/", "/nasional", "/tidak-ada", address_of(own, "kentongan", "story, short")]
    reader = person(viewport={"width": 360, "height": 740}).new_page()
    reader.goto(own.url("kentongan", paths[-1]))
    bar = reader.locator("#kilat[role=status]")
    expect(bar.get_by_text("Jembatan Selat Lantang")).to_be_visible()

    desk = at_the_desk(own, "sekar")
    took = [seen_on_all(own, paths, TEXT, file(desk, TEXT))]
    while took[-1] > PROMISE and len(took) < TRIES:  # a busy machine gets more tries
        took.append(seen_on_all(own, paths, f"{TEXT}, {len(took)}", file(desk, f"{TEXT}, {len(took)}")))
    told = [f"{seconds:.2f} from the click until four pages had it" for seconds in took]
    (results / "flash.txt").write_text("\n".join(told) + "\n")
    assert min(took) <= PROMISE or os.getloadavg()[0] > (os.cpu_count() or 1), told
    assert min(took) <= BOUND, told
    for other in ("pesisir", "english"):
        assert TEXT not in own.get(other, "/").text

    reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # back from another tab
    expect(bar.get_by_text(TEXT).first).to_be_visible()
    expect(bar.get_by_text("Jembatan Selat Lantang")).to_be_visible()
    assert not violations(reader)
    printed = person(java_script_enabled=False).new_page()
    printed.goto(own.url("kentongan", "/"))
    expect(printed.locator("#kilat").get_by_text(TEXT).first).to_be_visible()

    ends_now(own)
    until(lambda: all(TEXT not in own.get("kentongan", path).text for path in paths))
    reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(bar.locator("p")).to_have_count(0)
    expect(bar).to_be_attached()  # an empty place stays, for the next one


def test_the_lead_photo_opens_large_with_scripts_and_without(
    own: Network, person: Callable[..., BrowserContext]
) -> None:
    address = own.url("kentongan", address_of(own, "kentongan", "story, long"))
    page = person(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address)
    page.locator("a.large").click()
    expect(page.locator("dialog.large img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)

    plain = person(java_script_enabled=False).new_page()
    plain.goto(address)
    plain.locator("a.large").click()
    plain.wait_for_url("**/foto/*")
    assert plain.evaluate("document.images[0].naturalWidth") >= 1200
