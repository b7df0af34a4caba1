"""Which of a page and an old address stands where both are to: the page, in whatever order they came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
from redaksi.shelf.inventory import contents
from redaksi.shelf.recipe import Own, press_recipe
from redaksi.shelf.writer import ShelfWriter

PLACES = ("/muara", "/feri")
#: Each entity has pages, or old addresses: a story has its pages elsewhere.
PAGES, OLD = ("site:1", "imprint@1"), ("story:1", "story:2")
STEPS = st.lists(st.tuples(st.sampled_from([*PAGES, *OLD]), st.sets(st.sampled_from(PLACES))), max_size=12)


def put(shelf, entity, places):
    """As the press does: all that an entity has is taken away and put anew."""
    with shelf.transaction() as t:
        t.drop_pages(entity)
        for place in sorted(places):
            if entity in OLD:
                t.put_redirect(site=1, address=place, location=f"/{entity}", entity=entity)
            else:
                t.put_page(
                    site=1, address=place, recipe=press_recipe([Own(entity)]), entity=entity, version=1
                )


def owners(steps):
    """What each entity has in the end; no two pages, and no two old addresses, may want one place."""
    last = dict(steps)
    for kind in (PAGES, OLD):
        first, second = (last.get(one, set()) for one in kind)
        if first & second:
            return None
    return last


@given(STEPS)
@settings(max_examples=chance.examples(200), deadline=None)
def test_what_stands_follows_from_what_was_put_last_in_any_order(tmp_path_factory, steps):
    done = [step for number, step in enumerate(steps) if owners(steps[: number + 1]) is not None]
    kept = []
    for step in done:
        if owners([*kept, step]) is not None:
            kept.append(step)
    last = owners(kept) or {}
    home = tmp_path_factory.mktemp("behind")
    shelves = []
    for name, order in (
        ("kept", kept),
        ("fresh", sorted(last.items())),
        ("back", sorted(last.items())[::-1]),
    ):
        with ShelfWriter(home / name / "shelf.sqlite3") as shelf:
            for entity, places in order:
                put(shelf, entity, places)
        shelves.append(contents(home / name / "shelf.sqlite3"))
    assert shelves[0] == shelves[1] == shelves[2]


@pytest.mark.parametrize("first", ["page", "old"])
def test_the_page_wins_and_the_old_address_is_back_when_it_is_gone(tmp_path, first):
    def standing():
        (page,) = (value for name, value in contents(tmp_path / "shelf.sqlite3").items() if "/muara" in name)
        return page.split(",")[0].strip("[")

    with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf:
        for entity in ("site:1", "story:1") if first == "page" else ("story:1", "site:1"):
            put(shelf, entity, {"/muara"})
        assert standing() == "200"
        put(shelf, "site:1", set())
        assert standing() == "301"
        put(shelf, "site:1", {"/muara"})
        put(shelf, "story:1", set())
        put(shelf, "site:1", set())
        with shelf.transaction() as t:
            assert not t.stands_at(1, "/muara")
