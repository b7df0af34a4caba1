from __future__ import annotations

import gzip

import pytest

from redaksi.newsstand.files import Asked, Files

PHOTO = "/foto/0123456789abcdef-640.webp"
CSS = "/aset/kentongan.0123abcd.css"


@pytest.fixture(scope="session")
def photos(stand):
    folder = stand.home / "photos" / "public"
    folder.mkdir(parents=True)
    (folder / "0123456789abcdef-640.webp").write_bytes(bytes(range(256)) * 10)
    (stand.home / "assets").mkdir()
    (stand.home / "assets" / "kentongan.0123abcd.css").write_text("body{}")
    (stand.home / "assets" / "kentongan.0123abcd.css.gz").write_bytes(gzip.compress(b"body{}"))
    (stand.home / "photos" / "originals").mkdir()
    (stand.home / "photos" / "originals" / "0123456789abcdef-640.webp").write_text("rahasia")
    return stand


@pytest.mark.process
def test_a_photo_is_sent_to_be_kept_for_ever(photos):
    answer = photos.get(PHOTO)
    assert (answer.status, answer.body) == (200, bytes(range(256)) * 10)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-length"] == "2560"
    head = photos.get(PHOTO, "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", "2560")
    assert photos.get(PHOTO, if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.process
def test_a_part_of_a_photo_is_sent_when_asked_for(photos):
    answer = photos.get(PHOTO, range="bytes=250-259")
    assert (answer.status, answer.body) == (206, bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3]))
    assert answer.headers["content-range"] == "bytes 250-259/2560"
    assert photos.get(PHOTO, range="bytes=250-259", if_range='"other"').status == 200
    outside = photos.get(PHOTO, range="bytes=2560-")
    assert (outside.status, outside.headers["content-range"]) == (416, "bytes */2560")


@pytest.mark.process
def test_a_style_sheet_is_sent_pressed_where_it_is_pressed_already(photos):
    pressed = photos.get(CSS, accept_encoding="gzip")
    assert (gzip.decompress(pressed.body), pressed.headers["content-encoding"]) == (b"body{}", "gzip")
    assert photos.get(CSS).body == b"body{}"


@pytest.mark.process
@pytest.mark.parametrize(
    "path",
    [
        "/foto/0123456789abcdef-641.webp",
        "/foto/../originals/0123456789abcdef-640.webp",
        "/foto/%2e%2e/originals/0123456789abcdef-640.webp",
        "/foto/..%2foriginals%2f0123456789abcdef-640.webp",
        "/foto/0123456789abcdef-640.webp%00.jpg",
        "/foto/0123456789abcdef-640.webp%0a",
        "/aset/..%5c..%5cshelf.sqlite3",
        "/aset/shelf.sqlite3",
        "/foto/",
    ],
)
def test_no_other_file_can_be_asked_for(photos, path):
    assert photos.get(path).status in (400, 404)


def test_a_folder_of_a_photos_name_is_no_photo(tmp_path):
    (tmp_path / "photos" / "public" / "0123456789abcdef-640.webp").mkdir(parents=True)
    assert Files(tmp_path).find(PHOTO, Asked()) is None
