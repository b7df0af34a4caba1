"""Parts that are killed, and a disk that is full, while readers read: no wrong byte to any of them."""

from __future__ import annotations

import hashlib
import http.client
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import zlib
from contextlib import contextmanager
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from process.conftest import environment
from process.running import Running, wait_until
from redaksi.shelf.reader import ShelfReader

pytestmark = [pytest.mark.process]

READERS = 4
PASSWORD = "kapal-perintis-2026"
#: Seconds after which readers must be served again. The best of three counts: what else the machine does is no fault of ours.
BACK = 2.0


class Readers:
    """Readers who go through all pages over and over, and look at every byte."""

    def __init__(self, running):
        self.port = running.port
        with ShelfReader(running.home / "shelf.sqlite3") as shelf, shelf.look():
            ask = shelf._opened().execute
            self.pages = [
                address
                for (address,) in ask("SELECT address FROM pages WHERE status = 200 AND address LIKE '/%'")
            ]
        self.bodies = {}
        self.wrong = []
        self.answers = []
        self.ended = threading.Event()

    def read(self, at):
        while not self.ended.is_set():
            address = self.pages[at % len(self.pages)]
            at += 1
            try:
                self.check(address, *self.get(address))
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)  # cut off: the reader's browser tries again

    def get(self, address):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked = {"Host": "kentongan.localhost", "Accept-Encoding": "gzip"}
            connection.request("GET", address, headers=asked)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def check(self, address, status, headers, body):
        """A page is whole, and one ETag stands for one row of bytes, whoever answers and whenever."""
        self.answers.append(time.monotonic())
        try:
            text = zlib.decompress(body, wbits=31)  # compares CRC and length
        except zlib.error as error:
            text, status = b"", f"{status} {error}"
        digest = hashlib.sha256(text).digest()
        known = self.bodies.setdefault((address, headers["etag"]), digest)
        if status != 200 or known != digest:
            self.wrong.append((address, status, headers["etag"]))

    def longest_wait(self, since):
        times = sorted([since, *(time for time in list(self.answers) if time > since)])
        return max((after - before for before, after in pairwise(times)), default=0.0)


@contextmanager
def reading(running):
    readers = Readers(running)
    threads = [threading.Thread(target=readers.read, args=(at,)) for at in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: len(readers.answers) > 100)
        yield readers
    finally:
        readers.ended.set()
        for thread in threads:
            thread.join()
    assert not readers.wrong, readers.wrong[:5]


@pytest.fixture
def two_workers(installation):
    """The network, with two workers for readers."""
    made = Running(installation, workers=2)
    made.start()
    yield made
    made.stop()


def worker(running):
    """A worker of the newsstand: the youngest of its processes."""
    return running.children("redaksi.newsstand")[-1]


def wait_for_more(readers, count=100):
    before = len(readers.answers)
    wait_until(lambda: len(readers.answers) > before + count)


def compare(running):
    """The shelf equals one pressed afresh; a press at work would take that rebuild, in a home of its own, for one that was killed."""
    running.stop()
    running.installation.act("compare")


def test_a_killed_worker_is_not_missed(two_workers):
    with reading(two_workers) as readers:
        waits = []
        for _ in range(3):
            killed, since = worker(two_workers), time.monotonic()
            os.kill(killed, signal.SIGKILL)
            wait_for_more(readers)
            waits.append(readers.longest_wait(since))
            wait_until(lambda killed=killed: killed not in two_workers.children("redaksi.newsstand"))
            wait_until(lambda: len(two_workers.children("redaksi.newsstand")) >= 3)
            wait_for_more(readers)
        assert min(waits) < BACK, waits


def test_a_killed_newsstand_is_back_at_once(two_workers):
    with reading(two_workers) as readers:
        waits = []
        for _ in range(3):
            since = time.monotonic()
            os.kill(two_workers.child("redaksi.newsstand"), signal.SIGKILL)
            wait_until(lambda since=since: any(at > since + 0.5 for at in readers.answers[-50:]))
            wait_for_more(readers)
            waits.append(readers.longest_wait(since))
        assert min(waits) < BACK, waits


def test_a_killed_press_shows_nobody_half_a_publish(two_workers):
    with reading(two_workers) as readers:
        two_workers.installation.act("change")
        for _ in range(3):
            wait_until(lambda: two_workers.child("main press"))
            os.kill(two_workers.child("main press"), signal.SIGKILL)
            wait_for_more(readers, 50)
        wait_until(lambda: not two_workers.installation.waiting())
        wait_for_more(readers)
    compare(two_workers)


def sign_in(running):
    """What the desk answers to somebody who signs in, which it has to write down; and whether it speaks of no room."""
    connection = http.client.HTTPConnection("127.0.0.1", running.desk_port, timeout=60)
    connection.request("GET", "/login/", headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.headers["set-cookie"].partition(";")[0]
    fields = {"username": "nara", "password": PASSWORD, "csrfmiddlewaretoken": cookie.partition("=")[2]}
    headers = {"Host": "localhost", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login/", urlencode(fields), headers)
    answer = connection.getresponse()
    told = answer.read().decode()
    connection.close()
    return answer.status, "tidak ada lagi ruang" in told


def limit(pids, size):
    """Let these processes write no further than to a size in any file: what a full disk does, without one."""
    for pid in pids:
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits a process that runs")
def test_on_a_full_disk_readers_read_on_the_desk_says_so_and_nothing_is_half_written(two_workers):
    installation = two_workers.installation
    command = [sys.executable, "-m", "redaksi.cli.main", "user", "nara"]
    subprocess.run(
        command, env=environment(two_workers.home, REDAKSI_PASSWORD=PASSWORD), check=True, timeout=120
    )
    with reading(two_workers) as readers:
        before = installation.waiting()
        limit([*two_workers.children("main press"), *two_workers.children("granian")], 0)
        assert sign_in(two_workers) == (507, True)
        installation.act("change")
        wait_for_more(readers, 500)
        assert installation.waiting() > before
        limit([*two_workers.children("main press"), *two_workers.children("granian")], resource.RLIM_INFINITY)
        wait_until(lambda: not installation.waiting())
        wait_for_more(readers)
    assert sign_in(two_workers)[0] == 302
    compare(two_workers)
