from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import specimen
from redaksi.press.typesetter.cards import card
from redaksi.press.typesetter.sheet import HTML, fill
from redaksi.press.typesetter.story import headline_class, story_page, withdrawn_page
from redaksi.shelf.recipe import PLAIN, RARE, Furniture, Own, press_recipe, read_head
from redaksi.stories.copy import (
    CorrectionCopy,
    Credit,
    Embed,
    Paragraph,
    ReadAlso,
    Statement,
    StoryLink,
    Subheading,
    Verifying,
    WithdrawnCopy,
)

SITE = specimen.site()
AT = datetime(2026, 11, 14, 3, 15, tzinfo=UTC)


def own(**changes) -> str:
    return story_page(specimen.story_copy(**changes), SITE).own


def test_a_story_is_two_own_texts_between_two_runs_of_shared_pieces():
    sheet = story_page(specimen.story_copy(), SITE)
    assert [part.name if isinstance(part, Furniture) else type(part) for part in sheet.parts] == [
        Own, "head", "breaking", "top", Own, "related:1/12", "follow", "comments", "latest", "bottom",
    ]  # fmt: skip
    assert sheet.content_type == HTML
    assert press_recipe(sheet.parts)


def test_the_same_copy_gives_the_same_bytes():
    assert story_page(specimen.story_copy(), SITE) == story_page(specimen.story_copy(), SITE)


def test_a_filled_page_is_one_whole_document():
    page = fill(story_page(specimen.story_copy(), SITE), specimen.standing(SITE, specimen.stories(3)))
    for tag in ("html", "head", "body", "main", "article", "footer"):
        assert len(re.findall(rf"<{tag}\b", page)) == len(re.findall(rf"</{tag}>", page)) == 1


def test_parts_stand_in_the_order_of_the_printed_page():
    text = own()
    marks = ("crumb", 'class="label"', "<h1>", 'class="stand"', "<dl>", 'class="dates"', 'class="lead', 'class="body" ', 'class="ralat"', "topics")  # fmt: skip
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_story_without_a_photo_prints_no_empty_figure():
    text = own(lead=None, body=(Paragraph("Satu kalimat."),))
    assert "<figure" not in text
    assert "og:image" not in text
    assert "art bare" in text


def test_a_photo_without_any_file_is_as_good_as_none():
    assert "<figure" not in own(lead=replace(specimen.picture(), widths=()), body=())


def test_the_lead_photo_comes_first_and_the_others_wait():
    text = own()
    assert text.count('fetchpriority="high"') == 1
    lead, rest = text.split("</figure>", 1)
    assert 'loading="lazy"' not in lead
    assert rest.count("<img") == rest.count('loading="lazy"') > 0
    assert all('width="' in image and 'height="' in image for image in re.findall(r"<img[^>]*>", text))


def test_what_is_empty_is_not_printed():
    text = own(
        label=None,
        standfirst="",
        credits=(),
        topics=(),
        corrections=(),
        updated_at=None,
        dateline="",
        body=(),
    )
    for trace in ('class="label"', 'class="stand"', "<dl>", "topics", "ralat", "Diperbarui", "dateline"):
        assert trace not in text


def test_the_dateline_opens_the_first_paragraph():
    text = own(body=(Subheading("Judul"), Paragraph("Satu."), Paragraph("Dua.")))
    assert '<p><span class="dateline">Wanasari, Kentongan</span> — Satu.</p>\n<p>Dua.</p>' in text


def test_credits_of_one_role_stand_together():
    mixed = (Credit("editor", "E", None), Credit("writer", "A", "a"), Credit("editor", "F", None))
    text = own(credits=mixed)
    assert "<dt>Editor:</dt> <dd><b>E</b>, <b>F</b></dd>" in text
    assert '<dt>Penulis:</dt> <dd><a href="/penulis/a" rel="author">A</a></dd>' in text


def test_an_update_on_the_same_day_shows_its_time_alone():
    assert 'Diperbarui <time datetime="2026-11-14T11:02:00+07:00">11:02 WIB</time>' in own()
    later = own(updated_at=specimen.NOW + timedelta(days=2))
    assert "Senin, 16 November 2026 11:20 WIB</time>" in later


