"""Read-also at the desk: what will stand is what the press prints; pins, bans and caps stay within the walls."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from redaksi.press.foreman import Foreman
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.models import Story
from story_form import edit, sent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEXTS = [f"Kalimat {number}." for number in range(9)]


@pytest.fixture
def printed(settings, tmp_path):
    """What was published so far is on the shelf that the desk looks at."""
    settings.REDAKSI_HOME = tmp_path

    def press():
        with (
            closing(ShelfWriter(tmp_path / "shelf.sqlite3")) as shelf,
            closing(Foreman(shelf, tmp_path)) as foreman,
        ):
            foreman.drain()

    return press


@pytest.fixture
def older(kentongan, parts, cast, printed):
    made = []
    for day, headline in ((3, "Feri Berlayar Lagi"), (2, "Dermaga Diperbaiki"), (1, "Tiket Naik")):
        story = cast.story(kentongan, headline, **parts)
        publish(story, None, at=timezone.now() - timedelta(days=day))
        made.append(story)
    printed()
    return made


@pytest.fixture
def words(topic, contributor):
    return {"label": topic.pk, "names": [contributor], "texts": TEXTS}


def shown(answer):
    return [(one.headline, one.after, one.pinned) for one in answer.context["also"]]


def test_what_will_stand_is_shown_beside_the_text_and_in_the_preview(
    at_desk, editor, draft_story, older, words
):
    desk = at_desk(editor)
    answer = desk.post(reverse("desk_story:look", args=[draft_story.pk]), sent(draft_story, **words))
    assert shown(answer) == [("Tiket Naik", 3, False), ("Dermaga Diperbaiki", 7, False)]
    preview = reverse("desk_story:preview_on_edit", args=[draft_story.pk])
    desk.post(preview, sent(draft_story, **words))
    page = desk.get(preview, {"mode": "ponsel"}).content.decode()
    assert page.count('class="also"') == 2
    assert page.index("Kalimat 2.") < page.index("Tiket Naik") < page.index("Kalimat 3.")


def test_a_pin_becomes_a_block_where_the_link_stood(at_desk, editor, draft_story, older, words):
    pin = {"also-pin": f"{older[0].pk}:3"}
    at_desk(editor).post(edit(draft_story), sent(draft_story, **words) | pin)
    body = Story.objects.get(pk=draft_story.pk).get_latest_revision_as_object().body
    assert [block.block_type for block in body][2:5] == ["paragraph", "read_also", "paragraph"]
    assert body[3].value["story"].pk == older[0].pk


def test_not_this_one_and_at_most_are_kept_and_taken_back(at_desk, editor, draft_story, older, words):
    desk, last = at_desk(editor), older[2].pk
    choices = {"also_choices-cap": "1", "also-ban": str(last)}
    desk.post(edit(draft_story), sent(draft_story, **words) | choices)
    draft_story.refresh_from_db()
    assert draft_story.also_choices == {"cap": 1, "banned": [last]}
    page = desk.get(edit(draft_story))
    assert shown(page) == [("Dermaga Diperbaiki", 3, False)]
    assert "Tiket Naik" in page.content.decode()
    desk.post(edit(draft_story), sent(draft_story, **words) | {"also_choices-cap": ""})
    draft_story.refresh_from_db()
    assert draft_story.also_choices == {}


@pytest.mark.parametrize(
    "asked", ["{foreign}:3", "x:3", "{foreign}", ":", "999999999999999999999:1", "{foreign}:-1"]
)
def test_a_story_from_behind_the_walls_is_neither_pinned_nor_named(
    at_desk, editor, draft_story, cast, pesisir, words, asked
):
    foreign = cast.story(pesisir, "Rahasia Pesisir")
    pin = {"also-pin": asked.format(foreign=foreign.pk)}
    answer = at_desk(editor).post(edit(draft_story), sent(draft_story, **words) | pin)
    assert "body" in answer.context["form"].errors
    banned = {"also_choices-cap": "", "also-ban": str(foreign.pk), "also_choices-banned": [str(foreign.pk)]}
    at_desk(editor).post(edit(draft_story), sent(draft_story, **words) | banned)
    draft_story.refresh_from_db()
    assert draft_story.also_choices == {}
    assert "Rahasia Pesisir" not in at_desk(editor).get(edit(draft_story)).content.decode()


def test_without_a_shelf_nothing_is_offered_and_nothing_fails(at_desk, editor, draft_story, printed):
    answer = at_desk(editor).get(edit(draft_story))
    assert (answer.status_code, shown(answer)) == (200, [])


def test_a_form_that_does_not_send_the_choices_leaves_them(at_desk, editor, draft_story):
    draft_story.also_choices = {"cap": 0}
    draft(draft_story, None)
    at_desk(editor).post(edit(draft_story), sent(draft_story))
    draft_story.refresh_from_db()
    assert draft_story.also_choices == {"cap": 0}
