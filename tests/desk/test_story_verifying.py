"""“Still being verified” as an editor meets it: said, reminded of, settled; and a reply that is a story of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from redaksi.stories.actions.verify import verify
from redaksi.stories.models import Story
from story_form import edit

pytestmark = pytest.mark.django_db


def address(name, story):
    return reverse(f"desk_story:{name}", args=[story.pk])


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_an_editor_says_what_is_being_verified_and_settles_it(at_desk, editor, live_story):
    desk = at_desk(editor)
    assert address("verify", live_story) in desk.get(edit(live_story)).content.decode()
    desk.post(address("verify", live_story), {"note": "Jumlah korban."})
    page = desk.get(edit(live_story)).content.decode()
    assert "Jumlah korban." in page
    assert address("verified", live_story) in page
    desk.post(address("verified", live_story), {"correction": "Korbannya tiga orang."})
    assert fresh(live_story).verifying_since is None
    assert fresh(live_story).corrections.get().text == "Korbannya tiga orang."


def test_a_refusal_says_why_and_keeps_the_words(at_desk, editor, live_story):
    answer = at_desk(editor).post(address("verified", live_story), {"correction": "Korbannya tiga."})
    assert answer.status_code == 200
    assert answer.context["form"].errors["correction"]
    assert "Korbannya tiga." in answer.content.decode()


def test_a_reporter_may_not(at_desk, reporter, live_story):
    assert at_desk(reporter).post(address("verify", live_story), {"note": "Ragu."}).status_code in {
        302,
        403,
        404,
    }
    assert fresh(live_story).verifying_since is None


def test_the_work_screen_reminds_the_longest_first_with_its_age(
    at_desk, editor, cast, kentongan, live_story, parts
):
    other = cast.story(kentongan, "Kapal Karam di Muara", live=True, **parts)
    verify(live_story, "Jumlah korban.", None)
    verify(other, "Nama kapal.", None, at=timezone.now() - timedelta(hours=3))
    page = at_desk(editor).get("/").content.decode().split('id="unsure"')[1].split("</section>")[0]
    assert page.index("Kapal Karam di Muara") < page.index(live_story.headline)
    assert "3\xa0" in page
    listed = at_desk(editor).get(reverse("desk_story:list"), {"lihat": "semua", "keadaan": "diverifikasi"})
    assert {row.pk for row in listed.context["rows"]} == {live_story.pk, other.pk}


def test_the_work_screen_is_silent_where_nothing_is_being_verified(at_desk, editor, reporter, live_story):
    assert 'id="unsure"' not in at_desk(editor).get("/").content.decode()
    verify(live_story, "Jumlah korban.", None)
    assert 'id="unsure"' not in at_desk(reporter).get("/").content.decode()


def test_a_reply_names_who_replies_and_its_own_story(
    at_desk, editor, live_story, cast, kentongan, parts, pesisir
):
    reply = cast.story(kentongan, "Kami Tidak Menahan Feri", live=True, **parts)
    foreign = cast.story(pesisir, "Rahasia Pesisir")
    words = {"kind": "reply", "text": "PT Feri membantah.", "speaker": "PT Feri Lantang"}
    desk = at_desk(editor)
    refused = desk.post(address("correct", live_story), words | {"reply": foreign.pk})
    assert "reply" in refused.context["form"].errors
    assert "Rahasia Pesisir" not in refused.content.decode()
    desk.post(address("correct", live_story), words | {"reply": reply.pk})
    note = fresh(live_story).corrections.get()
    assert (note.kind, note.speaker, note.reply_id) == ("reply", "PT Feri Lantang", reply.pk)
