from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from redaksi.outbox.models import Entry
from redaksi.stories import arrangement
from redaksi.stories.actions.arrange import arrange, end_pins
from redaksi.stories.actions.pick import pick, unpick
from redaksi.stories.actions.schedule import do_what_is_due
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.arrangement import ArrangementError, Pin, Strip
from redaksi.stories.fronts import front_copy
from redaksi.stories.models import Front, Story

pytestmark = pytest.mark.django_db


def rows(kind):
    return list(Entry.objects.filter(kind=kind).values_list("object_id", flat=True))


def test_an_arrangement_is_an_edition_with_its_row_in_the_outbox(kentongan, editor, live_story):
    strips = [Strip("newest", count=3, shape="lead", slots=(None, Pin(live_story.pk)))]
    edition = arrange(kentongan, strips, editor)
    assert (edition.author, arrangement.from_json(edition.strips)) == (editor, tuple(strips))
    assert rows("front") == [kentongan.pk]
    arrange(kentongan, [], editor)
    assert Front.objects.count() == 2
    assert front_copy(kentongan.pk).strips[0].shape == "lead"


def test_who_works_for_a_section_and_who_only_writes_see_the_front_and_do_not_arrange_it(
    kentongan, cast, reporter, pesisir_editor
):
    narrow = cast.staff("Rani Kanal", "editor", kentongan, kentongan.sections.first())
    for user in (narrow, reporter, pesisir_editor):
        with pytest.raises(PermissionDenied):
            arrange(kentongan, [Strip("newest")], user)
    assert not Front.objects.exists()


def test_a_strip_names_nothing_from_behind_a_wall(kentongan, pesisir, editor, topic, cast):
    draft = cast.story(pesisir, "Konsep Pesisir")
    theirs = pesisir.sections.first().pk
    for strip in (
        Strip("section", of=theirs),
        Strip("topic", of=topic.pk + 999),
        Strip("site", of=kentongan.pk),
        Strip("hand", slots=(Pin(draft.pk),)),
        Strip("hand", slots=(Pin(999_999),)),
    ):
        with pytest.raises(ArrangementError):
            arrange(kentongan, [strip], editor)
    arrange(kentongan, [Strip("topic", of=topic.pk), Strip("site", of=pesisir.pk)], editor)


def test_bounds_are_kept(kentongan, editor, live_story):
    for strips in (
        [Strip("newest")] * 41,
        [Strip("newest", count=60)] * 6,
        [Strip("newest", count=61)],
        [Strip("newest", heading="x" * 81)],
        [Strip("hand", slots=(Pin(live_story.pk), Pin(live_story.pk)))],
    ):
        with pytest.raises(ArrangementError):
            arrange(kentongan, strips, editor)


def test_a_pin_ends_by_the_clock_with_one_row_for_its_front(kentongan, editor, live_story):
    now = timezone.now()
    pin = Pin(live_story.pk, now + timedelta(hours=1))
    edition = arrange(kentongan, [Strip("newest", slots=(pin,))], editor)
    assert front_copy(kentongan.pk).strips[0].pinned(front_copy(kentongan.pk).is_over) == (live_story.pk,)
    Entry.objects.all().delete()
    assert end_pins() == 0
    Front.objects.update(next_due_at=now)
    strips = arrangement.to_json([Strip("newest", slots=(Pin(live_story.pk, now),))])
    Front.objects.update(strips=strips)
    assert do_what_is_due() == 1
    assert rows("front") == [kentongan.pk]
    edition.refresh_from_db()
    assert edition.next_due_at is None
    assert front_copy(kentongan.pk).strips[0].pinned(front_copy(kentongan.pk).is_over) == ()


def test_a_pin_whose_time_has_passed_is_not_kept(kentongan, editor, live_story):
    gone = Pin(live_story.pk, timezone.now() - timedelta(minutes=1))
    edition = arrange(kentongan, [Strip("newest", slots=(gone, None))], editor)
    assert arrangement.from_json(edition.strips)[0].slots == ()


def test_what_a_reader_holds_of_an_edition_is_never_more_than_can_be_understood():
    stored = [
        {
            "rule": "newest",
            "shape": "lead",
            "count": 10_000,
            "slots": [[1, None], ["x", 3], None, [2, "nie"]],
        },
        {"rule": "unknown", "shape": "row"},
        "nonsense",
        {"rule": "photos", "shape": "row", "count": "many"},
    ]
    first, second = arrangement.from_json(stored)
    assert (first.count, first.slots) == (arrangement.MOST_PLACES, (Pin(1), None, None, None))
    assert (second.shape, second.count) == ("photos", 1)
    assert arrangement.from_json("nonsense") == ()


def test_an_editor_picks_a_published_story_and_lets_it_go(live_story, draft_story, editor, reporter):
    before = live_story.edition
    pick(live_story, editor)
    pick(live_story, editor)
    row = Story.objects.get(pk=live_story.pk)
    assert (row.picked_at is not None, row.edition) == (True, before + 1)
    unpick(live_story, editor)
    assert Story.objects.get(pk=live_story.pk).picked_at is None
    with pytest.raises(WrongStateError):
        pick(draft_story, editor)
    with pytest.raises(PermissionDenied):
        pick(live_story, reporter)
