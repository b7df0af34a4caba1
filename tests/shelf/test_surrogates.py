from __future__ import annotations

from redaksi.shelf import surrogates
from redaksi.shelf.addresses import MOST_STORIES, card_id
from redaksi.shelf.recipe import Cards
from redaksi.shelf.surrogates import PageKeys

DAY = 86_400_000_000


def keys(*holes, stories=()):
    made = PageKeys(3, "/terkini")
    for hole in holes:
        made.add_list(hole, stories)
    return str(made)


def test_a_page_names_its_cards_while_they_fit():
    named = keys(Cards("latest", "row", 30), stories=range(1000, 1030)).split()
    assert surrogates.card(card_id(3, 1007, "row")) in named
    assert surrogates.rows(3, "latest")[0] in named
    assert surrogates.any_card(3, "latest") not in named


def test_a_page_of_five_hundred_cards_names_its_lists():
    named = keys(Cards("latest", "row", 500), stories=range(MOST_STORIES - 500, MOST_STORIES))
    assert len(named) <= surrogates.MOST_BYTES
    assert surrogates.any_card(3, "latest") in named.split()


def test_a_page_of_hundreds_of_lists_is_purged_with_any_of_them():
    named = keys(*(Cards(f"topic:{number}", "row", 3) for number in range(400)), stories=[1])
    assert len(named) <= surrogates.MOST_BYTES
    assert surrogates.ANY_ROW in named.split()


def test_a_days_page_is_named_by_its_days_alone():
    named = surrogates.rows(3, "latest", 10 * DAY + 5, 11 * DAY + 5)
    assert len(named) == 2
    assert set(named) & set(surrogates.row(3, "latest", 11 * DAY))
    assert not set(named) & set(surrogates.row(3, "latest", 12 * DAY))
    assert surrogates.rows(3, "latest", 0, 40 * DAY) == surrogates.rows(3, "latest")


def test_a_first_card_and_pins_are_named_too():
    hole = Cards("latest", "row", 3, first="lead", fresh=True, pinned=(0, 44))
    named = keys(hole, stories=[5]).split()
    for story, form in ((5, "row"), (5, "lead"), (44, "row")):
        assert surrogates.card(card_id(3, story, form)) in named
