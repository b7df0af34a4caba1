"""WordPress contents to elements: each block and each classic habit, and what is said of what stays behind."""

from __future__ import annotations

import pytest

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
from redaksi.wire.body.wordpress import convert
from redaksi.wire.losses import Reason


def block(name: str, html: str, attributes: str = "") -> str:
    return f"<!-- wp:{name} {attributes} -->\n{html}\n<!-- /wp:{name} -->\n\n"


def set_(content: str, base: str = "") -> list:
    return list(convert(content, base=base).elements)


def reasons(content: str) -> list[tuple[Reason, str]]:
    return [(loss.reason, loss.what) for loss in convert(content).losses]


def test_an_empty_line_in_classic_text_parts_paragraphs_and_a_new_line_breaks_one():
    assert set_("Satu\ndua.\n\nTiga.\r\n\r\n\r\nEmpat.") == [
        Paragraph("Satu<br>dua."),
        Paragraph("Tiga."),
        Paragraph("Empat."),
    ]


def test_new_lines_of_block_html_are_only_spaces():
    assert set_(block("paragraph", "<p>Satu\ndua.</p>")) == [Paragraph("Satu dua.")]


def test_two_breaks_part_paragraphs_and_bold_goes_on():
    assert set_("<p><b>Satu<br /><br>dua</b> tiga</p>") == [
        Paragraph("<b>Satu</b>"),
        Paragraph("<b>dua</b> tiga"),
    ]


def test_formatting_is_kept_where_the_body_has_it_and_named_where_not():
    content = "<p><strong>Tegas</strong>, <em>miring</em>, <u>garis</u>, m<sup>2</sup>, H<sub>2</sub>O, <q>kata</q>.</p>"
    assert set_(content) == [Paragraph("<b>Tegas</b>, <i>miring</i>, garis, m², H₂O, “kata”.")]
    assert reasons(content) == [(Reason.FORMATTING, "<u>")]


def test_links_into_the_old_site_become_paths_and_bad_ones_become_text():
    content = '<p><a href="https://k.example/2020/a/?x=1&amp;y=2">satu</a> <a href="javascript:alert(1)">dua</a> <a href="#c">tiga</a></p>'
    body = convert(content, base="https://k.example")
    assert body.elements == (Paragraph('<a href="/2020/a/?x=1&amp;y=2">satu</a> dua tiga'),)
    assert [(loss.reason, loss.detail) for loss in body.losses] == [(Reason.LINK, "tiga → #c")]


def test_links_to_files_of_the_old_site_stay_where_the_files_are():
    content = '<p><a href="http://www.k.example/b/">b</a> <a href="https://k.example/wp-content/a.pdf">a</a> <a href="https://k.example.org/">o</a></p>'
    assert set_(content, base="https://k.example") == [
        Paragraph(
            '<a href="/b/">b</a> <a href="https://k.example/wp-content/a.pdf">a</a> <a href="https://k.example.org/">o</a>'
        )
    ]


def test_headings_are_subheadings_without_formatting():
    assert set_(block("heading", "<h3><strong>Bagian</strong> dua</h3>")) == [Subheading("Bagian dua")]


def test_lists_keep_their_sublists_and_put_pictures_after():
    content = '<ul><li>Satu<ol><li>dalam</li></ol></li><li><p>Dua</p><p>lagi</p><img src="https://k.example/a.jpg"></li></ul>'
    assert set_(content) == [
        Paragraph("<ul><li>Satu<ol><li>dalam</li></ol></li><li>Dua<br>lagi</li></ul>"),
        Photo("https://k.example/a.jpg", "", ""),
    ]


def test_a_picture_takes_its_caption_credit_alt_and_number():
    figure = (
        '<figure class="wp-block-image"><a href="x.jpg"><img src="https://k.example/a.jpg" alt="Dermaga" class="wp-image-7"/></a>'
        "<figcaption>Kapal bersandar. <em>Foto: Laras Puan/Kabar</em></figcaption></figure>"
    )
    assert set_(block("image", figure, '{"id":7}')) == [
        Photo("https://k.example/a.jpg", "7", "Dermaga", "Kapal bersandar.", "Laras Puan/Kabar")
    ]


