"""Whatever the record holds, a page's structure is the template's and nothing in it runs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import chance
import specimen
from hostile import HOSTILE, known, with_words
from redaksi.press.typesetter import cards, listings, story
from redaksi.press.typesetter.sheet import fill
from redaksi.stories.copy import FactBox, Paragraph, WithdrawnCopy

SITE = specimen.site()
ANYTHING = st.text(st.characters(), min_size=1, max_size=60)


class Structure(HTMLParser):
    """The tags of a page, each with the names of its attributes, in order."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.addresses = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.addresses += [
            value or "" for name, value in attrs if name in ("href", "src", "data-frame", "srcset")
        ]

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)


def printed(words):
    site = with_words(SITE, words)
    copy = with_words(specimen.story_copy(), words)
    gone = WithdrawnCopy(1, 1, "/x", words, specimen.NOW, words)
    standing = specimen.standing(site, [copy])
    pages = [
        story.story_page(copy, site),
        story.withdrawn_page(gone, site),
        listings.topic_page(with_words(specimen.BRIDGE, words), site),
        listings.topics_page(with_words(specimen.TOPICS, words), site),
        listings.section_page(with_words(SITE.sections[0], words), site),
    ]
    return [fill(page, standing) for page in pages] + [
        cards.card(copy, site, form) for form in ("row", "lead")
    ]


PLAIN = [Structure(text).tags for text in printed("Kata")]


def assert_harmless(words):
    for plain, text in zip(PLAIN, printed(words), strict=True):
        found = Structure(text)
        assert found.tags == plain
        assert not [address for address in found.addresses if "script:" in address.lower()]
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", text)


def test_the_words_under_test_are_on_the_pages():
    assert all(text.count("Kata") > 1 for text in printed("Kata"))


@settings(max_examples=chance.examples(40), deadline=None)
@given(ANYTHING)
def test_no_text_changes_a_pages_structure(words):
    assert_harmless(words)


@settings(max_examples=chance.examples(40), deadline=None)
@given(ANYTHING)
def test_any_text_leaves_feeds_and_sitemaps_well_formed(words):
    copy = with_words(specimen.story_copy(), words)
    for page in specimen.MACHINES:
        text = specimen.whole(specimen.sheets(SITE)[page], SITE, [copy])
        if page == "json":
            assert len(json.loads(text)["items"]) == 1
        else:
            assert len(etree.fromstring(text.encode()).findall(".//{*}title")) <= 3


@settings(max_examples=chance.examples(60), deadline=None)
@given(ANYTHING)
def test_any_html_comes_out_balanced_and_without_handlers(words):
    for html in (
        words,
        f"<p onclick={words}>",
        f"<a href='{words}'>x",
        f"<svg><script>{words}",
        f"<b><i>{words}</b>",
    ):
        body = (Paragraph(html), FactBox("F", (), html))
        found = Structure(story.story_page(specimen.story_copy(body=body, lead=None), SITE).own)
        assert {tag[0] for tag in found.tags if isinstance(tag, tuple)}.isdisjoint(
            {"svg", "iframe", "object"}
        )
        assert not [tag for tag in found.tags if any(name.startswith("on") for name in tag[1:])]
        assert not [
            one for one in found.addresses if not re.match(r"(?:https?://|/(?!/)|#|mailto:|tel:|$)", one)
        ]
        assert sum(tag[0] == "script" for tag in found.tags if isinstance(tag, tuple)) == 1


@settings(max_examples=chance.examples(60), deadline=None)
@given(ANYTHING)
def test_linked_data_stays_json_inside_its_element(words):
    text = story.story_page(with_words(specimen.story_copy(), words), SITE).own
    data = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(data)["@graph"]


@pytest.mark.skipif(not HOSTILE.exists(), reason=f"the hostile strings are not at {HOSTILE}")
@pytest.mark.parametrize("source", ["blns", "h5sc"])
def test_known_hostile_strings_are_only_words(source):
    strings = known(source)
    # Many at a time: what breaks out of one field would break the page whatever stands around it.
    for start in range(0, len(strings), 40):
        assert_harmless("\n".join(strings[start : start + 40]) or "-")


@pytest.mark.skipif(not HOSTILE.exists(), reason=f"the hostile strings are not at {HOSTILE}")
def test_known_hostile_html_is_cleaned():
    for vector in known("h5sc"):
        found = Structure(story.story_page(specimen.story_copy(body=(Paragraph(vector),)), SITE).own)
        assert not [tag for tag in found.tags if any(name.startswith("on") for name in tag[1:])]
        assert not [
            one
            for one in found.addresses
            if re.match(r"\s*(?:javascript|vbscript|data):", one, re.IGNORECASE)
        ]
        assert sum(tag[0] == "script" for tag in found.tags if isinstance(tag, tuple)) == 1
