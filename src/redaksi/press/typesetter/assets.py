"""What a site's pages need beside their HTML, and what tells an old print from a new one."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from redaksi.press.typesetter import links, looks
from redaksi.press.typesetter.engine import TEMPLATES, set_text
from redaksi.press.typesetter.files import ASSETS, address_of, asset_address, asset_bytes
from redaksi.press.typesetter.sheet import SVG, Sheet
from redaksi.shelf.recipe import Own
from redaksi.stories.copy import SiteCopy

SCRIPT = "redaksi.js"
#: Pixels, as services that show shared pages like it; of the letters, the greatest and the smallest height.
PLATE_SIZE = (1200, 630)
_PLATE_MARGIN, _PLATE_LETTERS, _PLATE_SMALLEST, _PLATE_MOST = 100, 200, 40, 80
#: Colours of a plate: as many as four bits a pixel can tell apart.
_PLATE_SHADES = 16


def assets(site: SiteCopy) -> dict[str, bytes]:
    """Every file that the site's pages name, by its public address: script, fonts and icon."""
    names = [SCRIPT, *(f"fonts/{path.name}" for path in sorted((ASSETS / "fonts").glob("*.woff2")))]
    return {asset_address(name): asset_bytes(name) for name in names} | dict((icon_of(site), plate_of(site)))


def logo(site: SiteCopy) -> Sheet:
    """The site's icon at an address that stays the same whatever its colour: what structured data and feeds name."""
    return Sheet((Own(icon_of(site)[1].decode()),), SVG)


def icon_of(site: SiteCopy) -> tuple[str, bytes]:
    """Address and bytes of the site's icon: its initial on its colour."""
    values = {
        "letter": (site.name.strip() or "R")[0].upper(),
        "colour": site.colour,
        "on": looks.on(site.colour),
    }
    data = set_text("icon.svg", site, values).encode()
    return address_of("ikon.svg", data), data


def plate_of(site: SiteCopy) -> tuple[str, bytes]:
    """Address and bytes of the picture that stands for a page without one: the nameplate on the site's colour."""
    name = " ".join(links.clean(site.name).split())[:_PLATE_MOST] or "Redaksi"
    data = _plate(name, site.colour, looks.look_of(site).preload[0])
    return address_of("papan.png", data), data


@lru_cache(maxsize=256)
def _plate(name: str, colour: str, font: str) -> bytes:
    room = PLATE_SIZE[0] - 2 * _PLATE_MARGIN
    length = _typeface(font, _PLATE_LETTERS).getlength(name)
    size = max(_PLATE_SMALLEST, min(_PLATE_LETTERS, int(_PLATE_LETTERS * room / max(length, 1))))
    middle = (PLATE_SIZE[0] // 2, PLATE_SIZE[1] // 2)
    ink = Image.new("L", PLATE_SIZE)
    ImageDraw.Draw(ink).text(middle, name, font=_typeface(font, size), fill=255, anchor="mm")
    # Paper, ink and the shades between them are all the colours there are: looking for them would take most of the time.
    steps = ink.point([value * (_PLATE_SHADES - 1) // 255 for value in range(256)])
    plate = Image.frombytes("P", PLATE_SIZE, steps.tobytes())
    plate.putpalette(_shades(ImageColor.getrgb(colour), ImageColor.getrgb(looks.on(colour))))
    file = BytesIO()
    plate.save(file, "PNG", bits=4)
    return file.getvalue()


def _shades(paper: tuple[int, ...], ink: tuple[int, ...]) -> list[int]:
    most = _PLATE_SHADES - 1
    return [
        (below * (most - step) + above * step) // most
        for step in range(_PLATE_SHADES)
        for below, above in zip(paper, ink, strict=True)
    ]


def _typeface(font: str, size: int) -> ImageFont.FreeTypeFont:
    # The plain engine: the other refuses some of what a name may hold.
    data = BytesIO(asset_bytes(f"fonts/{font}"))
    return ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def fingerprint() -> str:
    """A hash over templates, assets and this package's code: when it differs, every page is to be printed anew."""
    digest = hashlib.sha256()
    for folder in (TEMPLATES, ASSETS, Path(__file__).resolve().parent):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
