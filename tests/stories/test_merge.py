from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from redaksi.outbox.models import Entry
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.merge import merge
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.copydesk import story_copy
from redaksi.stories.models import Alias, FormerAddress, MergedTopic, Story, Topic
from redaksi.stories.models.former import merged_into


@pytest.fixture
def other(db):
    made = Topic.objects.create(name="Jalur Lantang", slug="jalur", summary="Sempit dan dalam.")
    Alias.objects.create(topic=made, name="Lantang")
    return made


def test_stories_labels_and_names_follow(live_story, topic, other, editor):
    live_story.topics.set([topic, other])
    live_story.save()
    number = topic.pk
    left = merge(topic, other, None)
    row = Story.objects.get(pk=live_story.pk)
    assert row.label == left == other
    assert list(row.topics.all()) == [other]
    assert set(other.aliases.values_list("name", flat=True)) == {"Lantang", "Selat Lantang"}
    assert merged_into({number}) == {number: other.pk}
    assert FormerAddress.objects.get().slug == "selat-lantang"
    assert not Topic.objects.filter(pk=number).exists()
    assert {str(row) for row in Entry.objects.all()} >= {f"topic:{number}", f"topic:{other.pk}"}


def test_a_draft_and_a_choice_name_the_topic_that_is_left(live_story, topic, other):
    text = live_story.get_latest_revision_as_object()
    text.topics = [topic, other]
    text.mention_choices = {"off": [topic.pk], "chosen": {"Lantang": topic.pk}}
    draft(text, None)
    merge(topic, other, None)
    newest = Story.objects.get(pk=live_story.pk).get_latest_revision_as_object()
    assert newest.label == other
    assert list(newest.topics.all()) == [other]
    publish(Story.objects.get(pk=live_story.pk), None)
    copy = story_copy(Story.objects.get(pk=live_story.pk))
    assert copy.label.id == other.pk
    assert copy.choices.off == {other.pk}
    assert copy.choices.chosen == (("Lantang", other.pk),)


def test_a_chain_of_merges_leads_to_the_last(db, topic, other):
    third = Topic.objects.create(name="Terusan", slug="terusan")
    first, second = topic.pk, other.pk
    merge(topic, other, None)
    merge(other, third, None)
    assert merged_into({first, second}) == {first: third.pk, second: third.pk}
    assert {row.slug for row in third.former_addresses.all()} == {"selat-lantang", "jalur"}


def test_only_within_one_site_or_into_the_networks(kentongan, pesisir, other, cast):
    here = Topic.objects.create(site=kentongan, name="Rob", slug="rob")
    there = Topic.objects.create(site=pesisir, name="Rob", slug="rob")
    for one, into in ((here, there), (other, here), (here, here)):
        with pytest.raises(WrongStateError):
            merge(one, into, None)
    with pytest.raises(PermissionDenied):
        merge(here, other, cast.staff("Editor Pesisir", "editor", pesisir))
    assert not MergedTopic.objects.exists()
    merge(here, other, None)
    assert FormerAddress.objects.get().site == kentongan


def test_an_address_that_a_topic_leaves_is_kept_until_another_takes_it(topic):
    topic.slug = "selat"
    topic.save()
    assert [row.slug for row in topic.former_addresses.all()] == ["selat-lantang"]
    Entry.objects.all().delete()
    Topic.objects.create(name="Selat Lantang Baru", slug="selat-lantang")
    assert not topic.former_addresses.exists()
    assert f"topic:{topic.pk}" in {str(row) for row in Entry.objects.all()}
    topic.slug = "selat-lantang-lama"
    topic.save()
    topic.slug = "selat"
    topic.save()
    assert [row.slug for row in topic.former_addresses.all()] == ["selat-lantang-lama"]
