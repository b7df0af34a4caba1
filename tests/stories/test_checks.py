from __future__ import annotations

import pytest

from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.checks import NotPublishableError, examine, refuse_if_blocked
from redaksi.stories.models import Byline, Story

PHOTO_FACTS = {
    "no-credit": {"credit": "", "agency": ""},
    "no-alt": {"alt": " "},
    "no-caption": {"caption": ""},
}


@pytest.fixture
def complete(draft_story, contributor):
    """A story in memory about which nothing is to be said."""
    text = draft_story.get_latest_revision_as_object()
    text.bylines = [
        Byline(contributor=contributor, role=role, sort_order=at)
        for at, role in enumerate(("writer", "editor"))
    ]
    return text


def codes(story):
    return {finding.code: finding.blocks for finding in examine(story)}


def test_a_complete_story_has_no_finding(complete):
    assert examine(complete) == []


@pytest.mark.parametrize(
    ("facts", "code", "blocks"),
    [
        ({"headline": "  "}, "no-headline", True),
        ({"body": []}, "no-body", True),
        ({"standfirst": ""}, "no-standfirst", False),
        ({"source_kind": "agency"}, "no-source", True),
        ({"lead_photo": None}, "no-photo", False),
        ({"bylines": []}, "no-byline", True),
        ({"section_id": None}, "no-section", True),
    ],
)
def test_what_is_missing_is_found(complete, facts, code, blocks):
    for name, value in facts.items():
        setattr(complete, name, value)
    assert codes(complete)[code] is blocks


def test_a_label_or_a_topic_is_enough(complete, topic):
    complete.label = None
    assert codes(complete) == {"no-topic": True}
    complete.topics = [topic]
    assert codes(complete) == {}


def test_an_editor_alone_is_no_byline_and_a_writer_alone_lacks_an_editor(complete, contributor):
    complete.bylines = [Byline(contributor=contributor, role="editor")]
    assert codes(complete) == {"no-byline": True}
    complete.bylines = [Byline(contributor=contributor, role="photographer")]
    assert codes(complete) == {"no-editor": False}


@pytest.mark.parametrize("code", PHOTO_FACTS)
@pytest.mark.parametrize("place", ["lead", "photo", "gallery"])
def test_a_photo_needs_credit_alt_text_and_caption_wherever_it_stands(complete, cast, kentongan, code, place):
    bad = cast.photo(kentongan, "Pasar", **PHOTO_FACTS[code])
    if place == "lead":
        complete.lead_photo = bad
    else:
        value = {"photo": bad.pk} if place == "photo" else {"photos": [bad.pk, complete.lead_photo.pk]}
        complete.body = [*cast.body(), {"type": place, "value": value}]
    assert codes(complete) == {code: True}
    assert "Pasar" in examine(complete)[0].text


def test_a_caption_of_its_own_stands_in_for_the_photos(complete, cast, kentongan):
    complete.lead_photo = cast.photo(kentongan, caption="", agency="Kantor Berita", credit="")
    complete.lead_caption = "Feri di dermaga."
    assert codes(complete) == {}


def test_an_embed_must_say_what_the_reader_agrees_to(complete, cast):
    value = {"url": "https://youtu.be/abcdefghijk", "title": "Pasang naik", "consent": " "}
    complete.body = [*cast.body(), {"type": "embed", "value": value}]
    assert codes(complete) == {"no-consent": True}


def test_a_read_also_to_a_draft_warns_and_to_a_withdrawn_story_blocks(
    complete, cast, kentongan, parts, editor
):
    other = cast.story(kentongan, "Lain", **parts)
    complete.body = [*cast.body(), {"type": "read_also", "value": {"story": other.pk}}]
    assert codes(complete) == {"read-also-unpublished": False}
    live = cast.story(kentongan, "Ditarik", live=True, **parts)
    withdraw(live, "Keliru.", editor)
    complete.body = [*cast.body(), {"type": "read_also", "value": {"story": live.pk}}]
    assert codes(complete) == {"read-also-withdrawn": True}


def test_a_read_also_leads_to_no_other_site_and_not_nowhere(complete, cast, pesisir, parts):
    elsewhere = cast.story(pesisir, "Di Pesisir", topic=parts["topic"], writer=parts["writer"], live=True)
    complete.body = [*cast.body(), {"type": "read_also", "value": {"story": elsewhere.pk}}]
    assert codes(complete) == {"read-also-elsewhere": True}
    complete.body = [*cast.body(), {"type": "read_also", "value": {"story": 999_999}}]
    assert codes(complete) == {"read-also-empty": True}


def test_the_refusal_names_what_blocks_only(complete):
    complete.standfirst, complete.body = "", []
    with pytest.raises(NotPublishableError) as refused:
        refuse_if_blocked(complete)
    assert [finding.code for finding in refused.value.findings] == ["no-body"]
    assert examine(complete)[0].blocks


def test_a_story_with_nothing_at_all_is_examined_without_an_error(kentongan):
    assert codes(Story(site=kentongan, headline=""))["no-section"]
