"""Reading WordPress archives: what comes out, and what broken or hostile files are told."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.wire.formats.wxr.entries import (
    Attachment,
    Author,
    Category,
    Entry,
    Header,
    Item,
    Repair,
    Tag,
    Term,
)
from redaksi.wire.formats.wxr.mending import Mender
from redaksi.wire.formats.wxr.reader import CHUNK, WxrError, read

HERE = Path(__file__).parent
ARCHIVE = HERE / "archives" / "kabar.xml"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wxr"
HEAD = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>K</title>'


def entries(data: bytes, name: str = "arsip.xml") -> list[Entry]:
    return list(read(io.BytesIO(data), name))


@pytest.fixture
def archive() -> list[Entry]:
    return entries(ARCHIVE.read_bytes())


def item(archive: list[Entry], identity: str) -> Item:
    return next(each for each in archive if isinstance(each, Item) and each.id == identity)


def test_the_header_comes_first_and_says_whose_archive_it_is(archive):
    assert archive[0] == Header("Kabar Wanasari", "https://kabar.example", "id-ID", "1.2")


def test_authors_categories_and_tags_come_with_their_names(archive):
    assert Author("1", "rini", "Rini Tanjung", "rini@kabar.example") in archive
    assert Author("", "dimas", "Dimas Arung", "", "Penulis tamu.") in archive
    assert Category("3", "kota", "Kota", "daerah", "Kabar dari kota.") in archive
    assert Tag("7", "jembatan", "Jembatan", "") in archive


def test_an_item_carries_dates_addresses_and_names(archive):
    story = item(archive, "101")
    assert story.published_utc == datetime(2021, 8, 14, 3, 15, tzinfo=UTC)
    assert story.published_local == datetime(2021, 8, 14, 10, 15)  # noqa: DTZ001
    assert (story.slug, story.old_slugs, story.guid) == (
        "jembatan-dibuka",
        ("jembatan-segera-dibuka",),
        "https://kabar.example/?p=101",
    )
    assert story.categories == (Term("kota", "Kota"), Term("ekonomi", "Ekonomi"))
    assert story.co_authors == (Term("cap-dimas", "dimas"), Term("rini", "Rini Tanjung"))
    assert (story.thumbnail_id, story.primary_category_id) == ("201", "4")


def test_search_texts_come_in_unless_they_are_only_a_template(archive):
    assert item(archive, "101").search_title == ""
    assert item(archive, "101").search_description == "Jembatan Wanasari dibuka hari ini."


def test_comments_that_readers_saw_are_counted(archive):
    assert item(archive, "101").comments == 1


def test_the_bare_unset_date_of_a_draft_is_no_date(archive):
    assert item(archive, "102").published_utc is None


def test_a_custom_field_is_named_and_housekeeping_is_not(archive):
    assert item(archive, "101").meta_keys == ("narasumber",)


def test_an_attachment_tells_its_file_caption_alt_and_credit(archive):
    photo = next(each for each in archive if isinstance(each, Attachment))
    assert photo.file == "2021/08/jembatan.jpg"
    assert (photo.alt, photo.caption, photo.credit) == (
        "Jembatan dari udara",
        "Jembatan Wanasari.",
        "Dok. Kabar",
    )


def test_control_characters_and_bare_ampersands_are_mended_and_counted(archive):
    assert archive[-1] == Repair(controls=1, ampersands=2)
    assert item(archive, "103").link == "https://kabar.example/?p=103&preview=true"


@pytest.mark.parametrize("cut", range(900, 4000, 311))
def test_a_cut_file_gives_what_was_whole_and_then_says_where_it_stops(cut):
    data = ARCHIVE.read_bytes()[:cut]
    found: list[Entry] = []
    with pytest.raises(WxrError, match=r"arsip\.xml, line \d+: .*cut off") as caught:
        found.extend(read(io.BytesIO(data), "arsip.xml"))
    whole = data.count(b"</item>")
    assert ("last whole item" in str(caught.value)) == bool(whole)
    if whole:
        assert f"number {whole}:" in str(caught.value)


def test_the_items_before_a_cut_are_given():
    data = ARCHIVE.read_bytes()
    cut = data.index(b"</item>", data.index(b"<wp:post_id>102<")) + 20
    reader = read(io.BytesIO(data[:cut]), "arsip.xml")
    found = []
    with pytest.raises(WxrError):
        found.extend(reader)
    assert [each.id for each in found if isinstance(each, Item)] == ["101", "102"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a zip file", "not XML"),
        (b"<html><body><p>Halaman</p></body></html>", "root is <html>"),
        (
            b"<rss version='2.0'><channel><title>Umpan</title></channel></rss>",
            "RSS feed, not a WordPress archive",
        ),
        ("<rss/>".encode("utf-16"), "UTF-16"),
        (HEAD.encode() + b"<item><title>\xff\xfe</title></item></channel></rss>", "not well-formed"),
        (HEAD.encode() + b"<item><title>a</item></channel></rss>", "not well-formed"),
    ],
)
def test_what_is_no_archive_is_refused_with_its_reason(data, sentence):
    with pytest.raises(WxrError, match=sentence):
        entries(data)


def test_a_doctype_with_entities_is_refused_before_anything_is_expanded():
    laughs = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        + HEAD
        + "<item><title>&b;</title></item></channel></rss>"
    )
    with pytest.raises(WxrError, match="DOCTYPE"):
        entries(laughs.encode())


def test_an_item_beyond_the_limit_is_refused_with_its_line():
    big = (
        HEAD.encode()
        + b"<item><title>x</title>"
        + b"<a>"
        + b"x" * 9_000_000
        + b"</a>"
        + b"<b>"
        + b"y" * 9_000_000
        + b"</b></item>"
    )
    with pytest.raises(WxrError, match=r"line \d+: one item holds"):
        entries(big + b"</channel></rss>")


def test_an_archive_without_items_still_has_its_header():
    assert entries(HEAD.encode() + b"<link>https://k.example/</link></channel></rss>") == [
        Header("K", "https://k.example", "", "")
    ]


def test_progress_tells_the_bytes_read():
    told: list[int] = []
    data = ARCHIVE.read_bytes() + b" " * CHUNK
    list(read(io.BytesIO(data), "arsip.xml", progress=told.append))
    assert told == [CHUNK, len(data)]


@given(
    parts=st.lists(
        st.sampled_from(
            [
                "&",
                "&amp;",
                "&nbsp;",
                "&#38;",
                "<![CDATA[",
                "]]>",
                "<b>",
                "]",
                "&#x26;",
                "a",
                "ü",
                "\x0b",
                "<!",
            ]
        ),
        max_size=30,
    ),
    cuts=st.lists(st.integers(0, 200), max_size=8),
)
def test_mending_by_chunks_is_the_same_as_mending_at_once(parts, cuts):
    data = "".join(parts).encode()
    whole = Mender()
    at_once = whole.feed(data) + whole.close()
    mender = Mender()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    by_chunks = b"".join(mender.feed(data[start:end]) for start, end in pairwise(places)) + mender.close()
    assert by_chunks == at_once
    assert (mender.ampersands, mender.controls) == (whole.ampersands, whole.controls)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared test archives are not here")
def test_every_shared_archive_is_read_to_its_end():
    files = sorted(SHARED.rglob("*.xml"))
    assert files
    for file in files:
        with file.open("rb") as source:
            found = list(read(source, file.name))
        expected = file.read_bytes().count(b"<item>")
        assert sum(isinstance(each, Item | Attachment) for each in found) == expected, file.name
