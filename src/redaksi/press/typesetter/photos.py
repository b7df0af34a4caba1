"""Photos as a page sets them: which files a browser may choose from, and how wide each place shows them.

The addresses are immutable (``/foto/{digest}-{width}.{format}``), so a page may be kept for ever by whoever holds it.
Width and height always stand on the image, so that nothing moves when it arrives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from redaksi.stories.copy import Picture

Place = Literal["lead", "inline", "gallery", "card", "boss", "photo", "portrait"]

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_SHARED = 1200
# Smallest file first: a browser takes the first format that it knows.
_ORDER = tuple(TYPES)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A place's rules: the ``sizes`` attribute, the widest file of use (px), whether it waits to be near."""

    sizes: str
    widest: int
    lazy: bool
    formats: int = 3


# ``auto`` lets a browser that knows it measure the place itself, which only lazy images may. The Nu validator understands it
# beside one <source> only (it looks for the image right behind), so it stands where there is one at most.
_FRAMES: dict[Place, _Frame] = {
    "lead": _Frame(
        "(min-width:77.5rem) 57rem, (min-width:68rem) 72vw, (min-width:40rem) 40rem, 100vw", 1920, lazy=False
    ),
    "boss": _Frame("(min-width:60rem) 52rem, 100vw", 1920, lazy=False),
    "inline": _Frame("(min-width:40rem) 40rem, 100vw", 1440, lazy=True),
    "gallery": _Frame("(min-width:40rem) 19rem, 50vw", 1440, lazy=True),
    # Two formats are enough for a small picture: the best one, and the one that every browser knows.
    "card": _Frame("auto, (min-width:60rem) 24rem, 7rem", 960, lazy=True, formats=2),
    "photo": _Frame("auto, (min-width:60rem) 40rem, 80vw", 1280, lazy=True, formats=2),
    "portrait": _Frame("8rem", 480, lazy=False, formats=2),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A ``<source>``: one format's files."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class SetPicture:
    """A photo set in a place: what the ``picture`` macro prints. ``src`` is the file for whoever has no choice."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    lazy: bool


def address(picture: Picture, width: int, kind: str) -> str:
    """The immutable address of one file of a photo."""
    return f"/foto/{picture.digest}-{width}.{kind}"


def formats(picture: Picture) -> tuple[str, ...]:
    """The photo's formats, the smallest first, those that the press does not know left out."""
    return _in_order(picture.formats)


@cache  # asked several times a picture, and all pictures have one of a few answers
def _in_order(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind for kind in _ORDER if kind in kinds)


def printable(picture: Picture | None) -> Picture | None:
    """``picture`` when there is a file of it to show, else nothing."""
    return picture if picture and picture.widths and formats(picture) else None


def share_file(picture: Picture) -> tuple[str, int, int]:
    """Address, width and height (px) of the file that other services show: a JPEG of 1,200 px or a little more, else the widest.

    Google Discover shows pictures large from that width on.
    """
    kind = formats(picture)[-1]
    width = min(picture.widths, key=lambda one: (one < _SHARED, abs(one - _SHARED)))
    return address(picture, width, kind), width, max(1, round(picture.height * width / picture.width))


def more_files(picture: Picture) -> tuple[tuple[str, int, int], ...]:
    """Files in the same format as :func:`share_file`, beside it: the widest and one of about half its width, if there are."""
    kind = formats(picture)[-1]
    taken = share_file(picture)[1]
    near = min(picture.widths, key=lambda one: (abs(one - taken / 2), one))
    widths = dict.fromkeys(width for width in (max(picture.widths), near) if width != taken)
    return tuple(
        (address(picture, width, kind), width, max(1, round(picture.height * width / picture.width)))
        for width in widths
    )


def largest(picture: Picture) -> str:
    """The address of the largest file, in the format that every browser shows by itself."""
    return address(picture, max(picture.widths), formats(picture)[-1])


def set_in(picture: Picture, place: Place, alt: str | None = None) -> SetPicture:
    """Choose a photo's files for a place. ``alt`` replaces the photo's own text ("" beside its own headline)."""
    frame = _FRAMES[place]
    widths = [width for width in sorted(picture.widths) if width <= frame.widest] or [min(picture.widths)]
    kinds = formats(picture)
    chosen = kinds if frame.formats >= len(kinds) else (kinds[0], kinds[-1])
    srcsets = {
        kind: ", ".join(f"{address(picture, width, kind)} {width}w" for width in widths) for kind in chosen
    }
    last = chosen[-1]
    middle = min(widths, key=lambda one: abs(one - 960))
    return SetPicture(
        sources=tuple(Source(TYPES[kind], srcsets[kind]) for kind in chosen[:-1]),
        src=address(picture, middle, last),
        srcset=srcsets[last],
        sizes=frame.sizes,
        width=picture.width,
        height=picture.height,
        alt=picture.alt if alt is None else alt,
        lazy=frame.lazy,
    )
