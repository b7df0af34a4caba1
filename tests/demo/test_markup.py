from __future__ import annotations

import pytest

from redaksi.demo.markup import MarkupError, Names, blocks, inline, read

NAMES = Names(
    photo={"muara": 7, "feri": 8}.__getitem__, story={"jembatan": 3}.__getitem__, consent="YouTube tahu."
)


def one(text):
    return next(iter(blocks(text, NAMES)))


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Air naik\nlagi.", ("paragraph", "<p>Air naik lagi.</p>")),
        ("## Sejak subuh", ("subheading", "Sejak subuh")),
        ("!photo muara | Di muara.", ("photo", {"photo": 7, "caption": "Di muara."})),
        ("!gallery muara, feri | Pasang", ("gallery", {"title": "Pasang", "photos": [7, 8]})),
        ("!quote Kami menunggu. | Ratna", ("pull_quote", {"text": "Kami menunggu.", "speaker": "Ratna"})),
        (
            "!fact Angka\n- Tinggi: 3 m",
            ("fact_box", {"title": "Angka", "text": "", "facts": [{"name": "Tinggi", "value": "3 m"}]}),
        ),
        ("!table Jadwal\na | b\nc | d", ("table", {"caption": "Jadwal", "lines": "a | b\nc | d"})),
        ("!readalso jembatan", ("read_also", {"story": 3})),
        (
            "!embed https://youtu.be/x | Video",
            ("embed", {"url": "https://youtu.be/x", "title": "Video", "consent": "YouTube tahu."}),
        ),
    ],
)
def test_each_block_is_read(text, block):
    assert one(text) == block


def test_signs_are_escaped_and_marks_set():
    assert inline("a < b & **tebal** *miring* [kata](https://example.id/?a=1&b=2)") == (
        'a &lt; b &amp; <b>tebal</b> <i>miring</i> <a href="https://example.id/?a=1&amp;b=2">kata</a>'
    )


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(MarkupError, match="!gambar"):
        one("!gambar muara")
    file = tmp_path / "2026-11-01-a.md"
    for text in ("tanpa kepala", "+++\nheadline = \n+++\nisi"):
        file.write_text(text)
        with pytest.raises(MarkupError, match=r"2026-11-01-a\.md"):
            read(file)