@pytest.mark.parametrize(
    "shortcode",
    [
        '[caption id="attachment_7" align="alignnone"]<img class="wp-image-7" src="https://k.example/a.jpg" /> Kapal.[/caption]',
        '[caption id="attachment_7" caption="Kapal."]<a href="b"><img class="wp-image-7" src="https://k.example/a.jpg"></a>[/caption]',
        '[wp_caption id=attachment_7]<img class="wp-image-7" src="https://k.example/a.jpg">Kapal.[/wp_caption]',
    ],
)
def test_caption_shortcodes_of_every_age_are_pictures_with_captions(shortcode):
    assert set_(f"Awal.\n\n{shortcode}\nAkhir.") == [
        Paragraph("Awal."),
        Photo("https://k.example/a.jpg", "7", "", "Kapal."),
        Paragraph("Akhir."),
    ]


def test_galleries_of_blocks_and_of_shortcodes_are_galleries():
    image = '<figure class="wp-block-image"><img src="https://k.example/{0}.jpg" class="wp-image-{0}"/><figcaption>{0}</figcaption></figure>'
    blocks = f'<figure class="wp-block-gallery">{image.format(1)}{image.format(2)}<figcaption>Dua</figcaption></figure>'
    one, two = (Photo(f"https://k.example/{n}.jpg", f"{n}", "", f"{n}") for n in (1, 2))
    assert set_(block("gallery", blocks)) == [Gallery("Dua", (one, two))]
    assert set_('[gallery columns=2 ids="5, 6"]') == [Gallery("", (Photo("", "5", ""), Photo("", "6", "")))]
    assert set_("[gallery]") == [Gallery("", (), attached=True)]


def test_quotes_carry_their_speaker():
    assert set_(
        block(
            "pullquote", "<figure><blockquote><p>Kami siap.</p><cite>Kepala desa</cite></blockquote></figure>"
        )
    ) == [Quote(("Kami siap.",), "Kepala desa")]


def test_a_tweet_is_an_embed_with_its_words():
    tweet = '<blockquote class="twitter-tweet"><p>Halo <a href="https://t.co/x">x</a></p>&mdash; A <a href="https://twitter.com/a/status/1">1</a></blockquote>'
    assert set_(tweet + '<script src="https://platform.twitter.com/widgets.js"></script>') == [
        Embed("https://twitter.com/a/status/1", "Halo x — A 1")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Lihat:\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n",
        "Lihat:\n\n[embed width=3]https://www.youtube.com/watch?v=abcdefghijk[/embed]",
        "Lihat:\n\n[youtube https://www.youtube.com/watch?v=abcdefghijk]",
        '<p>Lihat:</p><iframe src="//www.youtube.com/watch?v=abcdefghijk"></iframe>',
        block("paragraph", "<p>Lihat:</p>")
        + block(
            "core-embed/youtube",
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://www.youtube.com/watch?v=abcdefghijk\n</div></figure>',
        ),
    ],
)
def test_embeds_are_found_however_they_were_written(content):
    assert set_(content) == [Paragraph("Lihat:"), Embed("https://www.youtube.com/watch?v=abcdefghijk", "")]


def test_sound_and_film_are_named_with_their_address():
    content = '<figure><audio controls src="https://k.example/a.mp3"></audio><figcaption>Wawancara</figcaption></figure>[video mp4="https://k.example/b.mp4"][/video]'
    assert set_(content) == [
        Media("https://k.example/a.mp3", "audio", "Wawancara"),
        Media("https://k.example/b.mp4", "video", ""),
    ]


