"""A reader's visit to one page: what was asked for, what came, what moved, what the console said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import BrowserContext, Page, Response

from browser.running import Network
from redaksi.shelf.lists import ListKey

#: Adds up what moves while the page arrives (Layout Instability, https://wicg.github.io/layout-instability/).
WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
#: Goes down the page as a thumb does, so that lazy pictures come.
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 500) {
    scrollTo(0, y);
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  }
  const shown = [...document.images].filter((image) => image.checkVisibility());
  const come = Promise.all(shown.map((image) => image.decode().catch(() => null)));
  await Promise.race([come, new Promise((go) => setTimeout(go, 20000))]);
  scrollTo(0, 0);
}"""


#: WCAG 2.2 in full, with the rule on small targets (2.5.8), which axe leaves out by itself.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@dataclass
class Visit:
    """One opened page."""

    site: str
    kind: str
    path: str
    page: Page
    responses: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    status: int = 0

    def weight(self, *kinds: str) -> int:
        """Bytes over the wire of what the page is made of: "document", "stylesheet", "script" …"""
        sizes = [one.request.sizes() for one in self.responses if one.request.resource_type in kinds]
        return sum(size["responseBodySize"] for size in sizes)


def visit(context: BrowserContext, network: Network, site: str, kind: str, path: str) -> Visit:
    """Open a page, scroll through it, and note everything on the way."""
    page = context.new_page()
    made = Visit(site, kind, path, page)
    page.add_init_script(WATCH)
    page.on("console", lambda message: made.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: made.said.append(f"error: {error}"))
    page.on("request", lambda request: made.asked.append(request.url))
    page.on("response", lambda response: made.responses.append(response))  # noqa: PLW0108  # no built-in method
    answer = page.goto(network.url(site, path), wait_until="load")
    made.status = answer.status if answer else 0
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    return made


def violations(page: Page) -> str:
    """What axe has against a page, told in full; empty when nothing."""
    found = Axe().run(page, options=RULES)
    return str(found.generate_report()) if found.violations_count else ""


#: What of the demo stands for each kind of page: an address, or a story's slug.
PAGES: dict[str, dict[str, str]] = {
    "kentongan": {
        "front": "/",
        "section": "/nasional",
        "story, long": "data-gerusan-sudah-ada-sejak-2023",
        "story, gallery": "titir-terakhir-di-karangluhur",
        "story, embed": "enam-penyelam-satu-robot-dan-pilar-yang-tak-terlihat",
        "story, corrected": "retakan-pilar-ketujuh-warga-kembali-naik-feri",
        "story, short": "harga-cabai-rawit-turun",
        "story, being verified": "jembatan-lolos-uji-beban-kendaraan-ringan-boleh-lewat",
        "story, a reply": "kami-mengeruk-di-dalam-batas-izin",
        "corrections": "/ralat",
        "story, no photo": "sepertiga-puskesmas-pulau-tanpa-dokter-tetap",
        "latest": "/terkini",
        "latest, older": "/terkini?sebelum=",
        "day": "/indeks/2026/11/14",
        "archive": "/indeks",
        "topics": "/topik",
        "event": "/topik/retakan-jembatan-selat-lantang",
        "person": "/topik/yuniar-sekarwangi",
        "author": "/penulis/ganesha-mirat",
        "photos": "/foto",
        "network": "/jaringan",
        "most referred to": "/terpopuler",
        "team": "/redaksi",
        "page about the site": "/halaman/pedoman-media-siber",
        "search": "/cari?q=jembatan",
        "not found": "/nasional/2026/11/14/tidak-ada",
        "withdrawn": "/nasional/2026/10/30/dua-belas-sekolah-pulau-akan-digabung",
    },
    "pesisir": {
        "front": "/",
        "section": "/laut",
        "story, long": "desa-molosi-memindahkan-diri",
        "story, gallery": "festival-layang-layang-kesaya",
        "story, corrected": "solar-tersendat-nelayan-tiga-kali-sepekan",
        "story, short": "gelombang-dua-meter-kapal-kecil-diminta-menunggu",
        "story, no photo": "jadwal-pemadaman-bergilir-kelindan",
        "latest": "/terkini",
        "day": "/indeks/2026/11/14",
        "archive": "/indeks",
        "topics": "/topik",
        "author": "/penulis/yosef-manubala",
        "photos": "/foto",
        "network": "/jaringan",
        "most referred to": "/terpopuler",
        "team": "/redaksi",
        "page about the site": "/halaman/kontak",
        "corrections": "/ralat",
        "search": "/cari?q=feri",
        "story, carried": "/laut/2026/11/16/gerusan-tiga-meter-di-kaki-pilar-ketujuh",
        "not found": "/tidak-ada",
    },
    "english": {
        "front": "/",
        "search, nothing": "/search?q=xyzzy",
        "section": "/nation",
        "story, long": "cracked-pier-shuts-strait-bridge",
        "story, gallery": "coffee-growers-sit-on-their-harvest",
        "story, embed": "candra-2-opens-its-eye",
        "story, short": "kelana-wins-gold-over-500-metres",
        "story, no photo": "what-the-cat-knew",
        "latest": "/latest",
        "latest, older": "/latest?before=",
        "day": "/archive/2026/11/14",
        "archive": "/archive",
        "topics": "/topic",
        "corrections": "/corrections",
        "author": "/author/tessa-arkadi",
        "event": "/topic/strait-bridge-crack",
        "photos": "/photo",
        "network": "/network",
        "most referred to": "/popular",
        "team": "/masthead",
        "page about the site": "/page/privacy",
        "not found": "/no-such-page",
    },
}
#: In the middle of the demo's six weeks.
MIDDLE = datetime(2026, 11, 4, tzinfo=UTC)
STATUS = {"not found": 404, "withdrawn": 410}


def address_of(network: Network, site: str, kind: str) -> str:
    """Where the page of a kind stands: slugs are looked up in the site's maps, older pages begin in the middle."""
    told = PAGES[site][kind]
    if kind == "latest, older":
        return f"{told}{ListKey(int(MIDDLE.timestamp() * 1e6), 1)}"
    if told.startswith("/"):
        return told
    for path in story_paths(network, site):
        if path.endswith(f"/{told}"):
            return path
    raise AssertionError(f"{site}: no map names {told}")


def story_paths(network: Network, site: str) -> list[str]:
    """Every story's path, from the site's maps."""
    origin = network.url(site, "")
    maps = _locations(network.get(site, "/sitemap.xml").text)
    named = [one for each in maps for one in _locations(network.get(site, each.removeprefix(origin)).text)]
    return [one.removeprefix(origin) for one in named]


def _locations(text: str) -> list[str]:
    root: Any = html.fromstring(text.encode())
    return [one.text_content().strip() for one in root.iter("loc")]


def pages_of(
    network: Network, keep: Callable[[str], bool] = lambda _kind: True
) -> list[tuple[str, str, str]]:
    """Site, kind and address of every page in the table."""
    return [
        (site, kind, address_of(network, site, kind))
        for site, kinds in PAGES.items()
        for kind in kinds
        if keep(kind)
    ]
