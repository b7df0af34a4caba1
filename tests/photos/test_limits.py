from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from redaksi.photos import limits


def picture(kind="JPEG", size=(400, 300), mode="RGB"):
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(file, kind)
    return file.getvalue()


def bomb(side):
    """A PNG of a few hundred bytes that says it has ``side`` × ``side`` pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def refusal(data, name):
    with pytest.raises(ValidationError) as refused:
        limits.check(io.BytesIO(data), name)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"),
        ("JPEG", "B.JPEG"),
        ("PNG", "a.png"),
        ("WEBP", "a.webp"),
        ("AVIF", "a.avif"),
        ("GIF", "a.gif"),
    ],
)
def test_a_picture_of_each_kind_passes_and_the_file_stands_at_its_start(kind, name):
    file = io.BytesIO(picture(kind))
    assert limits.check(file, name) == (400, 300)
    assert file.tell() == 0


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_pictures_in_other_colours_pass(mode):
    kind, name = ("JPEG", "a.jpg") if mode in {"L", "CMYK"} else ("PNG", "a.png")
    assert limits.check(io.BytesIO(picture(kind, mode=mode)), name)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"not a photo", b"\xff\xd8\xff", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM" + b"\0" * 60],
)  # fmt: skip
def test_what_is_no_photo_is_named_and_refused(data):
    assert "catatan.jpg" in refusal(data, "catatan.jpg")


@pytest.mark.parametrize("name", ["a.png", "a", "a.jpg.exe", "jpg"])
def test_a_wrong_suffix_is_told_with_the_right_one(name):
    assert ".jpg" in refusal(picture(), name)


@pytest.mark.parametrize("side", [30_000, 16_001, 65_535])
def test_a_bomb_is_refused_before_it_goes_off(side):
    assert "bom.png" in refusal(bomb(side), "bom.png")


def test_a_picture_too_long_on_one_side_is_told_its_size():
    assert "17000" in refusal(picture("PNG", (17_000, 2)), "panjang.png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_file_that_was_cut_off_is_refused(kind, part):
    data = picture(kind, mode="L" if kind == "GIF" else "RGB")
    assert "potong" in refusal(data[: int(len(data) * part)], f"potong.{kind.lower()}")


def test_a_huge_file_is_refused_before_it_is_read():
    class Huge(io.BytesIO):
        def tell(self):
            return limits.MOST_BYTES + 1

        def read(self, *_):
            raise AssertionError

    with pytest.raises(ValidationError, match="40 MB"):
        limits.check(Huge(), "besar.jpg")


def test_pictures_of_real_cameras_pass(shared):
    files = sorted((shared / "photos").glob("*/*.jpg"))
    assert len(files) > 5
    for path in files:
        with path.open("rb") as file:
            assert limits.check(file, path.name)
