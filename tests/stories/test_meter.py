"""Long work says how far it is."""

from __future__ import annotations

import io

from redaksi.stories.meter import Meter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_it_says_how_much_is_done_how_fast_and_how_long_it_will_take():
    clock = Clock()
    meter = Meter("stories", 100_000, 20_000, clock=clock)
    meter.tell(20_000)
    assert meter.line() == "20,000 of 100,000 stories (20 %)"
    clock.now += 20
    meter.tell(30_000)
    assert meter.line() == "30,000 of 100,000 stories (30 %), 500 a second, 2:20 left"
    clock.now += 7_980
    meter.tell(40_000)
    assert meter.line().endswith("2 a second, 6:40:00 left")


def test_a_log_is_not_filled_with_lines():
    clock, out = Clock(), io.StringIO()
    meter = Meter("stories", 100, out=out, clock=clock)
    for done in range(100):
        clock.now += 0.2
        meter.tell(done)
    meter.end("100 stories.")
    assert out.getvalue().count("\n") == 3
    assert out.getvalue().endswith("100 stories.\n")


def test_work_that_goes_on_is_timed_from_where_it_goes_on():
    clock = Clock()
    meter = Meter("stories", 1000, clock=clock)
    clock.now += 1000
    later = meter.going_on_from(900)
    clock.now += 10
    later.tell(950)
    assert later.rate() == 5
