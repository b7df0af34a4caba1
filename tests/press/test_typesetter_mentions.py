from __future__ import annotations

import re
from dataclasses import replace

import nh3
from hypothesis import given
from hypothesis import strategies as st

import specimen
from redaksi.finder.mentions import Named, Names
from redaksi.press.typesetter.mentions import link_mentions, text_of
from redaksi.press.typesetter.story import story_page
from redaksi.stories.copy import FactBox, MentionChoices, Paragraph, PullQuote, Statement, Subheading
from redaksi.stories.sanitise import inline

SITE = specimen.site()
NAMES = Names()
for number, every in enumerate(
    (["Selat Lantang", "Lantang"], ["Merah & Putih"], ["Rara"], ["Rara", "Rara Wening"]), 1
):
    NAMES.put(number, Named(None, f"topik-{number}", tuple(every)))
LINK = re.compile(r'<a href="/topik/[^"]*">([^<]*)</a>')


def linked(*blocks, site=SITE, **choices):
    return link_mentions(blocks, site, NAMES, MentionChoices(**choices))


def html(markup, **rest):
    return linked(Paragraph(markup, "b1"), **rest).body[0].html


def test_a_mention_links_to_its_topic_by_any_name():
    assert html("Di Selat Lantang, di <b>Lantang</b>.") == (
        'Di <a href="/topik/topik-1">Selat Lantang</a>, di <b><a href="/topik/topik-1">Lantang</a></b>.'
    )
    assert html("Merah &amp; Putih &lt;b&gt;") == '<a href="/topik/topik-2">Merah &amp; Putih</a> &lt;b&gt;'


def test_nothing_within_a_link_across_a_tag_or_in_a_word_that_goes_on_behind_one():
    for markup in (
        '<a href="https://example.id">Selat Lantang</a>', '<a href="https://example.id"><b>Lantang</b></a>',
        "Selat <b>Lantang</b>", "<b>Lantang</b>nya", "pe<b>Lantang</b>", "Selat Lan<i>tang</i>",
    ):  # fmt: skip
        assert html(markup) == markup
    assert LINK.findall(html("Selat<br>Lantang")) == ["Lantang"]


def test_a_name_that_two_topics_share_waits_for_an_editor():
    assert html("Rara datang") == "Rara datang"
    assert html("Rara Wening datang") == '<a href="/topik/topik-4">Rara Wening</a> datang'
    assert html("Rara datang", chosen=(("Rara", 3),)) == '<a href="/topik/topik-3">Rara</a> datang'
    assert html("Rara datang", chosen=(("Rara", 1),)) == "Rara datang"


def test_an_editor_unlinks_a_topic_or_one_mention():
    text = "Lantang, Lantang, Lantang"
    assert html(text, off=frozenset({1})) == text
    one = html(text, off_at=frozenset({("b1", "Lantang", 1), ("b2", "Lantang", 0)}))
    assert one == '<a href="/topik/topik-1">Lantang</a>, Lantang, <a href="/topik/topik-1">Lantang</a>'


def test_the_sites_rule():
    body = [
        Paragraph("Lantang dan Selat Lantang"),
        Paragraph("Lantang"),
        Subheading("Lantang"),
        Paragraph("Lantang"),
    ]
    counts = {
        rule: [
            len(LINK.findall(getattr(block, "html", "")))
            for block in linked(*body, site=replace(SITE, mentions=rule)).body
        ]
        for rule in ("all", "first", "none")
    }
    assert counts == {"all": [2, 1, 0, 1], "first": [1, 0, 0, 1], "none": [0, 0, 0, 0]}


def test_statements_and_fact_boxes_are_looked_through_and_nothing_else():
    said = Statement(
        "Di Lantang <aman>.",
        verbatim=True,
        speaker="Rara Wening",
        office="Lantang",
        place="Lantang",
        said_on=None,
    )
    facts = FactBox("Lantang", (("Lantang", "Di Lantang"),), "<p>Lantang</p>")
    pull = PullQuote("Lantang", "Lantang")
    done = linked(said, facts, pull)
    link = '<a href="/topik/topik-1">Lantang</a>'
    assert done.body[0] == replace(said, text=f"Di {link} &lt;aman&gt;.")
    assert done.body[1] == replace(facts, facts=(("Lantang", f"Di {link}"),), html=f"<p>{link}</p>")
    assert done.body[2] == pull
    assert done.topics == {1}
    page = story_page(specimen.story_copy(), SITE, done.body).own
    assert f"“Di {link} &lt;aman&gt;.”" in page
    assert f"<dd>Di {link}</dd>" in page


def test_what_was_met_says_which_one_it_is():
    met = linked(Paragraph("Rara di Lantang, Lantang", "b7"), off_at=frozenset({("b7", "Lantang", 0)})).met
    assert [(one.block, one.name, one.number, one.topics, one.linked) for one in met] == [
        ("b7", "Rara", 0, (3, 4), 0), ("b7", "Lantang", 0, (1,), 0), ("b7", "Lantang", 1, (1,), 1),
    ]  # fmt: skip
    assert met[2].around == ("Rara di Lantang, ", "Lantang", "")


PARTS = st.lists(
    st.sampled_from(
        ["Selat", " ", "Lantang", "Lantang", "Rara", "&amp;", "&lt;", "&nbsp;", "Merah", " & ", "Putih", "<b>", "</b>", "<i>", "</i>",
         '<a href="https://example.id/?a=1&amp;b=2">', "</a>", "<br>", "</p>", "<p>", "nya", "-", ".", "<ul><li>", "</li></ul>", "ß"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(PARTS)
def test_links_change_no_letter_stand_in_no_link_and_are_balanced(parts):
    markup = inline(parts)
    done = html(markup)
    assert LINK.sub(r"\1", done) == markup
    assert text_of(done) == text_of(markup)
    assert nh3.clean(done, attributes={"a": {"href"}}, link_rel=None) == nh3.clean(
        done.replace(' rel="noopener"', ""), attributes={"a": {"href"}}, link_rel=None
    )
    depth = 0
    for closing in re.findall(r"<(/?)a\b", done):
        depth += -1 if closing else 1
        assert depth in (0, 1)
    assert depth == 0
