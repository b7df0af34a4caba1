"""What a site's pages need beside their HTML, and what tells an old print from a new one."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from redaksi.press.typesetter import looks
from redaksi.press.typesetter.engine import TEMPLATES, set_text
from redaksi.press.typesetter.files import ASSETS, address_of, asset_address, asset_bytes
from redaksi.press.typesetter.sheet import SVG, Sheet
from redaksi.shelf.recipe import Own
from redaksi.stories.copy import SiteCopy

SCRIPT = "redaksi.js"


def assets(site: SiteCopy) -> dict[str, bytes]:
    """Every file that the site's pages name, by its public address: script, fonts and icon."""
    names = [SCRIPT, *(f"fonts/{path.name}" for path in sorted((ASSETS / "fonts").glob("*.woff2")))]
    address, icon = icon_of(site)
    return {asset_address(name): asset_bytes(name) for name in names} | {address: icon}


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
