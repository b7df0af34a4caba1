"""``redaksi run`` as its operator meets it: what ends comes back, and an end is an end."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.process]

RUN = [sys.executable, "-m", "redaksi.cli.main", "run"]


def wait_until(true, seconds=120):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def children_of(pid):
    """Every process below ``pid``, with its command."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            command = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError, IndexError):
            continue
        found[int(stat.parent.name)] = (parent, command)
    below, known = {}, {pid}
    while more := {child for child, (parent, _) in found.items() if parent in known} - set(below):
        below |= {child: found[child][1] for child in more}
        known |= more
    return below


class Running:
    def __init__(self, installation):
        self.home = installation.home
        self.installation = installation
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            other.bind(("127.0.0.1", 0))
            self.port, self.desk_port = one.getsockname()[1], other.getsockname()[1]
        self.process = None

    def environment(self):
        cache = str(Path(tempfile.gettempdir()) / f"redaksi-pyc-{os.getuid()}")
        own = {
            "REDAKSI_HOME": str(self.home), "PORT": str(self.port), "DESK_PORT": str(self.desk_port), "REDAKSI_WORKERS": "1",
            "PYTHONPYCACHEPREFIX": cache, "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        return {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
        } | own

    def start(self):
        log = (self.home / "run.log").open("ab")
        self.process = subprocess.Popen(RUN, env=self.environment(), stdout=log, stderr=log)
        log.close()
        wait_until(self.answers)
        return self

    def status(self, port, path="/"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request(
                "GET", path, headers={"host": "kentongan.localhost" if port == self.port else "localhost"}
            )
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def answers(self):
        assert self.process.poll() is None, (self.home / "run.log").read_text()
        return self.status(self.port) == 200 and self.status(self.desk_port) in {200, 302}

    def child(self, word):
        """The first process of a part: its command says which."""
        return next(
            (
                pid
                for pid, command in sorted(children_of(self.process.pid).items())
                if re.search(word, command)
            ),
            None,
        )

    def stop(self, sign=signal.SIGTERM):
        below = children_of(self.process.pid)
        self.process.send_signal(sign)
        status = self.process.wait(60)
        wait_until(
            lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists() and not is_zombie(pid)], 30
        )
        return status


def is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def running(installation):
    made = Running(installation)
    yield made.start()
    if made.process.poll() is None:
        made.stop()


def test_each_part_that_is_killed_comes_back_and_an_interrupt_ends_all_with_status_0(running):
    for word in ("redaksi.newsstand", "main press", "granian"):
        before = running.child(word)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda word=word, before=before: running.child(word) not in (None, before))
        wait_until(running.answers)
    running.installation.act("change")
    wait_until(lambda: not running.installation.waiting())
    assert running.stop(signal.SIGINT) == 0
    assert "Traceback" not in (running.home / "run.log").read_text()


def test_a_supervisor_that_is_killed_takes_its_children_with_it_and_can_be_started_again(running):
    assert running.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: running.status(running.port) == running.status(running.desk_port) == 0)
    running.start()


@pytest.mark.parametrize("taken", ["PORT", "DESK_PORT"])
def test_a_port_that_is_taken_is_named(installation, taken):
    running = Running(installation)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = subprocess.run(
            RUN,
            env=running.environment() | {taken: str(port)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ran.returncode == 1
    assert f"port {port} is in use; set PORT or DESK_PORT" in ran.stderr


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [({"PORT": "x"}, "PORT='x' must be a whole number"), ({"DESK_PORT": "18555", "PORT": "18555"}, "both 18555"),
     ({"REDAKSI_BIND": "203.0.113.7"}, "REDAKSI_BIND='203.0.113.7'")],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_named(installation, setting, sentence):
    ran = subprocess.run(
        RUN,
        env=Running(installation).environment() | setting,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_second_press_says_that_one_is_at_work(installation):
    environment = Running(installation).environment()
    press = [sys.executable, "-m", "redaksi.cli.main", "press"]
    first = subprocess.Popen(press, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(installation.seen)
        for more in ([], ["--once"]):
            ran = subprocess.run(
                [*press, *more], env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            assert (ran.returncode, "a press is at work" in ran.stderr) == (1, True), ran.stderr
    finally:
        first.terminate()
        assert first.wait(60) == 0
