"""Photos, style sheets, fonts and scripts: files whose address changes whenever their bytes do.

    /foto/<digest>-<width>.webp     from <home>/photos/public
    /aset/<name>.<digest>.css       from <home>/assets

Only names of exactly this shape are looked for, so no address can lead anywhere else.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from redaksi.newsstand.answers import FOREVER, NOSNIFF, Header
from redaksi.newsstand.negotiation import accepts_gzip, asked_range, holds

_PHOTO = re.compile(r"/foto/([0-9a-f]{8,128}-[0-9]{1,5}\.(webp|jpg|avif))\Z")
_ASSET = re.compile(r"/aset/([a-z0-9][a-z0-9_-]{0,63}\.[0-9a-f]{8,128}\.(css|js|woff2|svg|png|ico))\Z")
_TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
_COMPRESSIBLE = {"css", "js", "svg"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What to answer for a file: which bytes, with which headers."""

    status: int
    headers: list[Header]
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The request headers that matter to a file (empty texts where absent)."""

    accept_encoding: str = ""
    if_none_match: str = ""
    if_range: str = ""
    range: str = ""


class Files:
    """Finds files under a data folder."""

    def __init__(self, home: Path) -> None:
        self._photos = home / "photos" / "public"
        self._assets = home / "assets"

    def find(self, path: str, asked: Asked) -> FileAnswer | None:
        """The answer for a file's address; None if there is no such file.

        Raises:
            UnsatisfiableRangeError: The asked range lies outside the file.
        """
        for pattern, folder in ((_PHOTO, self._photos), (_ASSET, self._assets)):
            match = pattern.match(path)
            if match is not None:
                return self._answer(folder / match[1], match[2], asked)
        return None

    def _answer(self, file: Path, kind: str, asked: Asked) -> FileAnswer | None:
        headers = [
            ("content-type", _TYPES[kind]),
            ("cache-control", FOREVER),
            ("content-security-policy", _POLICY),
            NOSNIFF,
        ]
        if kind in _COMPRESSIBLE:
            headers.append(("vary", "accept-encoding"))
            pressed = file.with_name(file.name + ".gz")
            if accepts_gzip(asked.accept_encoding) and _size(pressed) is not None:
                file = pressed
                headers.append(("content-encoding", "gzip"))
        size = _size(file)
        if size is None:
            return None
        etag = f'"{file.name}-{size:x}"'
        headers += [("etag", etag), ("accept-ranges", "bytes")]
        return _part(FileAnswer(200, headers, str(file), 0, size), etag, asked)


def _part(whole: FileAnswer, etag: str, asked: Asked) -> FileAnswer:
    """The whole, a part or nothing of it, as the request's conditions say."""
    if asked.if_none_match and holds(asked.if_none_match, etag):
        return FileAnswer(304, whole.headers, whole.path, 0, 0)
    wanted = asked_range(asked.range, whole.end) if asked.range and asked.if_range in ("", etag) else None
    if wanted is None:
        return whole
    first, end = wanted
    headers = [*whole.headers, ("content-range", f"bytes {first}-{end - 1}/{whole.end}")]
    return FileAnswer(206, headers, whole.path, first, end)


def _size(file: Path) -> int | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - asked for each photo
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
