"""Mends, on the way in, the two faults that real WordPress archives have and that XML does not forgive.

Control characters that writers pasted into their texts (XML 1.0 section 2.2 forbids them) become spaces; a bare `&`
or an HTML entity outside CDATA (exporters other than WordPress's own leave them in addresses) becomes `&amp;`. It
works on bytes of UTF-8 and other encodings that keep ASCII's bytes, by chunks, and counts what it changed. Since no
named entity but XML's own five gets through, none that a DOCTYPE declares is ever used.
"""

from __future__ import annotations

import re

_FORBIDDEN = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_TO_SPACE = bytes.maketrans(_FORBIDDEN, b" " * len(_FORBIDDEN))
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_OPEN, _CLOSE = b"<![CDATA[", b"]]>"
_LONGEST_REFERENCE = 12  # bytes; what must not be cut by the end of a chunk


class Mender:
    """Takes chunks in order, gives mended bytes. `controls` and `ampersands` count what was changed."""

    def __init__(self) -> None:
        self.controls = 0
        self.ampersands = 0
        self._held = b""
        self._in_cdata = False

    def feed(self, chunk: bytes) -> bytes:
        """Mend as much as can be judged; the rest is held back for the next chunk."""
        return self._mend(self._held + self._without_controls(chunk), last=False)

    def close(self) -> bytes:
        """The rest."""
        return self._mend(self._held, last=True)

    def _without_controls(self, chunk: bytes) -> bytes:
        clean = chunk.translate(_TO_SPACE)
        if clean != chunk:
            self.controls += len(chunk) - len(chunk.translate(None, _FORBIDDEN))
        return clean

    def _mend(self, data: bytes, *, last: bool) -> bytes:
        out: list[bytes] = []
        at = 0
        while True:
            mark = _CLOSE if self._in_cdata else _OPEN
            found = data.find(mark, at)
            if found < 0:
                break
            end = found + len(mark)
            out.append(data[at:end] if self._in_cdata else self._escaped(data[at:end]))
            self._in_cdata, at = not self._in_cdata, end
        rest = data[at:]
        keep = 0 if last else self._undecided(rest)
        self._held = rest[len(rest) - keep :]
        ready = rest[: len(rest) - keep]
        out.append(ready if self._in_cdata else self._escaped(ready))
        return b"".join(out)

    def _undecided(self, rest: bytes) -> int:
        """How many bytes at the end may be the beginning of a mark or of a reference."""
        if self._in_cdata:
            return min(len(rest), len(_CLOSE) - 1)
        tail = rest[-_LONGEST_REFERENCE:]
        starts = [place for place in (tail.rfind(b"&"), tail.rfind(b"<")) if place >= 0]
        return len(tail) - min(starts) if starts else 0

    def _escaped(self, text: bytes) -> bytes:
        if b"&" not in text:
            return text
        mended, count = _BARE.subn(b"&amp;", text)
        self.ampersands += count
        return mended
