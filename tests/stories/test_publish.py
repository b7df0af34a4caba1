from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from redaksi.outbox.models import Entry
from redaksi.stories.actions import publish as publish_module
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import AddressTakenError, publish
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.checks import NotPublishableError
from redaksi.stories.models import Address, Story


def rows_of(story):
    return Entry.objects.filter(kind="story", object_id=story.pk).count()


def changed(story, by=None, **facts):
    """Save a change of the newest text, and give the row."""
    text = story.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(text, name, value)
    draft(text, by)
    return Story.objects.get(pk=story.pk)


def test_publishing_puts_the_newest_text_live_with_one_row_in_the_outbox(draft_story, editor):
    before = rows_of(draft_story)
    story = publish(changed(draft_story, headline="Feri Berlayar Lagi"), editor)
    assert (story.live, story.headline, story.edition) == (True, "Feri Berlayar Lagi", 1)
    assert rows_of(story) == before + 1
    assert story.updated_at is None


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "pesisir_editor"])
def test_only_who_may_publish_there_does(draft_story, who, request):
    with pytest.raises(PermissionDenied):
        publish(draft_story, request.getfixturevalue(who))
    assert not Story.objects.get(pk=draft_story.pk).live
    assert rows_of(draft_story) == 0


def test_an_editor_of_one_section_publishes_only_there(draft_story, kentongan, cast):
    sections = list(kentongan.sections.order_by("pk"))
    elsewhere = cast.staff("Oki Raga", "editor", kentongan, sections[1])
    with pytest.raises(PermissionDenied):
        publish(draft_story, elsewhere)
    publish(draft_story, cast.staff("Nia Nusa", "editor", kentongan, sections[0]))


def test_what_blocks_stops_the_publishing_and_changes_nothing(draft_story, editor):
    bare = changed(draft_story, standfirst="", body=[])
    with pytest.raises(NotPublishableError) as refused:
        publish(bare, editor)
    assert [finding.code for finding in refused.value.findings] == ["no-body"]
    bare.refresh_from_db()
    assert (bare.live, bare.published_at, rows_of(bare), bare.addresses.count()) == (False, None, 0, 0)


def test_a_publish_that_fails_at_its_end_leaves_nothing(draft_story, editor, monkeypatch):
    def fail(_row):
        raise RuntimeError("disk full")

    monkeypatch.setattr(publish_module, "settle_address", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(draft_story, editor)
    row = Story.objects.get(pk=draft_story.pk)
    assert (row.live, row.published_at, rows_of(row)) == (False, None, 0)


def test_the_address_is_of_the_sites_zone_and_the_slug_of_the_headline(draft_story, kentongan, editor):
    at = datetime(2026, 8, 13, 18, 30, tzinfo=UTC)
    story = publish(draft_story, editor, at=at)
    path = story.addresses.get(current=True).path
    assert path == "/nasional/2026/08/14/feri-tertahan-gelombang-di-selat-lantang"


def test_two_stories_of_one_headline_and_day_get_addresses_of_their_own(kentongan, parts, cast):
    first, second, third = (cast.story(kentongan, live=True, **parts) for _ in range(3))
    slugs = [story.slug for story in (first, second, third)]
    assert slugs == [first.slug, f"{first.slug}-2", f"{first.slug}-3"]


def test_a_chosen_slug_that_is_taken_is_refused(live_story, draft_story, editor):
    with pytest.raises(AddressTakenError):
        publish(changed(draft_story, slug=live_story.slug), editor)


def test_an_address_given_out_once_is_never_another_storys(live_story, draft_story, editor):
    old = live_story.slug
    publish(changed(live_story, slug="jembatan"), editor)
    with pytest.raises(AddressTakenError):
        publish(changed(draft_story, slug=old), editor)


def test_an_address_taken_in_the_same_moment_stays_its_first_owners(
    live_story, draft_story, editor, monkeypatch
):
    monkeypatch.setattr(publish_module, "is_taken", lambda *_: False)
    with pytest.raises(AddressTakenError):
        publish(changed(draft_story, slug=live_story.slug), editor)
    assert live_story.addresses.get(current=True).path.endswith(live_story.slug)


def test_the_old_address_stays_with_the_story_when_slug_and_section_change(live_story, kentongan, editor):
    old = live_story.addresses.get().path
    sport = kentongan.sections.get(slug="olahraga")
    story = publish(changed(live_story, slug="jembatan", section=sport), editor)
    addresses = dict(story.addresses.values_list("path", "current"))
    assert addresses.pop(old) is False
    assert [path.split("/")[1] for path in addresses] == ["olahraga"]


def test_a_story_may_go_back_to_an_address_that_it_had(live_story, editor):
    old = live_story.addresses.get().path
    publish(changed(live_story, slug="jembatan"), editor)
    publish(changed(live_story, slug=old.rsplit("/", 1)[1]), editor)
    assert live_story.addresses.get(current=True).path == old
    assert live_story.addresses.count() == 2


def test_publishing_again_keeps_the_first_time_and_tells_only_when_asked(live_story, editor):
    first = live_story.published_at
    quiet = publish(changed(live_story, headline="Jembatan Dibuka Bupati"), editor, tell=False)
    assert (quiet.published_at, quiet.updated_at) == (first, None)
    told = publish(changed(live_story, headline="Jembatan Dibuka Gubernur"), editor)
    assert told.published_at == first
    assert told.updated_at > first
    assert told.edition == 3


def test_a_withdrawn_story_is_not_published_but_restored(live_story, editor):
    withdraw(live_story, "Sumbernya keliru.", editor)
    with pytest.raises(WrongStateError):
        publish(live_story, editor)


def test_a_section_of_another_site_is_refused(live_story, pesisir, editor):
    with pytest.raises(WrongStateError):
        changed(live_story, section=pesisir.sections.first())


def test_an_old_revision_can_be_published_and_takes_no_facts_with_it(live_story, editor):
    old = live_story.latest_revision
    story = publish(changed(live_story, headline="Baru"), editor)
    again = publish(story, editor, revision=old)
    assert again.headline == "Jembatan Selat Lantang Dibuka"
    assert (again.edition, again.published_at) == (3, live_story.published_at)


def test_the_database_itself_refuses_a_second_current_address(live_story, kentongan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.create(site=kentongan, path="/lain", story=live_story, current=True)
