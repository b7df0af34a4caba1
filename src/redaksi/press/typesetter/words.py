"""The words that a printed page speaks in each language: newsroom Indonesian and English, set side by side.

Words of the page, not of the story. Indonesian is the first language here and is written, not translated.
``{…}`` marks are filled by the templates with ``format``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from redaksi.press.typesetter.addresses import tongue

# Key: (Indonesian, English). A key that one language lacks can't be written down.
_WORDS: dict[str, tuple[str, str]] = {
    "breaking": ("Kabar terkini", "Breaking"),
    "skip": ("Langsung ke isi", "Skip to content"),
    "sections": ("Kanal", "Sections"),
    "menu": ("Menu", "Menu"),
    "network": ("Jaringan kami", "Our network"),
    "other_sites": ("Situs lain", "Other sites"),
    "all_sites": ("Semua situs kami", "All our sites"),
    "all_sites_text": ("Semua situs berita {group}.", "Every news site of {group}."),
    "read_in_id": ("Baca dalam bahasa Indonesia", "Read in Indonesian"),
    "read_in_en": ("Baca dalam bahasa Inggris", "Read in English"),
    "site_map": ("Peta situs", "Site map"),
    "home": ("Beranda", "Home"),
    "position": ("Posisi halaman", "Breadcrumb"),
    "latest": ("Terkini", "Latest"),
    "latest_news": ("Berita Terkini", "Latest news"),
    "all_latest": ("Semua berita terkini", "All the latest news"),
    "front_title": ("{site}: berita terkini", "{site}: the latest news"),
    "news": ("Berita", "News"),
    "all_of": ("Semua berita {name}", "All {name} stories"),
    "all_on": ("Semua berita topik ini", "All on this topic"),
    "picks": ("Pilihan editor", "Editors’ picks"),
    "all_picks": ("Semua pilihan", "All picks"),
    "picks_text": ("Berita yang dipilih redaksi {site}.", "What the editors of {site} picked."),
    "photos": ("Foto", "Photos"),
    "all_photos": ("Semua foto", "All photos"),
    "photos_text": ("Cerita foto dari {site}.", "Photo stories from {site}."),
    "video": ("Video", "Video"),
    "videos": ("Video", "Videos"),
    "all_videos": ("Semua video", "All videos"),
    "videos_text": ("Berita video dari {site}.", "Video stories from {site}."),
    "from_network": ("Dari jaringan kami", "From our network"),
    "all_network": ("Semua berita jaringan", "All stories of the network"),
    "network_text": ("Berita terbaru dari semua situs {group}.", "The newest from every site of {group}."),
    "open_site": ("Buka {name}", "Go to {name}"),
    "archive": ("Indeks Berita", "News archive"),
    "archive_of": ("Indeks Berita {year}", "News archive {year}"),
    "archive_text": (
        "Semua berita {site} menurut hari terbitnya.",
        "Every story of {site}, by the day it came out.",
    ),
    "days": ("Hari lain", "Other days"),
    "more_days": ("Hari sebelum dan sesudahnya", "The days before and after"),
    "years": ("Tahun", "Years"),
    "search": ("Cari", "Search"),
    "search_title": ("Cari berita", "Search the news"),
    "search_hint": ("Kata, nama, atau tempat", "Words, a name or a place"),
    "search_text": (
        "Cari berita {site} menurut judul, topik, atau nama.",
        "Search {site} by headline, topic or name.",
    ),
    "search_results": ("Hasil untuk “{asked}”", "Results for “{asked}”"),
    "search_order": ("Yang terbaru lebih dulu.", "Newest first."),
    "search_nothing": ("Belum ada berita untuk “{asked}”", "No stories for “{asked}”"),
    "search_advice": (
        "Periksa ejaannya, pakai lebih sedikit kata, atau telusuri dari sini:",
        "Check the spelling, use fewer words, or look around from here:",
    ),
    "topics": ("Topik", "Topics"),
    "topics_under": ("Topik: {letter}", "Topics: {letter}"),
    "by_letter": ("Menurut abjad", "By letter"),
    "topics_text": (
        "Peristiwa, orang, lembaga, dan tempat yang kami liput.",
        "The events, people, organisations and places that we cover.",
    ),
    "enlarge": ("Buka foto ukuran besar", "Open the photo large"),
    "close": ("Tutup", "Close"),
    "comments": ("Komentar", "Comments"),
    "comments_none": ("Belum ada komentar.", "No comments yet."),
    "popular": ("Banyak dirujuk", "Most referred to"),
    "popular_text": (
        "Berita {site} yang belakangan ini paling banyak dirujuk oleh berita kami yang lain.",
        "The stories of {site} that most of our other recent stories refer to.",
    ),
    "list_none": ("Belum ada berita di sini.", "Nothing here yet."),
    "corrections_none": (
        "Belum ada ralat, hak jawab, atau pencabutan.",
        "No corrections, replies or withdrawals yet.",
    ),
    "popular_none": ("Belum ada berita yang dirujuk berita lain.", "No story refers to another yet."),
    "all_of_it": ("Selengkapnya", "All of them"),
    "newsroom": ("Redaksi", "Newsroom"),
    "team": ("Susunan Redaksi", "Editorial team"),
    "team_text": ("Mereka yang membuat {site}, menurut tugasnya.", "Those who make {site}, by what they do."),
    "team_network_manager": ("Pimpinan jaringan", "Network management"),
    "team_site_manager": ("Pimpinan redaksi", "Editors in charge"),
    "team_editor": ("Editor", "Editors"),
    "team_photo_editor": ("Redaktur foto", "Photo editors"),
    "team_reporter": ("Reporter", "Reporters"),
    "publisher": ("Penerbit", "Publisher"),
    "address": ("Alamat", "Address"),
    "email": ("Surel redaksi", "E-mail"),
    "follow": ("Ikuti kami di", "Follow us on"),
    "share": ("Bagikan", "Share"),
    "copy_link": ("Salin tautan", "Copy link"),
    "copied": ("Tautan disalin", "Link copied"),
    "updated": ("Diperbarui", "Updated"),
    "writer": ("Penulis:", "By"),
    "editor": ("Editor:", "Editor:"),
    "photographer": ("Fotografer:", "Photographer:"),
    "translator": ("Penerjemah:", "Translator:"),
    "contributor": ("Kontributor:", "Contributor:"),
    "source": ("Sumber:", "Source:"),
    "read_also": ("Baca juga", "Read also"),
    "quotation": ("Pernyataan", "Statement"),
    "paraphrase": ("Pernyataan, disarikan", "Statement, in our words"),
    "facts": ("Fakta", "Facts"),
    "gallery": ("Galeri foto", "Photo gallery"),
    "photo_count": ("{n} foto", "{n} photos"),
    "embed": ("Dari {provider}", "From {provider}"),
    "embed_open": ("Buka di {provider}", "Open on {provider}"),
    "embed_consent": (
        "Isi ini dimuat dari {provider}, yang dapat mengumpulkan data Anda, hanya setelah Anda menekannya.",
        "This is loaded from {provider}, which may collect data about you, only after you press it.",
    ),
    "correction": ("Ralat {n}", "Correction {n}"),
    "reply": ("Hak jawab {n}", "Right of reply {n}"),
    "reply_by": ("Disampaikan oleh {name}", "From {name}"),
    "reply_story": ("Baca hak jawab selengkapnya:", "Read the reply in full:"),
    "reply_to": ("Hak jawab atas:", "A reply to:"),
    "reply_to_withdrawn": (
        "Hak jawab atas berita yang sudah dicabut:",
        "A reply to a story that was withdrawn:",
    ),
    "reply_to_expired": (
        "Hak jawab atas berita yang sudah tidak tayang:",
        "A reply to a story that is no longer published:",
    ),
    "corrected": ("Berita ini sudah diralat:", "This story was corrected:"),
    "replied": ("Berita ini memuat hak jawab:", "This story carries a reply:"),
    "corrections": ("Ralat dan Hak Jawab", "Corrections and replies"),
    "corrections_text": (
        "Setiap ralat, hak jawab, dan pencabutan berita kami catat di sini, yang terbaru lebih dulu.",
        "Every correction, right of reply and withdrawn story is noted here, the newest first.",
    ),
    "verifying": ("Masih diverifikasi", "Still being verified"),
    "verifying_since": ("Sejak {at}", "Since {at}"),
    "contents": ("Daftar isi", "Contents"),
    "related": ("Berita lain terkait {name}", "More on {name}"),
    "all_of_topic": ("Semua berita", "All stories"),
    "source_agency": ("Sumber berita: {name}", "Source: {name}"),
    "older": ("Berita sebelumnya", "Older stories"),
    "newer": ("Berita lebih baru", "Newer stories"),
    "pages": ("Halaman lain", "More pages"),
    "person": ("Tokoh", "Person"),
    "organisation": ("Lembaga", "Organisation"),
    "place": ("Tempat", "Place"),
    "event": ("Peristiwa", "Running story"),
    "subject": ("Topik", "Subject"),
    "people": ("Tokoh", "People"),
    "organisations": ("Lembaga", "Organisations"),
    "places": ("Tempat", "Places"),
    "events": ("Peristiwa", "Running stories"),
    "subjects": ("Pokok bahasan", "Subjects"),
    "also_known": ("Disebut juga", "Also known as"),
    "not_found": ("Halaman tidak ditemukan", "Page not found"),
    "not_found_text": (
        "Mungkin alamatnya berubah, atau ada huruf yang tertukar. Berita yang Anda cari mungkin ada di sini:",
        "Its address may have changed, or may have been mistyped. What you are looking for may be here:",
    ),
    "withdrawn": ("Berita dicabut", "Story withdrawn"),
    "withdrawn_because": ("Berita ini dicabut karena", "This story was withdrawn because"),
    "withdrawn_at": ("Dicabut pada", "Withdrawn on"),
    "withdrawn_headline": ("Judul semula", "The headline was"),
    "withdrawn_contact": ("Pertanyaan tentang pencabutan ini:", "Questions about this withdrawal:"),
    "printed_from": ("Dicetak dari {site}", "Printed from {site}"),
    "published_by": ("Diterbitkan oleh", "Published by"),
    "responsible": ("Penanggung jawab", "Person responsible"),
    "part_of": ("Bagian dari {group}", "Part of {group}"),
    "feed": ("RSS", "RSS"),
    "read_on": ("Baca selengkapnya di {site}", "Read on at {site}"),
    "stories_by": ("Berita oleh {name}", "Stories by {name}"),
    "mentioned_in": ("Juga disebut dalam", "Also mentioned in"),
    "stories_on": ("Berita tentang {name}", "Stories about {name}"),
    "section_text": ("Berita {section} dari {site}.", "{section} news from {site}."),
    "day_text": ("Semua berita {site} pada {day}.", "Every story of {site} on {day}."),
}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "id": MappingProxyType({key: pair[0] for key, pair in _WORDS.items()}),
        "en": MappingProxyType({key: pair[1] for key, pair in _WORDS.items()}),
    }
)


def words_for(language: str) -> Mapping[str, str]:
    """The words of a site's language (a BCP 47 tag).

    Raises:
        ValueError: when the press has no words in that language.
    """
    return WORDS[tongue(language)]
