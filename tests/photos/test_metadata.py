from __future__ import annotations

import io
from datetime import date

from PIL import ExifTags, Image

from redaksi.photos import metadata


def picture(**exif):
    file = io.BytesIO()
    tags = Image.Exif()
    for name, value in exif.items():
        if name == "DateTimeOriginal":
            tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base[name]] = value
        else:
            tags[ExifTags.Base[name]] = value
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=tags)
    return file


def test_what_the_photographer_wrote_is_taken_over():
    said = metadata.read(
        picture(
            ImageDescription="Feri di dermaga.", Artist="Nawang Sari", DateTimeOriginal="2026:11:14 06:12:00"
        )
    )
    assert (said.caption, said.credit, said.taken_on) == (
        "Feri di dermaga.",
        "Nawang Sari",
        date(2026, 11, 14),
    )


def test_a_clock_that_was_never_set_gives_no_day():
    assert metadata.read(picture(DateTimeOriginal="0000:00:00 00:00:00")).taken_on is None


def test_controls_and_endless_texts_are_cut():
    said = metadata.read(picture(ImageDescription="a\x00b\n" + "x" * 5000))
    assert said.caption.startswith("a b xxx")
    assert len(said.caption) <= metadata.LONGEST


def test_a_file_without_any_word_is_no_error():
    assert metadata.read(io.BytesIO(b"not a picture")) == metadata.Written()
    assert metadata.read(picture()) == metadata.Written()
