"""What a photographer wrote into the file: caption, credit, place and day, from IPTC and EXIF, so that nobody types it twice.

Sources: IPTC-IIM 4.2 (record 2, datasets 5, 25, 80, 90, 105, 110, 115, 120), EXIF 2.32 (ImageDescription, Artist,
DateTimeOriginal). Nothing of the position is read: a photo's coordinates never enter the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from PIL import ExifTags, Image, IptcImagePlugin

#: Longest text taken from one field, in characters.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """What the file says; empty where it says nothing."""

    title: str = ""
    caption: str = ""
    credit: str = ""
    place: str = ""
    taken_on: date | None = None


def read(file: IO[bytes]) -> Written:
    """The words in a photo's file. Never raises: metadata that can't be read is as good as none.

    Args:
        file: a photo that passed :func:`redaksi.photos.limits.check`; its position is put back to the start.
    """
    try:
        file.seek(0)
        with Image.open(file) as image:
            iptc = IptcImagePlugin.getiptcinfo(image) or {}
            exif = image.getexif()
            inner = exif.get_ifd(ExifTags.IFD.Exif)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError):
        return Written()
    finally:
        file.seek(0)
    return Written(
        title=_iptc(iptc, 105) or _iptc(iptc, 5),
        caption=_iptc(iptc, 120) or _text(exif.get(ExifTags.Base.ImageDescription)),
        credit=_iptc(iptc, 80) or _text(exif.get(ExifTags.Base.Artist)),
        place=_iptc(iptc, 90),
        taken_on=_day(inner.get(ExifTags.Base.DateTimeOriginal)),
    )


def _iptc(iptc: dict[Any, Any], dataset: int) -> str:
    value = iptc.get((2, dataset), b"")
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: object) -> str:
    """UTF-8 as today's programs write it, Latin-1 as yesterday's did; control characters become spaces."""
    if isinstance(value, bytes):
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
    else:
        text = value if isinstance(value, str) else ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST]).split())


def _day(value: object) -> date | None:
    """EXIF writes "2026:11:14 06:12:00"; a camera whose clock was never set writes zeros."""
    try:
        return datetime.strptime(str(value)[:10], "%Y:%m:%d").date()  # noqa: DTZ007  # a day without a zone, as the camera had it
    except ValueError:
        return None
