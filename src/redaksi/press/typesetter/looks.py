"""Looks: how a site is dressed. One structure for all, a small sheet of its own for each look, tokens for the rest.

A site chooses a look and may change its tokens: that is enough for a nameplate, a type and colours of its own. The
finished sheet stands inline in the shared "head" piece of the site, compressed once; its text decides the hash in the
page's security policy, so :func:`stylesheet` must give the same bytes for the same site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from redaksi.press.typesetter.files import ASSETS, asset_address
from redaksi.stories.copy import NetworkSite, SectionCopy, SiteCopy

#: Contrast of small text that counts as enough against a band of colour (WCAG 2.2, 1.4.6).
_ENOUGH = 7.0
#: A nameplate of fewer letters is not set bigger for it.
_SHORTEST_NAME = 6
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TOKEN_VALUE = re.compile(r"[A-Za-z0-9#%.,()\"' +*/_-]{1,120}")
_FONT = re.compile(r"url\(font:([a-z-]+\.woff2)\)")

#: What a site may change; with ``-dark`` at the end, for dark mode alone.
TOKENS = frozenset(
    {
        "paper", "ink", "ink-2", "rule", "rule-2", "wash", "site-wash", "band", "on-band",
        "head", "text", "sans", "head-wdth", "head-wght", "head-space", "head-track",
        "np-wdth", "np-wght", "np-case", "np-track", "np-scale", "np-foot", "np-vw", "np-slit", "np-rule",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a look is put together.

    ``sheets`` are files of ``assets/css`` in order; ``preload`` the fonts that the first screen needs; ``paper`` its
    page colours, light and dark; ``bar`` says that the browser's own bar takes the band's colour.
    """

    name: str
    sheets: tuple[str, ...]
    preload: tuple[str, ...]
    paper: tuple[str, str] = ("#ffffff", "#14161a")
    bar: bool = False


LOOKS = {
    look.name: look
    for look in (
        Look("kentongan", ("structure.css", "kentongan.css"), ("redaksi.woff2",)),
        Look(
            "sauh",
            ("structure.css", "sauh.css"),
            ("sauh.woff2", "sauh-teks.woff2"),
            ("#ffffff", "#101216"),
            bar=True,
        ),
        # Made of tokens alone, over the fonts of the first.
        Look("teras", ("structure.css", "kentongan.css", "teras.css"), ("redaksi.woff2",)),
    )
}


class Dressed(Protocol):
    """What of a site its style sheet is made of."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def look(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def colour_dark(self) -> str: ...
    @property
    def tokens(self) -> Mapping[str, str]: ...
    @property
    def sections(self) -> Sequence[SectionCopy]: ...
    @property
    def named(self) -> Sequence[NetworkSite]: ...


def may_be_set(name: str, value: str) -> bool:
    """Whether a site may set this token (with or without ``--`` and ``-dark``) to this value."""
    plain = name.removeprefix("--").removesuffix("-dark")
    return plain in TOKENS and bool(_TOKEN_VALUE.fullmatch(value)) and "url" not in value.lower()


def look_of(site: Dressed) -> Look:
    """The look that a site chose.

    Raises:
        ValueError: when there is no look of that name.
    """
    try:
        return LOOKS[site.look]
    except KeyError:
        raise ValueError(
            f"Site {site.slug!r} has a look {site.look!r}; there are: {', '.join(LOOKS)}"
        ) from None


def stylesheet(site: Dressed) -> str:
    """The whole style of a site's pages.

    Raises:
        ValueError: a colour that is not ``#rrggbb``, a token that a site may not set, or a value that is no CSS value.
    """
    return _printed(look_of(site).sheets) + _own_rules(site)


def theme_colours(site: SiteCopy) -> tuple[str, str]:
    """What a browser paints its bar with, in light and in dark mode."""
    look = look_of(site)
    if look.bar:
        band = site.tokens.get("band", site.colour)
        return band, site.tokens.get("band-dark", band)
    return look.paper


def contrast(one: str, other: str) -> float:
    """The contrast of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(colour: str) -> str:
    """White or near-black, whichever reads better on ``colour``."""
    return (
        "#ffffff" if contrast(colour, "#ffffff") >= min(_ENOUGH, contrast(colour, "#15171b")) else "#15171b"
    )


def minified(css: str) -> str:
    """CSS without comments and needless space. Strings in our sheets hold no punctuation followed by a space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").strip()


@cache
def _printed(sheets: tuple[str, ...]) -> str:
    css = "".join((ASSETS / "css" / name).read_text("utf-8") for name in sheets)
    return _FONT.sub(lambda found: f"url({asset_address('fonts/' + found[1])})", minified(css))


def _own_rules(site: Dressed) -> str:
    look = look_of(site)
    light = _palette(site, site.colour, look.paper[0])
    dark = _palette(site, site.colour_dark, look.paper[1])
    light["band"] = dark["band"] = light["site"]
    # The nameplate is as big as its letters let it be.
    light["np-len"] = str(max(_SHORTEST_NAME, len(site.name)))
    for name, value in site.tokens.items():
        plain = name.removeprefix("--").removesuffix("-dark")
        if not may_be_set(name, value):
            raise ValueError(f"Site {site.slug!r}: {name!r}: {value!r} is not a token that a site may set")
        (dark if name.endswith("-dark") else light)[plain] = value
    for palette in (light, dark):
        band = palette.get("band", light["band"])
        if "on-band" not in palette and _HEX.fullmatch(band):
            palette["on-band"] = on(band)
    # A token that was set for light alone must not be undone by the dark default of this function.
    if "band" in site.tokens and "band-dark" not in site.tokens:
        dark |= {"band": light["band"], "on-band": light["on-band"]}
    return _rule(":root", light) + _dark(_rule(":root", dark)) + _current(site) + _network(site)


def _palette(site: Dressed, colour: str, paper: str) -> dict[str, str]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"Site {site.slug!r}: the colour {colour!r} is not of the form #rrggbb")
    return {"site": colour, "site-wash": _mix(colour, paper, 0.065)}


def _current(site: Dressed) -> str:
    """The section that a page belongs to, shown in the shared menu: the page says which, the sheet knows all."""
    places = ["latest", *(str(section.id) for section in site.sections)]
    where = ",".join(f'[data-kanal="{place}"] .kanal [data-k="{place}"]' for place in places)
    return f"{where}{{font-weight:700;border-color:var(--site);color:var(--site)}}"


def _network(site: Dressed) -> str:
    """The other sites' colours where the footer names them (a page's policy forbids ``style`` attributes)."""
    light = dark = ""
    for number, other in enumerate(site.named):
        if _HEX.fullmatch(other.colour) and _HEX.fullmatch(other.colour_dark):
            light += f".net{number}{{--site:{other.colour}}}"
            dark += f".net{number}{{--site:{other.colour_dark}}}"
    return light + (_dark(dark) if dark else "")


def _rule(selector: str, tokens: dict[str, str]) -> str:
    return f"{selector}{{{';'.join(f'--{name}:{value}' for name, value in tokens.items())}}}"


def _dark(rules: str) -> str:
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, paper: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own

    red, green, blue = _channels(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
