"""The darkroom: from an original, the sizes and formats that templates name, and no others.

Made once, kept as files under ``REDAKSI_HOME/photos/public``, named by the original's digest: readers' addresses never
change their content, and the newsstand sends the files without asking anyone. Metadata (GPS above all) is left
behind; the picture is turned upright first.
"""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, features

from redaksi.photos.models import Photo

#: Widths in pixels; a smaller original is made at its own width instead.
WIDTHS = (320, 640, 960, 1440)
#: Formats in the order in which a browser should choose, with Pillow's options. Quality by eye on press photos.
FORMATS: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 74, "method": 3},
    "jpg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}


def formats() -> tuple[str, ...]:
    """The formats that this machine's Pillow can write."""
    return tuple(name for name in FORMATS if name != "avif" or features.check("avif"))


def widths_for(width: int) -> tuple[int, ...]:
    """The widths at which a picture of ``width`` pixels is offered: never larger than it is."""
    fitting = tuple(step for step in WIDTHS if step <= width)
    if not fitting or (len(fitting) < len(WIDTHS) and width > fitting[-1] * 1.15):
        return (*fitting, width)
    return fitting


def public_folder() -> Path:
    """Where the developed files are kept."""
    return Path(settings.REDAKSI_HOME) / "photos" / "public"


def upright_size(photo: Photo) -> tuple[int, int]:
    """The size as readers see it: the record keeps it upright."""
    return photo.width, photo.height


def develop(photo: Photo) -> None:
    """Make every size of ``photo`` that isn't there yet. Each file appears whole or not at all.

    Raises:
        OSError: the original can't be read, or the disk is full.
    """
    folder = public_folder()
    wanted = {
        folder / f"{photo.digest}-{width}.{name}": (width, name)
        for width in widths_for(photo.width)
        for name in formats()
    }
    missing = {path: size for path, size in wanted.items() if not path.exists()}
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with photo.open_file() as file, Image.open(file) as opened:
        picture = _flat(ImageOps.exif_transpose(opened))
    scaled: dict[int, Image.Image] = {}
    for path, (width, name) in missing.items():
        if width not in scaled:
            height = max(1, round(picture.height * width / picture.width))
            scaled[width] = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        _write(scaled[width], path, name)


def _flat(picture: Image.Image) -> Image.Image:
    """In RGB on white: JPEG has no transparency, and a logo on nothing would turn black."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return picture.convert("RGB")


def _write(picture: Image.Image, path: Path, name: str) -> None:
    buffer = io.BytesIO()
    picture.save(buffer, **FORMATS[name])  # type: ignore[arg-type]  # Pillow's options differ by format
    part = path.with_suffix(f"{path.suffix}.{os.getpid()}-{threading.get_ident()}.part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
