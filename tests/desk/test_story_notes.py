"""Colleagues' notes on a field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from story_form import edit

pytestmark = pytest.mark.django_db


def note(desk, story, text="Sumber kedua belum ada.", field="headline"):
    return desk.post(reverse("desk_story:note", args=[story.pk]), {"field": field, "text": text})


def test_a_note_is_shown_at_its_field_with_who_wrote_it(at_desk, editor, draft_story):
    desk = at_desk(editor)
    note(desk, draft_story)
    page = desk.get(edit(draft_story)).content.decode()
    assert "Sumber kedua belum ada." in page
    assert "Edi Santosa" in page
    assert 'data-rd-on="headline"' in page


def test_the_list_counts_open_notes(at_desk, editor, draft_story):
    desk = at_desk(editor)
    note(desk, draft_story)
    note(desk, draft_story, field="body")
    assert desk.get(reverse("desk_story:list"), {"lihat": "semua"}).context["rows"][0].open_notes == 2


def test_a_settled_note_goes_but_stays_in_the_record(at_desk, editor, draft_story):
    desk = at_desk(editor)
    note(desk, draft_story)
    one = draft_story.notes.get()
    desk.post(reverse("desk_story:settle", args=[draft_story.pk, one.pk]))
    one.refresh_from_db()
    assert one.settled_by == editor
    assert "Sumber kedua" not in desk.get(edit(draft_story)).content.decode()


@pytest.mark.parametrize(("field", "text"), [("tidak-ada", "Halo"), ("headline", " ")])
def test_a_note_on_nothing_or_without_words_is_not_kept(at_desk, editor, draft_story, field, text):
    note(at_desk(editor), draft_story, text=text, field=field)
    assert not draft_story.notes.exists()


def test_a_note_of_another_story_cannot_be_settled_through_this_one(at_desk, editor, draft_story, live_story):
    desk = at_desk(editor)
    note(desk, live_story)
    desk.post(reverse("desk_story:settle", args=[draft_story.pk, live_story.notes.get().pk]))
    assert live_story.notes.get().settled_at is None


def test_notes_are_walled(at_desk, pesisir_editor, draft_story):
    assert note(at_desk(pesisir_editor), draft_story).status_code == 404
    assert not draft_story.notes.exists()
