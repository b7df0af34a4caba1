from __future__ import annotations

import pytest

from redaksi.shelf.lists import ListKey
from redaksi.shelf.writer import ShelfWriter


@pytest.fixture
def shelf(tmp_path):
    with ShelfWriter(tmp_path / "shelf.sqlite3") as writer, writer.transaction() as t:
        for story in range(1, 8):
            lists = ["topic:1", "topic:2"] if story % 2 else ["topic:1"]
            t.set_rows(story, [(1, name, 1000 * (story // 2)) for name in lists])
        t.set_rows(90, [(2, "topic:1", 500)])
        yield t


def test_older_and_newer_stories_of_a_place_are_the_nearest_and_of_its_list_only(shelf):
    place = ListKey(2000, 4)
    assert [key.story for key in shelf.neighbours.older(1, "topic:1", place, 2)] == [3, 2]
    assert [key.story for key in shelf.neighbours.newer(1, "topic:1", place, 2)] == [5, 6]
    assert [key.story for key in shelf.neighbours.older(1, "topic:2", place, 9)] == [3, 1]
    assert shelf.neighbours.newer(1, "topic:9", place, 2) == []


def test_how_many_lists_stories_share(shelf):
    common = shelf.neighbours.in_common(1, ["topic:1", "topic:2"], [1, 2, 90])
    assert common == {1: 2, 2: 1}
