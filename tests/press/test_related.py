"""The newest stories of a label's topic, under every story of that label."""

from __future__ import annotations

import pytest

from redaksi.press import related
from redaksi.shelf.recipe import RARE, read_head
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.copydesk import path_now
from redaksi.stories.models import Story

pytestmark = pytest.mark.slow


def under(press, story):
    """The headlines that stand under a story."""
    press.drain()
    with press.reader.look():
        page = press.reader.page(story.site_id, path_now(story))
        assert read_head(page.recipe)[0] == RARE
        piece = press.reader.rare_piece(story.site_id, f"related:{story.label_id}/{story.pk}")
    text = piece.text() if piece else ""
    return [part.split("</a>")[0].split(">")[-1] for part in text.split("<li>")[1:]]


@pytest.fixture
def stories(kentongan, parts, cast):
    return [cast.story(kentongan, f"Berita {number}", live=True, **parts) for number in range(8)]


def test_every_story_shows_the_newest_others_of_its_label(press, stories):
    newest = [f"Berita {number}" for number in (7, 6, 5, 4, 3)]
    assert under(press, stories[0]) == newest
    assert under(press, stories[7]) == ["Berita 6", "Berita 5", "Berita 4", "Berita 3", "Berita 2"]
    assert under(press, stories[4]) == ["Berita 7", "Berita 6", "Berita 5", "Berita 3", "Berita 2"]


def test_a_new_story_a_new_headline_and_a_withdrawal_are_seen_under_all_without_printing_them(
    press, stories, kentongan, parts, cast
):
    under(press, stories[0])
    before = press.printed()
    newest = cast.story(kentongan, "Paling Baru", live=True, **parts)
    assert under(press, stories[0])[0] == "Paling Baru"
    text = Story.objects.get(pk=newest.pk)
    text.headline = "Judul Lain"
    draft(text, None)
    publish(text, None)
    assert under(press, stories[0])[0] == "Judul Lain"
    withdraw(newest, "Keliru.", None)
    assert under(press, stories[0])[0] == "Berita 7"
    own = f"{kentongan.pk}{path_now(stories[0])}"
    assert press.printed()[own] == before[own]


def test_a_renamed_topic_is_named_anew(press, stories, topic, kentongan):
    under(press, stories[0])
    topic.name = "Selat Kelantang"
    topic.save()
    press.drain()
    with press.reader.look():
        piece = press.reader.rare_piece(kentongan.pk, f"related:{topic.pk}")
    assert "Berita lain terkait Selat Kelantang" in piece.text()


def test_a_topic_with_one_story_shows_nothing(press, live_story):
    assert under(press, live_story) == []


def test_old_stories_printed_again_do_not_print_the_pieces_again(press, stories, monkeypatch):
    press.drain()
    laid = []
    monkeypatch.setattr(related, "lay", lambda *told: laid.append(told))
    text = Story.objects.get(pk=stories[0].pk)
    text.standfirst = "Baru."
    draft(text, None)
    publish(text, None)
    press.drain()
    assert laid == []
