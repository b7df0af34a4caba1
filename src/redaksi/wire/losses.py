"""What could not be carried over, and why: one line each, so that an import never loses something in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something stayed behind or came changed. The value stands in the report's table; `sentence` explains it."""

    LAYOUT = "layout"
    DYNAMIC = "dynamic"
    SHORTCODE = "shortcode"
    UNKNOWN_BLOCK = "unknown-block"
    SCRIPT = "script"
    FORM = "form"
    FORMATTING = "formatting"
    LINK = "link"
    MARK = "mark"
    MEDIA = "media"
    EMBED = "embed"
    PICTURE = "picture"
    TRACKER = "tracker"
    QUOTE = "quote"
    TOO_DEEP = "too-deep"
    TABLE = "table"
    SHORTENED = "shortened"
    ITEM = "item"
    STATUS = "status"
    COMMENTS = "comments"
    STICKY = "sticky"
    PASSWORD = "password"  # noqa: S105  # a word of the report, not a secret
    FIELDS = "fields"
    TERMS = "terms"
    ADDRESS = "address"
    DATE = "date"
    REPAIR = "repair"
    PAGE = "page"
    PRIVATE = "private"
    CHANGED = "changed"


_ENGLISH = {
    Reason.LAYOUT: "The layout (columns, groups, covers, buttons) was left out; its text and pictures came in.",
    Reason.DYNAMIC: "WordPress made this anew for each reader; there is no text of it in the archive.",
    Reason.SHORTCODE: "A plugin's shortcode means nothing here; the text inside it, if any, came in.",
    Reason.UNKNOWN_BLOCK: "An unknown block; its text came in as ordinary paragraphs.",
    Reason.SCRIPT: "Scripts and styles never come in.",
    Reason.FORM: "Forms never come in; their words came in as text.",
    Reason.FORMATTING: "This formatting has no counterpart; the text came in plain.",
    Reason.LINK: "The link could not be kept; its text came in.",
    Reason.MARK: "Separators, spacers and page breaks were left out.",
    Reason.MEDIA: "Sound, video and files stay where they are; a link stands in the text.",
    Reason.EMBED: "Nothing of this host can be embedded; a link stands in the text.",
    Reason.PICTURE: "The picture was not found; its caption stayed as text.",
    Reason.TRACKER: "An invisible counting picture was left out.",
    Reason.QUOTE: "A quotation that is too long or too rich for a pull quote came in as paragraphs.",
    Reason.TOO_DEEP: "The HTML is nested too deeply; only its text came in.",
    Reason.TABLE: "The table came in simplified.",
    Reason.SHORTENED: "The text was longer than the field; the rest was cut off.",
    Reason.ITEM: "Not a story: this kind of entry does not come in.",
    Reason.STATUS: "This state is unknown here, or means that it was thrown away.",
    Reason.COMMENTS: "Readers' comments do not come in.",
    Reason.STICKY: "It was held at the top of the front page; that does not carry over.",
    Reason.PASSWORD: "It was protected by a password; it came in as a draft, unpublished.",
    Reason.FIELDS: "Custom fields of plugins do not come in.",
    Reason.TERMS: "It was filed under something that has no counterpart.",
    Reason.ADDRESS: "The old address could not be kept.",
    Reason.DATE: "There is no usable date; the time of the import was taken.",
    Reason.REPAIR: "The file itself was damaged and was mended while it was read.",
    Reason.PAGE: "A page came in as a story in a section of its own.",
    Reason.PRIVATE: "It was not public; it came in as a draft.",
    Reason.CHANGED: "The archive has it changed since it came in; what the newsroom has was left as it is.",
}
_INDONESIAN = {
    Reason.LAYOUT: "Tata letak (kolom, grup, sampul, tombol) ditinggalkan; teks dan gambarnya masuk.",
    Reason.DYNAMIC: "WordPress membuatnya saat halaman dibuka; teksnya tidak ada dalam arsip.",
    Reason.SHORTCODE: "Kode pendek milik plugin tidak berarti di sini; teks di dalamnya, kalau ada, tetap masuk.",
    Reason.UNKNOWN_BLOCK: "Blok tidak dikenal; teksnya masuk sebagai paragraf biasa.",
    Reason.SCRIPT: "Skrip dan gaya tidak pernah ikut masuk.",
    Reason.FORM: "Formulir tidak ikut masuk; kata-katanya masuk sebagai teks.",
    Reason.FORMATTING: "Format ini tidak punya padanan; teksnya masuk tanpa format.",
    Reason.LINK: "Tautan tidak dapat dipertahankan; teksnya tetap masuk.",
    Reason.MARK: "Garis pemisah, jarak, dan batas halaman ditinggalkan.",
    Reason.MEDIA: "Suara, video, dan berkas tetap di tempat asalnya; tautannya dipasang di dalam teks.",
    Reason.EMBED: "Isi dari situs ini tidak dapat ditanamkan; tautannya dipasang di dalam teks.",
    Reason.PICTURE: "Gambar tidak ditemukan; keterangannya tetap masuk sebagai teks.",
    Reason.TRACKER: "Gambar pelacak yang tak kasatmata ditinggalkan.",
    Reason.QUOTE: "Kutipan yang terlalu panjang atau berformat masuk sebagai paragraf.",
    Reason.TOO_DEEP: "HTML-nya bersarang terlalu dalam; hanya teksnya yang masuk.",
    Reason.TABLE: "Tabel masuk dalam bentuk yang disederhanakan.",
    Reason.SHORTENED: "Teks lebih panjang daripada ruangnya; selebihnya dipotong.",
    Reason.ITEM: "Bukan berita: jenis isi ini tidak ikut masuk.",
    Reason.STATUS: "Keadaan ini tidak dikenal di sini, atau berarti sudah dibuang.",
    Reason.COMMENTS: "Komentar pembaca tidak ikut masuk.",
    Reason.STICKY: "Dulu disematkan di puncak halaman muka; sematan itu tidak ikut.",
    Reason.PASSWORD: "Dulu dilindungi kata sandi; masuk sebagai draf dan tidak terbit.",
    Reason.FIELDS: "Isian tambahan milik plugin tidak ikut masuk.",
    Reason.TERMS: "Penggolongan ini tidak punya padanan.",
    Reason.ADDRESS: "Alamat lama tidak dapat dipertahankan.",
    Reason.DATE: "Tidak ada tanggal yang dapat dipakai; dipakai waktu pemindahan.",
    Reason.REPAIR: "Berkasnya sendiri cacat dan diperbaiki sambil dibaca.",
    Reason.PAGE: "Laman masuk sebagai berita di kanal tersendiri.",
    Reason.PRIVATE: "Dulu tidak untuk umum; masuk sebagai draf.",
    Reason.CHANGED: "Isinya berubah di arsip sesudah masuk; yang ada di redaksi dibiarkan.",
}


