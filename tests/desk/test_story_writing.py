"""The story's form from the outside: what a reporter and an editor send, and what becomes of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from redaksi.stories.models import Story
from story_form import edit, sent

pytestmark = pytest.mark.django_db


def test_a_reporter_begins_a_story_and_its_row_is_found_in_the_list(
    at_desk, reporter, kentongan, contributor
):
    desk = at_desk(reporter)
    page = desk.get(reverse("desk_story:add"))
    assert page.status_code == 200
    assert contributor.name in page.content.decode()
    data = sent(site=kentongan.pk, section=kentongan.sections.first().pk, names=[contributor])
    answer = desk.post(reverse("desk_story:add"), data)
    story = Story.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == edit(story)
    assert (story.live, story.owner, story.site) == (False, reporter, kentongan)
    assert "Feri Tertahan" in desk.get(reverse("desk_story:list")).content.decode()


def test_saving_a_draft_moves_its_row_along(at_desk, reporter, draft_story):
    answer = at_desk(reporter).post(edit(draft_story), sent(draft_story, headline="Feri Berlayar Lagi"))
    assert answer.status_code == 302
    draft_story.refresh_from_db()
    assert draft_story.headline == "Feri Berlayar Lagi"
    assert draft_story.latest_revision.user == reporter


def test_an_editor_publishes_and_is_told_the_address(at_desk, editor, draft_story, contributor, topic):
    desk = at_desk(editor)
    data = sent(draft_story, label=topic.pk, names=[contributor], **{"action-publish": "1"})
    answer = desk.post(edit(draft_story), data, follow=True)
    draft_story.refresh_from_db()
    assert draft_story.live
    assert draft_story.addresses.get().path in answer.content.decode()


def test_publishing_what_is_not_ready_keeps_the_text_and_says_why_at_the_field(at_desk, editor, draft_story):
    desk = at_desk(editor)
    answer = desk.post(
        edit(draft_story), sent(draft_story, headline="Baru", **{"action-publish": "1"}), follow=True
    )
    draft_story.refresh_from_db()
    assert not draft_story.live
    assert draft_story.headline == "Baru"
    assert "error-message" in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("periksa=terbit")
