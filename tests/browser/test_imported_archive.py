"""WordPress archives that the world tests imports with: brought in by the command, and read in a browser."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from browser.crawling import ALIVE, crawl
from browser.visits import violations

pytestmark = [pytest.mark.browser, pytest.mark.process]

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "wxr"
#: Dead in the archive itself: its own site never had it there.
DEAD_BEFORE = "/2018/11/03/block-button/"
#: On so many stories axe is asked.
SAMPLE = 10
ARCHIVES = sorted(DATA.rglob("*.xml")) if DATA.is_dir() else []


@pytest.fixture(scope="module")
def moved_in(own):
    """The network after every archive came into its English site; what the commands said."""
    if not ARCHIVES:
        pytest.skip(f"the archives are missing at {DATA}")
    said = [own.command("import", archive, "--site", "english", expect=None) for archive in ARCHIVES]
    own.command("press", "--all")
    return own, said


LIVE = """
SELECT a.path FROM stories_address a JOIN stories_story s ON s.id = a.story_id
JOIN network_site n ON n.id = a.site_id WHERE n.slug = 'english' AND s.live AND a.current = ? ORDER BY a.id
"""
UNSEEN = """
SELECT a.path FROM stories_address a JOIN stories_story s ON s.id = a.story_id
JOIN network_site n ON n.id = a.site_id WHERE n.slug = 'english' AND NOT s.live AND s.withdrawn_at IS NULL
"""


def told(home: Path, question: str, *values: object) -> list[str]:
    """The first column of what the record, which is only read, answers."""
    with sqlite3.connect(f"file:{home / 'desk.sqlite3'}?mode=ro", uri=True) as record:
        return [str(first) for (first, *_) in record.execute(question, values)]


def test_every_archive_comes_in_to_its_end(moved_in):
    _, said = moved_in
    assert [ran.args for ran in said if ran.returncode] == []


def test_every_imported_story_is_read_in_a_browser_without_a_complaint(moved_in, person):
    network, _ = moved_in
    paths = told(network.home, LIVE, True)
    assert len(paths) > 100
    page = person().new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: message.type == "error" and complaints.append(f"{page.url}: {message.text}"),
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in paths:
        answer = page.goto(network.url("english", path), wait_until="domcontentloaded")
        assert answer.status == 200, path
        assert page.locator("h1").is_visible(), path
    assert complaints == []


def test_axe_finds_nothing_on_imported_stories(moved_in, person):
    network, _ = moved_in
    paths = told(network.home, LIVE, True)
    page = person(viewport={"width": 360, "height": 780}).new_page()
    for path in paths[:: max(1, len(paths) // SAMPLE)]:
        page.goto(network.url("english", path))
        assert violations(page) == "", path


def test_no_own_link_of_an_imported_story_is_dead(moved_in):
    network, _ = moved_in
    answers, found_on = crawl(network, [network.url("english")])
    dead = [
        f"{one.status} {url} on {found_on[url]}"
        for url, one in answers.items()
        if one.status not in ALIVE and not url.endswith(DEAD_BEFORE)
    ]
    assert dead == []
    reached = {urlsplit(url).path for url in answers}
    assert [path for path in told(network.home, LIVE, True) if quote(path) not in reached] == []


def test_every_old_address_leads_to_its_story(moved_in):
    network, _ = moved_in
    old = told(network.home, LIVE, False)
    assert any(path.startswith("/?p=") for path in old)
    for path in old:
        answer = network.get("english", path)
        assert answer.status == 301, path
        assert network.get("english", answer.headers["location"]).status == 200, path


def test_what_was_not_published_is_not_shown(moved_in):
    network, _ = moved_in
    assert [path for path in told(network.home, UNSEEN) if network.get("english", path).status != 404] == []
