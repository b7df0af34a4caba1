"""What the readers' fallback fonts must be stretched by, so that little moves when the site's own font comes late.

Run with ``python scripts/fallbacks.py`` where npm, Chromium and the project's test tools are there; the numbers stand in the looks' style
sheets. Measured, in the browser that readers use: the demo's own headlines and paragraphs, set in the site's font and in each fallback at
the sizes of the page (Piazzolla has optical sizes, so its letters are narrower in a headline than in text). The fallbacks are measured by
free fonts of the same widths: Gelasio for Georgia, Tinos for Times New Roman, Arimo for Arial. ``size-adjust`` is the ratio of the
widths, the other metrics are the site font's own, divided by it (CSS Fonts 5, 4).
"""

from __future__ import annotations

import base64
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from npm_package import fetch
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "src/redaksi/press/assets/fonts"
STORIES = ROOT / "src/redaksi/demo/stories"
#: Letters that make a line of the demo's files a paragraph, not a heading.
PARAGRAPH = 120
#: Our names of the fallbacks' ends, and the npm packages (@fontsource/…) that are as wide.
SERIF = {"Noto": "noto-serif", "Georgia": "gelasio", "Times": "tinos"}
SANS = {"Roboto": "roboto", "Arial": "arimo"}


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a look: its file, what it is set with, the nearest weight that the fallbacks have, and the fallbacks."""

    name: str
    file: str
    css: str
    weight: int
    sizes: tuple[int, ...]
    of: str
    fallbacks: dict[str, str]


FACES = (
    Face("Redaksi, text", "redaksi", "font-weight:400", 400, (17, 19), "text", SERIF),
    Face("Redaksi, headlines", "redaksi", "font-weight:700", 700, (19, 25, 29), "heads", SERIF),
    Face("Sauh at 82%", "sauh", "font-weight:760;font-stretch:82%", 700, (19, 25, 32), "heads", SANS),
    Face("Sauh at 90%", "sauh", "font-weight:680;font-stretch:90%", 700, (19, 25, 32), "heads", SANS),
    Face("Teks", "sauh-teks", "font-weight:400", 400, (16, 19), "text", SANS),
    Face("Teks, bold", "sauh-teks", "font-weight:600", 700, (14, 16), "text", SANS),
)  # fmt: skip

MEASURE = """async ([texts, css, family, sizes]) => {
  await Promise.all(sizes.map((size) => document.fonts.load(`${size}px ${family}`)));
  const line = document.body.appendChild(document.createElement("span"));
  line.style.cssText = `position:absolute;white-space:nowrap;font-family:${family};${css}`;
  let sum = 0;
  for (const size of sizes) for (const text of texts) {
    line.style.fontSize = `${size}px`;
    line.textContent = text;
    sum += line.getBoundingClientRect().width / size;
  }
  line.remove();
  return sum;
}"""


def texts() -> dict[str, list[str]]:
    """The demo's headlines, and its paragraphs, without marks."""
    heads, text = [], []
    for path in sorted(STORIES.glob("*/*.md")):
        told = path.read_text("utf-8")
        heads += re.findall(r'^headline = "(.+)"$', told, re.MULTILINE)
        text += [line for line in told.split("\n") if len(line) > PARAGRAPH and re.match(r"[A-Z]", line)]
    return {"heads": heads, "text": [re.sub(r"[*_\[\]]|\(\S*\)", "", line) for line in text[:200]]}


def face(name: str, data: bytes, more: str = "") -> str:
    url = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
    return f"@font-face{{font-family:{name};src:url({url});{more}}}"


def fetched(package: str, weight: int, folder: Path) -> bytes:
    """The Latin file of a free font at npm."""
    files = fetch(f"@fontsource/{package}", folder) / "files"
    return (files / f"{package}-latin-{weight}-normal.woff2").read_bytes()


def compare(page: Page, one: Face, told: dict[str, list[str]], folder: Path) -> None:
    """Print what each fallback of a face has to be stretched by."""
    ranges = "font-weight:100 900;font-stretch:50% 150%"
    own = (FONTS / f"{one.file}.woff2").read_bytes()
    faces = [face("Own", own, ranges)]
    faces += [face(name, fetched(of, one.weight, folder), ranges) for name, of in one.fallbacks.items()]
    page.set_content(f"<style>{''.join(faces)}</style><body>")
    widths = {
        family: page.evaluate(MEASURE, [told[one.of], one.css, family, one.sizes])
        for family in ("Own", *one.fallbacks)
    }
    for name in one.fallbacks:
        print(f"{one.name:20} {name:8} size-adjust {100 * widths['Own'] / widths[name]:.2f}%")


def main() -> None:
    told = texts()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for one in FACES:
            compare(page, one, told, Path(scratch))
        browser.close()


if __name__ == "__main__":
    main()
