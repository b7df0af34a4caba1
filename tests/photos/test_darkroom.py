from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from PIL import Image, ImageStat

from redaksi.photos import darkroom
from redaksi.photos.models import Photo


@pytest.fixture
def develop(kentongan, settings, tmp_path):
    settings.REDAKSI_HOME = tmp_path

    def make(data, name="foto.jpg"):
        photo = Photo(site=kentongan, title="Foto", file=ImageFile(io.BytesIO(data), name=name))
        photo.take_digest()
        photo.save()
        darkroom.develop(photo)
        return photo

    return make


def files():
    return sorted(darkroom.public_folder().iterdir())


def encoded(image, kind="JPEG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (100, (100,)),
        (320, (320,)),
        (350, (320,)),
        (640, (320, 640)),
        (800, (320, 640, 800)),
        (5000, darkroom.WIDTHS),
    ],
)
def test_a_picture_is_never_offered_larger_than_it_is(width, widths):
    assert darkroom.widths_for(width) == widths


def test_only_named_sizes_and_formats_are_made_and_whole(develop, cast):
    photo = develop(cast.jpeg((700, 300)))
    wanted = {f"{photo.digest}-{width}.{kind}" for width in (320, 640) for kind in darkroom.formats()}
    assert {path.name for path in files()} == wanted
    for path in files():
        with Image.open(path) as image:
            image.load()
            assert image.size == {"320": (320, 137), "640": (640, 274)}[path.stem.partition("-")[2]]


@pytest.mark.parametrize(
    ("name", "size"), [("landscape_1", (600, 450)), ("landscape_6", (600, 450)), ("portrait_8", (450, 600))]
)
def test_a_picture_is_held_upright_in_the_record_and_in_its_sizes(develop, shared, name, size):
    photo = develop((shared / "photos" / "orientation" / f"{name}.jpg").read_bytes())
    assert (photo.width, photo.height) == size
    assert (Photo.objects.get(pk=photo.pk).width, darkroom.upright_size(photo)) == (size[0], size)
    for path in files():
        with Image.open(path) as image:
            assert (image.width > image.height) == (size[0] > size[1])
            assert image.getexif().get(0x0112, 1) == 1


def test_turned_and_straight_pictures_look_the_same(develop, shared):
    """landscape_6 is landscape_1 as a camera on its side stores it: the sky is above in both."""
    tops = []
    for name in ("landscape_1", "landscape_6"):
        photo = develop((shared / "photos" / "orientation" / f"{name}.jpg").read_bytes())
        with Image.open(darkroom.public_folder() / f"{photo.digest}-320.jpg") as image:
            tops.append(ImageStat.Stat(image.crop((0, 0, 320, 40)).convert("L")).mean[0])
    assert abs(tops[0] - tops[1]) < 12


def test_where_it_was_taken_and_with_which_camera_stays_behind(develop, shared):
    for path in sorted((shared / "photos" / "camera-exif").glob("*.jpg")):
        develop(path.read_bytes())
    for path in files():
        data = path.read_bytes()
        with Image.open(path) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "photoshop", "XML:com.adobe.xmp"} & set(image.info)
        assert not any(mark in data for mark in (b"Exif\0\0", b"PENTAX", b"http://ns.adobe.com", b"GPS"))


def test_nothing_turns_black_that_was_transparent(develop):
    logo = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    photo = develop(encoded(logo, "PNG"), "logo.png")
    with Image.open(darkroom.public_folder() / f"{photo.digest}-320.jpg") as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "I;16"])
def test_pictures_in_other_colours_are_developed(develop, mode):
    image = Image.new("RGB", (400, 200), "#2a3b96").convert("L" if mode == "I;16" else mode)
    image = image.convert("I;16") if mode == "I;16" else image
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    develop(encoded(image, kind), "a.jpg" if kind == "JPEG" else "a.png")
    assert len(files()) == 2 * len(darkroom.formats())


def test_what_is_there_is_not_made_again(develop, cast, monkeypatch):
    photo = develop(cast.jpeg())
    monkeypatch.setattr(darkroom, "_write", None)
    darkroom.develop(photo)


def test_a_file_appears_whole_or_not_at_all(develop, cast, monkeypatch):
    def cut_off(self, data):
        with self.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError("no space left on device")

    photo = develop(cast.jpeg())
    for path in files():
        path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", cut_off)
        with pytest.raises(OSError, match="no space"):
            darkroom.develop(photo)
    assert [path for path in files() if path.suffix != ".part"] == []
    darkroom.develop(photo)
    assert len([path for path in files() if path.suffix != ".part"]) == 2 * len(darkroom.formats())


@pytest.mark.slow
def test_two_hands_may_develop_one_photo_at_once(develop, cast):
    photo = develop(cast.jpeg((1500, 900), "#7a1f1f"))
    trouble = []

    def again(own):
        try:
            darkroom.develop(own)
        except OSError as error:
            trouble.append(error)

    for _ in range(3):
        for path in files():
            path.unlink()
        # Each with a row, and so an open file, of its own, as processes have.
        hands = [threading.Thread(target=again, args=[Photo.objects.get(pk=photo.pk)]) for _ in range(3)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert trouble == []
    assert {path.suffix for path in files()} == {f".{kind}" for kind in darkroom.formats()}


def test_an_original_that_is_damaged_says_so(develop, cast, kentongan):
    photo = develop(cast.jpeg())
    for path in files():
        path.unlink()
    Path(photo.file.path).write_bytes(cast.jpeg()[:300])
    with pytest.raises(OSError, match=r"(?i)truncated|cannot identify"):
        darkroom.develop(photo)
