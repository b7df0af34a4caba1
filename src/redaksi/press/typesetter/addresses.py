"""The words in readers' addresses and the names of lists: the one place where either is spelled.

Addresses follow the site's language (``/terkini`` or ``/latest``) and never change once they were given out. Those of a
site by path begin with its base (``/jateng/terkini``): every function here that takes a site puts it in front. A story's
own address is part of its copy and is not made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal
from urllib.parse import quote

from redaksi.stories.copy import ContributorCopy, SectionCopy, SiteCopy, TopicCopy

#: What can have a feed of its own; None stands for the site.
FeedOf = SectionCopy | TopicCopy | ContributorCopy | None
FeedForm = Literal["rss", "atom", "json"]

#: The last part of a feed's address, by its form.
FEEDS: dict[FeedForm, str] = {"rss": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}
#: At the host's root, whatever site has it, as are the next four.
ROBOTS = "/robots.txt"
#: IAB Tech Lab, ads.txt 1.1; RFC 9116 (security.txt); https://llmstxt.org.
ADS, SECURITY, LLMS = "/ads.txt", "/.well-known/security.txt", "/llms.txt"
#: What the newsstand answers itself (https://oembed.com).
OEMBED = "/oembed"
#: Where the newsstand looks for a site's "not found" page; no request can name it.
NOT_FOUND = "!404"
#: Where the newsstand looks for the whole address of a site's front, for who asks at a host or path where it no longer is.
HOME_OF_ALL = "!home"


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The words of one language. ``before`` and ``after`` are the pager's names in a query string.

    ``alphabet`` parts the index of topics where it is too long for a page.
    """

    latest: str
    archive: str
    topics: str
    contributors: str
    before: str
    after: str
    corrections: str
    photos: str
    videos: str
    picks: str
    network: str
    alphabet: str
    breaking: str
    popular: str
    team: str
    pages: str
    search: str
    sites: str


ADDRESS_WORDS = {
    "id": AddressWords(
        "terkini", "indeks", "topik", "penulis", "sebelum", "sesudah", "ralat",
        photos="foto", videos="video", picks="pilihan", network="jaringan", alphabet="abjad",
        breaking="kilat", popular="terpopuler", team="redaksi", pages="halaman", search="cari", sites="situs",
    ),
    "en": AddressWords(
        "latest", "archive", "topic", "author", "before", "after", "corrections",
        photos="photo", videos="video", picks="picks", network="network", alphabet="letter",
        breaking="breaking", popular="popular", team="masthead", pages="page", search="search", sites="sites",
    ),
}  # fmt: skip


@cache
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
    own = {words.latest, words.archive, words.topics, words.contributors, words.corrections}
    own |= {words.photos, words.videos, words.picks, words.network}
    own |= {words.breaking, words.popular, words.team, words.pages, words.sites}
    fixed = {"foto", "aset", "photo", "redaksi", "cari", "search", "terpopuler", "popular", "masuk", "login"}
    return frozenset(own | fixed)


def front(site: SiteCopy) -> str:
    return site.base or "/"


def logo(site: SiteCopy) -> str:
    """The site's sign at an address that never changes, for those who keep it: search engines, readers of feeds."""
    return f"{site.base}/lambang.svg"


def sites(site: SiteCopy) -> str:
    """The page of all sites of the network; stands on the first of them alone."""
    return f"{site.base}/{words_in(site).sites}"


def all_sites(site: SiteCopy) -> str:
    """The whole address of the page of all sites, which stands on the network's first; empty where every page names all."""
    if not site.more_sites:
        return ""
    first = site.network[0]
    return f"{first.origin}{first.base}/{ADDRESS_WORDS[tongue(first.language)].sites}"


def latest(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).latest}"


def corrections(site: SiteCopy) -> str:
    """Everything that was corrected, replied to or withdrawn."""
    return f"{site.base}/{words_in(site).corrections}"


def photos(site: SiteCopy) -> str:
    """The page of photo stories. The files of photos stand below it, and no page does."""
    return f"{site.base}/{words_in(site).photos}"


def videos(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).videos}"


def picks(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).picks}"


def network(site: SiteCopy) -> str:
    """The front of the whole network, as this site shows it."""
    return f"{site.base}/{words_in(site).network}"


