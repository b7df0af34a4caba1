"""Beside the form: which names will be linked, and what an editor decides about it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from redaksi.desk.story import conflict, mentions
from redaksi.desk.story.spoken import spoken
from redaksi.stories.models import Alias, Story, Topic
from story_form import block, edit, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def merdeka(kentongan):
    return [
        Topic.objects.create(name="Merdeka", slug=slug, kind=kind)
        for slug, kind in (("stadion", "place"), ("hari", "event"))
    ]


def look(desk, story, texts, **facts):
    data = sent(story, **facts) | {"body-count": str(len(texts))}
    for number, text in enumerate(texts):
        data |= block(number, text, key=f"00000000-0000-4000-8000-00000000000{number}")
    return desk.post(reverse("desk_story:look", args=[story.pk]), data)


def test_the_names_of_the_text_that_is_not_saved_are_shown(
    at_desk, editor, draft_story, topic, merdeka, pesisir
):
    Alias.objects.create(topic=topic, name="Lantang")
    Topic.objects.create(site=pesisir, name="Kapal", slug="kapal")
    page = look(at_desk(editor), draft_story, ["Kapal di Lantang, di Merdeka."]).content.decode()
    assert 'data-rd-choose="Merdeka"' in page
    assert f'data-rd-off="{topic.pk}" checked' in page
    assert "<b>Lantang</b>" in page
    assert "Kapal</" not in page


def test_choices_are_saved_with_the_text_and_published(at_desk, editor, draft_story, merdeka, pesisir, topic):
    foreign = Topic.objects.create(site=pesisir, name="Kapal", slug="kapal")
    chosen = {
        "chosen": {"Merdeka": merdeka[1].pk, "Kapal": foreign.pk},
        "off": [topic.pk, foreign.pk],
        "salah": 1,
    }
    at_desk(editor).post(edit(draft_story), sent(draft_story, mention_choices=json.dumps(chosen)))
    text = Story.objects.get(pk=draft_story.pk).get_latest_revision_as_object()
    assert text.mention_choices == {"chosen": {"Merdeka": merdeka[1].pk}, "off": [topic.pk]}
    lines = mentions.lines(text)
    assert all(not line.on for line in lines if line.topic == topic)


@pytest.mark.parametrize(
    "value",
    [
        "[]",
        "null",
        "3",
        '"x"',
        '{"off": {"a": 1}, "off_at": [[1, 2]], "chosen": [1]}',
        '{"off": [true, -1, "x", 1e9]}',
    ],
)
def test_choices_of_another_form_are_left_out(at_desk, editor, draft_story, value):
    at_desk(editor).post(edit(draft_story), sent(draft_story, mention_choices=value))
    assert Story.objects.get(pk=draft_story.pk).get_latest_revision_as_object().mention_choices == {}


def test_a_form_without_the_field_leaves_the_choices(at_desk, editor, draft_story, topic):
    desk = at_desk(editor)
    desk.post(edit(draft_story), sent(draft_story, mention_choices=json.dumps({"off": [topic.pk]})))
    draft_story.refresh_from_db()
    desk.post(edit(draft_story), sent(draft_story, headline="Judul Lain"))
    assert Story.objects.get(pk=draft_story.pk).get_latest_revision_as_object().mention_choices == {
        "off": [topic.pk]
    }


def test_what_waits_for_a_choice_stands_first_and_places_can_be_unlinked(
    cast, kentongan, parts, merdeka, topic
):
    story = cast.story(kentongan, "Satu", body=cast.body("Selat Lantang, Merdeka, Selat Lantang."), **parts)
    key = story.body[0].id
    story.mention_choices = {"off_at": [[key, "Selat Lantang", 1]]}
    first, second = mentions.lines(story)
    assert (first.name, first.topic, first.is_shared) == ("Merdeka", None, True)
    assert (second.name, second.topic, second.on) == ("Selat Lantang", topic, True)
    assert [place.on for place in second.places] == [True, False]


def test_a_site_that_links_none_shows_none(cast, kentongan, parts):
    kentongan.mentions = "none"
    kentongan.save()
    assert mentions.lines(cast.story(kentongan, "Satu", body=cast.body("Selat Lantang."), **parts)) is None


def test_choices_are_kept_and_told_where_two_texts_meet(draft_story, merdeka, topic):
    chosen = {"chosen": {"Merdeka": merdeka[1].pk}, "off": [topic.pk], "off_at": [["a", "Sangkala", 0]]}
    said = spoken("mention_choices", {"mention_choices": chosen})
    assert said.startswith("“Merdeka”: Merdeka (")
    assert "“Selat Lantang”" in said
    assert "“Sangkala”" in said
    assert "mention_choices" in conflict.FIELDS


def test_they_are_compared_in_words(at_desk, editor, draft_story, topic):
    desk = at_desk(editor)
    first = draft_story.latest_revision
    choices = {"mention_choices": {"off": [topic.pk]}, "also_choices": {"cap": 2, "banned": []}}
    for name, value in choices.items():
        setattr(draft_story, name, value)
    second = draft_story.save_revision(user=editor)
    page = desk.get(
        reverse("desk_story:revisions_compare", args=[draft_story.pk, first.pk, second.pk])
    ).content.decode()
    assert "bukan “Selat Lantang”" in page
    assert "paling banyak 2" in page
    assert "&quot;off&quot;" not in page
    assert "&#x27;off&#x27;" not in page
