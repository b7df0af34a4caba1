from __future__ import annotations

import json
import time

import pytest

from redaksi.stories import search
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Story

EVERYWHERE = {"sites": None}


@pytest.fixture
def published(kentongan, parts, cast):
    def make(headline, **facts):
        return cast.story(kentongan, headline, live=True, **parts, **facts)

    return make


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("menang", "Kemenangan Tim Pesisir di Lapangan Becek"),
        ("kemenangan", "Tim Pesisir Menang"),
        ("MEMBANGUN", "Pembangunan Dermaga Dimulai"),
        ("dermaga bangun", "Pembangunan Dermaga Dimulai"),
        ("cafe", "Café Terapung Dibuka"),
        ("pemba", "Pembangunan Dermaga Dimulai"),  # half typed
        ("dermaga pemb", "Pembangunan Dermaga Dimulai"),
        ("antrean", "Kata Ini Berdiri di Isinya"),
    ],
)
def test_a_word_is_found_in_the_forms_of_its_stem(published, typed, headline):
    story = published(headline)
    assert story.pk in search.find(typed, **EVERYWHERE)


def test_all_words_must_be_there(published):
    published("Pasang Naik di Muara")
    assert search.find("pasang gunung", **EVERYWHERE) == []


def test_words_of_neighbouring_paragraphs_and_list_items_stay_apart(published):
    body = [{"type": "paragraph", "value": "<ul><li>garam</li><li>udang</li></ul><p>tambak<br/>bakau</p>"}]
    story = published("Daftar", body=body)
    for word in ("garam", "udang", "tambak", "bakau"):
        assert search.find(word, **EVERYWHERE) == [story.pk]


def test_every_kind_of_block_is_searched(published, cast):
    body = [
        {"type": "subheading", "value": "Subjudulnya"},
        {"type": "pull_quote", "value": {"text": "Kutipannya", "speaker": "Ratna"}},
        {"type": "statement", "value": {"text": "Katanya begini", "speaker": "Darmo", "office": "Syahbandar"}},
        {"type": "fact_box", "value": {"title": "Angkanya", "text": "<p>Penjelas</p>", "facts": [{"name": "Tinggi", "value": "Tigameter"}]}},
        {"type": "table", "value": {"caption": "Tabelnya", "lines": "a | b\nc | Selnya"}},
    ]  # fmt: skip
    story = published("Macam", body=body)
    for word in "subjudulnya kutipannya ratna syahbandar angkanya penjelas tigameter tabelnya selnya".split():
        assert search.find(word, **EVERYWHERE) == [story.pk], word


def test_nobody_reads_over_the_wall(published, kentongan, pesisir):
    story = published("Pasang Naik di Muara")
    assert search.find("muara", sites=[kentongan.pk]) == [story.pk]
    assert search.find("muara", sites=[pesisir.pk]) == []
    assert search.find("muara", sites=[]) == []


def test_a_draft_is_found_by_its_writer_only_until_it_is_published(draft_story, kentongan, reporter, cast):
    colleague = cast.staff("Tono Tinta", "reporter", kentongan)
    for user, found in ((reporter, [draft_story.pk]), (colleague, [])):
        assert search.find("gelombang", sites=[kentongan.pk], own=user.pk) == found
    assert search.find("gelombang", sites=[kentongan.pk]) == [draft_story.pk]


def test_the_marks_of_the_walls_can_be_neither_typed_nor_written(
    published, kentongan, pesisir, draft_story, cast
):
    marks = [word for word in search.words_of(draft_story) if not word.isalnum()]
    assert len(marks) == 2
    trick = " ".join(
        [*marks, f"xs{pesisir.pk} xlive s{pesisir.pk} live", search._of_site(pesisir.pk), search._LIVE]
    )
    text = draft_story.get_latest_revision_as_object()
    text.headline = trick[:200]
    text.body = [{"type": "paragraph", "value": f"<p>{trick}</p>"}]
    draft(text, None)
    assert search.find("gelombang", sites=[pesisir.pk]) == []
    stranger = cast.staff("Tono Tinta", "reporter", kentongan)
    assert search.find("penumpang", sites=[kentongan.pk], own=stranger.pk) == []
    assert draft_story.pk not in search.find(search._LIVE, sites=[pesisir.pk])


def test_what_is_changed_withdrawn_or_deleted_is_found_as_it_is(live_story, editor, kentongan):
    text = live_story.get_latest_revision_as_object()
    text.headline = "Terowongan"
    draft(text, editor)
    assert search.find("terowongan", **EVERYWHERE) == [live_story.pk]
    withdraw(Story.objects.get(pk=live_story.pk), "Keliru.", editor)
    assert search.find("jembatan", sites=[kentongan.pk], own=editor.pk) == []
    Story.objects.filter(pk=live_story.pk).first().delete()
    assert search.find("jembatan", **EVERYWHERE) == []


def test_the_newest_come_first_and_not_more_than_are_kept(published, monkeypatch):
    keys = [published(f"Pasang {number}").pk for number in range(4)]
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    assert search.find("pasang", **EVERYWHERE) == keys[:0:-1]


def test_rows_of_the_index_are_what_indexing_writes(published, kentongan):
    story = published("Garam Murah")
    search.forget(story.pk)
    search.rows_of([story]).insert()
    assert search.find("garam", sites=[kentongan.pk]) == [story.pk]


@pytest.mark.parametrize(
    "typed",
    ["", " ", '"', "'", "\0", "a AND", "NEAR(", "*", "-", "a:b", "words:x", "(((", "%s", "\\", "🐟", "𞤀", "\ud800", "x" * 100_000, "a " * 50_000, "' | 'b", ":*", "<->", "!x & y"],
)  # fmt: skip
def test_a_hostile_query_finds_nothing_and_breaks_nothing(published, typed):
    published("Pasang Naik di Muara")
    assert search.find(typed, sites=[1, 2], own=1) is not None


def test_the_big_list_of_naughty_strings_is_only_text(published, shared):
    story = published("Pasang Naik di Muara")
    strings = json.loads((shared / "hostile" / "blns" / "blns.json").read_text())
    begun = time.monotonic()
    for string in strings:
        assert story.pk not in search.find(string, **EVERYWHERE) or not string.strip(), string
    text = story.get_latest_revision_as_object()
    text.standfirst = "\n".join(strings).replace("\0", "")
    search.index(text)
    assert search.find("muara", **EVERYWHERE) == [story.pk]
    assert time.monotonic() - begun < 60


def test_what_may_hold_a_name_is_given_by_key_in_slices(published):
    first, _, third = (
        published("Selat di Lantang"),
        published("Selat Sunda"),
        published("Lantang, Selat: Garam"),
    )
    assert search.holding(["Selat Lantang"], after=0, limit=9) == [first.pk, third.pk]
    assert search.holding(["Selat Lantang"], after=0, limit=1) == [first.pk]
    assert search.holding(["Selat Lantang", "Garam"], after=first.pk, limit=9) == [third.pk]
    assert search.holding(["…", ""], after=0, limit=9) == []


def test_what_readers_have_is_found_while_another_text_is_written(published):
    story = published("Pasang Naik di Muara")
    text = story.get_latest_revision_as_object()
    text.headline = "Garam Murah"
    draft(text, None)
    assert search.find("muara", **EVERYWHERE) == search.find("garam", **EVERYWHERE) == [story.pk]
    publish(story, None)
    assert search.find("muara", **EVERYWHERE) == []
