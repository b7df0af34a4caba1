"""What is accepted as a photo: decided from the bytes, never from the name.

A picture can lie in four ways: it is no picture, it is another kind than its name says, it is small on disk and huge in
memory (a decompression bomb), or it was cut off on its way. Each gets a sentence that says so. A pixel is decoded only when
the header has been found within the limits.
"""

from __future__ import annotations

import struct
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

#: Suffixes an original may wear, by the format that Pillow finds in its bytes.
SUFFIXES = {
    "JPEG": (".jpg", ".jpeg"),
    "MPO": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
}
# Pillow finds an MPO (two JPEGs in one file) as a JPEG; it can't be asked for it by name.
_LOOKED_FOR = tuple(kind for kind in SUFFIXES if kind != "MPO")
MOST_BYTES = 40 * 1024 * 1024
#: The longest side, and all pixels together: a 100-megapixel camera's file passes, a bomb does not.
MOST_SIDE, MOST_PIXELS = 16_000, 120_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own limit lies below what a good camera makes
#: What Pillow raises at bytes that are no picture, or not a whole one.
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error)


def check(file: IO[bytes], name: str) -> tuple[int, int]:
    """Look at a file that is offered as a photo.

    Args:
        file: opened for reading; its position is put back to the start.
        name: the name it came under.

    Returns:
        Width and height in pixels, as stored.

    Raises:
        ValidationError: it isn't a photo, wears a wrong suffix, or is too large; the sentence names the file and why.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is %(size)d MB; a photo may be at most %(most)d MB.")
            % {"name": name, "size": size >> 20, "most": MOST_BYTES >> 20}
        )
    kind, width, height = _look(file, name)
    allowed = SUFFIXES[kind]
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in allowed:
        raise ValidationError(
            _("“%(name)s” is a %(kind)s picture; its name must end in %(suffix)s.")
            % {"name": name, "kind": kind, "suffix": allowed[0]}
        )
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise ValidationError(
            _("“%(name)s” has %(width)d × %(height)d pixels; the longest side may be %(most)d.")
            % {"name": name, "width": width, "height": height, "most": MOST_SIDE}
        )
    _decode(file, name)
    return width, height


def _decode(file: IO[bytes], name: str) -> None:
    """Read the picture to its end: a file that was cut off looks right in its header. JPEG is decoded at an eighth."""
    try:
        with Image.open(file, formats=_LOOKED_FOR) as image:
            image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
    except _BROKEN as error:
        raise _not_a_photo(name) from error
    finally:
        file.seek(0)


def _not_a_photo(name: str) -> ValidationError:
    text = _("“%(name)s” is not a photo, or is damaged: JPEG, PNG, WebP, AVIF and GIF are accepted.")
    return ValidationError(text % {"name": name})


def _look(file: IO[bytes], name: str) -> tuple[str, int, int]:
    """The format and the size that the header tells. Nothing is decoded."""
    file.seek(0)
    try:
        with Image.open(file, formats=_LOOKED_FOR) as image:
            found = (image.format or "", *image.size)
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("“%(name)s” has far too many pixels.") % {"name": name}) from error
    except _BROKEN as error:
        raise _not_a_photo(name) from error
    finally:
        file.seek(0)
    return found
