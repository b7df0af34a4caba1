"""The life of one story through the eyes of those who meet it: a reporter, an editor, readers, a colleague at another site."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page, expect

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]

PARAGRAPHS = (
    "Mercusuar di Tanjung Rawi menyala lagi pada Senin malam, sesudah sebelas tahun gelap.",
    "Lampunya dirakit tujuh siswa sekolah kejuruan dari suku cadang kapal yang dibongkar di Kesaya.",
    "Penjaganya, Sumarni, menghitung sendiri: satu kedipan setiap enam detik, terlihat dari dua puluh kilometer.",
)
DRAFTED = "Mercusuar Tanjung Rawi Menyala"
PUBLISHED = "Mercusuar Tanjung Rawi menyala lagi sesudah sebelas tahun"
STANDFIRST = "Tujuh siswa merakit lampunya dari suku cadang kapal bekas."
CREDIT = "Ganesha Mirat"
CORRECTION = "Semula tertulis sebelas tahun; yang benar, menurut catatan pelabuhan, dua belas tahun."
REASON = "pelabuhan mencabut keterangan yang menjadi dasar berita ini."
#: Where a story of that section and topic stands, beside the front.
LISTS = ("/sains", "/terkini", "/topik/transportasi-laut")
#: What the product promises, from the click on “Publish”, in seconds.
PROMISE = 1.0
TRIES, PATIENCE = 6, 60.0


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph's worth of pixels, drawn here."""
    image = Image.new("RGB", (1800, 1200), "#12304a")
    draw = ImageDraw.Draw(image)
    for ring in range(60):
        box = (1200 - ring * 20, 300 - ring * 20, 1200 + ring * 20, 300 + ring * 20)
        draw.ellipse(box, outline=(255, 240, 190 - ring * 3))
    image.save(tmp_path / "mercusuar.jpg", quality=88)
    return tmp_path / "mercusuar.jpg"


def upload(page: Page, file: Path) -> None:
    """Choose a photo for the top of the story by sending it from one's own disk."""
    page.click("#id_lead_photo-chooser [data-chooser-action-choose]")
    page.click("#tab-label-upload")
    page.set_input_files("#id_image-chooser-upload-file", file)
    page.fill("#id_image-chooser-upload-alt", "Mercusuar putih dengan lampu menyala, malam hari")
    page.fill("#id_image-chooser-upload-caption", "Mercusuar Tanjung Rawi pada malam pertama.")
    page.fill("#id_image-chooser-upload-credit", CREDIT)
    page.click("#tab-upload button[type=submit]")
    expect(page.locator("#id_lead_photo")).not_to_have_value("")
    expect(page.locator(".modal-backdrop, .modal")).to_have_count(0)


def choose(page: Page, field: str, words: str) -> None:
    """Find a topic or a name by typing it."""
    page.fill(f"#id_{field}-find", words)
    page.locator(f"#{page.get_attribute(f'#id_{field}-find', 'aria-controls')} [data-at]").first.wait_for()
    page.press(f"#id_{field}-find", "Enter")


def type_body(page: Page, paragraphs: tuple[str, ...]) -> None:
    """Write as one writes: a paragraph, Enter, the next one."""
    page.click(".c-sf-add-button")
    page.locator(".w-combobox__option").first.click()
    text = page.locator("[id^=body-] [contenteditable=true]").first
    text.click()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def write(page: Page, picture: Path) -> None:
    """The reporter writes the story and sends it to the editors."""
    page.click('a[href$="/berita/add/"]')
    page.select_option("#id_section", label="Sains")
    choose(page, "label", "Transportasi Laut")
    page.fill("#id_headline", DRAFTED)
    page.fill("#id_standfirst", STANDFIRST)
    upload(page, picture)
    type_body(page, PARAGRAPHS)
    page.click("button[name=action-submit]")
    expect(page.locator(".messages .success")).to_be_visible()


class Watch(threading.Thread):
    """Asks for the front until a headline is on it, then for the other pages, without a browser; notes when each had it."""

    def __init__(self, network: Network, headline: str) -> None:
        super().__init__(daemon=True)
        self.network, self.headline = network, headline
        self.address = ""
        self.since = time.monotonic()
        self.seen: dict[str, float] = {}

    def run(self) -> None:
        front = self._await("/")
        link = next(a for a in html.fromstring(front).iter("a") if a.text_content().strip() == self.headline)
        self.address = str(link.get("href"))
        for path in (*LISTS, self.address):
            self._await(path)

    def _await(self, path: str) -> str:
        while time.monotonic() - self.since < PATIENCE:
            text = self.network.get("kentongan", path).text
            if self.headline in text:
                self.seen[path] = time.monotonic() - self.since
                return text
            time.sleep(0.005)
        raise AssertionError(f"{path} never showed {self.headline!r}")


def publish_and_look(desk: Page, reader: Page, network: Network, headline: str) -> tuple[float, float]:
    """Publish, and look at four lists and the story's own page.

    Returns:
        The seconds from the click until all five pages had it for whoever asks, and until a browser had shown all five, one
        after the other.
    """
    desk.fill("#id_headline", headline)
    watch = Watch(network, headline)
    desk.click("button[name=action-publish]", no_wait_after=True)
    watch.start()
    while not watch.address and watch.is_alive():
        time.sleep(0.005)
    for path in ("/", *LISTS, watch.address):
        reader.goto(network.url("kentongan", path), wait_until="domcontentloaded")
        assert reader.get_by_text(headline, exact=True).count(), f"{path} does not show it"
    shown = time.monotonic() - watch.since
    watch.join()
    return max(watch.seen.values()), shown


