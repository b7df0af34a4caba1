"""Headers and short texts of the newsstand's answers.

A page's headers are put together once for a site, content type and cache class. Texts for when there is no page to
show are plain and in both of the interface's languages, since without a page there is no site whose language to take.
"""

from __future__ import annotations

from typing import NamedTuple

from redaksi.shelf.reader import Site

Header = tuple[str, str]

CACHE_CONTROL = {
    "page": "public, max-age=0, must-revalidate",
    "feed": "public, max-age=60",
    "error": "public, max-age=5",
}
"""By a page's cache class. Pages are asked for each time (a 304 is cheap), so a publish is seen at once."""

_UNTIL_PURGED = "stale-while-revalidate=1, stale-if-error=86400"
KEPT_BY_KEYS = {
    "page": f"public, max-age=0, s-maxage=3600, {_UNTIL_PURGED}",
    "feed": f"public, max-age=60, s-maxage=3600, {_UNTIL_PURGED}",
    "error": f"public, max-age=5, s-maxage=60, {_UNTIL_PURGED}",
}
"""For a page with surrogate keys, which caches in front (RFC 9111, 5.2.2.10; RFC 5861) keep until they are told that it changed.

The hour is for the case that a purge is lost. To readers such a cache is to say what CACHE_CONTROL says.
"""

FOREVER = "public, max-age=31536000, immutable"
NOSNIFF: Header = ("x-content-type-options", "nosniff")

_SAFE: dict[str, str] = {
    "content-security-policy": "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
    " font-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
}


class Notice(NamedTuple):
    """A status with a few words for a person."""

    status: int
    text: str


BAD_ADDRESS = Notice(400, "Alamat ini tidak dapat dibaca.\nThis address cannot be read.\n")
BAD_EMBEDDING = Notice(
    400,
    "Alamat berita (url) tidak ada, atau ukurannya bukan angka.\nThere is no story's address (url), or a size is no number.\n",
)
NO_PAGE = Notice(404, "Halaman tidak ditemukan.\nThere is no such page.\n")
ONLY_READING = Notice(405, "Di sini halaman hanya dapat dibaca.\nPages can only be read here.\n")
LONG_ADDRESS = Notice(414, "Alamat ini terlalu panjang.\nThis address is too long.\n")
BAD_RANGE = Notice(416, "Bagian berkas itu tidak ada.\nThe file has no such range.\n")
UNKNOWN_HOST = Notice(421, "Tidak ada situs dengan nama ini di sini.\nNo site of this name is served here.\n")
BUSY_SEARCH = Notice(
    429, "Terlalu banyak pencarian. Coba sebentar lagi.\nToo many searches. Please try again shortly.\n"
)
OUR_FAULT = Notice(500, "Ada gangguan di pihak kami.\nSomething went wrong on our side.\n")
ONLY_JSON = Notice(501, "Jawaban hanya ada dalam bentuk JSON.\nThe answer can be had as JSON only.\n")
NO_SHELF = Notice(
    503, "Situs sedang disiapkan. Silakan coba sebentar lagi.\nBeing set up. Please try again shortly.\n"
)

_EXTRA: dict[int, list[Header]] = {
    405: [("allow", "GET, HEAD")],
    429: [("retry-after", "2")],
    503: [("retry-after", "5")],
}


def notice_headers(notice: Notice) -> list[Header]:
    """Headers for a notice: never kept by anyone."""
    return [
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-store"),
        NOSNIFF,
        *_EXTRA.get(notice.status, []),
    ]


class SiteHeaders:
    """A site's response headers by content type, cache class and coding, each list put together once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._constant = list({**_SAFE, **dict(site.headers)}.items())
        self._made: dict[tuple[str, str, bool, bool], list[Header]] = {}

    def of(self, content_type: str, cache: str, *, gzip: bool, by_keys: bool = False) -> list[Header]:
        """All headers but those of the single page; not to be changed."""
        name = (content_type, cache, gzip, by_keys)
        made = self._made.get(name)
        if made is None:
            kept = KEPT_BY_KEYS if by_keys else CACHE_CONTROL
            made = [
                ("content-type", content_type),
                ("cache-control", kept.get(cache, kept["error"])),
                ("vary", "accept-encoding"),
                *self._constant,
            ]
            if gzip:
                made.append(("content-encoding", "gzip"))
            self._made[name] = made
        return made
