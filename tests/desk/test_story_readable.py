"""After publishing: whether readers have it, and how long that took, as the shelf says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from redaksi.shelf.recipe import Own, press_recipe
from redaksi.shelf.writer import ShelfWriter

pytestmark = pytest.mark.django_db


@pytest.fixture
def lay(settings, tmp_path):
    """Puts a story's page onto a shelf of this test's own."""
    settings.REDAKSI_HOME = tmp_path

    def put(story, edition):
        with ShelfWriter(Path(settings.REDAKSI_HOME) / "shelf.sqlite3") as shelf, shelf.transaction() as t:
            path = story.addresses.get(current=True).path
            recipe = press_recipe([Own(story.headline)])
            t.put_page(
                site=story.site_id, address=path, recipe=recipe, entity=f"story:{story.pk}", version=edition
            )

    return put


def ask(desk, story):
    return desk.get(reverse("desk_story:readable", args=[story.pk])).json()


def test_without_a_shelf_nothing_is_readable(at_desk, editor, live_story, settings, tmp_path):
    settings.REDAKSI_HOME = tmp_path
    assert ask(at_desk(editor), live_story) == {"readable": False, "seconds": None}


def test_an_older_edition_is_not_the_newest(at_desk, editor, live_story, lay):
    lay(live_story, live_story.edition - 1)
    assert not ask(at_desk(editor), live_story)["readable"]


def test_the_newest_edition_is_readable_after_a_while(at_desk, editor, live_story, lay):
    lay(live_story, live_story.edition)
    answer = ask(at_desk(editor), live_story)
    assert answer["readable"]
    assert answer["seconds"] > 0


def test_it_is_walled(at_desk, pesisir_editor, live_story):
    url = reverse("desk_story:readable", args=[live_story.pk])
    assert at_desk(pesisir_editor).get(url).status_code == 404
