"""What a single value of a feed must be: a date, an address, an id, a language, a type, HTML. Each check gives the event's name or None.

Events have the names of the W3C's Feed Validation Service, whose test cases prove these checks.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

_RFC3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))")
_RFC822 = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d)(?::(\d\d))? (?:UT|GMT|[ECMP][SD]T|[A-IK-Za-ik-z]|[+-]\d{4})"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_ADDRESS = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-])+")
_TAG = re.compile(
    r"tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,\d{4}(-(?:0\d|1[0-2])(-(?:[0-2]\d|3[01]))?)?:"
    r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?@!$&'()*+,;=-])*(?:#.*)?"
)
_URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:.+", re.IGNORECASE)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[\w-]+=(?:[\w.-]+|\"[^\"]*\"))*")
_SCHEMES = {"http", "https", "ftp", "mailto", "tag", "urn"}
#: The bidirectional and control characters, and what stands for text that was lost.
_BAD_CHARACTERS = re.compile("[\x80-\x9f\ufffd]")
_CHARACTER = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|(\d+));?")

#: What our feeds' HTML is made of. A tag that is none of these is an error of ours, whatever others may write.
TAGS = frozenset("a abbr b br cite code em i li mark ol p q s small span strong sub sup ul".split())
RISKY_TAGS = frozenset(
    "applet base body button embed form frame frameset head html iframe input link math meta noscript object param script select "
    "style svg textarea title".split()
)


def rfc3339(text: str) -> str | None:
    """RFC 4287, 3.3: RFC 3339 with upper case "T" and "Z", and a day that there is."""
    found = _RFC3339.fullmatch(text)
    if not found:
        return "InvalidRFC3339Date"
    year, month, day, *clock = (int(part or 0) for part in found.groups())
    return None if _is_moment(year, month, day, *clock) else "InvalidRFC3339Date"


def rfc822(text: str) -> str | None:
    """RSS 2.0: RFC 822 with years of four digits, on the day of the week that it was."""
    found = _RFC822.fullmatch(text)
    if not found:
        return "InvalidRFC2822Date"
    name, day, month, year, *clock = found.groups()
    numbers = [int(year), _MONTHS.index(month) + 1, int(day)]
    if not _is_moment(*numbers, *(int(part or 0) for part in clock)):
        return "InvalidRFC2822Date"
    return "InvalidRFC2822Date" if name and calendar.day_abbr[date(*numbers).weekday()] != name else None


def w3cdtf(text: str) -> str | None:
    return None if _W3CDTF.fullmatch(text) else "InvalidW3CDTFDate"


def _is_moment(year: int, month: int, day: int, hour: int, minute: int, second: int, *offset: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return (
        hour <= 23
        and minute <= 59
        and second <= 60
        and all(part <= top for part, top in zip(offset, (23, 59), strict=False))
    )


def address(text: str) -> str | None:
    """A whole address (RFC 3986) of a kind that feeds use."""
    if text != text.strip():
        return "UnexpectedWhitespace"
    if not text or not _ADDRESS.fullmatch(text):
        return "InvalidLink" if text.isascii() else "UriNotIri"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "InvalidLink"
    if parts.scheme not in _SCHEMES:
        return "InvalidFullLink"
    return "InvalidLink" if parts.scheme in ("http", "https", "ftp") and (not host or ".." in host) else None


def identity(text: str) -> str | None:
    """An id that stays: a whole address, a tag (RFC 4151) or a URN (RFC 8141)."""
    if text != text.strip():
        return "UnexpectedWhitespace"
    if text.startswith("tag:"):
        return None if _TAG.fullmatch(text) else "InvalidTAG"
    if text.lower().startswith("urn:uuid:"):
        return None if _UUID.fullmatch(text) else "InvalidUUID"
    if text.lower().startswith("urn:"):
        return None if _URN.fullmatch(text) else "InvalidURN"
    return address(text)


def mail(text: str) -> str | None:
    return None if _MAIL.fullmatch(text) else "InvalidContact"


def rss_mail(text: str) -> str | None:
    """RSS's persons: an address of mail, with a name in brackets or without."""
    return mail(text.partition(" (")[0])


def language(text: str) -> str | None:
    return None if _LANGUAGE.fullmatch(text) else "InvalidLanguage"


def mime(text: str) -> str | None:
    return None if _MIME.fullmatch(text) else "InvalidMIMEType"


def positive(text: str) -> str | None:
    return None if text.isascii() and text.isdigit() and int(text) > 0 else "InvalidPositiveInteger"


def characters(text: str) -> str | None:
    return "BadCharacters" if _BAD_CHARACTERS.search(text) else None


def html(text: str) -> set[str]:
    """Everything that is wrong with a piece of HTML that stands in a feed as text."""
    reader = _Reader()
    reader.feed(text)
    if reader.rawdata.strip().startswith("<"):  # a tag that never ends
        reader.found.add("NotHtml")
    reader.close()
    if reader.open:
        reader.found.add("NotHtml")
    codes = (int(hexa, 16) if hexa else int(number) for hexa, number in _CHARACTER.findall(text))
    if any(0x80 <= code <= 0x9F or code > 0x10FFFF for code in codes):
        reader.found.add("NotHtml")
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in RISKY_TAGS:
            self.found.add("SecurityRisk")
        elif tag not in TAGS:
            self.found.add("NotHtml")
        for name, value in attrs:
            if name.startswith("on"):
                self.found |= {"SecurityRisk", "SecurityRiskAttr"}
            elif name == "style":
                self.found.add("DangerousStyleAttr")
            elif name in ("href", "src", "cite") and (problem := address(value or "")):
                self.found.add("ContainsRelRef" if problem == "InvalidFullLink" else problem)
        if tag != "br":
            self.open.append(tag)

    def handle_pi(self, data):
        self.found.add("SecurityRisk")

    def handle_endtag(self, tag):
        if tag == "br":
            return
        if not self.open or self.open.pop() != tag:
            self.found.add("NotHtml")
