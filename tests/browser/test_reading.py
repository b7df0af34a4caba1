"""A story's page and a site's lists, part by part, as each of the four readers meets them: on a phone and at a desk, scripts off and on."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Reader
from browser.running import HOSTS, Network
from browser.visits import address_of

pytestmark = [pytest.mark.browser, pytest.mark.process]


def go(page: Page, network: Network, kind: str, site: str = "kentongan") -> str:
    """Open a page of the demo; its address."""
    address = network.url(site, address_of(network, site, kind))
    page.goto(address)
    return address


def leads_to(link: Locator, heading: str) -> None:
    """A link is followed to the page of that heading, and back."""
    page = link.page
    link.click()
    expect(page.locator("h1")).to_have_text(heading)
    page.go_back()


def paths_of(links: Locator) -> list[str]:
    return [urlsplit(str(link.get_attribute("href"))).path for link in links.all()]


def test_the_head_of_a_story_says_what_it_is_and_who_made_it(network: Network, reader: Reader) -> None:
    """Parts 1 to 5: breaking bar, label, headline, standfirst, credits."""
    page = reader.page
    go(page, network, "story, long")
    bar = page.locator("#kilat[role=status][aria-live=polite]")
    expect(bar.locator("b")).to_have_text("Kabar terkini")
    expect(bar.get_by_role("link")).to_be_visible()
    head = page.locator(".story-head")
    places = [head.locator(of).bounding_box() for of in (".label", "h1", ".stand", ".told >> nth=0")]
    assert [box["y"] for box in places if box] == sorted(box["y"] for box in places if box)
    expect(head.locator(".stand")).to_contain_text("anggaran yang berpindah")
    made = page.locator(".meta dl")
    for role, name in (
        ("Penulis:", "Ganesha Mirat"),
        ("Kontributor:", "Meja Visual"),
        ("Editor:", "Sekar Wulanjati"),
    ):
        row = made.locator("div", has_text=role)
        expect(row).to_contain_text(name)
        leads_to(row.get_by_role("link", name=name), name)
    expect(page.locator(".dates")).to_contain_text("Rabu, 18 November 2026 19:45 WIB")
    leads_to(head.locator(".label"), "Retakan Jembatan Selat Lantang")
    bar.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Lolos uji beban")


def test_the_lead_photo_tells_of_itself_and_opens_large(network: Network, reader: Reader) -> None:
    """Part 6."""
    page = reader.page
    go(page, network, "story, gallery")
    lead = page.locator("figure.lead")
    expect(lead.locator(".cap")).to_contain_text("Empat kentongan")
    expect(lead.locator(".from")).to_have_text("Karangluhur, 3 November 2026.")
    expect(lead.locator(".cred")).to_have_text("(Ilustrasi: Redaksi)")
    large = str(lead.locator("a.large").get_attribute("href"))
    lead.locator("a.large").click()
    if reader.scripts:
        expect(page.locator("dialog.large img")).to_have_attribute("src", re.compile(f"{re.escape(large)}$"))
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
    else:
        page.wait_for_url(f"**{large}")


def test_names_in_the_text_lead_to_their_topics(network: Network, reader: Reader) -> None:
    """Part 7: by any name that a topic has, never in a heading, a link or another word; "first" on Pesisir, all on Kentongan."""
    page = reader.page
    go(page, network, "story, long")
    parts = linked_in_parts(page)
    assert any(part.count("/topik/retakan-jembatan-selat-lantang") > 1 for part in parts)
    link = page.locator(".body > p a", has_text="pilar ketujuh").first
    leads_to(link, "Retakan Jembatan Selat Lantang")
    go(page, network, "story, long", "pesisir")
    assert any(linked_in_parts(page))
    assert all(len(part) == len(set(part)) for part in linked_in_parts(page))


def linked_in_parts(page: Page) -> list[list[str]]:
    """The topics that the paragraphs link to, in each part of the text; nothing else of it is linked by itself."""
    parts: list[list[str]] = [[]]
    for block in html.fromstring(page.content()).xpath("//div[@id='article-body']/*"):
        if block.tag == "h2":
            assert not block.xpath(".//a")
            parts.append([])
        elif block.tag == "p" and "also" not in block.classes:
            assert not block.xpath(".//a//a")
            parts[-1] += [path for path in block.xpath(".//a/@href") if path.startswith("/topik/")]
    return parts


def test_what_stands_between_the_paragraphs(network: Network, reader: Reader) -> None:
    """Parts 8, 9 and 16: read-also, statements, a table of contents on the one page."""
    page = reader.page
    address = go(page, network, "story, long")
    told = page.locator(".stmt").first
    expect(told.locator(".who")).to_have_text("Yuniar Sekarwangi")
    expect(told.locator(".off")).to_have_text("Kepala Balai Jembatan Antarpulau")
    expect(told.locator("blockquote")).to_contain_text("dua pos yang berbeda")
    expect(told.locator(".at")).to_contain_text("Wanasari, Rabu, 18 November 2026")
    for old in ("?page=2", "?page=all"):
        page.goto(address + old)
        assert page.url == address
    page.locator(".toc summary").click()
    part = page.locator(".toc a").nth(1)
    name = part.inner_text()
    part.click()
    expect(page.locator(".body h2", has_text=name)).to_be_in_viewport()
    also = page.locator(".body .also a").first
    leads_to_story(also)


def leads_to_story(link: Locator) -> None:
    page, path = link.page, str(link.get_attribute("href"))
    link.click()
    page.wait_for_url(f"**{path}")
    expect(page.locator("article.art h1")).to_be_visible()


def test_what_stands_under_a_story_leads_on(network: Network, reader: Reader) -> None:
    """Parts 10 to 14: more on the label, follow, share, comments, latest, most referred to."""
    page = reader.page
    address = go(page, network, "story, long")
    more = page.locator(".related")
    expect(more.get_by_role("heading")).to_have_text("Berita lain terkait Retakan Jembatan Selat Lantang")
    assert more.locator("li a").count() == 5
    assert urlsplit(address).path not in paths_of(more.locator("li a"))
    follow = page.locator(".follow a[rel=me]")
    assert [link.inner_text() for link in follow.all()] == ["WhatsApp", "Telegram", "Instagram", "YouTube"]
    expect(page.locator("#komentar")).to_contain_text("Belum ada komentar.")
    assert page.locator("ol.latest li").count() == 8
    assert page.locator("ol.top li").count() == 5
    leads_to_story(page.locator("ol.top a").first)
    leads_to_story(page.locator("ol.latest a").last)
    page.goto(address)
    leads_to_story(more.locator("li a").first)


def test_a_story_is_shared_by_plain_links(network: Network, reader: Reader) -> None:
    """Part 11: the address and the headline in each; the button that copies is there only where it works."""
    page = reader.page
    address = go(page, network, "story, short")
    headline = page.locator("h1").inner_text()
    share = page.get_by_role("group", name="Bagikan")
    hosts = []
    for link in share.get_by_role("link").all():
        parts = urlsplit(str(link.get_attribute("href")))
        hosts.append(parts.netloc)
        values = " ".join(value for given in parse_qs(parts.query).values() for value in given)
        assert address in values
        assert headline in values or parts.netloc == "www.facebook.com"
    assert hosts == ["wa.me", "x.com", "www.facebook.com", "t.me"]
    button = share.get_by_role("button", name="Salin tautan")
    expect(button).to_be_visible(visible=reader.scripts)


def test_the_footer_names_the_network_and_who_is_responsible(network: Network, reader: Reader) -> None:
    """Part 15, and the site switch."""
    page = reader.page
    go(page, network, "story, short")
    foot = page.locator("footer.foot")
    expect(foot).to_contain_text("Penanggung jawab: Damar Prasasti")
    expect(foot).to_contain_text("© 2014–")
    expect(foot).to_contain_text("Bagian dari Grup Titir")
    for words, heading in (
        ("Susunan Redaksi", "Susunan Redaksi"),
        ("Pedoman Pemberitaan Media Siber", "Pedoman Pemberitaan Media Siber"),
        ("Privasi", "Privasi"),
        ("Kontak", "Kontak"),
    ):
        leads_to(foot.get_by_role("link", name=words, exact=True), heading)
    foot.get_by_role("link", name="Susunan Redaksi").click()
    expect(page.locator(".who-we-are")).to_contain_text("Jalan Pelabuhan Lama 14")
    leads_to(page.locator(".group").get_by_role("link", name="Ganesha Mirat"), "Ganesha Mirat")
    page.locator("header a:visible", has_text="Menu").click()
    expect(page.locator("#peta")).to_be_in_viewport()
    foot.get_by_role("link", name="Pesisir").click()
    assert urlsplit(page.url).netloc == f"{HOSTS['pesisir']}:{network.port}"


def test_what_was_put_right_is_told_at_the_top_and_at_the_foot(network: Network, reader: Reader) -> None:
    """Part 17: a correction, a reply that links both ways, what is being verified, what was withdrawn, and the page of all."""
    page = reader.page
    go(page, network, "story, long")
    headline = page.locator("h1").inner_text()
    page.locator(".told a", has_text="Ralat 1").click()
    expect(page.locator(".ralat", has_text="Ralat 1").get_by_role("heading")).to_be_in_viewport()
    page.locator(".ralat", has_text="Hak jawab 2").get_by_role("link").click()
    expect(page.locator(".told")).to_have_text(f"Hak jawab atas: {headline}")
    page.locator(".told a").click()
    expect(page.locator("h1")).to_have_text(headline)
    go(page, network, "story, being verified")
    expect(page.locator(".verify[role=note]")).to_contain_text("Masih diverifikasi.")
    page.locator(".foot a", has_text="Ralat dan Hak Jawab").click()
    expect(page.locator(".none")).to_be_hidden()
    gone = page.locator(".card.note").last
    expect(gone).to_contain_text("Berita ini dicabut karena")
    gone.get_by_role("link").click()
    expect(page.locator(".notice h1")).to_have_text("Berita dicabut")
    go(page, network, "corrections", "english")
    expect(page.locator(".none")).to_have_text("No corrections, replies or withdrawals yet.")


def test_a_front_has_no_story_twice_and_every_strip_leads_on(network: Network, reader: Reader) -> None:
    page = reader.page
    go(page, network, "front")
    stories = page.locator("main .card :is(h2, h3) a")
    paths = [str(link.get_attribute("href")) for link in stories.all()]
    assert len(paths) > 20
    assert len(paths) == len(set(paths))
    shapes = {str(strip.get_attribute("class")) for strip in page.locator("main .strip").all()}
    for shape in ("lead", "big topical", "row", "photos", "videos", "column", "big tinted net1", "headlines"):
        assert f"strip {shape}" in shapes
    sizes = [
        float(one.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) for one in stories.all()
    ]
    assert sizes[0] > max(sizes[1:])
    for more, heading in (
        ("Semua berita topik ini", "Retakan Jembatan Selat Lantang"),
        ("Semua pilihan", "Pilihan editor"),
        ("Semua foto", "Foto"),
        ("Semua berita Opini", "Opini"),
        ("Semua berita jaringan", "Jaringan kami"),
    ):
        leads_to(page.locator("main").get_by_role("link", name=more).first, heading)


def test_every_list_can_be_walked(network: Network, reader: Reader) -> None:
    """From the menu to a section, by the site map to topics, latest, days, photos and the network, each to a story or its last page."""
    page = reader.page
    go(page, network, "front")
    page.locator(".kanal").get_by_role("link", name="Nasional", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nasional")
    leads_to_story(page.locator(".card h3 a").first)
    on_the_map = page.locator("#peta")
    on_the_map.get_by_role("link", name="Topik", exact=True).click()
    leads_to(page.locator(".group").get_by_role("link", name="Kopi"), "Kopi")
    on_the_map.get_by_role("link", name="Indeks Berita").click()
    page.locator(".cal td a").last.click()
    following = page.locator(".step a[rel=next]")
    words = following.inner_text().removesuffix("→").strip()
    following.click()
    expect(page.locator("h1")).to_have_text(words)
    leads_to_story(page.locator(".card h3 a").first)
    on_the_map.get_by_role("link", name="Banyak dirujuk").click()
    assert page.locator(".card").count() >= 5
    on_the_map.get_by_role("link", name="Foto", exact=True).click()
    leads_to_story(page.locator(".card h3 a").first)
    expect(page.locator(".gal").first).to_be_visible()
    on_the_map.get_by_role("link", name="Dari jaringan kami").click()
    seen = paths_of(page.locator(".card h3 a"))
    while page.locator(".pager .older").count():
        page.locator(".pager .older").click()
        seen += paths_of(page.locator(".card h3 a"))
    assert len(seen) == len(set(seen)) > 45


def test_a_carried_story_says_whose_it_is_and_versions_lead_to_each_other(
    network: Network, reader: Reader
) -> None:
    page = reader.page
    page.goto(network.url("pesisir", "/laut/2026/11/16/gerusan-tiga-meter-di-kaki-pilar-ketujuh"))
    home = page.locator(".meta .from a")
    assert page.locator("link[rel=canonical]").get_attribute("href") == home.get_attribute("href")
    home.click()
    assert urlsplit(page.url).netloc == f"{HOSTS['kentongan']}:{network.port}"
    go(page, network, "story, long", "english")
    headline = page.locator("h1").inner_text()
    page.get_by_role("link", name="Read in Indonesian").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("link", name="Baca dalam bahasa Inggris").click()
    expect(page.locator("h1")).to_have_text(headline)


def test_a_reader_who_is_lost_is_helped(network: Network, reader: Reader) -> None:
    page = reader.page
    go(page, network, "not found")
    expect(page.locator("h1")).to_have_text("Halaman tidak ditemukan")
    page.get_by_role("searchbox").fill("cabai")
    page.get_by_role("button", name="Cari").click()
    leads_to_story(page.locator(".card h3 a").first)
