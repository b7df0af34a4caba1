"""WordPress archives that the world tests imports with: brought in by the command, and read in a browser."""

from __future__ import annotations

import sqlite3
from pathlib import Path

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


def addresses(home: Path, where: str) -> list[str]:
    """Paths at the English site; the record is only read."""
    with sqlite3.connect(f"file:{home / 'desk.sqlite3'}?mode=ro", uri=True) as record:
        rows = record.execute(
            "SELECT a.path FROM stories_address a JOIN stories_story s ON s.id = a.story_id"
            f" JOIN network_site n ON n.id = a.site_id WHERE n.slug = 'english' AND {where} ORDER BY a.id"
        )
        return [path for (path,) in rows]


def test_every_archive_comes_in_to_its_end(moved_in):
    _, said = moved_in
    assert [ran.args for ran in said if ran.returncode] == []


def test_every_imported_story_opens_in_a_browser_without_a_complaint(moved_in, person):
    network, _ = moved_in
    paths = addresses(network.home, "a.current AND s.live AND s.source_kind IS NOT NULL")
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
        assert page.locator("h1").count() == 1, path
    assert complaints == []


def test_every_old_address_leads_to_its_story(moved_in):
    network, _ = moved_in
    old = addresses(network.home, "NOT a.current AND s.live")
    assert old
    for path in old:
        answer = network.get("english", path)
        assert answer.status == 301, path
        assert network.get("english", answer.headers["location"]).status == 200, path