def sentence(reason: Reason, language: str) -> str:
    """The reason in words, in Indonesian for `id…` and in English for every other language."""
    return (_INDONESIAN if language.startswith("id") else _ENGLISH)[reason]


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that did not come, or came changed: what it was, and as much of it as helps to find it."""

    reason: Reason
    what: str
    detail: str = ""


class Losses:
    """Gathers losses in order. The same thing for the same reason is said once, with how often it happened."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Reason, str], int] = {}
        self._details: dict[tuple[Reason, str], str] = {}

    def add(self, reason: Reason, what: str, detail: str = "") -> None:
        key = (reason, what)
        self._counts[key] = self._counts.get(key, 0) + 1
        if detail and detail not in self._details.get(key, ""):
            self._details[key] = f"{self._details[key]} · {detail}" if key in self._details else detail

    def extend(self, losses: Iterable[Loss]) -> None:
        """Add losses that were gathered elsewhere."""
        for loss in losses:
            self.add(loss.reason, loss.what, loss.detail)

    def take(self) -> tuple[Loss, ...]:
        """The losses so far; details are cut at 500 characters."""
        return tuple(
            Loss(
                reason,
                f"{what} ({count} ×)" if count > 1 else what,
                self._details.get((reason, what), "")[:500],
            )
            for (reason, what), count in self._counts.items()
        )