def test_a_table_is_rows_of_plain_cells_of_one_width():
    content = (
        "<figure class='wp-block-table'><table><thead><tr><th>Kota</th><th>Warga</th></tr></thead><tbody>"
        "<tr><td><b>Gamaru</b></td><td>1.200</td></tr><tr><td>Rendani</td></tr></tbody></table><figcaption>Sensus</figcaption></figure>"
    )
    assert set_(block("table", content)) == [
        Table("Sensus", (("Kota", "Warga"), ("Gamaru", "1.200"), ("Rendani", "")), has_header=True)
    ]


def test_details_are_a_fact_box():
    content = "<details><summary>Angka</summary><p>Satu.</p><ul><li>Dua</li></ul></details>"
    assert set_(block("details", content)) == [FactBox("Angka", ("Satu.", "<ul><li>Dua</li></ul>"))]


def test_lines_of_a_verse_stay_lines():
    assert set_(block("verse", '<pre class="wp-block-verse">Laut\nbiru</pre>')) == [Paragraph("Laut<br>biru")]


def test_layout_goes_and_its_text_stays():
    inner = block("paragraph", "<p>Kiri</p>") + block("acme/box", "<div>Kanan <b>isi</b></div>")
    content = block(
        "columns", f'<div class="wp-block-columns">{block("column", f"<div>{inner}</div>")}</div>'
    )
    assert set_(content) == [Paragraph("Kiri"), Paragraph("Kanan <b>isi</b>")]
    assert reasons(content) == [
        (Reason.LAYOUT, "columns"),
        (Reason.LAYOUT, "column"),
        (Reason.UNKNOWN_BLOCK, "acme/box"),
    ]


def test_what_wordpress_makes_for_each_reader_is_named():
    assert reasons('<!-- wp:latest-posts {"n":3} /--><!-- wp:block {"ref":12} /-->') == [
        (Reason.DYNAMIC, "latest-posts"),
        (Reason.DYNAMIC, "block"),
    ]


def test_words_in_brackets_stay_and_shortcodes_of_plugins_go():
    content = "Ia [sic] datang [red] kemarin [Antara]. [box color='red']Isi kotak[/box] [[gallery]] [contact-form-7 id=\"3\"]"
    assert set_(content) == [Paragraph("Ia [sic] datang [red] kemarin [Antara]. Isi kotak [gallery]")]
    assert reasons(content) == [(Reason.SHORTCODE, "[box]"), (Reason.SHORTCODE, "[contact-form-7]")]


def test_lazy_pictures_come_once_and_trackers_never():
    content = (
        '<p>Isi.</p><img src="data:image/gif;base64,R0" data-src="https://k.example/a.jpg"><noscript><img src="https://k.example/a.jpg"></noscript>'
        '<img src="https://pixel.example/t.gif" width="1" height="1">'
    )
    assert set_(content) == [Paragraph("Isi."), Photo("https://k.example/a.jpg", "", "")]
    assert reasons(content) == [(Reason.TRACKER, "<img>")]


def test_scripts_and_forms_are_named_and_their_words_kept_only_if_shown():
    content = "<form><label>Nama <input></label><select><option>Satu<option>Dua</select></form><script>var rahasia</script>"
    assert set_(content) == [Paragraph("Nama"), Paragraph("Satu"), Paragraph("Dua")]
    assert [what for _, what in reasons(content)] == ["<script>", "<form>", "<input>", "<select>"]


@pytest.mark.parametrize(
    "content", ["<div>" * 5000 + "isi" + "</div>" * 5000, "<b><i>" * 3000 + "isi", "<ul><li>" * 150 + "isi"]
)
def test_html_nested_without_end_comes_in_as_text(content):
    body = convert(content + "<p>akhir</p>")
    words = " ".join(each.html for each in body.elements if isinstance(each, Paragraph))
    assert "isi" in words
    assert "akhir" in words
    assert [loss.reason for loss in body.losses] == [Reason.TOO_DEEP]


def test_an_unfinished_comment_loses_nothing_before_it():
    assert set_(block("paragraph", "<p>Utuh.</p>") + "<!-- wp:image {") == [Paragraph("Utuh.")]
