"""Set a specimen of every kind of readers' page as plain files, to look at while changing the look.

``.venv/bin/python tests/specimen.py FOLDER [PHOTOS]`` writes one folder a site; serve one with any static server.
PHOTOS is a folder of JPEG or WebP pictures; without it the pages name photos that are not there. The tests read
these samples too, so they hold every kind of block and every awkward length.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image

from redaksi.press.typesetter import (
    addresses,
    archive,
    assets,
    breaking,
    cards,
    engine,
    feeds,
    fronts,
    furniture,
    house_rules,
    imprint,
    listings,
    sheet,
    sitemaps,
    story,
)
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.filling import Filling
from redaksi.shelf.recipe import Cards, Highest, Pager
from redaksi.stories import arrangement
from redaksi.stories import copy as c

WIDTHS = (320, 640, 960, 1280, 1600)
NOW = datetime(2026, 11, 14, 4, 20, tzinfo=UTC)

SECTIONS = tuple(
    c.SectionCopy(number, name, slug)
    for number, (name, slug) in enumerate(
        [
            ("Nasional", "nasional"),
            ("Internasional", "internasional"),
            ("Ekonomi", "ekonomi"),
            ("Hukum", "hukum"),
            ("Olahraga", "olahraga"),
            ("Sains", "sains"),
            ("Lingkungan", "lingkungan"),
            ("Budaya", "budaya"),
            ("Opini", "opini"),
        ],
        start=1,
    )
)
ENGLISH = tuple(
    c.SectionCopy(number, name, name.lower())
    for number, name in enumerate(["Nation", "World", "Business", "Science", "Culture", "Opinion"], start=1)
)


def network(port: int) -> tuple[c.NetworkSite, ...]:
    """The three sites of the specimen, each on a port of its own."""
    return (
        c.NetworkSite("Kentongan", "Berita nasional, dari Wanasari ke seluruh negeri.", "id", f"http://localhost:{port}", "#2a3b96", "#b3c0ff"),
        c.NetworkSite("Pesisir", "Kabar kota, pulau, dan pelabuhan di pantai timur.", "id", f"http://localhost:{port + 1}", "#005a54", "#6fd8cb"),
        c.NetworkSite("The Lookout", "The archipelago, reported from within.", "en", f"http://localhost:{port + 2}", "#77400d", "#ecbd8b"),
    )  # fmt: skip


def site(number: int = 0, port: int = 18700, **changes: object) -> c.SiteCopy:
    """One of the three sites: 0 wears "kentongan", 1 "sauh", 2 "teras" and speaks English."""
    one = network(port)[number]
    made = c.SiteCopy(
        id=number + 1,
        slug=("kentongan", "pesisir", "english")[number],
        name=one.name,
        tagline=one.tagline,
        language=one.language,
        time_zone=("Asia/Jakarta", "Asia/Makassar", "Asia/Jakarta")[number],
        origin=one.origin,
        look=("kentongan", "sauh", "teras")[number],
        colour=one.colour,
        colour_dark=one.colour_dark,
        tokens={},
        sections=ENGLISH if one.language == "en" else SECTIONS,
        accounts=(
            c.SocialAccount("WhatsApp", "https://whatsapp.example/kentongan"),
            c.SocialAccount("Instagram", "https://instagram.example/kentongan"),
            c.SocialAccount("YouTube", "https://youtube.example/kentongan"),
        ),
        publisher="PT Titir Warta Nusa",
        address="Jalan Kentongan 17, Wanasari 40115",
        person_responsible="Sekar Wulanjati",
        email="redaksi@kentongan.example",
        group_name="Grup Titir",
        group_since=2019,
        network=network(port),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def picture(number: int = 1, *, tall: bool = False) -> c.Picture:
    """A photo; its digest is made from its number."""
    size = (1067, 1600) if tall else (1600, 1067)
    return c.Picture(
        id=number,
        digest=hashlib.sha256(str(number).encode()).hexdigest()[:32],
        width=size[0],
        height=size[1],
        widths=WIDTHS,
        formats=("webp", "jpg"),
        alt="Jembatan gantung di atas selat berkabut; sebuah perahu kecil melintas di depannya.",
        caption="Perahu nelayan melintas di dekat pilar ketujuh Jembatan Selat Lantang, Sabtu pagi.",
        credit="Rasyid Temengkol",
        agency="Kentongan",
        place="Wanasari",
        taken_on=date(2026, 11, 14),
    )


BRIDGE = c.TopicCopy(1, "Retakan Jembatan Selat Lantang", "retakan-jembatan-selat-lantang", "event", "Jembatan antarpulau ditutup sejak Sabtu setelah dua sensor mencatat getaran yang tak lazim.", ("Jembatan Lantang",))  # fmt: skip
TOPICS = (
    BRIDGE,
    c.TopicCopy(2, "Pulau Gamaru", "pulau-gamaru", "place"),
    c.TopicCopy(3, "Transportasi laut", "transportasi-laut", "subject"),
    c.TopicCopy(4, "Balai Jembatan Antarpulau", "balai-jembatan-antarpulau", "organisation"),
    c.TopicCopy(5, "Yuniar Sekarwangi", "yuniar-sekarwangi", "person"),
)
CREDITS = (
    c.Credit("writer", "Ganesha Mirat", "ganesha-mirat", 1),
    c.Credit("writer", "Ayunda Palupi", "ayunda-palupi", 2),
    c.Credit("editor", "Sekar Wulanjati", "sekar-wulanjati", 3),
)
LONGEST = "Retakan Ditemukan di Pilar Ketujuh, Jembatan Selat Lantang Ditutup 72 Jam dan 38.600 Warga Kembali Naik Feri Harian"

TEXT = (
    'Lalu lintas di <a href="/topik/retakan-jembatan-selat-lantang">Jembatan Selat Lantang</a> dihentikan sejak Sabtu (14/11/2026) pukul 04.30 setelah petugas menemukan retakan sepanjang 1,8 meter di pilar ketujuh. Penutupan berlaku 72 jam dan dapat diperpanjang, bergantung pada hasil pemeriksaan bawah air.',
    "Retakan itu pertama kali terbaca bukan oleh mata, melainkan oleh sensor. Kamis malam, alat pengukur getaran di sisi Pulau Gamaru mengirim angka yang tiga kali lebih besar daripada biasanya. Petugas jaga semula mengira alatnya rusak.",
    "“Begitu dua alat berbicara hal yang sama, kami tidak menunggu yang ketiga,” kata Kepala Balai Jembatan Antarpulau Yuniar Sekarwangi. Tim turun dengan perahu pada Jumat malam dan menemukan retakan itu lewat lampu sorot, sekitar dua meter di atas garis air.",
    "Jembatan sepanjang 4,2 kilometer itu satu-satunya jalan darat antara Kota Wanasari dan Pulau Gamaru. Sejak dibuka pada 2019, layanan feri di selat itu menyusut dari 22 kapal menjadi enam. Kini kapal-kapal itu dipanggil kembali, sebagian dengan awak yang sudah pensiun.",
    "Pemerintah Kabupaten Gamaru menyiapkan 14 kapal dari tiga perusahaan untuk mengangkut sekitar 38.600 warga yang setiap hari menyeberang. Istilah setempat untuk kapal semacam itu, <em>perahu tambang</em>, kembali terdengar di dermaga setelah tujuh tahun.",
    "Rumah Sakit Umum Gamaru merujuk rata-rata sebelas pasien per hari ke Wanasari. Sejak subuh, dua ambulans laut disiagakan. Direktur rumah sakit meminta keluarga pasien menghubungi pos siaga <strong>sebelum</strong> berangkat ke pelabuhan supaya tidak menunggu di luar.",
)  # fmt: skip


def everything() -> tuple[c.Block, ...]:
    """A body with every kind of block."""
    texts = [c.Paragraph(text) for text in TEXT]
    return (
        texts[0],
        texts[1],
        c.ReadAlso(9, "Kronologi: dari getaran pertama sampai portal ditutup", "/nasional/2026/11/14/kronologi"),
        texts[2],
        c.Statement("Tidak ada satu kendaraan pun yang boleh lewat sebelum kami tahu seberapa dalam retakan itu. Tujuh puluh dua jam adalah waktu paling singkat, bukan janji.", verbatim=True, speaker="Yuniar Sekarwangi", office="Kepala Balai Jembatan Antarpulau", place="Jumpa pers di Wanasari", said_on=date(2026, 11, 14)),
        texts[3],
        c.Subheading("Pasien dan sayur didahulukan"),
        texts[4],
        c.PhotoBlock(picture(2), ""),
        texts[5],
        c.PullQuote("Begitu dua alat berbicara hal yang sama, kami tidak menunggu yang ketiga.", "Yuniar Sekarwangi, Kepala Balai Jembatan Antarpulau"),
        texts[1],
        c.FactBox("Jembatan Selat Lantang dalam angka", (("Dibuka", "19 Agustus 2019"), ("Panjang", "4,2 kilometer"), ("Jumlah pilar", "19, tujuh di air dalam"), ("Batas muatan", "40 ton per truk")), "<p>Sumber: Balai Jembatan Antarpulau, Oktober 2026.</p>"),
        texts[0],
        c.Statement("Kabupaten menanggung selisih tarif feri selama jembatan ditutup, sehingga warga membayar sama seperti ongkos bus.", verbatim=False, speaker="Marsudi Tanaya", office="Bupati Gamaru", place="Rapat siaga di Pendopo Gamaru", said_on=date(2026, 11, 13)),
        c.Table("Kapal yang disiapkan, menurut perusahaan", ("Perusahaan", "Kapal", "Kursi per hari"), (("Samudra Lantang", "6", "14.400"), ("Feri Gamaru", "5", "11.250"), ("Koperasi Layar", "3", "4.050"))),
        texts[2],
        c.Gallery("Pagi pertama di dermaga", tuple(picture(number) for number in (3, 4, 5))),
        c.Embed("https://www.youtube.com/watch?v=dQw4w9WgXcA", "YouTube", "Rekaman udara pilar ketujuh, 58 detik", ""),
        texts[3],
    )  # fmt: skip


def story_copy(number: int = 12, **changes: object) -> c.StoryCopy:
    """A story with everything; ``changes`` replace its fields."""
    section = SECTIONS[0]
    made = c.StoryCopy(
        id=number,
        site_id=1,
        section=section,
        path=f"/nasional/2026/11/14/berita-{number}",
        label=BRIDGE,
        headline="Dua sensor, satu retakan, dan selat yang kembali menjadi jalan",
        list_headline="",
        standfirst="Sensor mencatat getaran tak lazim sejak Kamis malam. Pemerintah kabupaten menyiapkan 14 kapal, sementara tim ahli memeriksa apakah kerusakan merembet ke bawah air.",
        credits=CREDITS,
        lead=picture(1),
        lead_caption="",
        body=everything(),
        topics=TOPICS,
        dateline="Wanasari, Kentongan",
        source_kind="own",
        source_name="",
        source_url="",
        published_at=NOW - timedelta(hours=1, minutes=5),
        updated_at=NOW - timedelta(minutes=18),
        corrections=(
            c.CorrectionCopy(1, "correction", NOW - timedelta(minutes=18), "Sebelumnya tertulis bahwa kabupaten menyiapkan 16 kapal. Yang benar 14 kapal; dua kapal lain masih dalam perbaikan. Kami mohon maaf atas kekeliruan ini."),
        ),
        search_title="",
        search_text="",
        share_title="",
        share_text="",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


#: The names of the pages that machines read, among :func:`sheets`.
MACHINES = ("rss", "atom", "json", "sitemap", "sitemap-month", "sitemap-news")
HEADLINES = (
    "Kabinet menyiapkan aturan muatan baru untuk semua jembatan antarpulau",
    "Petani Lembah Suntara menahan panen kopi, harga naik untuk pekan keenam",
    "Hakim menolak gugatan warga atas tambang pasir Muara Kelindan",
    "Candra-2 mengorbit",
    "Seratus desa pertama memilih kepala desa lewat balai warga",
    "Ombudsman: sepertiga puskesmas pulau tak punya dokter tetap",
    "Ijazah digital berlaku penuh tahun depan, sekolah diminta memeriksa data",
    "Nelayan Sangkala menyewakan perahu, pemerintah mengingatkan soal pelampung",
    LONGEST,
    "Sidang anggaran molor sampai dini hari, tiga pos belum disepakati",
    "Wanasari FC menunda laga kandang karena penonton tertahan di Gamaru",
    "Harga cabai rawit naik tipis di tiga pasar induk",
    "Kucing pelabuhan yang menjaga gudang beras selama sebelas tahun",
)


def stories(count: int) -> list[c.StoryCopy]:
    """``count`` stories for lists, newest first: some without a photo, of every length of headline."""
    made = []
    for number in range(count):
        section = SECTIONS[number % 7]
        made.append(
            story_copy(
                100 + number,
                headline=HEADLINES[number % len(HEADLINES)],
                section=section,
                label=BRIDGE if number % 5 == 0 else None,
                path=f"{section.path}/2026/11/14/berita-{100 + number}",
                lead=picture(number % 9 + 1) if number % 3 != 2 else None,
                published_at=NOW - timedelta(minutes=13 + 41 * number),
                updated_at=None,
                corrections=(),
            )
        )
    made[0] = replace(made[0], headline="Dua sensor, satu retakan, dan selat yang kembali menjadi jalan")
    return made


def front(of: c.SiteCopy) -> Sheet:
    """The front that a site has by itself."""
    strips = arrangement.default([section.id for section in of.sections])
    return fronts.front_page(
        fronts.set_strips(arrangement.FrontCopy(strips, None, {}), of, with_topics={}), of, PAGES
    )


def sheets(of: c.SiteCopy) -> dict[str, Sheet]:
    """Every kind of page of a site, by a name for its file."""
    short = story_copy(13, headline="Candra-2 mengorbit", body=tuple(everything()[:2]), lead=None, corrections=(), updated_at=None, topics=(), credits=CREDITS[:1], label=None)  # fmt: skip
    days = {date(2026, 11, day) for day in (2, 3, 5, 8, 9, 13, 14)} | {date(2026, 10, 30)}
    person = c.ContributorCopy(
        1, "Ganesha Mirat", "ganesha-mirat", "Meliput pelabuhan dan kapal sejak 2015.", picture(7)
    )
    return {
        "index": front(of),
        "story": story.story_page(story_copy(), of),
        "story-longest": story.story_page(story_copy(14, headline=LONGEST), of),
        "story-short": story.story_page(short, of),
        "story-agency": story.story_page(story_copy(15, source_kind="agency", source_name="Kantor Berita Nusa", source_url="https://nusa.example/1", lead=None), of),
        "withdrawn": story.withdrawn_page(c.WithdrawnCopy(16, 1, "/nasional/2026/11/01/lama", "Rumah sakit kehabisan oksigen", NOW, "keterangan sumber utama terbukti tidak benar dan tidak dapat kami perbaiki."), of),
        "section": listings.section_page(of.sections[0], of),
        "topic": listings.topic_page(BRIDGE, of),
        "contributor": listings.contributor_page(person, of),
        "latest": listings.latest_page(of),
        "popular": listings.popular_page([12, 11], of),
        "static": imprint.static_page(PAGES[0], of)[1],
        "static, contact": imprint.static_page(PAGES[1], of)[1],
        "team": imprint.team_page(TEAM, of)[1],
        "topics": listings.topics_page(TOPICS, of),
        "photos": listings.photos_page(of),
        "videos": listings.videos_page(of),
        "picks": listings.picks_page(of),
        "network": listings.network_page(of),
        "day": archive.day_page(date(2026, 11, 14), of, date(2026, 11, 13), None),
        "archive": archive.archive_page(of, 2026, days, (2026, 2025), newest=True),
        "search": listings.search_page(of),
        "not-found": listings.not_found_page(of),
        "rss": feeds.feed(of),
        "atom": feeds.feed(of, None, "atom"),
        "json": feeds.feed(of, None, "json"),
        "sitemap": sitemaps.sitemap(of, ((2026, 11, 1), (2026, 11, 2), (2026, 10, 1))),
        "sitemap-month": sitemaps.month_sitemap(of, *sitemaps.month_bounds(of, 2026, 11)),
        "sitemap-news": sitemaps.news_sitemap(of),
        "robots": house_rules.robots(of),
    }  # fmt: skip


PAGES = (
    c.PageCopy(
        1,
        "code",
        "Pedoman Pemberitaan Media Siber",
        "pedoman-media-siber",
        "<h2>Ralat</h2><p>Kami meralat.</p>",
    ),
    c.PageCopy(2, "contact", "Kontak", "kontak", "<p>Tulislah kepada kami.</p><ul><li>Surel</li></ul>"),
)
TEAM = (
    (
        "editor",
        (
            c.TeamMember(
                "Sekar Wulanjati", "Redaktur Pelaksana", ((4, "sekar-wulanjati"),), "sekar-wulanjati"
            ),
            c.TeamMember("Edi Santosa"),
        ),
    ),
)


def standing(of: c.SiteCopy, shown: Sequence[c.StoryCopy] = ()) -> dict[str, str]:
    """Every shared piece of a site, with a running flash and these stories in the lists."""
    told = c.FlashCopy("Gempa mengguncang Muara Lantang", f"{of.origin}/kabar", NOW, NOW)
    bar = breaking.bar([told], engine.Speaker(of.slug, of.language, of.time_zone))
    return furniture.furniture(of) | {
        "bottom": furniture.bottom(of, NOW.year, PAGES),
        "breaking": bar,
        "latest": furniture.latest(of, shown, shown[:3]),
    }


def whole(page: Sheet, of: c.SiteCopy, shown: Sequence[c.StoryCopy]) -> str:
    """A page with its holes filled as the newsstand would, from the stories ``shown``."""

    filling = Filling(())
    by_key = {one.id: one for one in shown}

    def lay(hole: Cards) -> str:
        chosen = shown[hole.skip : hole.skip + hole.count]
        if hole.fresh:
            keys = filling.strip(hole.count, hole.pinned, by_key, lambda key: _suits(by_key[key], hole))
            chosen = [by_key[key] for key in keys]
        forms = [hole.first or hole.form, *(hole.form for _ in chosen)]
        return hole.joint.join(cards.card(one, of, form) for one, form in zip(chosen, forms, strict=False))  # type: ignore[arg-type]

    def highest(hole: Highest) -> str:
        stamps = [cards.card(one, of, hole.cards.form) for one in shown[: hole.cards.count]]  # type: ignore[arg-type]
        return max(stamps, default=hole.otherwise)

    def turn(hole: Pager) -> str:
        link = hole.older.replace("{path}", escape("/nasional")).replace("{key}", "abc123")
        return hole.opening + link + hole.closing

    return sheet.fill(page, standing(of, shown), lay, turn, highest)


def _suits(one: c.StoryCopy, hole: Cards) -> bool:
    return not hole.list.startswith("section:") or hole.list == f"section:{one.section.id}"


def write_photos(source: Path, target: Path) -> None:
    """Files for every sample photo, from the pictures in ``source`` in turn."""
    found = sorted(path for path in source.iterdir() if path.suffix in (".webp", ".jpg", ".png"))
    for number in range(1, 10):
        with Image.open(found[number % len(found)]) as opened:
            for width in WIDTHS:
                resized = opened.convert("RGB").resize((width, round(width * 2 / 3)))
                for kind in ("webp", "jpg"):
                    data = BytesIO()
                    resized.save(data, "JPEG" if kind == "jpg" else "WEBP", quality=75)
                    (target / f"{picture(number).digest}-{width}.{kind}").write_bytes(data.getvalue())


def main() -> None:
    """Write the specimen of every site."""
    target = Path(sys.argv[1])
    for number in range(3):
        of = site(number)
        folder = target / of.slug
        (folder / "foto").mkdir(parents=True, exist_ok=True)
        for address, data in assets.assets(of).items():
            path = folder / address.lstrip("/")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        for name, page in sheets(of).items():
            ending = "html" if page.content_type == sheet.HTML else "xml"
            (folder / f"{name}.{ending}").write_text(whole(page, of, stories(50)), "utf-8")
        (folder / "index-5.html").write_text(whole(front(of), of, stories(5)), "utf-8")
        if len(sys.argv) > 2:
            write_photos(Path(sys.argv[2]), folder / "foto")
    print(f"Written to {target}; the front's address would be {addresses.front(site())}")  # noqa: T201 - it is a command, too


if __name__ == "__main__":
    main()
