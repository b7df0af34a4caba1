"""The body's blocks: names for good, and what was stored once is read for good."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from redaksi.stories.blocks import BodyBlock, table_rows
from redaksi.stories.models import Story

#: Never take a name away or change one: each stands in every story that was ever stored. A new one is added here.
NAMES = {
    "paragraph": None,
    "subheading": None,
    "photo": ["photo", "caption"],
    "gallery": ["title", "photos"],
    "pull_quote": ["text", "speaker"],
    "statement": ["verbatim", "text", "speaker", "office", "place", "said_on"],
    "fact_box": ["title", "text", "facts"],
    "table": ["caption", "lines"],
    "embed": ["url", "title", "consent"],
    "read_also": ["story"],
}


def stored(photo, story):
    """One block of each kind, as the first version wrote it into the database."""
    item = "7f0c6a0e-57b1-4a7c-9d7e-0d8f3c1b2a11"
    return [
        {"type": "paragraph", "value": "<p>Air <b>naik</b>.</p>", "id": item},
        {"type": "subheading", "value": "Sejak subuh", "id": item},
        {"type": "photo", "value": {"photo": photo, "caption": "Dermaga."}, "id": item},
        {"type": "gallery", "value": {"title": "Pasang", "photos": [{"type": "item", "value": photo, "id": item}] * 2}, "id": item},
        {"type": "pull_quote", "value": {"text": "Kami menunggu.", "speaker": "Ratna"}, "id": item},
        {"type": "statement", "value": {"verbatim": False, "text": "Air surut besok.", "speaker": "Darmo", "office": "Syahbandar", "place": "Sangkala", "said_on": "2026-11-02"}, "id": item},
        {"type": "fact_box", "value": {"title": "Angka", "text": "<p>Hari ini.</p>", "facts": [{"type": "item", "value": {"name": "Tinggi", "value": "3 m"}, "id": item}]}, "id": item},
        {"type": "table", "value": {"caption": "Jadwal", "lines": "Jam | Feri\n06.00 | Sabuk"}, "id": item},
        {"type": "embed", "value": {"url": "https://youtu.be/abcdefghijk", "title": "Pasang", "consent": "YouTube tahu."}, "id": item},
        {"type": "read_also", "value": {"story": story}, "id": item},
    ]  # fmt: skip


def test_the_names_of_blocks_and_their_parts_stay():
    blocks = BodyBlock().child_blocks
    assert {
        name: list(block.child_blocks) if hasattr(block, "child_blocks") else None
        for name, block in blocks.items()
    } == NAMES


def test_a_body_stored_by_the_first_version_is_read_whole(draft_story, live_story, photo):
    body = stored(photo.pk, live_story.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_story SET body = %s WHERE id = %s", [json.dumps(body), draft_story.pk])
    story = Story.objects.get(pk=draft_story.pk)
    assert [block.block_type for block in story.body] == list(NAMES)
    kept = {block.block_type: block.get_prep_value()["value"] for block in story.body}
    kept["statement"]["said_on"] = str(kept["statement"]["said_on"])
    assert kept == {block["type"]: block["value"] for block in body} | {
        "gallery": kept["gallery"],
        "fact_box": kept["fact_box"],
    }
    assert [one["value"] for one in kept["gallery"]["photos"]] == [photo.pk, photo.pk]
    assert kept["fact_box"]["facts"][0]["value"] == {"name": "Tinggi", "value": "3 m"}


def test_a_paragraph_is_cut_down_when_it_enters():
    block = BodyBlock().child_blocks["paragraph"]
    assert block.clean(block.to_python("<p onclick=x>Air<script>1</script></p>")).source == "<p>Air</p>"


@pytest.mark.parametrize(
    "url", ["http://youtu.be/abcdefghijk", "https://example.id/v", "https://youtu.be.example.id/abcdefghijk"]
)
def test_only_what_may_be_framed_is_embedded(url):
    block = BodyBlock().child_blocks["embed"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"url": url, "title": "Video", "consent": "Ya."}))


def test_the_rows_of_a_table_are_of_one_length():
    block = BodyBlock().child_blocks["table"]
    assert table_rows("| a | b |\n\n c|d") == (("a", "b"), ("c", "d"))
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"caption": "Jadwal", "lines": "a | b\nc"}))
