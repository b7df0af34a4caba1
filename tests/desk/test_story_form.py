"""What the form accepts: within the walls, cleaned, and split as pasted."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from redaksi.desk.story.paste import paragraphs_of
from redaksi.stories.models import Contributor, Story, Topic
from story_form import edit, sent

pytestmark = pytest.mark.django_db


def test_a_foreign_photo_topic_or_name_is_refused(at_desk, cast, pesisir, editor, draft_story):
    photo = cast.photo(pesisir)
    topic = Topic.objects.create(site=pesisir, name="Karang", slug="karang")
    name = Contributor.objects.create(site=pesisir, name="Orang Pesisir", slug="orang-pesisir")
    desk = at_desk(editor)
    for facts, field in (
        ({"lead_photo": photo.pk}, "lead_photo"),
        ({"label": topic.pk}, "label"),
        ({"topics": [topic.pk]}, "topics"),
    ):
        answer = desk.post(edit(draft_story), sent(draft_story, **facts))
        assert field in answer.context["form"].errors
    answer = desk.post(edit(draft_story), sent(draft_story, names=[name]))
    assert answer.context["form"].formsets["bylines"].errors[0]
    draft_story.refresh_from_db()
    assert draft_story.revisions.count() == 1


def test_a_foreign_section_is_refused(at_desk, pesisir, editor, draft_story):
    answer = at_desk(editor).post(edit(draft_story), sent(draft_story, section=pesisir.sections.first().pk))
    assert "section" in answer.context["form"].errors


def test_a_story_cannot_be_moved_to_another_site(at_desk, pesisir, editor, draft_story):
    at_desk(editor).post(edit(draft_story), sent(draft_story, site=pesisir.pk))
    draft_story.refresh_from_db()
    assert draft_story.site.slug == "kentongan"


def test_a_story_cannot_be_begun_at_a_foreign_site(at_desk, pesisir, editor):
    data = sent(site=pesisir.pk, section=pesisir.sections.first().pk)
    assert at_desk(editor).post(reverse("desk_story:add"), data).status_code == 404
    assert not Story.objects.exists()


@pytest.mark.parametrize(("kind", "name"), [("photo", "photo"), ("read_also", "story")])
def test_a_foreign_thing_in_the_text_is_refused(at_desk, cast, pesisir, editor, draft_story, kind, name):
    foreign = cast.photo(pesisir) if kind == "photo" else cast.story(pesisir, "Berita Pesisir")
    data = sent(draft_story, texts=[]) | {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": kind, "body-0-id": "",
        f"body-0-value-{name}": foreign.pk, "body-0-value-caption": "",
    }  # fmt: skip
    answer = at_desk(editor).post(edit(draft_story), data)
    assert answer.status_code == 200
    assert "body" in answer.context["form"].errors


def test_several_paragraphs_pasted_at_once_become_blocks(at_desk, editor, draft_story):
    blocks = [
        {
            "key": f"k{at}",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }
        for at, text in enumerate(("Satu.", "", "Dua.", "Tiga."))
    ]
    data = sent(draft_story) | {"body-0-value": json.dumps({"blocks": blocks, "entityMap": {}})}
    at_desk(editor).post(edit(draft_story), data)
    draft_story.refresh_from_db()
    assert [block.block_type for block in draft_story.body] == ["paragraph"] * 3
    assert "Dua." in str(draft_story.body[1].value)


WORD = (
    '<p class="MsoNormal" style="margin:0cm"><b><span lang="IN" style="font-size:12pt">Feri</span></b><o:p></o:p></p>'
    '<p class="MsoNormal"><span style="mso-fareast-language:IN">Kapal &amp; penumpang</span><o:p>&nbsp;</o:p></p>'
)
DOCS = (
    '<p dir="ltr" style="line-height:1.38" id="docs-internal-guid-1"><span style="font-weight:700">Feri</span></p>'
    '<p dir="ltr"><a href="javascript:alert(1)">tautan</a><script>alert(1)</script></p><p><br></p>'
)


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        (WORD, ["<p><b>Feri</b></p>", "<p>Kapal &amp; penumpang&nbsp;</p>"]),
        (DOCS, ["<p>Feri</p>", '<p><a rel="noopener">tautan</a></p>']),
        ("<p>Satu</p>", ["<p>Satu</p>"]),
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", ["<ul><li>a</li><li>b</li></ul>", "<p>c</p>"]),
        ("", []),
        ("<p></p>", []),
        ("teks lepas <p>a</p>", ["teks lepas <p>a</p>"]),
    ],
)
def test_what_word_and_docs_paste_is_cut_down_to_paragraphs(pasted, clean):
    assert paragraphs_of(pasted) == clean


def test_a_headline_pasted_over_two_lines_is_one_line(at_desk, editor, draft_story):
    at_desk(editor).post(edit(draft_story), sent(draft_story, headline=" Feri\r\n  Tertahan "))
    draft_story.refresh_from_db()
    assert draft_story.headline == "Feri Tertahan"


def test_autosave_writes_over_its_own_revision_only(at_desk, editor, draft_story):
    desk, json_only = at_desk(editor), {"accept": "application/json"}
    first = desk.post(edit(draft_story), sent(draft_story, headline="Satu"), headers=json_only).json()
    data = sent(draft_story, headline="Dua") | {"overwrite_revision_id": first["revision_id"]}
    second = desk.post(edit(draft_story), data, headers=json_only).json()
    draft_story.refresh_from_db()
    assert second["revision_id"] == first["revision_id"]
    assert (draft_story.headline, draft_story.revisions.count()) == ("Dua", 2)


def test_an_unfinished_draft_is_kept_as_it_is(at_desk, editor, draft_story):
    at_desk(editor).post(edit(draft_story), sent(draft_story, headline="", texts=[]))
    draft_story.refresh_from_db()
    assert draft_story.headline == ""


def test_the_checklist_follows_the_text_that_is_not_saved(at_desk, editor, draft_story):
    desk = at_desk(editor)
    look = reverse("desk_story:look", args=[draft_story.pk])
    assert desk.post(look, sent(draft_story, headline="")).context["missing"] > 0
    draft_story.refresh_from_db()
    assert draft_story.headline == "Feri Tertahan Gelombang di Selat Lantang"


def test_names_and_topics_are_found_within_the_walls(
    at_desk, pesisir, editor, pesisir_editor, topic, contributor
):
    for kind, thing in (("topic", topic), ("contributor", contributor)):
        asked = {"q": thing.name[:4], "situs": thing.site_id}
        url = reverse("desk_story:find", args=[kind])
        assert [one["id"] for one in at_desk(editor).get(url, asked).json()["found"]] == [thing.pk]
        assert at_desk(pesisir_editor).get(url, asked).json()["found"] == []
