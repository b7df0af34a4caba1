"""A real Varnish in front, with the VCL of the docs: what changed is purged, exactly, and a sick newsstand is covered for."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from browser.running import make_demo
from ports import free_port
from process.conftest import PRESS, Installation, environment
from process.running import wait_until
from redaksi.shelf.reader import ShelfReader
from rules.source import ROOT
from stand import Stand

VARNISH = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(VARNISH is None, reason="Varnish is not installed: scripts/debian-packages test"),
]
REDAKSI = [sys.executable, "-m", "redaksi.cli.main"]


@pytest.fixture(scope="module")
def home(tmp_path_factory, worker_id):
    """The demo's network, printed."""
    base = tmp_path_factory.getbasetemp()
    home = tmp_path_factory.mktemp("caches") / "home"
    shutil.copytree(make_demo(base if worker_id == "master" else base.parent), home, symlinks=True)
    subprocess.run(
        [*REDAKSI, "press", "--once"], env=environment(home), check=True, capture_output=True, timeout=180
    )
    return home


class Fronted:
    """Varnish, newsstand and press over one data home."""

    def __init__(self, home):
        self.home = home
        self.port = free_port()
        self.environment = {"REDAKSI_CACHES": f"http://127.0.0.1:{self.port}"}
        self.stand = Stand(home, caches=self.environment["REDAKSI_CACHES"])
        self.folder = Path(tempfile.mkdtemp(prefix="redaksi-varnish-"))
        vcl = self.folder / "varnish.vcl"
        text = (ROOT / "docs/varnish.vcl").read_text()
        assert '.port = "8000"' in text
        vcl.write_text(text.replace('.port = "8000"', f'.port = "{self.stand.port}"'))
        command = [VARNISH, "-F", "-j", "none", "-n", self.folder / "work", "-f", vcl, "-s", "malloc,64m"]
        self.log = (self.folder / "log").open("wb")
        self.varnish = subprocess.Popen(
            [*command, "-a", f"127.0.0.1:{self.port}"], stdout=self.log, stderr=self.log
        )
        self.press = None
        with ShelfReader(home / "shelf.sqlite3") as shelf, shelf.look():
            ask = shelf._opened().execute
            hosts = {
                site: host for host, site in ask("SELECT host, site FROM hosts WHERE host NOT LIKE '%/%'")
            }
            sql = "SELECT site, address FROM pages WHERE address LIKE '/%' AND address NOT LIKE '%?%'"
            self.pages = [(hosts[site], address) for site, address in ask(sql) if site in hosts]

    def start_press(self):
        env = environment(self.home, **self.environment)
        self.press = subprocess.Popen(PRESS, env=env, stderr=subprocess.DEVNULL)

    def kill_press(self):
        self.press.send_signal(signal.SIGKILL)
        self.press.wait()

    def ask(self, page, port=None):
        """Status, body, and whether Varnish had it (None where it wasn't asked)."""
        host, address = page
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request("GET", address, headers={"Host": host, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            had = len((answer.headers.get("x-varnish") or "").split()) == 2 if not port else None
            return answer.status, body, had
        finally:
            connection.close()

    def purges(self):
        """How often Varnish was told something."""
        command = ["varnishstat", "-1", "-n", self.folder / "work", "-f", "MAIN.s_synth"]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1])

    def direct(self):
        return {page: self.ask(page, self.stand.port)[:2] for page in self.pages}

    def is_warm(self):
        """Whether Varnish has every page."""
        return all([self.ask(page)[2] for page in self.pages])  # noqa: C419 - each is to be asked for

    def stop(self):
        for process in (self.press, self.varnish):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(30)
        self.log.close()
        if self.stand.process.poll() is None:
            self.stand.stop()
        shutil.rmtree(self.folder)


@pytest.fixture
def fronted(home, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy, symlinks=True)
    fronted = Fronted(copy)
    try:
        fronted.stand.wait()
        wait_until(lambda: fronted.varnish.poll() is not None or answers(fronted))
        assert fronted.varnish.poll() is None, (fronted.folder / "log").read_text()
        yield fronted
    finally:
        fronted.stop()


def answers(fronted):
    try:
        return fronted.ask(fronted.pages[0])[0] < 500
    except OSError:
        return False


def test_a_changed_headline_purges_the_pages_that_show_it_and_no_others(fronted):
    fronted.start_press()
    wait_until(lambda: fronted.purges() >= 2)  # all, and all again
    wait_until(fronted.is_warm)
    before = fronted.direct()
    installation = Installation(fronted.home)
    installation.act("change_an_old_headline")
    wait_until(lambda: not installation.waiting())
    after = fronted.direct()
    changed = {page for page in fronted.pages if before[page] != after[page]}
    assert 3 < len(changed) < len(fronted.pages) / 2
    wait_until(lambda: all(fronted.ask(page)[1] == after[page][1] for page in changed))
    asked_again = set()
    for page in fronted.pages:
        status, body, had = fronted.ask(page)
        assert (status, body) == after[page], page
        asked_again |= set() if had else {page}
    assert asked_again <= changed


def test_what_a_killed_press_had_no_time_to_tell_is_told_by_the_next(fronted):
    wait_until(fronted.is_warm)
    installation = Installation(fronted.home)
    installation.act("change_an_old_headline")
    installation.act("drain")  # laid, and nobody told
    after = fronted.direct()
    assert any(fronted.ask(page)[:2] != after[page] for page in fronted.pages)
    fronted.start_press()
    wait_until(lambda: all(fronted.ask(page)[:2] == after[page] for page in fronted.pages))
    fronted.kill_press()


def test_readers_get_what_there_was_while_the_newsstand_is_down(fronted):
    wait_until(fronted.is_warm)
    there = {page: fronted.ask(page)[:2] for page in fronted.pages}
    assert fronted.stand.stop() == 0
    purge_all(fronted)
    for page in fronted.pages:
        assert fronted.ask(page)[:2] == there[page]


def purge_all(fronted):
    connection = http.client.HTTPConnection("127.0.0.1", fronted.port, timeout=30)
    connection.request("PURGE", "/", headers={"xkey-softpurge": "all"})
    assert connection.getresponse().status == 200
    connection.close()


def test_readers_are_told_to_ask_each_time_and_see_no_keys(fronted):
    for page in fronted.pages[:20]:
        connection = http.client.HTTPConnection("127.0.0.1", fronted.port, timeout=30)
        connection.request("GET", page[1], headers={"Host": page[0]})
        headers = connection.getresponse().headers
        connection.close()
        assert "s-maxage" not in headers["cache-control"]
        assert not {"xkey", "surrogate-key", "age"} & {name.lower() for name in headers}
