"""The list: the state an editor wants, filters in the address, search, and a cost that doesn't grow."""

from __future__ import annotations

import pytest
from django.urls import reverse

from redaksi.stories.actions.submit import submit
from story_form import edit, sent

pytestmark = pytest.mark.django_db


def shown(desk, **asked):
    answer = desk.get(reverse("desk_story:list"), asked)
    assert answer.status_code == 200
    return [row.headline for row in answer.context["rows"]]


def test_it_opens_on_what_waits_for_an_editor(at_desk, editor, reporter, draft_story, live_story):
    submit(draft_story, reporter)
    desk = at_desk(editor)
    assert shown(desk) == [draft_story.headline]
    assert shown(desk, lihat="tayang") == [live_story.headline]


def test_it_opens_on_a_reporters_own_stories(at_desk, reporter, draft_story, kentongan, editor, cast):
    cast.story(kentongan, "Berita Orang Lain", by=editor)
    assert shown(at_desk(reporter)) == [draft_story.headline]


def test_a_section_editor_waits_for_the_section_only(at_desk, cast, kentongan, draft_story, reporter):
    submit(draft_story, reporter)
    sport = cast.staff("Ogi Raga", "editor", kentongan, kentongan.sections.get(slug="olahraga"))
    assert shown(at_desk(sport)) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"keadaan": "tayang"}, ["Jembatan Selat Lantang Dibuka"]),
        ({"keadaan": "konsep"}, ["Feri Tertahan Gelombang di Selat Lantang"]),
        ({"keadaan": "dicabut"}, []),
        ({"sejak": "2999-01-01"}, []),
        ({"sampai": "2000-01-01"}, []),
        ({"q": "jembatan"}, ["Jembatan Selat Lantang Dibuka"]),
        (
            {"q": "gelombang tiga met"},
            ["Feri Tertahan Gelombang di Selat Lantang", "Jembatan Selat Lantang Dibuka"],
        ),
        ({"q": "tidakadakata"}, []),
    ],
)
def test_filters_and_search_narrow(at_desk, editor, draft_story, live_story, asked, found):
    assert sorted(shown(at_desk(editor), **asked)) == sorted(found)


def test_it_filters_by_topic_writer_and_section(at_desk, editor, draft_story, topic, contributor, kentongan):
    desk = at_desk(editor)
    for asked in ({"topik": topic.pk}, {"penulis": contributor.pk}, {"kanal": draft_story.section_id}):
        assert shown(desk, **asked) == [draft_story.headline]
    assert shown(desk, kanal=kentongan.sections.get(slug="olahraga").pk) == []


@pytest.mark.parametrize("nonsense", ["abc", "-1", "99999999999999999999999", "\x00", "' OR 1=1"])
def test_nonsense_in_the_address_is_left_out(at_desk, editor, draft_story, nonsense):
    names = ("lihat", "q", "situs", "kanal", "keadaan", "topik", "penulis", "sejak", "sampai", "p")
    for name in names:
        shown(at_desk(editor), **{name: nonsense})


def test_another_sites_stories_are_neither_listed_nor_found(at_desk, pesisir_editor, draft_story, live_story):
    desk = at_desk(pesisir_editor)
    assert shown(desk, lihat="semua") == []
    assert shown(desk, q="selat") == []
    assert shown(desk, situs=draft_story.site_id, lihat="semua") == []


def test_a_reporter_sees_published_stories_and_no_colleagues_draft(
    at_desk, cast, kentongan, draft_story, live_story
):
    other = cast.staff("Lain Orang", "reporter", kentongan)
    desk = at_desk(other)
    assert shown(desk, lihat="semua") == [live_story.headline]
    assert shown(desk, q="selat") == [live_story.headline]


def test_the_number_of_queries_does_not_grow_with_the_stories(
    at_desk, editor, kentongan, parts, cast, django_assert_max_num_queries
):
    desk = at_desk(editor)
    for number in range(12):
        cast.story(kentongan, f"Berita {number}", **parts)
    desk.get(reverse("desk_story:list"))
    with django_assert_max_num_queries(24):
        assert len(shown(desk, lihat="semua")) == 12


def test_what_was_saved_is_found_at_once(at_desk, reporter, draft_story):
    desk = at_desk(reporter)
    desk.post(edit(draft_story), sent(draft_story, headline="Mercusuar Pulau Karang Menyala"))
    assert shown(desk, q="mercusuar") == ["Mercusuar Pulau Karang Menyala"]
