from __future__ import annotations

import pytest

from redaksi.outbox.models import Entry
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.copydesk import path_now, story_copy
from redaksi.stories.linked import also_choices, stories_at
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy


@pytest.fixture
def reply(kentongan, parts, cast):
    return cast.story(kentongan, "Kami Tidak Menahan Feri", live=True, **parts)


def fresh(story):
    return Story.objects.get(pk=story.pk)


def test_a_reply_links_both_ways_while_readers_have_both(live_story, reply, editor):
    Entry.objects.all().delete()
    correct(live_story, "PT Feri membantah.", editor, "reply", speaker="PT Feri Lantang", reply=reply)
    assert {row.object_id for row in Entry.objects.all()} == {live_story.pk, reply.pk}
    [note] = story_copy(fresh(live_story)).corrections
    assert (note.by, note.reply.path) == ("PT Feri Lantang", path_now(reply))
    [back] = story_copy(fresh(reply)).reply_to
    assert (back.headline, back.path) == (live_story.headline, path_now(live_story))
    withdraw(reply, "Keliru.", editor)
    copy = story_copy(fresh(live_story))
    assert copy.corrections[0].reply is None
    assert f"story:{reply.pk}" in copy.depends


def test_a_reply_to_a_withdrawn_story_still_says_what_it_answers(live_story, reply, editor):
    correct(live_story, "PT Feri membantah.", editor, "reply", reply=reply)
    withdraw(fresh(live_story), "Tuduhannya tidak terbukti.", editor)
    [back] = story_copy(fresh(reply)).reply_to
    assert (back.headline, back.path, back.gone) == (live_story.headline, path_now(live_story), "withdrawn")
    assert f"story:{live_story.pk}" in story_copy(fresh(reply)).depends


def test_a_reply_is_another_story_of_the_same_site(live_story, editor, pesisir, cast):
    for other in (live_story, cast.story(pesisir)):
        with pytest.raises(WrongStateError):
            correct(live_story, "Membantah.", editor, "reply", reply=other)


def test_links_to_own_stories_are_known_however_they_are_written(live_story, kentongan):
    site, path = site_copy(kentongan), path_now(live_story)
    written = [path, f"{path}/", f"{path}?page=2#r1", site.origin + path, f"{site.origin.upper()}{path}"]
    for address in written:
        assert stories_at([address], site) == {live_story.pk}, address
    for address in (f"https://lain.example{path}", "/tidak-ada", "mailto:a@b.example", "", "https://[x"):
        assert stories_at([address], site) == set(), address


@pytest.mark.parametrize("held", [None, [], {"cap": "2", "banned": "7"}, {"cap": -1, "banned": [None, "7"]}])
def test_choices_that_make_no_sense_count_as_none(held):
    choices = also_choices(Story(also_choices=held))
    assert (choices.cap, choices.banned) == (None, frozenset())
