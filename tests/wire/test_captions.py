"""Credits in captions: taken when certain, left alone when not."""

from __future__ import annotations

import pytest

from redaksi.wire.body import captions


@pytest.mark.parametrize(
    ("caption", "text", "credit"),
    [
        ("Warga menyeberang. (Foto: Dimas Arung/Kabar)", "Warga menyeberang.", "Dimas Arung/Kabar"),
        ("Warga menyeberang. Foto: Dimas Arung", "Warga menyeberang.", "Dimas Arung"),
        ("Foto: Dimas Arung", "", "Dimas Arung"),
        ("Petani memanen padi (Dok. Pemkot Gamaru)", "Petani memanen padi (Dok. Pemkot Gamaru)", ""),
        ("Petani memanen padi (Dok: Pemkot Gamaru)", "Petani memanen padi", "Dok. Pemkot Gamaru"),
        (
            "Gempa merusak pasar. ANTARA FOTO/Laras Puan/ym.",
            "Gempa merusak pasar.",
            "ANTARA FOTO/Laras Puan/ym",
        ),
        ("Rapat kabinet (REUTERS/J. Doe)", "Rapat kabinet", "REUTERS/J. Doe"),
        ("A ferry leaves port. Photo by Laras Puan", "A ferry leaves port.", "Laras Puan"),
        ("Ia memotret dalam satu foto: lima kapal", "Ia memotret dalam satu foto: lima kapal", ""),
        ("Pertemuan dengan Reuters", "Pertemuan dengan Reuters", ""),
        ("Kapal bersandar di dermaga.", "Kapal bersandar di dermaga.", ""),
        ("", "", ""),
    ],
)
def test_a_caption_is_parted_from_its_credit(caption, text, credit):
    assert captions.part(caption) == (text, credit)
