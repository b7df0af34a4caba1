"""Two people in one story: nothing is written over, both texts are shown, and neither is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from redaksi.stories.actions.draft import draft
from redaksi.stories.models import Story
from story_form import edit, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(draft_story):
    """What the editor's form held when it was opened, before the reporter saved once more."""
    data = sent(
        draft_story, headline="Feri Tertahan, Penumpang Menginap", texts=["Gelombang surut malam ini."]
    )
    theirs = Story.objects.get(pk=draft_story.pk).get_latest_revision_as_object()
    theirs.headline = "Feri Tertahan Tiga Hari"
    theirs.dateline = "Selat Lantang"
    draft(theirs, draft_story.owner)
    return data


def collide(desk, story, data):
    answer = desk.post(edit(story), data)
    story.refresh_from_db()
    return answer


def test_a_save_over_anothers_work_changes_nothing_and_shows_both(at_desk, editor, draft_story, opened):
    desk = at_desk(editor)
    answer = collide(desk, draft_story, opened)
    assert draft_story.headline == "Feri Tertahan Tiga Hari"
    page = desk.get(answer["Location"]).content.decode()
    assert "Menginap" in page
    assert "Tiga" in page
    assert "surut" in page


def test_the_text_that_came_second_is_kept_as_a_revision_of_its_own(at_desk, editor, draft_story, opened):
    collide(at_desk(editor), draft_story, opened)
    kept = draft_story.revisions.get(user=editor)
    assert kept.content["headline"] == "Feri Tertahan, Penumpang Menginap"
    assert draft_story.latest_revision.content["headline"] == "Feri Tertahan Tiga Hari"
    assert draft_story.latest_revision.is_latest_revision()


def choose(desk, story, address, **choices):
    latest = story.latest_revision
    data = {"against": latest.pk, "at": latest.created_at.isoformat()}
    return desk.post(address, data | {f"pilih-{name}": side for name, side in choices.items()})


def test_each_field_is_chosen_by_itself(at_desk, editor, draft_story, opened):
    desk = at_desk(editor)
    address = collide(desk, draft_story, opened)["Location"]
    choose(desk, draft_story, address, headline="saya", body="mereka", dateline="mereka")
    draft_story.refresh_from_db()
    assert (draft_story.headline, draft_story.dateline) == (
        "Feri Tertahan, Penumpang Menginap",
        "Selat Lantang",
    )
    assert "tiga meter" in str(draft_story.body)


def test_both_bodies_can_be_kept_one_after_the_other(at_desk, editor, draft_story, opened):
    desk = at_desk(editor)
    address = collide(desk, draft_story, opened)["Location"]
    choose(desk, draft_story, address, body="keduanya")
    draft_story.refresh_from_db()
    assert [block.block_type for block in draft_story.body] == ["paragraph"] * 3
    assert "surut" in str(draft_story.body)
    assert "tiga meter" in str(draft_story.body)


def test_a_choice_made_over_a_still_newer_text_is_asked_again(at_desk, editor, draft_story, opened):
    desk = at_desk(editor)
    address = collide(desk, draft_story, opened)["Location"]
    old = Story.objects.select_related("latest_revision").get(pk=draft_story.pk)
    newer = old.get_latest_revision_as_object()
    newer.headline = "Feri Berlayar"
    draft(newer, draft_story.owner)
    answer = choose(desk, old, address, headline="saya")
    draft_story.refresh_from_db()
    assert answer.status_code == 200
    assert draft_story.headline == "Feri Berlayar"


def test_a_save_from_the_newest_text_needs_no_choice(at_desk, editor, draft_story):
    answer = at_desk(editor).post(edit(draft_story), sent(draft_story, headline="Baru"))
    assert answer["Location"] == edit(draft_story)


def test_autosave_over_anothers_work_is_refused(at_desk, editor, draft_story, opened):
    answer = at_desk(editor).post(edit(draft_story), opened, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    draft_story.refresh_from_db()
    assert draft_story.headline == "Feri Tertahan Tiga Hari"


def test_the_choice_is_walled(at_desk, pesisir_editor, editor, draft_story, opened):
    address = collide(at_desk(editor), draft_story, opened)["Location"]
    assert at_desk(pesisir_editor).get(address).status_code == 404


def test_a_revision_of_another_story_is_not_found(at_desk, editor, draft_story, live_story):
    other = live_story.latest_revision_id
    answer = at_desk(editor).get(reverse("desk_story:conflict", args=[draft_story.pk, other]))
    assert answer.status_code == 404
