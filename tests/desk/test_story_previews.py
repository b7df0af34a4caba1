"""Previews are set by the press's own templates, from the text that isn't saved yet."""

from __future__ import annotations

import pytest
from django.urls import reverse

from story_form import sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", ["ponsel", "kartu", "kutipan"])
def test_a_preview_shows_what_is_not_saved(at_desk, editor, draft_story, mode):
    desk = at_desk(editor)
    url = reverse("desk_story:preview_on_edit", args=[draft_story.pk])
    assert desk.post(url, sent(draft_story, headline="Judul Belum Disimpan")).json()["is_valid"]
    page = desk.get(url, {"mode": mode})
    assert page.status_code == 200
    assert "Judul Belum Disimpan" in page.content.decode()
    assert "script-src 'none'" in page["Content-Security-Policy"]
    draft_story.refresh_from_db()
    assert draft_story.headline != "Judul Belum Disimpan"


def test_a_story_that_was_never_saved_is_previewed(at_desk, reporter, kentongan):
    desk = at_desk(reporter)
    url = reverse("desk_story:preview_on_add")
    desk.post(
        url, sent(site=kentongan.pk, section=kentongan.sections.first().pk, headline="Baru Sama Sekali")
    )
    assert "Baru Sama Sekali" in desk.get(url, {"mode": "desktop"}).content.decode()


def test_a_reporter_sees_a_colleagues_published_story_in_the_room(at_desk, cast, kentongan, live_story):
    desk = at_desk(cast.staff("Lain Orang", "reporter", kentongan))
    assert desk.get(reverse("desk_story:preview", args=[live_story.pk])).status_code == 200
    assert live_story.headline in desk.get(reverse("desk_story:shown", args=[live_story.pk])).content.decode()


def test_the_photo_in_a_preview_is_developed_for_who_may_see_it(at_desk, editor, pesisir_editor, photo):
    url = f"/foto/{photo.digest}-640.jpg"
    answer = at_desk(editor).get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert at_desk(pesisir_editor).get(url).status_code == 404


@pytest.mark.parametrize(
    "name", ["0" * 20 + "-640.jpg", "x.jpg", "..%2f..%2fsecret-key", "{digest}-641.jpg", "{digest}-640.gif"]
)
def test_no_other_size_or_file_is_given(at_desk, editor, photo, name):
    assert at_desk(editor).get(f"/foto/{name.format(digest=photo.digest)}", follow=True).status_code == 404


def test_an_older_text_is_shown_and_anothers_is_not_found(at_desk, editor, draft_story, live_story):
    desk = at_desk(editor)
    url = reverse("desk_story:shown", args=[draft_story.pk])
    assert desk.get(url, {"versi": draft_story.latest_revision_id}).status_code == 200
    assert desk.get(url, {"versi": live_story.latest_revision_id}).status_code == 404


def test_history_and_comparison_open(at_desk, editor, draft_story):
    desk = at_desk(editor)
    desk.post(reverse("desk_story:edit", args=[draft_story.pk]), sent(draft_story, headline="Lain"))
    assert desk.get(reverse("desk_story:history", args=[draft_story.pk])).status_code == 200
    compare = reverse("desk_story:revisions_compare", args=[draft_story.pk, "earliest", "latest"])
    page = desk.get(compare)
    assert page.status_code == 200
    assert "Lain" in page.content.decode()
