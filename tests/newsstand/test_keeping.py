from __future__ import annotations

import pytest

from redaksi.newsstand import keeping
from redaksi.newsstand.keeping import Hot
from redaksi.newsstand.laying import Laid
from redaksi.shelf.pieces import gzip_of, press_piece
from redaksi.shelf.reader import Page

PAGE = Page(1, "/a", 200, "text/html", "page", "", b"")
STREAM = gzip_of(press_piece("a" * 5000))


@pytest.fixture
def hot():
    return Hot()


def laid(**more):
    return Laid("tag", None, STREAM, **more)


def ask(hot, name, times=1, **more):
    for _ in range(times):
        hot.offer(name, PAGE, laid(**more))


def test_a_page_is_kept_when_it_is_asked_for_again(hot):
    ask(hot, (1, "/a"))
    assert hot.get((1, "/a")) is None
    ask(hot, (1, "/a"), keys="p1")
    page, kept = hot.get((1, "/a"))
    assert (page, kept.gzip(), kept.tag, kept.keys) == (PAGE, STREAM, "tag", "p1")
    assert hot.get((2, "/a")) is None


def test_another_state_begins_anew(hot):
    ask(hot, (1, "/a"), 2)
    hot.clear()
    assert hot.get((1, "/a")) is None
    ask(hot, (1, "/a"))
    assert hot.get((1, "/a")) is None


def test_what_the_clock_changes_is_not_kept(hot):
    ask(hot, (1, "/a"), 3, lasting=False)
    assert hot.get((1, "/a")) is None


def test_memory_is_bounded(hot, monkeypatch):
    monkeypatch.setattr(keeping, "KEPT_BYTES", 10 * (len(STREAM) + 1000))
    for number in range(100):
        ask(hot, (1, f"/{number}"), 2)
    assert sum(hot.get((1, f"/{number}")) is not None for number in range(100)) <= 11
    assert hot.get((1, "/99")) is not None


def test_an_archive_read_at_random_is_not_kept(hot, monkeypatch):
    monkeypatch.setattr(keeping, "_MOST_ASKED", 50)
    for number in range(1000):
        ask(hot, (1, f"/{number}"))
    assert not any(hot.get((1, f"/{number}")) for number in range(1000))
