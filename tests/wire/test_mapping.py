"""The rules of the mapping, one by one: states, addresses, sections, pictures and blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from redaksi.network.models import RESERVED_WORDS
from redaksi.stories.models import Contributor, Story, Topic
from redaksi.wire import drafting
from redaksi.wire.body.elements import (
    Embed,
    FactBox,
    Gallery,
    Media,
    Paragraph,
    Photo,
    Quote,
    Subheading,
    Table,
)
from redaksi.wire.body_blocks import BlockMaker, shortened
from redaksi.wire.catalogue import Catalogue
from redaksi.wire.filing import Filing
from redaksi.wire.formats.wxr.entries import Item, Term
from redaksi.wire.losses import Losses, Reason, sentence
from redaksi.wire.old_addresses import old_addresses
from redaksi.wire.pictures import Folder, Found
from redaksi.wire.report import Tally

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BLANK: dict = dict.fromkeys(Item.__dataclass_fields__, "")
BLANK |= dict.fromkeys(("old_slugs", "categories", "tags", "co_authors", "other_terms", "meta_keys"), ())
BLANK |= {"published_utc": NOW - timedelta(days=9), "published_local": None, "modified_utc": None}
ITEM = Item(
    **{
        **BLANK,
        "id": "7",
        "kind": "post",
        "status": "publish",
        "title": "Judul",
        "sticky": False,
        "protected": False,
        "comments": 0,
        "line": 1,
    }
)


def item(**facts) -> Item:
    return replace(ITEM, **facts)


@pytest.mark.parametrize(
    ("facts", "state", "told"),
    [
        ({}, "live", []),
        ({"status": "draft"}, "draft", []),
        ({"status": "pending"}, "submitted", []),
        ({"status": "private"}, "draft", [Reason.PRIVATE]),
        ({"status": "pitch"}, "draft", [Reason.STATUS]),
        ({"protected": True}, "draft", [Reason.PASSWORD]),
        ({"status": "future", "published_utc": NOW + timedelta(days=1)}, "scheduled", []),
        ({"status": "future"}, "live", []),
        ({"published_utc": NOW + timedelta(days=1)}, "scheduled", []),
        ({"published_utc": None}, "live", [Reason.DATE]),
        ({"published_utc": datetime(1, 1, 2, tzinfo=UTC)}, "live", [Reason.DATE]),
    ],
)
def test_nothing_becomes_visible_that_was_not(facts, state, told, kentongan):
    losses = Losses()
    assert drafting.times_of(item(**facts), kentongan, NOW, losses).state == state
    assert [loss.reason for loss in losses.take()] == told


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"link": "https://k.example/2020/01/judul/"}, ["/2020/01/judul", "/?p=7"]),
        ({"link": "https://k.example/?p=7"}, ["/?p=7"]),
        ({"link": "https://k.example/blog//judul.html"}, ["/blog/judul.html", "/?p=7"]),
        ({"link": "/kota/%e6%b8%af", "old_slugs": ("lama",)}, ["/kota/港", "/kota/lama", "/?p=7"]),
        ({"link": "https://k.example/tentang", "kind": "page"}, ["/tentang", "/?p=7", "/?page_id=7"]),
        ({"link": "https://k.example/a/../b"}, ["/?p=7"]),
        ({"link": "https://k.example/terkini/"}, ["/?p=7"]),
        ({"link": "http://[bad", "id": "", "guid": "https://k.example/?p=9"}, ["/?p=9"]),
        ({"link": "https://k.example/" + "x" * 600}, ["/?p=7"]),
    ],
)
def test_old_addresses_are_paths_that_the_shelf_can_hold(facts, expected):
    assert old_addresses(item(**facts), "https://k.example", Losses()) == expected


def test_a_section_is_found_by_word_or_name_and_made_hidden_otherwise(kentongan):
    tally = Tally()
    with Catalogue() as catalogue:
        filing = Filing(kentongan, catalogue, tally)
        assert filing.section(item(categories=(Term("nasional", "Apa saja"),))).name == "Nasional"
        assert filing.section(item(categories=(Term("olah-raga", "OLAHRAGA"),))).slug == "olahraga"
        made = filing.section(item(categories=(Term("uncategorized", "x"), Term("foto", "Foto &amp; Video"))))
        assert (made.slug, made.name, made.in_menu) == ("kanal-foto", "Foto & Video", False)
        assert made.slug not in RESERVED_WORDS
        assert filing.section(item(categories=(Term("uncategorized", "Uncategorized"),))).slug == "arsip"
        assert filing.section(item(kind="page")).slug == "laman"
    assert tally.sections == 3


def test_topics_and_names_that_are_there_are_taken(kentongan, topic, contributor):
    network_wide = Topic.objects.create(site=None, name="Pemilu", slug="pemilu")
    with Catalogue() as catalogue:
        filing = Filing(kentongan, catalogue, Tally())
        tags = (Term("selat-lantang", "x"), Term("p", "PEMILU"), Term("%e6%b8%af", "港"))
        filing.make_topics([item(tags=tags), item(tags=(Term("pemilu-2", "Pemilu"),))])
        assert filing.topics(item(tags=tags))[:2] == [topic.pk, network_wide.pk]
        assert filing.writers(item(creator="rara wening@kabar.example")) == [contributor.pk]
    assert Topic.objects.count() == 3
    assert Contributor.objects.count() == 1


def test_a_picture_is_found_by_the_tail_of_its_address_and_never_guessed(tmp_path):
    for path in ("2020/01/a.jpg", "2020/02/a.jpg", "2020/01/b-scaled.JPG", "lone.png", "notes.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    folder = Folder(tmp_path)
    assert folder.find("https://k.example/wp-content/uploads/2020/02/a-300x200.jpg") == "2020/02/a.jpg"
    assert folder.find("https://k.example/files/a.jpg") is None
    assert folder.find("2020/01/b-scaled.jpg") == "2020/01/b-scaled.JPG"
    assert folder.find("https://cdn.example/lone.png?w=604") == "lone.png"
    assert folder.find("https://k.example/notes.txt") is None


@pytest.fixture
def maker():
    """Makes blocks; of the photos, only number 1 and 2 can be had."""

    def take(photo: Photo, _: Losses) -> Found | None:
        return Found(int(photo.attachment_id), photo.caption) if photo.attachment_id in {"1", "2"} else None

    return BlockMaker(take, lambda: (Photo("", "1", ""), Photo("", "2", "")), "id", Losses())


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (Paragraph("a <b>b</b>"), [("paragraph", "<p>a <b>b</b></p>")]),
        (Paragraph("<ul><li>a</li></ul>"), [("paragraph", "<ul><li>a</li></ul>")]),
        (Subheading("x" * 200), [("paragraph", f"<p><b>{'x' * 200}</b></p>")]),
        (Gallery("", (), attached=True), [("gallery", {"title": "", "photos": [1, 2]})]),
        (Gallery("Dua", (Photo("", "1", ""), Photo("", "9", "", "Hilang"))), [("photo", {"photo": 1, "caption": "Dua"}), ("paragraph", "<p><i>Hilang</i></p>")]),
        (Quote(("a", "b"), "c"), [("pull_quote", {"text": "a b", "speaker": "c"})]),
        (Quote(("x" * 401,), "c"), [("paragraph", f"<p>{'x' * 401}</p>"), ("paragraph", "<p><i>c</i></p>")]),
        (FactBox("", ("a",)), [("fact_box", {"title": "Fakta", "text": "<p>a</p>", "facts": []})]),
        (Table("", (("a|b", "c"), ("", "d")), has_header=True), [("table", {"caption": "Tabel", "lines": "a¦b | c\n– | d"})]),
        (Media("https://k.example/a.mp3", "audio", ""), [("paragraph", '<p><a href="https://k.example/a.mp3" rel="noopener">Dengarkan</a></p>')]),
        (Embed("https://x.com/a", "Cuit"), [("paragraph", '<p>Cuit <a href="https://x.com/a" rel="noopener">https://x.com/a</a></p>')]),
    ],
)  # fmt: skip
def test_elements_become_blocks_that_the_body_accepts(maker, element, expected):
    assert [(block["type"], block["value"]) for block in maker.blocks((element,))] == expected


def test_every_block_passes_the_bodys_own_checks(maker):
    elements = (
        Paragraph("a"),
        Subheading("b"),
        Quote(("c",), ""),
        FactBox("d" * 300, ("e",)),
        Table("", (("a", ""), ("", "b")), has_header=False),
        Embed("http://www.youtube.com/watch?v=abcdefghijk", "f" * 300),
    )
    body = Story(body=maker.blocks(elements)).body
    try:
        body.stream_block.clean(body)
    except ValidationError as error:  # pragma: no cover - the test's own message
        pytest.fail(str(error.__dict__))


def test_texts_are_cut_at_words():
    assert shortened("satu dua tiga", 9) == "satu…"
    assert shortened("satu", 4) == "satu"


def test_every_reason_has_a_sentence_in_both_languages():
    for reason in Reason:
        assert sentence(reason, "id") != sentence(reason, "en")
