from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from redaksi.stories.sanitise import SCHEMES, TAGS, inline, plain

#: What browsers take for a scheme, once they have thrown away what they throw away (WHATWG URL, 4.4).
SCHEME, IGNORED = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE), re.compile(r"[\t\n\r]")
BEFORE = "".join(map(chr, range(0x21)))
#: Where a vector of the cheat sheet stands for a range of signs.
PLACE = re.compile(r"\[[a-e]\]")


def assert_harmless(markup):
    """Nothing but the tags that are allowed, no attribute but a link's address of an allowed scheme."""
    cleaned = inline(markup)
    for node in lxml_html.fragments_fromstring(f"<div>{cleaned}</div>")[0].iter():
        if node.tag == "div":
            continue
        assert node.tag in TAGS, (markup, cleaned)
        assert set(node.attrib) <= {"href", "rel"}, (markup, cleaned)
        scheme = SCHEME.match(IGNORED.sub("", node.get("href", "")).lstrip(BEFORE))
        assert scheme is None or scheme[1].lower() in SCHEMES, (markup, cleaned)
    assert inline(cleaned) == cleaned


def test_what_a_paragraph_may_hold_is_kept():
    text = '<p>Air <b>naik</b>, <i>kata</i> <a href="https://example.id/a" rel="noopener">Ratna</a>.<br></p>'
    assert inline(text) == text


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">a</a>',
        '<a href="java\tscript:alert(1)">a</a>', "<svg><p><style><a title='</style><img src onerror=alert(1)>'>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        '<p style="background:url(javascript:1)" onclick=1>x</p>', "<iframe srcdoc='<script>1</script>'>", "<b" * 5000,
    ],
)  # fmt: skip
def test_what_runs_is_cut_away(markup):
    assert_harmless(markup)


def test_no_vector_of_the_html5_security_cheat_sheet_survives(shared):
    vectors = json.loads((shared / "hostile" / "h5sc" / "items.json").read_text())
    texts = [value for item in vectors for value in item.values() if isinstance(value, str)]
    assert len(texts) > 100
    for text in texts:
        for sign in ("", "\t", "\x01", "&Tab;"):
            assert_harmless(PLACE.sub(lambda _, sign=sign: sign, text))


@given(st.text(alphabet=st.sampled_from("<>/&;\"'= abpscrijt:hefonclk\0\n!-[]"), max_size=80))
def test_any_text_comes_out_harmless(markup):
    assert_harmless(markup)


def test_plain_text_parts_words_resolves_entities_and_drops_scripts():
    assert plain("<p>Pasar &amp; tambak</p><p>di <b>Mu</b>ara</p>") == "Pasar & tambak di Muara"
    assert plain("<ul><li>satu</li><li>dua</li></ul>tiga<br/>empat") == "satu dua tiga empat"
    assert plain("a<script>b</script>c &lt;b&gt;") == "ac <b>"
