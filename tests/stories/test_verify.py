from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from redaksi.outbox.models import Entry
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.verify import settle, verify
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.copydesk import story_copy
from redaksi.stories.models import Story


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_a_published_story_says_what_is_being_verified_until_it_is_settled(live_story, editor):
    edition = fresh(live_story).edition
    Entry.objects.all().delete()
    verify(live_story, " Jumlah korban. ", editor)
    row = fresh(live_story)
    assert story_copy(row).verifying.note == "Jumlah korban."
    assert row.updated_at == row.verifying_since
    assert (row.edition, Entry.objects.count()) == (edition + 1, 1)
    settle(live_story, editor)
    row = fresh(live_story)
    assert (row.verifying_since, row.verifying_note, row.edition) == (None, "", edition + 2)
    assert not row.corrections.exists()


def test_settling_can_become_a_correction(live_story, editor):
    verify(live_story, "Jumlah korban.", editor)
    settle(live_story, editor, correction="Korbannya tiga orang, bukan empat.")
    assert [note.text for note in fresh(live_story).corrections.all()] == [
        "Korbannya tiga orang, bukan empat."
    ]


def test_said_anew_the_first_time_stays(live_story, editor):
    verify(live_story, "Jumlah korban.", editor)
    since = fresh(live_story).verifying_since
    verify(live_story, "Nama kapal.", editor)
    assert (fresh(live_story).verifying_since, fresh(live_story).verifying_note) == (since, "Nama kapal.")


def test_a_draft_that_is_being_verified_says_so_from_its_first_minute(draft_story, editor):
    Entry.objects.all().delete()
    verify(draft_story, "Jumlah korban.", editor)
    assert not Entry.objects.exists()
    publish(fresh(draft_story), editor)
    assert story_copy(fresh(draft_story)).verifying.note == "Jumlah korban."


def test_a_withdrawn_story_reminds_nobody(live_story, editor):
    verify(live_story, "Jumlah korban.", editor)
    withdraw(live_story, "Keliru.", editor)
    assert fresh(live_story).verifying_since is None
    with pytest.raises(WrongStateError):
        verify(live_story, "Lagi.", editor)


def test_nothing_said_nothing_to_settle_and_nobody_else(live_story, editor, reporter):
    for act in (lambda: verify(live_story, "  ", editor), lambda: settle(live_story, editor)):
        with pytest.raises(WrongStateError):
            act()
    with pytest.raises(PermissionDenied):
        verify(live_story, "Jumlah korban.", reporter)
