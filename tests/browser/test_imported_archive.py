"""WordPress archives that the world tests imports with: brought in by the command, and read in a browser."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.process]

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "wxr"
ARCHIVES = sorted(DATA.rglob("*.xml")) if DATA.is_dir() else []


@pytest.fixture(scope="module")
def moved_in(own):
    """The network after every archive came into its English site; what the commands said."""
    if not ARCHIVES:
        pytest.skip(f"the archives are missing at {DATA}")
    said = [own.command("import", archive, "--site", "english", expect=None) for archive in ARCHIVES]
    own.command("press", "--all")
    return own, said


PATHS = """
SELECT a.path FROM stories_address a JOIN stories_story s ON s.id = a.story_id
JOIN network_site n ON n.id = a.site_id WHERE n.slug = 'english' AND s.live AND a.current = ? ORDER BY a.id
"""
#: Every page is asked for; a browser opens one in so many.
OPENED = 5


def addresses(home: Path, *, current: bool) -> list[str]:
    """Paths of published stories at the English site, those of today or those of old; the record is only read."""
    with sqlite3.connect(f"file:{home / 'desk.sqlite3'}?mode=ro", uri=True) as record:
        return [path for (path,) in record.execute(PATHS, [current])]


def test_every_archive_comes_in_to_its_end(moved_in):
    _, said = moved_in
    assert [ran.args for ran in said if ran.returncode] == []


def test_every_imported_story_is_read_and_a_browser_has_no_complaint(moved_in, person):
    network, _ = moved_in
    paths = addresses(network.home, current=True)
    assert len(paths) > 100
    assert [path for path in paths if network.get("english", quote(path)).status != 200] == []
    page = person().new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: message.type == "error" and complaints.append(f"{page.url}: {message.text}"),
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in paths[::OPENED]:
        page.goto(network.url("english", path), wait_until="domcontentloaded")
        assert page.locator("h1").count() == 1, path
    assert complaints == []


def test_every_old_address_leads_to_its_story(moved_in):
    network, _ = moved_in
    old = addresses(network.home, current=False)
    assert old
    for path in old:
        answer = network.get("english", quote(path, safe="/?=&"))
        assert answer.status == 301, path
        assert network.get("english", answer.headers["location"]).status == 200, path
