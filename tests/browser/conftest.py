"""Real processes and a real browser: one demo network for a test run, a copy of it for each test process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.running import PASSWORD, Network, make_demo, own_network

#: Milliseconds for anything to show up: a machine may be busy. No test asks how long something took, save the one promise.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
RESULTS = Path(__file__).parents[2] / "test-results"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test that failed leaves pictures of the pages that were open in it, in ``test-results``."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "open_pages", list)()):
            RESULTS.mkdir(exist_ok=True)
            page.screenshot(path=RESULTS / f"{item.name[:80]}-{number}.png")
    return report


@pytest.fixture(scope="session")
def results() -> Path:
    """Where a test leaves what it measured, for whoever wants to know."""
    RESULTS.mkdir(exist_ok=True)
    return RESULTS


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data home of the demo network; only to be copied."""
    base = tmp_path_factory.getbasetemp()
    return make_demo(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def network(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The demo, running. Tests leave its stories as they found them."""
    running = own_network(demo_home, tmp_path_factory.mktemp("network") / "home")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A running demo of one module's own, to be changed at will."""
    running = own_network(demo_home, tmp_path_factory.mktemp("own") / "home")
    yield running
    running.stop()


@pytest.fixture
def person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """``person(**options)``: somebody with a browser profile of their own."""
    made: list[BrowserContext] = []
    request.node.open_pages = lambda: [page for context in made for page in context.pages]

    def come(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        made[-1].set_default_timeout(PATIENCE)
        return made[-1]

    yield come
    for context in made:
        context.close()


@dataclass(frozen=True)
class Reader:
    """A reader's page, and whether scripts run on it."""

    page: Page
    scripts: bool


@pytest.fixture(
    params=[(width, scripts) for width in (360, 1280) for scripts in (False, True)],
    ids=lambda of: f"{'phone' if of[0] < 700 else 'desktop'}, scripts {'on' if of[1] else 'off'}",
)
def reader(person: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Reader:
    """Each of the four readers: on a phone and at a desk, without scripts and with them."""
    width, scripts = request.param
    hand = {"has_touch": True, "is_mobile": True} if width < 700 else {}
    view = {"width": width, "height": 780}
    context = person(viewport=view, java_script_enabled=scripts, locale="id-ID", **hand)
    return Reader(context.new_page(), scripts)


@pytest.fixture
def at_the_desk(person: Callable[..., BrowserContext]) -> Callable[[Network, str], Page]:
    """``at_the_desk(network, "sekar")``: a page of the desk, on which that person has signed in."""

    def sign_in(network: Network, name: str) -> Page:
        page = person(locale="id-ID", viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{network.desk}/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return sign_in