def test_a_correction_is_numbered_and_dated():
    reply = CorrectionCopy(2, "reply", datetime(2026, 11, 15, 1, tzinfo=UTC), "Kami keberatan.", "PT Lantang")
    text = own(corrections=(reply,))
    assert "<span>Hak jawab 2</span> <time" in text
    assert "Minggu, 15 November 2026 08:00 WIB" in text
    assert "Disampaikan oleh PT Lantang" in text


def test_only_words_as_spoken_stand_in_quotation_marks():
    said = Statement("Kami tunggu.", verbatim=True, speaker="A", office="", place="", said_on=None)
    assert "“Kami tunggu.”" in own(body=(said,))
    retold = own(body=(replace(said, verbatim=False),))
    assert "“" not in retold.split('class="body"')[1].split("</blockquote>")[0]
    assert "Pernyataan, disarikan" in retold
    assert "““" not in own(body=(replace(said, text="“Kami tunggu.”"),))


def test_an_embed_is_a_plain_link_until_it_is_pressed():
    text = own(body=(Embed("https://youtu.be/abcdefghijk", "YouTube", "Rekaman", ""),))
    assert 'href="https://youtu.be/abcdefghijk"' in text
    assert 'data-frame="https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"' in text
    assert "<iframe" not in text


def test_an_embed_of_an_unknown_host_stays_a_link():
    text = own(body=(Embed("https://peta.example/x", "", "Peta", ""),))
    assert "data-frame" not in text
    assert "Dari peta.example" in text


def test_an_address_that_is_not_the_webs_is_printed_as_words():
    text = own(body=(ReadAlso(1, "Judul", "javascript:alert(1)"), Embed("data:text/html,x", "X", "Apa", "")))
    assert "javascript:" not in text
    assert "data:" not in text
    assert "<span>Baca juga</span>Judul</aside>" in text


def test_another_houses_story_names_its_source():
    text = own(source_kind="agency", source_name="Nusa", source_url="https://nusa.example/1")
    assert 'Sumber berita: <a href="https://nusa.example/1">Nusa</a>' in text


def test_search_engines_are_told_what_the_page_says():
    text = own(headline="</script><b>&", source_kind="agency", source_url="https://nusa.example/1")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert data
    assert "<" not in data[1]
    article, crumbs = json.loads(data[1])["@graph"]
    assert article["headline"] == "</script><b>&"
    assert article["datePublished"] == "2026-11-14T10:15:00+07:00"
    assert [one["name"] for one in article["author"]] == ["Ganesha Mirat", "Ayunda Palupi"]
    assert article["isBasedOn"] == "https://nusa.example/1"
    assert article["image"][0]["url"].startswith("http://localhost:18700/foto/")
    assert [one["name"] for one in crumbs["itemListElement"]][:2] == ["Beranda", "Nasional"]


def test_what_is_shared_falls_back_on_headline_and_standfirst():
    assert '<meta property="og:title" content="Dua sensor' in own()
    assert '<meta property="og:title" content="Lain">' in own(share_title="Lain")
    assert "<title>Dicari - Kentongan</title>" in own(search_title="Dicari")


def test_longer_headlines_are_set_smaller():
    assert [headline_class("x" * length) for length in (70, 71, 95, 96)] == ["", "long", "long", "xlong"]


def test_a_reason_that_is_a_whole_sentence_is_not_begun_twice():
    reason = "Berita ini dicabut karena sumbernya palsu."
    gone = WithdrawnCopy(1, 1, "/nasional/2026/11/01/x", "Judul lama", specimen.NOW, reason)
    assert withdrawn_page(gone, SITE).own.count("Berita ini dicabut karena") == 1