def breaking_of(language: str, base: str = "") -> str:
    """Where open pages ask for the breaking bar."""
    return f"{base}/{ADDRESS_WORDS[tongue(language)].breaking}"


def popular(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).popular}"


def team(site: SiteCopy) -> str:
    """The editorial team."""
    return f"{site.base}/{words_in(site).team}"


def static_page(site: SiteCopy, slug: str) -> str:
    """A page on which a site says something about itself."""
    return f"{site.base}/{words_in(site).pages}/{slug}"


def search(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).search}"


def archive(site: SiteCopy, year: int | None = None) -> str:
    """The index of days: of the newest year, or of ``year``."""
    root = f"{site.base}/{words_in(site).archive}"
    return root if year is None else f"{root}/{year:04d}"


def day(site: SiteCopy, of: date) -> str:
    return f"{archive(site)}/{of:%Y/%m/%d}"


def topics(site: SiteCopy) -> str:
    return f"{site.base}/{words_in(site).topics}"


def letter(site: SiteCopy, of: str) -> str:
    """The page of the topics that begin with a letter; a topic's own address has no second slash."""
    words = words_in(site)
    return f"{site.base}/{words.topics}/{words.alphabet}/{of}"


def topic(site: SiteCopy, of: TopicCopy) -> str:
    return topic_at(site, of.slug)


def topic_at(site: SiteCopy, slug: str) -> str:
    """The address of the topic with this word in its address."""
    return f"{topics(site)}/{slug}"


def contributor(site: SiteCopy, slug: str) -> str:
    return f"{site.base}/{words_in(site).contributors}/{slug}"


def page_of(site: SiteCopy, of: FeedOf) -> str:
    """The page that a feed belongs to: the front, a section's, a topic's or a contributor's."""
    match of:
        case None:
            return front(site)
        case SectionCopy():
            return of.path
        case TopicCopy():
            return topic(site, of)
        case ContributorCopy():
            return contributor(site, of.slug)


def feed(site: SiteCopy, of: FeedOf = None, form: FeedForm = "rss") -> str:
    """A feed of the site, of a section, a topic or a contributor."""
    return page_of(site, of).rstrip("/") + FEEDS[form]


def list_of(of: FeedOf) -> str:
    """The name of the list that a feed shows."""
    match of:
        case None:
            return ALL
        case SectionCopy():
            return section_list(of)
        case TopicCopy():
            return topic_list(of)
        case ContributorCopy():
            return contributor_list(of)


def oembed(url: str) -> str:
    """Where the newsstand tells what others may show of the story at ``url`` (a whole address)."""
    return f"{OEMBED}?format=json&url={quote(url, safe=':/')}"


def sitemap(site: SiteCopy) -> str:
    return f"{site.base}/sitemap.xml"


def news_sitemap(site: SiteCopy) -> str:
    return f"{site.base}/sitemap-news.xml"


def month_sitemap(site: SiteCopy, year: int, month: int, part: int = 1) -> str:
    """The sitemap of a month; a month of very many stories has several parts."""
    return f"{site.base}/sitemap-{year:04d}-{month:02d}{f'-{part}' if part > 1 else ''}.xml"


#: The site's one list of every story, its own and those that it carries; under site 0, the network's.
ALL = "all"
#: The list of those whose home it is: what its sitemaps hold, since a story is found at its home (RFC 6596, canonical).
HOME = "home"
#: Stories with a correction, a reply or a withdrawal, by the time of the newest.
NOTES = "notes"
#: Photo stories, video stories, and what the editors picked (at the time of picking).
PHOTOS, VIDEOS, PICKS = "photos", "videos", "picks"


def section_list(of: SectionCopy) -> str:
    return f"section:{of.id}"


def topic_list(of: TopicCopy) -> str:
    return f"topic:{of.id}"


def mention_list(topic: int) -> str:
    """The list of stories that only mention a topic, and link to it."""
    return f"mention:{topic}"


def label_list(of: TopicCopy | int) -> str:
    """The list of the stories that a topic is the label of."""
    return f"label:{of if isinstance(of, int) else of.id}"


def home_list(site_id: int) -> str:
    """Among the network's lists, that of the stories that are at home on a site."""
    return f"site:{site_id}"


def contributor_list(of: ContributorCopy | int) -> str:
    """The list of a contributor, named by its copy or by its id (a credit knows only the id)."""
    return f"contributor:{of if isinstance(of, int) else of.id}"
