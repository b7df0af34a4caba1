"""``redaksi run`` as its operator meets it: what ends comes back, and an end is an end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from process.running import RUN, Running, wait_until

pytestmark = [pytest.mark.process]


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


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="only Linux has it")
def test_all_threads_of_a_worker_work_in_one_go(running):
    wait_until(running.answers)
    wait_until(lambda: policies(running.children("redaksi.newsstand")[-1]) == {os.SCHED_BATCH})


def policies(worker):
    """How the threads are scheduled that a worker has now; none while one of them comes or goes."""
    try:
        return {os.sched_getscheduler(int(task.name)) for task in Path(f"/proc/{worker}/task").iterdir()}
    except OSError:
        return set()


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
