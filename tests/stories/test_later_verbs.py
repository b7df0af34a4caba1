"""What happens to a story after its first publication, and how it gets there by way of the editors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from redaksi.outbox.models import Entry
from redaksi.stories import search
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.schedule import do_what_is_due
from redaksi.stories.actions.submit import hand_back, submit
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.checks import NotPublishableError
from redaksi.stories.models import Correction, Story


def rows_of(story):
    return Entry.objects.filter(kind="story", object_id=story.pk).count()


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_a_reporter_drafts_and_submits_and_an_editor_hands_back(draft_story, reporter, editor):
    submit(draft_story, reporter)
    assert fresh(draft_story).submitted_at
    with pytest.raises(PermissionDenied):
        hand_back(draft_story, reporter)
    hand_back(draft_story, editor)
    assert fresh(draft_story).submitted_at is None
    assert rows_of(draft_story) == 0


def test_a_published_story_is_not_submitted(live_story, editor):
    with pytest.raises(WrongStateError):
        submit(live_story, editor)


@pytest.mark.parametrize("who", ["photo_editor", "pesisir_editor"])
def test_who_may_not_change_may_neither_draft_nor_submit(draft_story, who, request):
    user = request.getfixturevalue(who)
    for verb in (lambda: draft(draft_story, user), lambda: submit(draft_story, user)):
        with pytest.raises(PermissionDenied):
            verb()


def test_a_reporter_does_not_change_the_draft_of_a_colleague(draft_story, kentongan, cast):
    with pytest.raises(PermissionDenied):
        draft(draft_story, cast.staff("Tono Tinta", "reporter", kentongan))


def test_a_draft_of_a_published_story_is_not_what_readers_have(live_story, editor):
    text = live_story.get_latest_revision_as_object()
    text.headline = "Belum untuk pembaca"
    draft(text, editor)
    row = fresh(live_story)
    assert (row.headline, row.has_unpublished_changes) == ("Jembatan Selat Lantang Dibuka", True)
    assert rows_of(live_story) == 1


def test_notes_are_numbered_and_each_is_one_row_in_the_outbox(live_story, editor):
    before, edition = rows_of(live_story), live_story.edition
    first = correct(live_story, "Tingginya tiga meter.", editor)
    second = correct(live_story, "Bupati membantah.", editor, Correction.Kind.REPLY)
    assert [first.number, second.number] == [1, 2]
    row = fresh(live_story)
    assert (row.updated_at, row.edition) == (second.at, edition + 2)
    assert rows_of(live_story) == before + 2


def test_a_note_needs_words_a_published_story_and_the_right(live_story, draft_story, editor, reporter):
    for story, text in ((live_story, "  "), (draft_story, "Salah.")):
        with pytest.raises(WrongStateError):
            correct(story, text, editor)
    with pytest.raises(PermissionDenied):
        correct(live_story, "Salah.", reporter)
    assert not Correction.objects.exists()


def test_withdrawing_asks_for_a_reason_and_keeps_the_address(live_story, editor, reporter):
    with pytest.raises(PermissionDenied):
        withdraw(live_story, "Keliru.", reporter)
    with pytest.raises(WrongStateError):
        withdraw(live_story, " ", editor)
    before = rows_of(live_story)
    withdraw(live_story, " Sumbernya keliru. ", editor)
    row = fresh(live_story)
    assert (row.live, row.site_has_it, row.withdrawal_reason) == (False, False, "Sumbernya keliru.")
    assert row.addresses.filter(current=True).count() == 1
    assert rows_of(live_story) == before + 1


def test_what_is_withdrawn_is_not_withdrawn_again_nor_a_draft_at_all(live_story, draft_story, editor):
    withdraw(live_story, "Keliru.", editor)
    for story in (live_story, draft_story):
        with pytest.raises(WrongStateError):
            withdraw(story, "Keliru.", editor)


def test_restoring_keeps_time_and_address_and_clears_the_reason(live_story, editor):
    path = live_story.addresses.get().path
    withdraw(live_story, "Keliru.", editor)
    row = restore(fresh(live_story), editor)
    assert (row.live, row.withdrawn_at, row.withdrawal_reason) == (True, None, "")
    assert row.published_at == live_story.published_at
    assert row.addresses.get(current=True).path == path


def test_only_what_was_taken_down_is_restored_and_only_if_it_passes(
    live_story, draft_story, editor, reporter
):
    for story in (live_story, draft_story):
        with pytest.raises(WrongStateError):
            restore(story, editor)
    withdraw(live_story, "Keliru.", editor)
    with pytest.raises(PermissionDenied):
        restore(live_story, reporter)
    text = live_story.get_latest_revision_as_object()
    text.body = []
    draft(text, editor)
    with pytest.raises(NotPublishableError):
        restore(fresh(live_story), editor)
    assert not fresh(live_story).live


def expired(story, editor):
    """The story with an end that has passed, as the desk's form keeps it: in the revision too."""
    text = story.get_latest_revision_as_object()
    text.expire_at = timezone.now() - timedelta(minutes=1)
    draft(text, editor)
    Story.objects.filter(pk=story.pk).update(expire_at=text.expire_at)
    return do_what_is_due()


def test_an_expired_story_is_taken_down_once_and_no_longer_found_as_published(live_story, editor, kentongan):
    assert expired(live_story, editor) == 1
    row = fresh(live_story)
    assert (row.live, row.expired, row.withdrawn_at) == (False, True, None)
    assert do_what_is_due() == 0
    assert search.find("jembatan", sites=[kentongan.pk], own=editor.pk) == []


def test_an_expired_story_that_is_restored_stays(live_story, editor):
    expired(live_story, editor)
    row = restore(fresh(live_story), editor)
    assert (row.live, row.expired, row.expire_at) == (True, False, None)
    assert do_what_is_due() == 0
    assert fresh(live_story).live
