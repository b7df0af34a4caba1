"""What a new site says about itself on its first day, in its language, until its newsroom writes its own words.

Our own wording. The code of practice is told in short and linked where the Press Council keeps it: Dewan Pers, Pedoman
Pemberitaan Media Siber (2012), and Kode Etik Jurnalistik. What is said about privacy is what the software does.
"""

from __future__ import annotations

from typing import NamedTuple

from redaksi.network.models import Site
from redaksi.stories.models import StaticPage

_CODE_AT = "https://dewanpers.or.id/pedoman-pemberitaan-media-siber/"
_ETHICS_AT = "https://dewanpers.or.id/kode-etik-jurnalistik/"


class FirstPage(NamedTuple):
    kind: str
    slug: str
    title: str
    body: str


_INDONESIAN = (
    FirstPage(
        "about",
        "tentang-kami",
        "Tentang kami",
        "<p>{site} memberitakan apa yang perlu diketahui pembacanya, dan menyebut dari mana ia mengetahuinya.</p>"
        "<p>Redaksi menentukan sendiri apa yang diberitakan. Pemilik, pengiklan, dan narasumber tidak membaca berita sebelum "
        "tayang. Kekeliruan diralat di tempat terjadinya, dengan tanggal dan jam, dan ralat itu tidak dihapus.</p>",
    ),
    FirstPage(
        "code",
        "pedoman-media-siber",
        "Pedoman Pemberitaan Media Siber",
        "<p>{site} bekerja menurut Undang-Undang Nomor 40 Tahun 1999 tentang Pers, "
        f'<a href="{_ETHICS_AT}">Kode Etik Jurnalistik</a>, dan <a href="{_CODE_AT}">Pedoman Pemberitaan Media Siber</a> '
        "yang ditetapkan Dewan Pers. Yang mengikat adalah naskah aslinya; di bawah ini ringkasan kami tentang apa artinya "
        "bagi pembaca.</p>"
        "<h2>Verifikasi</h2><p>Berita diperiksa sebelum tayang. Jika suatu hal begitu mendesak bagi kepentingan umum sehingga "
        "kami memberitakannya lebih dulu, kami mengatakan bahwa hal itu masih diverifikasi, lalu melengkapinya di berita "
        "yang sama atau berita yang ditautkan. Pihak yang dapat dirugikan diberi kesempatan bicara.</p>"
        "<h2>Isi dari pembaca</h2><p>Tulisan pembaca yang berisi kabar bohong, fitnah, kekerasan, cabul, atau kebencian "
        "terhadap suku, agama, ras, dan golongan kami turunkan. Keberatan atas tulisan seperti itu kami tanggapi secepatnya, "
        "paling lambat dua hari kerja.</p>"
        "<h2>Ralat, koreksi, dan hak jawab</h2><p>Ralat dan hak jawab kami tautkan pada berita yang dimaksud, lengkap dengan "
        "waktunya. Siapa pun yang merasa dirugikan oleh berita kami berhak menjawab, tanpa biaya.</p>"
        "<h2>Pencabutan berita</h2><p>Berita yang sudah tayang tidak dicabut atas permintaan pihak luar, kecuali menyangkut "
        "SARA, kesusilaan, masa depan anak, pengalaman traumatik korban, atau pertimbangan khusus lain menurut Dewan Pers. "
        "Alasan pencabutan kami umumkan di alamat berita itu.</p>"
        "<h2>Iklan dan hak cipta</h2><p>Isi berbayar kami beri tanda yang jelas. Karya orang lain kami muat dengan izin atau "
        "menurut hukum, dengan menyebut sumbernya.</p>"
        "<h2>Sengketa</h2><p>Keberatan dapat disampaikan kepada redaksi. Penilaian akhir atas sengketa mengenai pedoman ini "
        "ada pada Dewan Pers.</p>",
    ),
    FirstPage(
        "privacy",
        "privasi",
        "Privasi",
        "<p>Membaca {site} tidak memerlukan akun. Selama Anda tidak masuk, kami tidak memasang kuki, tidak memuat skrip pihak "
        "ketiga, dan tidak membuat profil pembaca.</p>"
        "<h2>Isi dari situs lain</h2><p>Video dan kiriman dari layanan lain baru dimuat setelah Anda menekannya. Sejak saat "
        "itu layanan tersebut dapat mengetahui bahwa Anda membuka halaman ini.</p>"
        "<h2>Berbagi</h2><p>Tautan untuk berbagi adalah tautan biasa. Layanan yang dituju baru mengetahui sesuatu jika Anda "
        "membukanya.</p>"
        "<h2>Pertanyaan</h2><p>Tanyakan kepada redaksi apa yang kami simpan tentang Anda; Anda berhak tahu, membetulkan, dan "
        "meminta penghapusannya menurut Undang-Undang Nomor 27 Tahun 2022.</p>",
    ),
    FirstPage(
        "contact",
        "kontak",
        "Kontak",
        "<p>Kabar, keberatan, permintaan ralat, dan hak jawab kami terima di alamat berikut. Sebutkan alamat berita yang Anda "
        "maksud, agar kami cepat menemukannya.</p>",
    ),
)
_ENGLISH = (
    FirstPage(
        "about",
        "about-us",
        "About us",
        "<p>{site} reports what its readers need to know, and says how it knows.</p>"
        "<p>The newsroom alone decides what is reported. Owners, advertisers and sources do not read stories before they are "
        "published. Mistakes are corrected where they were made, with day and time, and corrections are not removed.</p>",
    ),
    FirstPage(
        "code",
        "code-of-practice",
        "Code of practice",
        "<p>{site} works under Indonesia’s Press Law (No. 40 of 1999), the "
        f'<a href="{_ETHICS_AT}">Code of Journalistic Ethics</a> and the <a href="{_CODE_AT}">guidelines for online media</a> '
        "of the Press Council (Dewan Pers). The originals bind us; this is our summary of what they mean for readers.</p>"
        "<h2>Verification</h2><p>Stories are checked before they are published. Where something is so urgent to the public that "
        "we report it first, we say that it is still being verified, and complete it in the same story or one that it links "
        "to. Those who may be harmed are given the chance to speak.</p>"
        "<h2>What readers write</h2><p>We take down what readers write if it is false, defamatory, violent, obscene or "
        "hateful. Objections are dealt with as soon as possible, within two working days at most.</p>"
        "<h2>Corrections and right of reply</h2><p>Corrections and replies are linked to the story that they are about, with "
        "their time. Anyone who feels harmed by our reporting may reply, free of charge.</p>"
        "<h2>Withdrawals</h2><p>A published story is not withdrawn at the request of outsiders, except where it touches "
        "communal hatred, decency, the future of a child, the trauma of a victim, or other grounds set by the Press Council. "
        "The reason stands in public at the story’s address.</p>"
        "<h2>Advertising and copyright</h2><p>Paid content is clearly marked. The work of others is used with permission or as "
        "the law allows, and its source is named.</p>"
        "<h2>Disputes</h2><p>Objections can be brought to the newsroom. The final judgement on these guidelines is the Press "
        "Council’s.</p>",
    ),
    FirstPage(
        "privacy",
        "privacy",
        "Privacy",
        "<p>Reading {site} needs no account. As long as you are not signed in we set no cookie, load no script of others and "
        "build no profile of readers.</p>"
        "<h2>Content from elsewhere</h2><p>Videos and posts of other services are loaded only after you press them. From then on "
        "that service may know that you are on the page.</p>"
        "<h2>Sharing</h2><p>The links for sharing are plain links. The service learns something only if you follow one.</p>"
        "<h2>Questions</h2><p>Ask the newsroom what we keep about you; under Indonesia’s Law No. 27 of 2022 you may know it, "
        "have it put right and have it erased.</p>",
    ),
    FirstPage(
        "contact",
        "contact",
        "Contact",
        "<p>News, objections, requests for correction and replies reach us here. Name the address of the story that you mean, so "
        "that we find it quickly.</p>",
    ),
)
FIRST_PAGES = {"id": _INDONESIAN, "en": _ENGLISH}


def write(site: Site) -> None:
    """Give a site its first pages; to be called once, when it is made."""
    for order, page in enumerate(FIRST_PAGES.get(site.language.partition("-")[0], _ENGLISH)):
        StaticPage.objects.create(
            site=site,
            kind=page.kind,
            slug=page.slug,
            title=page.title,
            body=page.body.replace("{site}", site.name),
            order=order,
        )