def test_a_withdrawn_story_says_why_and_where_to_go_on():
    gone = WithdrawnCopy(1, 1, "/nasional/2026/11/01/x", "Judul lama", specimen.NOW, "sumbernya keliru.")
    text = withdrawn_page(gone, SITE).own
    assert "Berita ini dicabut karena sumbernya keliru." in text
    assert "Judul lama" in text
    assert 'content="noindex"' in text
    assert all(f'href="{address}"' in text for address in ("/", "/terkini", "/indeks", "/topik"))


def test_an_english_site_speaks_english():
    text = story_page(specimen.story_copy(), specimen.site(2)).own
    assert "Saturday, 14 November 2026, 10:15 WIB" in text
    assert "<dt>By</dt>" in text
    assert 'href="/author/ganesha-mirat"' in text
    assert "Read also" in text


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [({"language": "fr"}, "'fr'"), ({"time_zone": "Asia/Atlantis"}, "Asia/Atlantis")],
)
def test_a_site_that_the_press_does_not_understand_is_named(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        story_page(specimen.story_copy(), specimen.site(**changes))


HEADINGS = ("Penyebab", "Korban & kerugian", "Penyebab")


def chapters(*words):
    return tuple(part for word in words for part in (Subheading(word), Paragraph(f"Tentang {word}.")))


def test_a_long_story_has_a_table_of_contents_whose_links_lead_to_its_parts():
    text = own(body=chapters(*HEADINGS))
    links = re.findall(r'<li><a href="#([^"]+)">', text.split('class="toc"')[1].split("</nav>")[0])
    assert links == ["b-penyebab", "b-korban-kerugian", "b-penyebab-2"]
    for anchor in links:
        assert text.count(f'id="{anchor}"') == 1


def test_two_subheadings_need_no_table_of_contents():
    assert 'class="toc"' not in own(body=chapters(*HEADINGS[:2]))


def test_a_heading_without_letters_has_an_anchor_of_its_own():
    text = own(body=chapters("?!", "…", "Énergi"))
    assert re.findall(r'<h2 id="([^"]+)">', text.split('class="body"')[1])[:3] == [
        "b-bagian",
        "b-bagian-2",
        "b-energi",
    ]


def test_a_correction_is_told_at_the_top_with_the_way_to_its_note():
    text = own(corrections=(note(1), note(2)))
    top = text.split('class="meta"')[0]
    assert 'href="#r2"' in top
    assert 'href="#r1"' not in top
    assert text.count('id="r2"') == 1


def test_a_reply_says_whose_it_is_and_leads_to_its_story_and_back():
    reply = replace(
        note(1), kind="reply", by="PT Feri Lantang", reply=StoryLink(9, "Kami Menjawab", "/nasional/jawaban")
    )
    text = own(corrections=(reply,))
    assert "Disampaikan oleh PT Feri Lantang" in text
    assert '<a href="/nasional/jawaban">Kami Menjawab</a>' in text
    back = own(reply_to=(StoryLink(12, "Feri Ditahan", "/nasional/feri"),))
    assert 'Hak jawab atas: <a href="/nasional/feri">Feri Ditahan</a>' in back.split('class="meta"')[0]
    gone = own(reply_to=(StoryLink(12, "Feri Ditahan", "/nasional/feri", "withdrawn"),))
    assert 'Hak jawab atas berita yang sudah dicabut: <a href="/nasional/feri">' in gone


def test_what_is_still_being_verified_is_told_at_the_top_and_on_cards():
    unsure = Verifying(AT, "Jumlah korban.")
    assert "Masih diverifikasi" in own(verifying=unsure).split('class="meta"')[0]
    story = specimen.story_copy(verifying=unsure)
    assert all("Masih diverifikasi" in card(story, SITE, form) for form in ("row", "lead"))
    assert "Masih diverifikasi" not in own()


def test_all_of_a_storys_own_text_stands_before_what_few_pages_share():
    for label in (specimen.story_copy().label, None):
        recipe = press_recipe(story_page(specimen.story_copy(label=label), SITE).parts)
        assert read_head(recipe)[0] == (RARE if label else PLAIN)


def note(number):
    return CorrectionCopy(number, "correction", AT, "Tiga meter, bukan empat.")
