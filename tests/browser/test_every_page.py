"""Every kind of readers' page on every site and in every look, in a phone's browser."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from browser.running import HOSTS, Network
from browser.visits import PAGES, STATUS, WATCH, Visit, address_of, pages_of, violations, visit

pytestmark = [pytest.mark.browser, pytest.mark.process]

PHONE = {"width": 360, "height": 780}
#: Bytes over the wire (the project's own limits: HTML, CSS and script together; each font file).
STORY, FRONT, SCRIPT, FONT = 40_000, 60_000, 6_000, 30 * 1024
#: Layout shift that nobody sees.
STILL = 0.01
VNU = Path(__file__).parents[2] / ".tools" / "vnu.jar"
#: Pages that are looked at once more with fonts that come late, and how late, in seconds.
LATE = {"front", "story, long", "story, short", "story, no photo", "page about the site", "not found"}
LATE_BY = 0.5
EVERY = [(site, kind) for site, kinds in PAGES.items() for kind in kinds]


@pytest.fixture(scope="module", params=EVERY, ids=lambda pair: f"{pair[0]}, {pair[1]}")
def seen(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[Visit]:
    """The page, opened once for all tests of it."""
    site, kind = request.param
    context = browser.new_context(viewport=PHONE, locale="id-ID", color_scheme="light")
    yield visit(context, network, site, kind, address_of(network, site, kind))
    context.close()


def test_it_answers_as_it_should(seen: Visit) -> None:
    assert seen.status == STATUS.get(seen.kind, 200)
    assert seen.page.locator("h1").count() == 1
    assert seen.page.locator("main").count() == 1


def test_nothing_is_asked_of_another_place_and_nothing_is_left_with_the_reader(seen: Visit) -> None:
    own = urlsplit(seen.page.url).netloc
    assert {urlsplit(url).netloc for url in seen.asked if not url.startswith("data:")} == {own}
    assert seen.page.context.cookies() == []
    assert [one.url for one in seen.responses if "set-cookie" in one.headers] == []
    assert seen.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_console_stays_silent(seen: Visit) -> None:
    by_design = f"status of {STATUS.get(seen.kind)} "
    assert [line for line in seen.said if by_design not in line] == []
    assert [
        one.url for one in seen.responses if one.status >= 400 and one.request.resource_type != "document"
    ] == []


def test_it_weighs_no_more_than_it_may(seen: Visit, results: Path) -> None:
    weight = seen.weight("document", "stylesheet", "script")
    with (results / "weights.txt").open("a") as told:
        told.write(f"{weight:6} {seen.site}, {seen.kind}\n")
    assert weight <= (STORY if seen.kind.startswith("story") else FRONT)
    assert seen.weight("script") <= SCRIPT
    fonts = [one for one in seen.responses if one.request.resource_type == "font"]
    assert all(one.request.sizes()["responseBodySize"] <= FONT for one in fonts)


def test_nothing_moves_while_it_arrives(seen: Visit) -> None:
    assert seen.page.evaluate("window.moved") <= STILL


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("site", "kind"), [(site, kind) for site, kind in EVERY if kind in LATE])
def test_nothing_moves_though_the_fonts_come_late(
    browser: Browser, network: Network, site: str, kind: str, width: int
) -> None:
    """As on a slow line: text keeps the font that it was first painted in, headlines change theirs without another line."""
    context = browser.new_context(viewport={"width": width, "height": 780}, locale="id-ID")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.route("**/*.woff2", late)
    page.goto(network.url(site, address_of(network, site, kind)), wait_until="load")
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    moved = page.evaluate("window.moved")
    context.close()
    assert moved <= STILL


def late(route: Route) -> None:
    """A font comes when the text has long been painted."""
    time.sleep(LATE_BY)
    route.continue_()


def test_a_tap_meets_what_it_aims_at(seen: Visit) -> None:
    """The middle of every link and button is its own: the room around one for a thumb doesn't lie over another."""
    covered = seen.page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, summary")].filter((one) => {
          if (!one.checkVisibility()) return false;
          one.scrollIntoView({block: "center", behavior: "instant"});
          const box = one.getClientRects()[0];
          const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return hit && !one.contains(hit);
        }).map((one) => one.outerHTML.slice(0, 160))"""
    )
    assert covered == []


def test_every_picture_is_there_and_has_its_measures(seen: Visit) -> None:
    wrong = seen.page.evaluate(
        """() => [...document.images].filter((image) => !((image.naturalWidth || !image.checkVisibility()) && image.hasAttribute("width")
             && image.hasAttribute("height") && image.hasAttribute("alt"))).map((image) => image.outerHTML)"""
    )
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen: Visit, scheme: Any) -> None:
    seen.page.emulate_media(color_scheme=scheme)
    found = violations(seen.page)
    seen.page.emulate_media(color_scheme="light")
    assert found == "", found


@pytest.mark.parametrize("width", [320, 360, 640, 768, 1280])
def test_it_fits_the_screen(seen: Visit, width: int) -> None:
    """640 px is a screen of 1280 at 200 % zoom (WCAG 1.4.4); 320 is WCAG 1.4.10."""
    seen.page.set_viewport_size({"width": width, "height": 700})
    assert too_wide(seen.page) == []
    seen.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})


def too_wide(page: Page) -> list[str]:
    """What sticks out at the side, where nothing around it scrolls by design."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const scrolls = (node) => node && (/auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
          return [...document.body.querySelectorAll("*")].filter((node) => {
            const box = node.getBoundingClientRect();
            return box.right > wide + 1 && box.width && !scrolls(node.parentElement);
          }).map((node) => `${node.outerHTML.slice(0, 120)} right=${node.getBoundingClientRect().right}`).concat(`page ${document.documentElement.scrollWidth}`);
        }"""
    )
    return found


def test_the_menu_fits_a_thumb(seen: Visit) -> None:
    """44 px, as WCAG 2.5.5 asks, for what stands in a menu."""
    small = seen.page.evaluate(
        """() => [...document.querySelectorAll("header nav a, header nav button, header nav summary")]
          .map((node) => [node.textContent.trim(), node.getBoundingClientRect()])
          .filter(([, box]) => box.width && box.height < 44).map(([name, box]) => `${name}: ${box.height}`)"""
    )
    assert small == []


def test_on_paper_it_is_ink_on_white(seen: Visit) -> None:
    seen.page.emulate_media(media="print", color_scheme="dark")
    try:
        picture = Image.open(io.BytesIO(seen.page.screenshot())).convert("L")
        shown = seen.page.locator("header nav:visible").count()
        heading = seen.page.locator("h1").is_visible()
    finally:
        seen.page.emulate_media(media="screen", color_scheme="light")
    histogram = picture.histogram()
    dark, white = sum(histogram[:80]), sum(histogram[240:])
    assert heading
    assert not shown
    assert dark > 300
    assert white > sum(histogram) / 3


@pytest.mark.vnu
@pytest.mark.parametrize("site", HOSTS)
def test_the_nu_validator_finds_no_error(network: Network, tmp_path: Path, site: str) -> None:
    java = shutil.which("java")
    if java is None or not VNU.exists():
        pytest.skip("needs Java and .tools/vnu.jar (make test fetches it)")
    for number, (of, kind, path) in enumerate(pages_of(network)):
        if of == site:
            name = kind.replace(", ", "-").replace(" ", "-")
            (tmp_path / f"{number:02}-{name}.html").write_text(network.get(site, path).text)
    command = [java, "-jar", str(VNU), "--errors-only", "--format", "json", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(ran.stderr)["messages"]
    errors = [
        f"{Path(one.get('url', '')).name}:{one.get('lastLine')} {one['message']} {one.get('extract', '')}"
        for one in told
    ]
    assert errors == []
