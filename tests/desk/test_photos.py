"""Photos at the desk: how they come in, what is refused, who gets their files."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from redaksi.outbox.models import Entry
from redaksi.photos.models import Photo

pytestmark = pytest.mark.django_db


def file(name="feri.jpg", data=None, cast=None):
    return SimpleUploadedFile(name, data if data is not None else cast.jpeg(), "image/jpeg")


def bomb(side=30_000):
    """A PNG whose header tells of side × side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + end


@pytest.fixture
def wrong(cast):
    webp = io.BytesIO()
    Image.new("RGB", (20, 20)).save(webp, "WEBP")
    return {
        "no photo": ("surat.jpg", b"<html><script>alert(1)</script>"),
        "a wrong suffix": ("foto.jpg", webp.getvalue()),
        "a bomb": ("bom.png", bomb()),
        "cut in the middle": ("foto.jpg", cast.jpeg()[:100]),
        "a drawing with scripts": ("foto.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    }


def ways_in(kentongan):
    """Every address that takes a photo's file, with the fields it needs and the name of its file."""
    return {
        "several": (reverse("desk_photos:add"), {"site": kentongan.pk}, "files"),
        "chooser": (
            reverse("wagtailimages_chooser:create"),
            {"image-chooser-upload-site": kentongan.pk, "image-chooser-upload-title": "Feri"},
            "image-chooser-upload-file",
        ),
        "drop": (reverse("desk_story:drop"), {"situs": kentongan.pk}, "file"),
    }


@pytest.mark.parametrize("way", ["several", "chooser", "drop"])
def test_a_photo_comes_in_with_its_owner_site_and_digest(at_desk, reporter, kentongan, cast, way):
    address, fields, name = ways_in(kentongan)[way]
    answer = at_desk(reporter).post(address, fields | {name: file(cast=cast)})
    assert answer.status_code in {200, 302}
    photo = Photo.objects.get()
    assert (photo.owner, photo.site, len(photo.digest)) == (reporter, kentongan, 20)
    assert (photo.width, photo.height) == (640, 400)
    assert Entry.objects.filter(kind="photo", object_id=photo.pk).exists()


@pytest.mark.parametrize("way", ["several", "chooser", "drop"])
@pytest.mark.parametrize(
    "what", ["no photo", "a wrong suffix", "a bomb", "cut in the middle", "a drawing with scripts"]
)
def test_what_is_no_photo_is_refused_with_its_name(at_desk, reporter, kentongan, wrong, way, what):
    address, fields, name = ways_in(kentongan)[way]
    filename, data = wrong[what]
    answer = at_desk(reporter).post(address, fields | {name: file(filename, data)})
    assert answer.status_code == 200
    assert filename in answer.content.decode()
    assert not Photo.objects.exists()


def test_one_bad_file_among_several_holds_up_all_and_is_named(at_desk, reporter, kentongan, cast):
    files = [file("satu.jpg", cast=cast), file("dua.jpg", b"bukan foto")]
    answer = at_desk(reporter).post(reverse("desk_photos:add"), {"site": kentongan.pk, "files": files})
    assert "dua.jpg" in answer.content.decode()
    assert not Photo.objects.exists()


def test_several_photos_share_what_was_typed(at_desk, reporter, kentongan, cast):
    fields = {
        "site": kentongan.pk,
        "credit": "Nawang Sari",
        "files": [file("satu.jpg", cast=cast), file("dua.jpg", cast=cast)],
    }
    at_desk(reporter).post(reverse("desk_photos:add"), fields)
    assert sorted(Photo.objects.values_list("title", "credit")) == [
        ("dua", "Nawang Sari"),
        ("satu", "Nawang Sari"),
    ]


def test_a_photo_does_not_come_in_at_another_site(at_desk, reporter, kentongan, pesisir, cast):
    for address, fields, name in ways_in(pesisir).values():
        at_desk(reporter).post(address, fields | {name: file(cast=cast)})
    assert not Photo.objects.exists()


def test_a_photo_that_a_story_shows_stays(at_desk, site_manager, photo, live_story):
    at_desk(site_manager).post(reverse("desk_photos:delete", args=[photo.pk]))
    assert Photo.objects.filter(pk=photo.pk).exists()


def fetched(client, name):
    answer = client.get(f"/media/{name}")
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def test_small_pictures_go_to_staff_of_the_site_and_originals_to_who_may_change_them(
    client, photo, reporter, editor, pesisir_editor
):
    small, original = photo.get_rendition("max-165x165").file.name, photo.file.name
    expected = {pesisir_editor: (404, 404), reporter: (200, 403), editor: (200, 200)}
    for user, statuses in expected.items():
        client.force_login(user)
        assert (fetched(client, small), fetched(client, original)) == statuses
    client.logout()
    assert client.get(f"/media/{small}").status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "../desk.sqlite3",
        "originals/../../secret-key",
        "desk/%2e%2e/secret-key",
        "public/x.jpg",
        "avatar_images/x.jpg",
    ],
)
def test_no_other_file_is_served(at_desk, editor, name):
    assert at_desk(editor).get(f"/media/{name}").status_code == 404


def test_a_word_is_found_in_the_middle_of_a_caption(at_desk, editor, kentongan, cast):
    cast.photo(kentongan, "Dermaga", caption="Warga menunggu feri pertama.")
    cast.photo(kentongan, "Pasar", caption="Harga cabai turun.")
    found = at_desk(editor).get("/foto/?q=ggu+feri").content.decode()
    assert "Dermaga" in found
    assert "Pasar" not in found