def test_a_story_goes_from_the_reporter_to_the_reader_and_away_again(
    network: Network,
    at_the_desk: Callable[[Network, str], Page],
    person: Callable[..., BrowserContext],
    picture: Path,
    results: Path,
) -> None:
    reporter = at_the_desk(network, "ganesha")
    write(reporter, picture)
    editor = at_the_desk(network, "sekar")
    editor.get_by_role("link", name=DRAFTED).first.click()
    reader = person(java_script_enabled=False).new_page()

    took = [publish_and_look(editor, reader, network, PUBLISHED)]
    expect(editor.locator("[data-rd-took]")).to_contain_text(re.compile(r"\d[,.]\d"))
    address = str(editor.locator(".rd-out a").get_attribute("href"))
    while took[-1][1] > PROMISE and len(took) < TRIES:  # a busy machine gets more tries
        took.append(publish_and_look(editor, reader, network, f"{PUBLISHED}, {len(took)}"))

    reads_it(reader, address)
    is_corrected(editor, reader, address)
    is_withdrawn(editor, reader, address)
    nothing_is_seen_from(at_the_desk(network, "ibrahim"), network, editor.url)
    keeps_the_promise(took, results)


def keeps_the_promise(took: list[tuple[float, float]], results: Path) -> None:
    """Within a second of the click. While other work keeps the machine busy, its browser's own slowness doesn't count."""
    lines = [
        f"{had:.2f} until five pages had it, {shown:.2f} until a browser had shown them"
        for had, shown in took
    ]
    (results / "first-story.txt").write_text("\n".join(lines) + "\n")
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    best = min(had if busy else shown for had, shown in took)
    assert best <= PROMISE, lines


def reads_it(reader: Page, address: str) -> None:
    """The whole story is on its page: standfirst, name, photo with its credit, three paragraphs."""
    assert reader.goto(address).status == 200
    expect(reader.locator("article")).to_contain_text(STANDFIRST)
    expect(reader.locator("article figure").first).to_contain_text(CREDIT)
    photo = reader.locator("article figure img").first
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 320
    for paragraph in PARAGRAPHS:
        expect(reader.locator("p", has_text=paragraph)).to_have_count(1)


def is_corrected(editor: Page, reader: Page, address: str) -> None:
    """The editor puts a correction under the story: readers see the note and the time it was updated."""
    before = reader.locator("article time").count()
    editor.get_by_role("link", name=re.compile("Correction|Ralat")).click()
    editor.fill("textarea[name=text]", CORRECTION)
    editor.click("main button:not([type=button])")
    expect(editor.locator("[data-rd-took]")).to_contain_text(re.compile(r"\d"))
    reader.goto(address)
    expect(reader.locator("article")).to_contain_text(CORRECTION)
    expect(reader.locator("article")).to_contain_text("Ralat")
    expect(reader.locator("article")).to_contain_text("Diperbarui")
    assert reader.locator("article time").count() > before


def is_withdrawn(editor: Page, reader: Page, address: str) -> None:
    """The editor takes it down with a public reason: 410 with that reason, and no list has it any more."""
    site, path = re.findall(r"https?://[^/]+|/.*", address)
    day = "/indeks/" + "/".join(path.split("/")[2:5])
    lists = [site + of for of in ("/", *LISTS, day, "/penulis/ganesha-mirat")]

    def held_by(page: str) -> int:
        reader.goto(page)
        return reader.locator(f'a[href="{path}"]').count()

    assert all(held_by(page) for page in lists)
    editor.get_by_role("link", name=re.compile("Withdraw|Cabut")).click()
    editor.fill("textarea[name=reason]", REASON)
    editor.click("main button:not([type=button])")
    expect(editor.locator(".rd-strip")).to_contain_text(REASON)
    while (answer := reader.goto(address)) is None or answer.status == 200:
        time.sleep(0.05)
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text(REASON)
    expect(reader.locator("main")).not_to_contain_text(PARAGRAPHS[0])
    assert [page for page in lists if held_by(page)] == []
    for machine in ("/rss.xml", "/sitemap.xml", "/sitemap-" + path[7:14].replace("/", "-") + ".xml"):
        assert path not in str(reader.request.get(site + machine).text()), machine


def nothing_is_seen_from(colleague: Page, network: Network, edit_url: str) -> None:
    """An editor of another site: not at home, not by search, not by its address."""
    number = re.search(r"/(\d+)/", edit_url)
    assert number
    assert PUBLISHED not in colleague.content()
    colleague.goto(f"{network.desk}/berita/?lihat=semua&q=mercusuar")
    assert "Tanjung Rawi" not in colleague.locator("main").inner_text()
    for path in ("edit", "pratinjau", "history", "cabut", "ralat", "terbaca"):
        answer = colleague.goto(f"{network.desk}/berita/{path}/{number[1]}/")
        assert answer.status in (403, 404), path
        assert "Tanjung Rawi" not in colleague.content(), path
