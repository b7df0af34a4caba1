"""The verbs as an editor meets them: buttons by right and state, screens that ask for words, refusals that lose nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from redaksi.stories.models import Address
from story_form import edit, sent

pytestmark = pytest.mark.django_db


def verb(name, story):
    return reverse(f"desk_story:{name}", args=[story.pk])


def test_a_reporter_submits_and_has_no_button_to_publish(at_desk, reporter, draft_story):
    desk = at_desk(reporter)
    page = desk.get(edit(draft_story)).content.decode()
    assert "action-submit" in page
    assert "action-publish" not in page
    desk.post(edit(draft_story), sent(draft_story, **{"action-submit": "1"}))
    draft_story.refresh_from_db()
    assert draft_story.submitted_at is not None


def test_a_reporter_who_sends_the_publish_button_anyway_is_refused(at_desk, reporter, draft_story):
    at_desk(reporter).post(edit(draft_story), sent(draft_story, **{"action-publish": "1"}))
    draft_story.refresh_from_db()
    assert not draft_story.live


def test_an_editor_hands_a_story_back(at_desk, editor, reporter, draft_story):
    at_desk(reporter).post(edit(draft_story), sent(draft_story, **{"action-submit": "1"}))
    at_desk(editor).post(verb("hand_back", draft_story))
    draft_story.refresh_from_db()
    assert draft_story.submitted_at is None


def test_a_schedule_is_meant_in_the_sites_zone(at_desk, editor, draft_story, contributor, topic):
    at = (
        (timezone.now() + timedelta(days=1))
        .astimezone(draft_story.site.zone)
        .replace(second=0, microsecond=0)
    )
    data = sent(draft_story, label=topic.pk, names=[contributor], schedule_at=at.strftime("%Y-%m-%dT%H:%M"))
    at_desk(editor).post(edit(draft_story), data | {"action-schedule": "1"})
    draft_story.refresh_from_db()
    assert draft_story.go_live_at == at


@pytest.mark.parametrize("when", ["", "kemarin", "2020-01-01T10:00", "2026-13-45T10:00"])
def test_a_schedule_that_makes_no_sense_is_refused_and_the_text_is_kept(
    at_desk, editor, draft_story, contributor, topic, when
):
    data = sent(draft_story, headline="Baru", label=topic.pk, names=[contributor], schedule_at=when)
    answer = at_desk(editor).post(edit(draft_story), data | {"action-schedule": "1"}, follow=True)
    draft_story.refresh_from_db()
    assert draft_story.go_live_at is None
    assert draft_story.headline == "Baru"
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_schedule_is_taken_back(at_desk, editor, draft_story, contributor, topic):
    at = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    desk = at_desk(editor)
    data = sent(draft_story, label=topic.pk, names=[contributor], schedule_at=at)
    desk.post(edit(draft_story), data | {"action-schedule": "1"})
    page = desk.get(edit(draft_story)).content.decode()
    assert verb("unschedule", draft_story) in page
    assert "action-publish" not in page
    desk.post(verb("unschedule", draft_story))
    draft_story.refresh_from_db()
    assert draft_story.go_live_at is None


def test_an_address_that_is_taken_is_told_at_its_field(
    at_desk, editor, draft_story, live_story, contributor, topic
):
    taken = Address.objects.get(story=live_story).path.rsplit("/", 1)[1]
    data = sent(draft_story, slug=taken, headline="Lain", label=topic.pk, names=[contributor])
    answer = at_desk(editor).post(edit(draft_story), data | {"action-publish": "1"}, follow=True)
    draft_story.refresh_from_db()
    assert not draft_story.live
    assert draft_story.headline == "Lain"
    assert answer.redirect_chain[-1][0].endswith("periksa=alamat")
    assert "slug" in answer.context["form"].errors


def test_a_correction_asks_for_its_words(at_desk, editor, live_story):
    desk = at_desk(editor)
    desk.post(verb("correct", live_story), {"kind": "reply", "text": ""})
    assert not live_story.corrections.exists()
    desk.post(
        verb("correct", live_story),
        {"kind": "reply", "text": "Pelabuhan menyatakan tidak pernah menutup loket."},
    )
    assert live_story.corrections.get().kind == "reply"


def test_a_withdrawal_asks_for_its_public_reason(at_desk, editor, live_story):
    desk = at_desk(editor)
    assert desk.post(verb("withdraw", live_story), {"reason": "  "}).status_code == 200
    live_story.refresh_from_db()
    assert live_story.live
    desk.post(verb("withdraw", live_story), {"reason": "Nama korban disebut tanpa izin keluarga."})
    live_story.refresh_from_db()
    assert live_story.withdrawal_reason == "Nama korban disebut tanpa izin keluarga."


def test_a_withdrawn_story_is_published_again(at_desk, editor, live_story):
    desk = at_desk(editor)
    desk.post(verb("withdraw", live_story), {"reason": "Keliru."})
    assert verb("restore", live_story) in desk.get(edit(live_story)).content.decode()
    desk.post(verb("restore", live_story))
    live_story.refresh_from_db()
    assert live_story.site_has_it


def test_a_lock_keeps_others_out_until_it_is_let_go(at_desk, reporter, editor, draft_story):
    at_desk(reporter).post(verb("lock", draft_story))
    desk = at_desk(editor)
    desk.post(edit(draft_story), sent(draft_story, headline="Baru"))
    draft_story.refresh_from_db()
    assert (draft_story.locked_by, draft_story.headline) == (
        reporter,
        "Feri Tertahan Gelombang di Selat Lantang",
    )
    desk.post(verb("unlock", draft_story))
    desk.post(edit(draft_story), sent(draft_story, headline="Baru"))
    draft_story.refresh_from_db()
    assert draft_story.headline == "Baru"


@pytest.mark.parametrize("name", ["correct", "withdraw", "restore", "hand_back", "unschedule"])
def test_a_reporter_may_use_no_editors_verb(at_desk, reporter, live_story, name):
    assert (
        at_desk(reporter)
        .post(verb(name, live_story), {"reason": "x", "text": "x", "kind": "reply"})
        .status_code
        == 403
    )
    live_story.refresh_from_db()
    assert live_story.site_has_it


@pytest.mark.parametrize("name", ["unpublish", "delete", "copy", "usage", "revisions_unschedule"])
def test_wagtails_own_verbs_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"desk_story:{name}", args=[1])
