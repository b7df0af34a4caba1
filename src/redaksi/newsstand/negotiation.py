"""What a reader's browser accepts and what it holds already (RFC 9110, sections 8.8, 12.5.3, 13.1.2 and 14)."""

from __future__ import annotations

import re
from functools import lru_cache

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")
_TAGS = re.compile(r'(?:W/)?("[^"]*")')
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")


_LONGEST_CODINGS = 200


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header prefers gzip to plain bytes (RFC 9110, 12.5.3).

    No browser names more codings than fit into some dozen letters; a header without end is taken as if it were absent.
    """
    return len(header) <= _LONGEST_CODINGS and _prefers_gzip(header)


@lru_cache(maxsize=1024)
def _prefers_gzip(header: str) -> bool:
    qualities: dict[str, float] = {}
    for item in header.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        qualities[name] = _quality(parameters)
    of_any = qualities.get("*", 0.0)
    of_gzip = qualities.get("gzip", qualities.get("x-gzip", of_any))
    return of_gzip > 0 and of_gzip >= qualities.get("identity", 0.0)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            return float(value) if _QUALITY.match(value) else 0.0
    return 1.0


def holds(header: str, etag: str) -> bool:
    """Whether If-None-Match names `etag` or anything (`*`), compared weakly (RFC 9110, 13.1.2)."""
    return header == etag or header.strip() == "*" or etag in _TAGS.findall(header)


class UnsatisfiableRangeError(Exception):
    """A range that begins after the end of a file of `size` bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and byte after the last of a single byte range; None if the whole is to be sent.

    Several ranges, other units and garbled headers mean the whole, as RFC 9110, 14.2 lets us.

    Raises:
        UnsatisfiableRangeError: Nothing of the file lies in the range (416).
    """
    match = _RANGE.match(header.strip().lower())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first = int(match[1])
        last = min(int(match[2]), size - 1) if match[2] else size - 1
        if match[2] and int(match[2]) < first:
            return None
    if first > last or first >= size:
        raise UnsatisfiableRangeError(size)
    return first, last + 1
