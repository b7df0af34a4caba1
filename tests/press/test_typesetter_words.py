from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import specimen
from redaksi.press.typesetter import addresses, links, photos
from redaksi.press.typesetter.dates import Clock, rfc822
from redaksi.press.typesetter.engine import TEMPLATES
from redaksi.press.typesetter.words import WORDS, words_for
from redaksi.stories import embeds, imprint

AT = datetime(2021, 8, 14, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("id", "Asia/Jakarta", "Sabtu, 14 Agustus 2021 10:15 WIB"),
        ("id", "Asia/Makassar", "Sabtu, 14 Agustus 2021 11:15 WITA"),
        ("id", "Asia/Jayapura", "Sabtu, 14 Agustus 2021 12:15 WIT"),
        ("en", "Asia/Jakarta", "Saturday, 14 August 2021, 10:15 WIB"),
        ("en", "Europe/London", "Saturday, 14 August 2021, 04:15 BST"),
        ("en", "America/Sao_Paulo", "Saturday, 14 August 2021, 00:15 UTC-03:00"),
        ("id", "UTC", "Sabtu, 14 Agustus 2021 03:15 UTC"),
    ],
)
def test_a_time_is_said_in_the_sites_words_and_zone(language, zone, said):
    assert Clock(language, ZoneInfo(zone)).full(AT) == said


def test_days_and_times_alone():
    clock = Clock("id", ZoneInfo("Asia/Jakarta"))
    assert clock.day(date(2026, 5, 3)) == "Minggu, 3 Mei 2026"
    assert clock.short(AT) == "10.15"
    assert clock.short_day(AT) == "14 Agu"
    assert clock.machine(AT) == "2021-08-14T10:15:00+07:00"
    assert rfc822(AT) == "Sat, 14 Aug 2021 03:15:00 +0000"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        Clock("id", ZoneInfo("UTC")).full(datetime(2021, 1, 1))  # noqa: DTZ001 - that is the test


def test_every_word_is_used_and_every_used_word_exists():
    used = set()
    for path in TEMPLATES.iterdir():
        used |= set(re.findall(r"\bw\.(\w+)", path.read_text("utf-8")))
    assert used <= set(WORDS["id"])
    by_key = {"writer", "editor", "photographer", "translator", "contributor", "source"}
    by_key |= {"person", "organisation", "place", "event", "subject"}
    by_key |= {"read_in_id", "read_in_en"}
    by_key |= {f"team_{role.value}" for role in imprint.ROLES}
    by_key |= {"people", "organisations", "places", "events", "subjects"}
    by_key |= {
        "photos",
        "videos",
        "picks",
        "from_network",
        "all_of",
        "all_picks",
        "all_photos",
        "all_videos",
        "all_network",
        "all_on",
    }
    by_key |= {f"{kind}_text" for kind in ("photos", "videos", "picks", "network")} | {"open_site"}
    assert set(WORDS["id"]) - used - by_key == set()


def test_both_languages_fill_the_same_marks():
    for key, words in WORDS["id"].items():
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", WORDS["en"][key])), key


def test_a_language_of_a_region_is_that_language():
    assert words_for("en-GB") is words_for("en")
    with pytest.raises(ValueError, match="'jv'"):
        words_for("jv")


def test_addresses_follow_the_sites_language():
    indonesian, english = specimen.site(), specimen.site(2)
    assert addresses.latest(indonesian) == "/terkini"
    assert addresses.latest(english) == "/latest"
    assert addresses.day(indonesian, date(2026, 1, 2)) == "/indeks/2026/01/02"
    assert addresses.archive(english, 2025) == "/archive/2025"
    assert addresses.contributor(english, "a") == "/author/a"
    assert {"terkini", "indeks", "foto"} <= addresses.reserved("id")


@pytest.mark.parametrize(
    ("given_address", "printed"),
    [
        ("/a b/ü?x=1&y", "/a%20b/%C3%BC?x=1&y"),
        ("/a#b#c", "/a#b%23c"),
        ("https://x.example:8080/%7Ea%zz", "https://x.example:8080/%7Ea%25zz"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("HTTPS://X.example", "https://x.example"),
        ("javascript:alert(1)", ""),
        (" java\tscript:alert(1)", ""),
        ("//x.example/a", ""),
        ("/\\x.example", ""),
        ("https:///x", ""),
        ("https://a@b.example:99999/", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_an_address_is_ours_or_the_webs_or_nothing(given_address, printed):
    assert links.href(given_address) == printed


@given(st.text(st.characters()))
def test_a_printed_address_needs_no_escape(address):
    assert re.fullmatch(
        r"(?:https?://[\w.-]+(?::\d+)?)?[A-Za-z0-9/:?#@!$&'()*+,;=%~._-]*", links.href(address)
    )


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<p>a</p><ul><li>b <b>c</b></li></ul>", "<p>a</p><ul><li>b <b>c</b></li></ul>"),
        ("a <em>b</em>", "a <em>b</em>"),
        ("<li>a</li>", "a"),
        ("<ul>a</ul>", "a"),
        ("<ul><p>a</p></ul>", "a"),
        ("<b><p>a</p></b>", "<b>a</b>"),
        ("", ""),
    ],
)
def test_a_fact_boxs_html_is_well_nested_or_inline(html, printed):
    assert links.block(html) == printed


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=abc_-123",
            "https://www.youtube-nocookie.com/embed/abc_-123?autoplay=1",
        ),
        ("https://youtu.be/abc", "https://www.youtube-nocookie.com/embed/abc?autoplay=1"),
        ("https://vimeo.com/123", "https://player.vimeo.com/video/123?dnt=1&autoplay=1"),
        ("https://www.instagram.com/p/Ab-1/", "https://www.instagram.com/p/Ab-1/embed/"),
        ("https://www.tiktok.com/@a/video/7", "https://www.tiktok.com/embed/v2/7"),
        ("https://open.spotify.com/episode/4x", "https://open.spotify.com/embed/episode/4x"),
        ("https://x.com/a/status/9", "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=9"),
        ("https://youtube.com/watch?v=%22%3E", None),
        ("https://youtube.com.evil.example/watch?v=abc", None),
        ("https://[", None),
    ],
)
def test_an_embed_opens_a_known_frame_or_none(url, frame):
    found = embeds.frame_for(url)
    assert (found.src if found else None) == frame


def test_a_photo_offers_its_formats_smallest_first():
    picture = specimen.picture()
    found = photos.set_in(picture, "lead")
    assert [source.type for source in found.sources] == ["image/webp"]
    assert found.src.endswith("-960.jpg")
    assert found.srcset.count(", ") == 4
    assert photos.set_in(picture, "card").srcset.endswith("-960.jpg 960w")
    assert photos.share_file(picture)[1:] == (1280, 854)
