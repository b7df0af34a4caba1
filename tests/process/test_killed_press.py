"""SIGKILL at each step between the click and the shelf: a publish is seen whole or not at all, and never lost."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.process]

OLD, NEW = "Jembatan Selat Lantang Dibuka", "Jembatan Selat Lantang Ditutup Lagi"
FIRST = "Feri Pertama Berangkat Subuh"
#: What a story puts onto the shelf by itself: its page, its cards, the piece of the newest.
OWN = {
    "story:1",
    "latest",
    *(f"card {form}" for form in ("row", "lead", "rss", "atom", "json", "news", "net", "oembed")),
}

#: A story's lists: the site's newest, its home's, its section's, its topic's and label's, its writer's, and two of the network.
LISTS = 8


def own_places(installation, words):
    """A story's own places that show some words; what reads on of it, or stands under others of its topic, is not its own."""
    shown = {place.partition(" /")[0] for place in installation.places(words)}
    return {place for place in shown if place != "story:2" and not place.startswith("related:")}


def assert_whole(installation):
    """Readers have the old headline everywhere or the new one everywhere; the new story everywhere or nowhere."""
    if own_places(installation, NEW):
        assert own_places(installation, NEW) == OWN
        assert own_places(installation, OLD) == set()
    else:
        assert own_places(installation, OLD) == OWN
    places = own_places(installation, FIRST)
    assert not places or places == {place.replace("story:1", "story:3") for place in OWN}
    assert installation.lists(3) in ((0,) if not places else (LISTS,))


def assert_all_is_there(installation):
    """The new headline and the new story stand everywhere, and the shelf is as one pressed afresh."""
    assert own_places(installation, NEW) == OWN
    assert installation.places(OLD) == set()
    assert any(place.startswith("story:2") for place in installation.places(NEW))
    assert installation.lists(3) == LISTS
    assert installation.waiting() == 0
    installation.act("compare")


def assert_all_is_there_but_compared(installation):
    """As :func:`assert_all_is_there`, without beginning another rebuild."""
    assert own_places(installation, NEW) == OWN
    assert installation.places(OLD) == set()
    assert installation.waiting() == 0


def test_killed_before_the_commit_nothing_has_happened_and_it_can_be_done_again(installation):
    installation.act("change", "before the commit")
    assert installation.waiting() == 0
    installation.press()
    assert own_places(installation, OLD) == OWN
    assert installation.places(NEW) == set()
    installation.act("change")
    installation.press()
    assert_all_is_there(installation)


def test_killed_after_the_commit_before_the_press_takes_it(installation):
    installation.act("change")
    assert installation.waiting() == 2
    assert_whole(installation)
    installation.press()
    assert_all_is_there(installation)


@pytest.mark.parametrize(
    "step",
    [
        "while printing", "while printing the second", "at the first laid", "at the piece of the newest",
        "before the shelf's commit", "before the ripple is written", "before the outbox is cleared",
        "while the outbox is cleared", "in the ripple", "after the ripple",
    ],
)  # fmt: skip
def test_a_press_that_is_killed_goes_on_at_the_next_start(installation, step):
    installation.act("change_and_press", step)
    assert_whole(installation)
    installation.press()
    assert_all_is_there(installation)


@pytest.mark.parametrize(
    "step",
    [
        "at the new shelf's sites", "at the new shelf's second story", "before the swap", "settled", "linked", "switched",
        "swept", "before what was kept is handed back",
    ],
)  # fmt: skip
def test_a_rebuild_that_is_killed_leaves_one_whole_shelf_and_loses_nothing(installation, step):
    installation.act("change_and_press_all", step)
    assert_whole(installation)
    installation.press()
    assert_all_is_there(installation)


@pytest.mark.parametrize("act", ["change_and_press_all", "change_and_press_all_by_a_crew"])
def test_a_rebuild_that_is_killed_goes_on_where_it_stopped(installation, act):
    installation.act(act, "at the new shelf's second story")
    installation.press()  # the press goes on with the old shelf meanwhile
    assert_all_is_there_but_compared(installation)
    installation.act("go_on")
    installation.press()
    assert_all_is_there(installation)


def test_by_a_crew_all_comes_out_as_by_one(installation):
    installation.act("press_by_a_crew")


def test_a_planned_story_that_was_missed_is_published_at_the_start(installation):
    installation.act("plan")
    assert installation.places(FIRST) == set()
    installation.press()
    assert own_places(installation, FIRST) == {place.replace("story:1", "story:3") for place in OWN}
    assert installation.lists(3) == LISTS
    installation.act("compare")
