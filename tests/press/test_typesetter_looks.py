from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest

import specimen
from redaksi.press.typesetter import looks
from redaksi.press.typesetter.assets import assets, fingerprint
from redaksi.press.typesetter.furniture import bottom, furniture, latest
from redaksi.press.typesetter.looks import LOOKS, TOKENS, contrast, minified, stylesheet
from redaksi.press.typesetter.policy import content_security_policy
from redaksi.press.typesetter.sheet import fill

SITE = specimen.site()


def test_the_policy_allows_the_very_style_that_is_printed():
    [style] = re.findall(r"<style>(.*?)</style>", furniture(SITE)["head"], re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in content_security_policy(SITE)


def test_no_page_carries_a_style_or_handler_that_the_policy_forbids():
    standing = specimen.standing(SITE, specimen.stories(3))
    for sheet in specimen.sheets(SITE).values():
        page = fill(sheet, standing)
        assert not re.search(r"<[^>]+ (?:style|on[a-z]+)=", page)


def test_whatever_a_page_names_is_among_the_assets():
    for number in range(3):
        site = specimen.site(number)
        files = assets(site)
        named = set(re.findall(r"/aset/[\w.-]+", "".join(furniture(site).values())))
        assert named <= set(files)
        assert all(hashlib.sha256(data).hexdigest()[:16] in address for address, data in files.items())


def test_a_story_page_is_light():
    for number in range(3):
        site = specimen.site(number)
        page = fill(specimen.sheets(site)["story-longest"], specimen.standing(site, specimen.stories(8)))
        script = next(data for address, data in assets(site).items() if address.endswith(".js"))
        assert len(gzip.compress(page.encode(), 6)) + len(gzip.compress(script, 6)) < 25_000
        assert len(gzip.compress(script, 6)) < 6_000


def test_every_look_has_its_sheets_and_fonts_of_a_fair_size():
    for look in LOOKS.values():
        site = specimen.site(look=look.name)
        assert "url(font:" not in stylesheet(site)
        assert all(f"fonts/{name}" for name in look.preload)
        sizes = {address: len(data) for address, data in assets(site).items() if address.endswith("woff2")}
        assert max(sizes.values()) <= 30_000


def test_the_third_look_is_tokens_alone():
    css = minified((looks.ASSETS / "css/teras.css").read_text())
    assert re.fullmatch(r":root\{(--[\w-]+:[^;{}]+;?)+\}", css)


def test_a_site_changes_tokens_for_light_and_for_dark():
    css = stylesheet(specimen.site(tokens={"np-wght": "500", "--paper-dark": "#000000"}))
    light, dark = css.rsplit(":root{", 2)[1:]
    assert "--np-wght:500" in light
    assert "--paper" not in light
    assert "--paper:#000000" in dark


@pytest.mark.parametrize(
    "changes",
    [
        {"tokens": {"display": "none"}},
        {"tokens": {"ink": "red}body{display:none"}},
        {"tokens": {"ink": "url(//x)"}},
        {"tokens": {"ink": "</style>"}},
        {"colour": "red"},
        {"colour_dark": "#fff;"},
        {"look": "../../etc"},
    ],
)
def test_what_is_no_token_colour_or_look_is_refused_by_name(changes):
    with pytest.raises(ValueError, match="kentongan"):
        stylesheet(specimen.site(**changes))


def test_every_token_that_a_site_may_set_is_used():
    css = "".join(stylesheet(specimen.site(number)) for number in range(3))
    assert not [token for token in TOKENS if f"var(--{token})" not in css and f"var(--{token}," not in css]


@pytest.mark.parametrize(
    ("paper", "ink", "quiet"), [("#ffffff", "#15171b", "#454a53"), ("#14161a", "#eceae6", "#bcbfc6")]
)
def test_text_reads_at_the_highest_grade_of_contrast(paper, ink, quiet):
    for colour in (ink, quiet):
        assert contrast(paper, colour) >= 7
        assert colour in stylesheet(SITE)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_letters_on_a_band_are_those_that_read_better():
    assert looks.on("#1d2bd1") == "#ffffff"
    assert looks.on("#f5b800") == "#15171b"


def test_the_minifier_keeps_meaning():
    css = "/* c */ a { color : red ; margin: calc(1px + 2px) }\n@media (min-width: 1rem) { b > i:hover { top: 0 } }"
    assert minified(css) == "a{color :red;margin:calc(1px + 2px)}@media (min-width:1rem){b > i:hover{top:0}}"


def test_the_fingerprint_stays_while_nothing_changes():
    assert fingerprint() == fingerprint()
    assert re.fullmatch("[0-9a-f]{64}", fingerprint())


def test_the_latest_piece_is_nothing_without_stories():
    assert latest(SITE, []) == ""
    assert latest(SITE, specimen.stories(30)).count("<li>") == 8


def test_the_footer_says_who_answers_for_the_paper():
    text = bottom(SITE, 2026)
    for words in (
        "PT Titir Warta Nusa",
        "Sekar Wulanjati",
        "Jalan Kentongan 17",
        "© 2019–2026",
        "Grup Titir",
    ):
        assert words in text
    assert text.count('class="net') == 3
