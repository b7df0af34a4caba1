# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools>=4.60", "brotli>=1.1"]
# ///
"""Cut the readers' fonts: from npm's variable fonts to the few kilobytes that a newspaper needs.

Run with ``uv run scripts/fonts.py`` (npm must be there); the results are committed, so nobody else has to. Every
font is under the SIL Open Font Licence, whose text is copied beside the fonts. The cut files carry no name of their
own: the licence keeps reserved names for unchanged fonts.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from npm_package import fetch

TARGET = Path(__file__).resolve().parent.parent / "src/redaksi/press/assets/fonts"
#: Indonesian and English need ASCII; the rest is for names and for a newsroom's typography.
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0©·½É×àáâèéëíïñóôöúü–—‘’“”•…"
FEATURES = ["kern", "liga", "ccmp", "locl", "tnum"]


@dataclass(frozen=True, slots=True)
class Cut:
    """One font file: the npm package, the file inside it, the axes to keep (a range) or to fix (a number)."""

    name: str
    package: str
    file: str
    axes: dict[str, float | tuple[float, float]]


CUTS = (
    Cut("redaksi", "piazzolla", "piazzolla-latin-opsz-normal", {"wght": (400, 800), "opsz": (12, 30)}),
    # Italics are few and short: one weight, fetched only by a page that has some.
    Cut("redaksi-miring", "piazzolla", "piazzolla-latin-opsz-italic", {"wght": 420, "opsz": 16}),
    Cut("sauh", "archivo", "archivo-latin-standard-normal", {"wght": (600, 900), "wdth": (75, 100)}),
    Cut("sauh-teks", "source-sans-3", "source-sans-3-latin-wght-normal", {"wght": (400, 700)}),
    Cut("sauh-miring", "source-sans-3", "source-sans-3-latin-wght-italic", {"wght": 400}),
)


def cut(source: Path, axes: dict[str, float | tuple[float, float]]) -> TTFont:
    """Keep only our letters and features, without hints and names, then limit the axes."""
    font = TTFont(source)
    options = Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,
        name_IDs=[],
        notdef_outline=True,
        desubroutinize=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font = instantiateVariableFont(font, axes)
    font.flavor = "woff2"
    return font


def main() -> None:
    """Cut every font and copy each package's licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for job in CUTS:
            package = fetch(f"@fontsource-variable/{job.package}", Path(scratch))
            path = TARGET / f"{job.name}.woff2"
            cut(package / "files" / f"{job.file}.woff2", job.axes).save(path)
            (TARGET / f"OFL-{job.package}.txt").write_bytes((package / "LICENSE").read_bytes())
            print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
