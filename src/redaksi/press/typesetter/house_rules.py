"""House rules: the text files in which a site says to machines what they may do, who sells its space and whom to tell of a hole.

``robots.txt`` (RFC 9309), ``ads.txt`` (IAB Tech Lab), ``security.txt`` (RFC 9116) and ``llms.txt`` (llmstxt.org). All but the first are
there only where the site filled them in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.crawlers import turned_away
from redaksi.press.typesetter.sheet import PLAIN, Sheet
from redaksi.shelf.recipe import Own
from redaksi.stories.copy import SiteCopy

#: Months that ``security.txt`` may be relied on. The press prints it anew each month, so that it never runs out, and the RFC asks for
#: less than a year.
GOOD_FOR_MONTHS = 6


def robots(site: SiteCopy) -> Sheet:
    """``robots.txt``: everything may be read but by those whom the site asks to stay away, and here are the maps."""
    lines = ["User-agent: *", "Disallow:", ""]
    if names := turned_away(site.crawlers):
        lines += [*(f"User-agent: {name}" for name in names), "Disallow: /", ""]
    maps = (addresses.sitemap(site), addresses.news_sitemap(site))
    lines += [f"Sitemap: {links.absolute(site.origin, address)}" for address in maps]
    return _plain("\n".join(lines))


def filled_in(site: SiteCopy, month: date) -> Iterator[tuple[str, Sheet]]:
    """The addresses and texts of what the site filled in; ``month`` is any day of the current one."""
    if site.ads_txt.strip():
        yield addresses.ADS, _plain(site.ads_txt)
    if site.llms_txt.strip():
        yield addresses.LLMS, _plain(site.llms_txt)
    if contact := _contact(site.security_contact):
        yield addresses.SECURITY, _plain("\n".join(_security(site, contact, month)))


def _security(site: SiteCopy, contact: str, month: date) -> Iterator[str]:
    """RFC 9116, 2.5."""
    count = month.year * 12 + month.month - 1 + GOOD_FOR_MONTHS
    yield f"Contact: {contact}"
    yield f"Expires: {count // 12:04d}-{count % 12 + 1:02d}-01T00:00:00Z"
    yield f"Preferred-Languages: {', '.join(dict.fromkeys((addresses.tongue(site.language), 'en')))}"
    yield f"Canonical: {links.absolute(site.origin, addresses.SECURITY)}"


def _contact(text: str) -> str:
    """A contact as a URI (RFC 9116, 2.5.3): a page, or an address of mail; empty for what is neither."""
    text = links.clean(text).strip()
    if "@" in text and not text.lower().startswith("https:"):
        mail = text.removeprefix("mailto:")
        return f"mailto:{mail}" if mail.isascii() and not set(mail) & set(' <>"\t\r\n') else ""
    return links.href(text) if text.lower().startswith("https:") else ""


def _plain(text: str) -> Sheet:
    lines = links.clean(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return Sheet((Own(f"{lines}\n"),), PLAIN)
