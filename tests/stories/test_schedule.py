from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Revision

from redaksi.outbox.models import Entry
from redaksi.stories.actions import schedule as schedule_module
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.schedule import do_what_is_due, schedule, unschedule
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.checks import NotPublishableError
from redaksi.stories.models import Story


def soon():
    return timezone.now() + timedelta(hours=1)


def make_due(story):
    """As if the hour had passed while everything was down."""
    past = timezone.now() - timedelta(hours=3)
    Revision.objects.filter(object_id=str(story.pk), approved_go_live_at__isnull=False).update(
        approved_go_live_at=past
    )
    Story.objects.filter(pk=story.pk).update(go_live_at=past)


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_a_time_in_the_past_is_refused(draft_story, editor):
    with pytest.raises(WrongStateError):
        schedule(draft_story, timezone.now(), editor)
    assert fresh(draft_story).go_live_at is None


def test_only_an_editor_plans_and_only_what_passes(draft_story, editor, reporter):
    with pytest.raises(PermissionDenied):
        schedule(draft_story, soon(), reporter)
    draft_story.body = []
    draft(draft_story, editor)
    with pytest.raises(NotPublishableError):
        schedule(draft_story, soon(), editor)


def test_nothing_is_due_before_its_time(draft_story, editor):
    schedule(draft_story, soon(), editor)
    assert do_what_is_due() == 0
    assert not fresh(draft_story).live
    assert not Entry.objects.filter(kind="story").exists()


def test_what_was_missed_is_published_at_the_next_look(draft_story, editor):
    schedule(draft_story, soon(), editor)
    make_due(draft_story)
    assert do_what_is_due() == 1
    row = fresh(draft_story)
    assert (row.live, row.go_live_at) == (True, None)
    assert Entry.objects.filter(kind="story", object_id=row.pk).count() == 1
    assert do_what_is_due() == 0


def test_the_text_that_was_planned_is_published_and_not_a_later_draft(draft_story, editor):
    schedule(draft_story, soon(), editor)
    text = draft_story.get_latest_revision_as_object()
    text.headline = "Belum selesai"
    draft(text, editor)
    make_due(draft_story)
    do_what_is_due()
    assert fresh(draft_story).headline == "Feri Tertahan Gelombang di Selat Lantang"


def test_a_plan_that_is_taken_back_does_not_happen(draft_story, editor):
    schedule(draft_story, soon(), editor)
    unschedule(draft_story, editor)
    assert fresh(draft_story).go_live_at is None
    make_due(draft_story)
    assert do_what_is_due() == 0


def test_a_plan_taken_back_in_the_very_moment_does_not_happen(draft_story, editor):
    schedule(draft_story, soon(), editor)
    make_due(draft_story)
    seen = list(schedule_module._due())
    unschedule(draft_story, editor)
    assert schedule_module._publish_one(seen[0]) is False
    assert not fresh(draft_story).live


def test_a_planned_story_that_is_refused_goes_to_the_editors_and_holds_up_no_other(
    kentongan, parts, editor, cast
):
    bad, good = (cast.story(kentongan, word, **parts) for word in ("Tanpa Isi", "Berisi"))
    for story in (bad, good):
        schedule(story, soon(), editor)
        make_due(story)
    planned = Revision.objects.get(object_id=str(bad.pk), approved_go_live_at__isnull=False)
    planned.content = {**planned.content, "body": "[]"}
    planned.save(update_fields=["content"])
    assert do_what_is_due() == 1
    row = fresh(bad)
    assert (row.live, row.go_live_at) == (False, None)
    assert row.submitted_at
    assert fresh(good).live


def test_a_planned_story_that_breaks_the_publishing_holds_up_no_other(
    kentongan, parts, editor, cast, monkeypatch
):
    stories = [cast.story(kentongan, word, **parts) for word in ("Rusak", "Baik")]
    for story in stories:
        schedule(story, soon(), editor)
        make_due(story)

    def breaking(row, by, **kwargs):
        if row.pk == stories[0].pk:
            raise ValueError("the text can't be read")
        return publish(row, by, **kwargs)

    monkeypatch.setattr(schedule_module, "publish", breaking)
    assert do_what_is_due() == 1
    assert [fresh(story).live for story in stories] == [False, True]
    assert fresh(stories[0]).submitted_at


def test_a_database_in_trouble_is_not_the_storys_fault(draft_story, editor, monkeypatch):
    schedule(draft_story, soon(), editor)
    make_due(draft_story)

    def locked(*_args, **_kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(schedule_module, "publish", locked)
        with pytest.raises(OperationalError):
            do_what_is_due()
    assert do_what_is_due() == 1


def test_a_change_of_a_published_story_can_be_planned(live_story, editor):
    text = live_story.get_latest_revision_as_object()
    text.headline = "Jembatan Ditutup Sementara"
    draft(text, editor)
    schedule(live_story, soon(), editor)
    assert fresh(live_story).live
    make_due(live_story)
    assert do_what_is_due() == 1
    assert fresh(live_story).headline == "Jembatan Ditutup Sementara"
    assert fresh(live_story).go_live_at is None


def test_looking_when_nothing_is_due_costs_four_queries(draft_story, django_assert_num_queries):
    do_what_is_due()
    with django_assert_num_queries(4):
        do_what_is_due()
