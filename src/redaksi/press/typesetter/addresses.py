"""The words in readers' addresses and the names of lists: the one place where either is spelled.

Addresses follow the site's language (``/terkini`` or ``/latest``) and never change once they were given out. A story's
own address is part of its copy and is not made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from redaksi.stories.copy import ContributorCopy, SectionCopy, SiteCopy, TopicCopy

FRONT = "/"
FEED = "/rss.xml"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
#: Where the newsstand looks for a site's "not found" page; no request can name it.
NOT_FOUND = "!404"


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The words of one language. ``before`` and ``after`` are the pager's names in a query string."""

    latest: str
    archive: str
    topics: str
    contributors: str
    before: str
    after: str


ADDRESS_WORDS = {
    "id": AddressWords("terkini", "indeks", "topik", "penulis", "sebelum", "sesudah"),
    "en": AddressWords("latest", "archive", "topic", "author", "before", "after"),
}


def tongue(language: str) -> str:
    """The language that the press speaks on a site: ``language`` is a BCP 47 tag such as "id" or "en-GB".

    Raises:
        ValueError: when the press has no words in that language.
    """
    primary = language.partition("-")[0].lower()
    if primary not in ADDRESS_WORDS:
        known = ", ".join(sorted(ADDRESS_WORDS))
        raise ValueError(f"The press has no words in the language {language!r}; it has: {known}")
    return primary


def words_in(site: SiteCopy) -> AddressWords:
    """The address words of a site's language."""
    return ADDRESS_WORDS[tongue(site.language)]


def reserved(language: str) -> frozenset[str]:
    """First words of addresses that no section may have as its own, in a language."""
    words = ADDRESS_WORDS[tongue(language)]
    fixed = {"foto", "aset", "photo", "redaksi", "cari", "search", "terpopuler", "popular", "masuk", "login"}
    return frozenset({words.latest, words.archive, words.topics, words.contributors} | fixed)


def latest(site: SiteCopy) -> str:
    return f"/{words_in(site).latest}"


def archive(site: SiteCopy, year: int | None = None) -> str:
    """The index of days: of the newest year, or of ``year``."""
    root = f"/{words_in(site).archive}"
    return root if year is None else f"{root}/{year:04d}"


def day(site: SiteCopy, of: date) -> str:
    return f"/{words_in(site).archive}/{of:%Y/%m/%d}"


def topics(site: SiteCopy) -> str:
    return f"/{words_in(site).topics}"


def topic(site: SiteCopy, of: TopicCopy) -> str:
    return f"/{words_in(site).topics}/{of.slug}"


def contributor(site: SiteCopy, slug: str) -> str:
    return f"/{words_in(site).contributors}/{slug}"


def feed(site: SiteCopy, of: SectionCopy | TopicCopy | None = None) -> str:
    """The RSS feed of the site, of a section or of a topic."""
    match of:
        case None:
            return FEED
        case SectionCopy():
            return of.path + FEED
        case TopicCopy():
            return topic(site, of) + FEED


def month_sitemap(year: int, month: int) -> str:
    return f"/sitemap-{year:04d}-{month:02d}.xml"


#: The site's one list of every story.
ALL = "all"


def section_list(of: SectionCopy) -> str:
    return f"section:{of.id}"


def topic_list(of: TopicCopy) -> str:
    return f"topic:{of.id}"


def contributor_list(of: ContributorCopy | int) -> str:
    """The list of a contributor, named by its copy or by its id (a credit knows only the id)."""
    return f"contributor:{of if isinstance(of, int) else of.id}"
