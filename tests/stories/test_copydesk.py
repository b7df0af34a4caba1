from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redaksi.stories import copy, copydesk
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Story
from redaksi.stories.sitecopy import site_copy


def published(story, body):
    text = story.get_latest_revision_as_object()
    text.body = body
    draft(text, None)
    return publish(story, None)


def loaded(story):
    return Story.objects.select_related("site", "section", "label", "lead_photo", "owner").get(pk=story.pk)


def test_every_kind_of_block_becomes_copy(live_story, kentongan, parts, photo, cast):
    other = cast.story(kentongan, "Feri Berlayar Lagi", live=True, **parts)
    second = cast.photo(kentongan, "Muara")
    body = [
        {"type": "paragraph", "value": "<p>Air <b>naik</b><script>1</script>.</p>"},
        {"type": "subheading", "value": "Sejak subuh"},
        {"type": "photo", "value": {"photo": photo.pk, "caption": ""}},
        {"type": "gallery", "value": {"title": "Pasang", "photos": [photo.pk, second.pk]}},
        {"type": "pull_quote", "value": {"text": "Kami menunggu.", "speaker": "Ratna"}},
        {"type": "statement", "value": {"verbatim": True, "text": "Surut.", "speaker": "Darmo", "said_on": "2026-11-02"}},
        {"type": "fact_box", "value": {"title": "Angka", "text": "", "facts": [{"name": "Tinggi", "value": "3 m"}]}},
        {"type": "table", "value": {"caption": "Jadwal", "lines": "Jam | Feri\n06.00 | Sabuk"}},
        {"type": "embed", "value": {"url": "https://youtu.be/abcdefghijk", "title": "Pasang", "consent": "Ya."}},
        {"type": "read_also", "value": {"story": other.pk}},
    ]  # fmt: skip
    made = copydesk.story_copy(loaded(published(live_story, body)))
    assert [type(block).__name__ for block in made.body] == [
        "Paragraph", "Subheading", "PhotoBlock", "Gallery", "PullQuote", "Statement", "FactBox", "Table", "Embed", "ReadAlso",
    ]  # fmt: skip
    assert made.body[0] == copy.Paragraph("<p>Air <b>naik</b>.</p>", made.body[0].id)
    assert made.body[2].caption == photo.caption
    assert made.body[7] == copy.Table("Jadwal", ("Jam", "Feri"), (("06.00", "Sabuk"),))
    assert made.body[9] == copy.ReadAlso(other.pk, other.headline, other.addresses.get(current=True).path)
    assert {f"photo:{photo.pk}", f"photo:{second.pk}", f"story:{other.pk}"} <= made.depends


def test_copy_names_all_that_it_looked_at(live_story, topic, contributor, photo):
    made = copydesk.story_copy(loaded(live_story))
    things = {
        f"topic:{topic.pk}",
        f"contributor:{contributor.pk}",
        f"photo:{photo.pk}",
        f"section:{live_story.section_id}",
    }
    assert made.depends == things


@pytest.mark.parametrize("kind", ["photo", "read_also", "gallery"])
def test_the_number_of_queries_is_the_same_for_one_and_for_fifty(live_story, kentongan, parts, cast, kind):
    if kind == "read_also":
        made = [cast.story(kentongan, f"Berita {at}", live=at % 2 == 0, **parts).pk for at in range(10)] * 5
        blocks = [{"type": kind, "value": {"story": key}} for key in made]
    else:
        made = [cast.photo(kentongan, f"Foto {at}").pk for at in range(10)] * 5
        values = (
            [{"photo": key} for key in made]
            if kind == "photo"
            else [{"photos": made[:at]} for at in range(2, 52)]
        )
        blocks = [{"type": kind, "value": value} for value in values]
    counts = []
    for number in (1, 50):
        story = loaded(published(live_story, [*cast.body(), *blocks[:number]]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            copydesk.story_copy(story)
        counts.append(len(queries))
    assert counts[0] == counts[1], "\n".join(
        q["sql"][:90] + "…" + q["sql"][-120:] for q in queries.captured_queries
    )


def test_what_readers_do_not_have_is_not_printed(live_story, kentongan, pesisir, parts, editor, cast):
    gone = cast.story(kentongan, "Ditarik", live=True, **parts)
    written = cast.story(kentongan, "Belum Terbit", **parts)
    elsewhere = cast.story(pesisir, "Di Pesisir", live=True, topic=parts["topic"], writer=parts["writer"])
    also = [{"type": "read_also", "value": {"story": one.pk}} for one in (gone, written)]
    story = published(live_story, [*cast.body(), *also])
    withdraw(gone, "Keliru.", editor)
    made = copydesk.story_copy(loaded(story))
    assert not [block for block in made.body if isinstance(block, copy.ReadAlso)]
    assert {f"story:{gone.pk}", f"story:{written.pk}"} <= made.depends  # should they come back
    story.body = [{"type": "read_also", "value": {"story": elsewhere.pk}}]
    assert copydesk.story_copy(story).body == ()


def test_texts_for_search_and_sharing_have_sensible_defaults(live_story):
    text = live_story.get_latest_revision_as_object()
    text.standfirst = ""
    text.body = [{"type": "paragraph", "value": f"<p>Pasar &amp; tambak {'terendam air pasang ' * 20}</p>"}]
    made = copydesk.story_copy(text)
    assert made.search_title == made.share_title == live_story.headline
    assert made.search_text.startswith("Pasar & tambak terendam")
    assert len(made.search_text) <= copydesk.DESCRIPTION
    assert made.search_text.endswith("…")
    assert made.list_headline == live_story.headline


def test_notes_stand_in_their_order(live_story, editor):
    for text in ("Pertama.", "Kedua."):
        correct(live_story, text, editor)
    made = copydesk.story_copy(loaded(live_story))
    assert [(note.number, note.text) for note in made.corrections] == [(1, "Pertama."), (2, "Kedua.")]
    assert made.updated_at


def test_a_draft_without_a_row_becomes_copy_for_its_preview(kentongan):
    story = Story(site=kentongan, section=kentongan.sections.first(), headline="Baru")
    made = copydesk.story_copy(story) if story.created_at else None
    assert made is None or made.path == ""


def test_the_site_tells_its_network(kentongan, pesisir, group):
    made = site_copy(kentongan)
    assert [one.name for one in made.network] == ["Kentongan", "Pesisir"]
    assert [section.path for section in made.sections] == ["/nasional", "/olahraga"]
    assert made.group_name == group.name


def test_listed_copies_take_three_queries_for_all(kentongan, parts, cast, django_assert_num_queries):
    keys = [cast.story(kentongan, f"Berita {at}", live=True, **parts).pk for at in range(5)]
    site = site_copy(kentongan)
    with django_assert_num_queries(3):
        made = copydesk.listed_copies([*reversed(keys), 999_999], site)
    assert [one.id for one in made] == keys[::-1]
