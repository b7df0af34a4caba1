"""A crew works on batches by several processes, in order, and ends with whoever called it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from redaksi.stories.crew import Crew, in_order

CALLER = """
import os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
import django
django.setup()
from redaksi.stories.crew import Crew
crew = Crew(None, 2)
print(*[hand.submit(os.getpid).result() for hand in crew._hands], flush=True)
time.sleep(600)
"""


def squared(context, item):
    context.append(item)
    return item * item, len(context), os.getpid()


def refuse(_context, item):
    if item == 3:
        raise LookupError(item)
    return item


@pytest.mark.parametrize("size", [0, 2])
def test_results_come_in_the_order_of_the_items(size):
    found = list(in_order(squared, [], range(12), size=size))
    assert [square for square, _, _ in found] == [item * item for item in range(12)]
    assert len({process for _, _, process in found}) == max(size, 1)


def test_each_process_keeps_what_it_was_given():
    """A context of its own, that of the beginning, and what it put there."""
    with Crew([], 2) as crew:
        asked = [crew.ask(number, squared, number) for number in (0, 1, 2, 3, 4)]
        found = [one.result() for one in asked]
    assert [kept for _, kept, _ in found] == [1, 1, 2, 2, 3]


@pytest.mark.parametrize("size", [0, 2])
def test_an_error_comes_when_its_items_turn_does(size):
    results = in_order(refuse, None, range(9), size=size)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(LookupError):
        next(results)


def test_no_more_is_under_way_than_the_crew_can_hold():
    read = []

    def items():
        for item in range(100):
            read.append(item)
            yield item

    results = in_order(refuse, None, items(), size=2)
    assert next(results) == 0
    assert len(read) < 10
    results.close()


@pytest.mark.slow
def test_a_crew_ends_with_its_caller_however_that_ends():
    with subprocess.Popen([sys.executable, "-c", CALLER], stdout=subprocess.PIPE, text=True) as caller:
        hands = [int(pid) for pid in caller.stdout.readline().split()]
        assert all(Path(f"/proc/{pid}").exists() for pid in hands)
        caller.send_signal(signal.SIGKILL)
        caller.wait()
    until = time.monotonic() + 60
    while any(is_alive(pid) for pid in hands):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_who_steps_behind_lets_all_else_go_first():
    """In a session of its own, since cores are shared among sessions before anybody in one is asked how nice they are."""
    with Crew(None, 1, behind=True) as crew:
        nice, session = crew.ask(0, told_of_itself, None).result()
    assert nice == 19
    assert session != os.getsid(0)
    with Crew(None, 1) as crew:
        assert crew.ask(0, told_of_itself, None).result() == (os.nice(0), os.getsid(0))


def told_of_itself(_context, _item):
    return os.nice(0), os.getsid(0)
