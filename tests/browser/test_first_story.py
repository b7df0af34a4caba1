"""The life of one story through the eyes of those who meet it: a reporter, an editor, readers, a colleague at another site."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
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
#: What the product promises, from the click on “Publish”, in seconds.
PROMISE = 1.0


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


def lists_of(network: Network, page: Page) -> dict[str, str]:
    """The readers' pages that list the story, by what they are."""
    topic = page.locator('a[href^="/topik/"]').first.get_attribute("href")
    author = page.locator('a[href^="/penulis/"]').first.get_attribute("href")
    day = time.strftime("/indeks/%Y/%m/%d")
    paths = {"section": "/sains", "latest": "/terkini", "topic": topic, "author": author, "day": day}
    return {"front": network.url("kentongan"), **{k: network.url("kentongan", p or "") for k, p in paths.items()}}


def publish_and_look(desk: Page, reader: Page, network: Network, headline: str) -> float:
    """Publish; give the seconds from the click until a reader has seen it on four lists and on its own page.

    The front page is opened anew until it shows the story; since a publish is seen whole, each other page must show it at
    the first look.
    """
    desk.fill("#id_headline", headline)
    clicked = time.monotonic()
    desk.click("button[name=action-publish]", no_wait_after=True)
    while True:
        reader.goto(network.url("kentongan"), wait_until="domcontentloaded")
        card = reader.get_by_role("link", name=headline, exact=True)
        if card.count():
            break
        assert time.monotonic() - clicked < 60, f"the front never showed {headline!r}"
    address = str(card.first.get_attribute("href"))
    for path in ("/sains", "/terkini", "/topik/transportasi-laut", address):
        reader.goto(network.url("kentongan", path), wait_until="domcontentloaded")
        assert reader.get_by_text(headline, exact=True).count(), f"{path} does not show it"
    return time.monotonic() - clicked


def test_a_story_goes_from_the_reporter_to_the_reader_and_away_again(
    own: Network,
    at_the_desk: Callable[[Network, str], Page],
    person: Callable[..., BrowserContext],
    picture: Path,
    record_property: Callable[[str, object], None],
) -> None:
    reporter = at_the_desk(own, "ganesha")
    write(reporter, picture)
    editor = at_the_desk(own, "sekar")
    editor.get_by_role("link", name=DRAFTED).first.click()
    reader = person(java_script_enabled=False).new_page()

    took = [publish_and_look(editor, reader, own, PUBLISHED)]
    said = editor.locator("[data-rd-took]")
    expect(said).to_contain_text(re.compile(r"\d[,.]\d"), timeout=60_000)
    address = str(editor.locator(".rd-out a").get_attribute("href"))
    while took[-1] > PROMISE and len(took) < 5:  # noqa: PLR2004  # a busy machine gets more tries: the promise is the product's
        took.append(publish_and_look(editor, reader, own, f"{PUBLISHED} {len(took)}"))
    reads_it(reader, address)
    lists = lists_of(own, reader)
    is_corrected(editor, reader, address)
    is_withdrawn(editor, reader, address, lists)
    nothing_is_seen_from(at_the_desk(own, "ibrahim"), own, editor.url)
    record_property("seconds from the click to five pages", [round(one, 2) for one in took])
    assert min(took) <= PROMISE, f"seconds from the click to five pages: {took}"


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
    expect(editor.locator("[data-rd-took]")).to_contain_text(re.compile(r"\d"), timeout=60_000)
    reader.goto(address)
    expect(reader.locator("article")).to_contain_text(CORRECTION)
    expect(reader.locator("article")).to_contain_text("Ralat")
    expect(reader.locator("article")).to_contain_text("Diperbarui")
    assert reader.locator("article time").count() > before


def is_withdrawn(editor: Page, reader: Page, address: str, lists: dict[str, str]) -> None:
    """The editor takes it down with a public reason: 410 with that reason, and no list has it any more."""
    held_by = {}
    for name, url in lists.items():
        reader.goto(url)
        held_by[name] = reader.locator(f'a[href="{path_of(address)}"]').count()
    assert all(held_by.values()), f"not on every list before: {held_by}"
    editor.get_by_role("link", name=re.compile("Withdraw|Cabut")).click()
    editor.fill("textarea[name=reason]", REASON)
    editor.click("main button:not([type=button])")
    expect(editor.locator(".rd-strip")).to_contain_text(REASON)
    while (answer := reader.goto(address)) is None or answer.status == 200:
        time.sleep(0.05)
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text(REASON)
    expect(reader.locator("main")).not_to_contain_text(PARAGRAPHS[0])
    for name, url in lists.items():
        reader.goto(url)
        assert not reader.locator(f'a[href="{path_of(address)}"]').count(), f"{name} still shows it"


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


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]
