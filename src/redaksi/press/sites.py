"""A site's standing parts: furniture, the pages that are there from the first day, its files, its line in the shelf.

The press keeps the copy of each site at hand; it is read again when the site, its sections or the group change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from redaksi.finder.mentions import Names
from redaksi.network.models import Group, Site
from redaksi.press import days, fronts, imprint, topic_index
from redaksi.press.breaking import lay_bars
from redaksi.press.laying import lay_sheet
from redaksi.press.maps import Maps
from redaksi.press.typesetter import (
    addresses,
    assets,
    breaking,
    feeds,
    furniture,
    house_rules,
    listings,
    sitemaps,
)
from redaksi.press.typesetter.policy import content_security_policy
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.schema import ShelfError
from redaksi.shelf.transaction import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import MOST_NAMED, SiteCopy
from redaksi.stories.sitecopy import Network, network_of, site_copy

#: The note of the month in which the standing parts were printed; the press room prints them anew in the next.
PRINTED_MONTH = "press:month"
#: What of a site its stories print themselves (canonical address, dates, whom to ask about a withdrawal): when one of these
#: changes, all of the site's stories are printed again. A test holds this list, and the next, against the templates.
PRINTED_IN_STORIES = ("name", "language", "time_zone", "origin", "base", "email", "mentions")
#: What the pages of its topics, contributors and days print: when one of these changes, those are printed again.
PRINTED_IN_LISTS = ("name", "language", "time_zone", "origin", "base", "publisher", "group_since")
#: The most referred to are looked for among so many of the newest stories, and so many are named.
RANKED_AMONG, MOST_RANKED = 200, 20


class Changed(NamedTuple):
    """What else of a site has to be printed again: all its stories, the pages of its topics, contributors and days."""

    stories: bool
    lists: bool


class SiteDesk:
    """The copies of sites, read once and kept until something of a site changes; and the names of all topics.

    Attributes:
        names: as they were last printed (:mod:`redaksi.press.names`).
        shelf: the file on which ``names`` were printed, where that matters.
    """

    def __init__(self) -> None:
        self._copies: dict[int, SiteCopy] = {}
        self._networks: dict[int, Network] = {}
        self._groups: dict[int, int] = {}
        self.names = Names()
        self.shelf: Path | None = None

    def copy_of(self, site_id: int) -> SiteCopy:
        """A site's copy.

        Raises:
            Site.DoesNotExist: there is no such site.
        """
        if site_id not in self._copies:
            site = Site.objects.prefetch_related("hosts").get(pk=site_id)
            self._copies[site_id] = site_copy(site, self._network_of(site.group_id))
        return self._copies[site_id]

    def base_of(self, site_id: int) -> str:
        """What every address of a site begins with."""
        return self.copy_of(site_id).base

    def network_of(self, site_id: int) -> Network:
        """The network that a site belongs to."""
        if not self._groups:
            self._groups = dict(Site.objects.values_list("pk", "group"))
        return self._network_of(self._groups[site_id])

    def _network_of(self, group_id: int) -> Network:
        if group_id not in self._networks:
            self._networks[group_id] = network_of(Group.objects.get(pk=group_id))
        return self._networks[group_id]

    def require(self, shelf: Path) -> None:
        """Raise unless a shelf is the one on which the names on hand were printed.

        Raises:
            ShelfError: another came in meanwhile, on which other names may have been printed; what was worked out is tried again.
        """
        if shelf != self.shelf:
            message = f"{shelf} came in the place of {self.shelf}"
            raise ShelfError(message)

    def forget(self) -> None:
        """Read every site anew when it is next asked for."""
        self._copies.clear()
        self._networks.clear()
        self._groups.clear()


def lay_site(shelf: Transaction, site_id: int, desk: SiteDesk, home: Path) -> Changed:
    """Print all standing parts of a site.

    Args:
        shelf: the open transaction.
        site_id: a site of the record.
        desk: knows the copy.
        home: the data home; script, fonts and icon are written to its ``assets`` folder first.

    Returns:
        What has to be printed again too.
    """
    copy, network, month = desk.copy_of(site_id), desk.network_of(site_id), month_now()
    shelf.set_meta(PRINTED_MONTH, f"{month:%Y-%m}")
    write_assets(copy, home)
    site = Site.objects.prefetch_related("hosts").get(pk=site_id)
    hosts = [str(host) for host in site.hosts.all()] or [str(site.main_host)]
    headers = {"content-security-policy": content_security_policy(copy)}
    shelf.put_site(site_id, name=copy.name, language=copy.language, hosts=hosts, headers=headers)
    for name, text in furniture.furniture(copy).items():
        shelf.put_piece(site_id, name, press_piece(text))
    lay_latest(shelf, [copy], anew=True)
    imprint.lay_imprint(shelf, copy, month.year)
    lay_bars(shelf, [site_id])
    entity = f"site:{site_id}"
    shelf.drop_pages(entity)
    shelf.put_redirect(site=site_id, address=addresses.HOME_OF_ALL, location=copy.front, entity=entity)
    for address, sheet, status, cache in standing_pages(copy, month):
        lay_sheet(shelf, site_id, address, sheet, entity=entity, status=status, cache=cache)
    fronts.lay_front(shelf, copy)
    topic_index.lay(shelf, copy)
    days.Days(shelf, copy).begin()
    Maps(shelf, copy).begin()
    shelf.set_meta(_network_name(site_id), _network_mark(site_id, network))
    return Changed(
        stories=_has_changed(shelf, copy, "stories", PRINTED_IN_STORIES),
        lists=_has_changed(shelf, copy, "lists", PRINTED_IN_LISTS),
    )


def drop_site(shelf: Transaction, site_id: int) -> None:
    """Take a site that is gone from the record off the shelf: its hosts, standing parts and pages. It had no story."""
    shelf.drop_site(site_id)
    standing = ("site:{}", "topics@{}", "days:{}", "maps:{}", "popular@{}")
    for entity in (name.format(site_id) for name in standing):
        shelf.drop_pages(entity)
    fronts.drop_front(shelf, site_id)
    imprint.drop_imprint(shelf, site_id)
    for name in furniture.PIECES:
        shelf.drop_piece(site_id, name)


def outdated(shelf: Transaction, desk: SiteDesk) -> list[int]:
    """The sites whose standing parts were printed when the network was another than it is now: a look-up a site.

    A network of more sites than every page names changes for its first site alone when one comes, goes or is renamed at
    its end.
    """
    every = Site.objects.values_list("pk", flat=True)
    return [pk for pk in every if shelf.meta(_network_name(pk)) != _network_mark(pk, desk.network_of(pk))]


def _network_name(site_id: int) -> str:
    return f"press:site:{site_id}:network"


def _network_mark(site_id: int, network: Network) -> str:
    """What of the network a site prints, in short."""
    first = network.every[0].id == site_id
    shown = network.every if first else network.every[:MOST_NAMED], len(network.every) > MOST_NAMED
    facts = (network.group.name, network.group.since, shown)
    return hashlib.blake2b(repr(facts).encode(), digest_size=12).hexdigest()


def standing_pages(copy: SiteCopy, month: date) -> Iterator[tuple[str, Sheet, int, str]]:
    """Address, sheet, status and cache class of the pages that a site has without a single story, in a month."""
    yield addresses.photos(copy), listings.photos_page(copy), 200, "page"
    yield addresses.videos(copy), listings.videos_page(copy), 200, "page"
    yield addresses.picks(copy), listings.picks_page(copy), 200, "page"
    yield addresses.network(copy), listings.network_page(copy), 200, "page"
    yield addresses.search(copy), listings.search_page(copy), 200, "page"
    yield addresses.latest(copy), listings.latest_page(copy), 200, "page"
    yield addresses.corrections(copy), listings.corrections_page(copy), 200, "page"
    yield addresses.NOT_FOUND, listings.not_found_page(copy), 404, "error"
    bar_address, bar = breaking.bar_page(copy)
    yield bar_address, bar, 200, "page"
    for section in copy.sections:
        yield section.path, listings.section_page(section, copy), 200, "page"
    for of in (None, *copy.sections):
        for form in addresses.FEEDS:
            yield addresses.feed(copy, of, form), feeds.feed(copy, of, form), 200, "feed"
    yield addresses.news_sitemap(copy), sitemaps.news_sitemap(copy), 200, "feed"
    yield addresses.logo(copy), assets.logo(copy), 200, "feed"
    if copy.more_sites and copy.network[0].id == copy.id:
        yield addresses.sites(copy), listings.sites_page(copy), 200, "page"
    if copy.base:
        return  # a host has these once: its root site's
    yield addresses.ROBOTS, house_rules.robots(copy), 200, "feed"
    for address, sheet in house_rules.filled_in(copy, month):
        yield address, sheet, 200, "feed"


def lay_latest(shelf: Transaction, sites: Sequence[SiteCopy], *, anew: bool = False) -> None:
    """Print the lists beside the sites' stories, as the shelf has them now, and the pages of the most referred to.

    ``anew``: such a page is printed even if the same stories stand on it in the same order, since the site has changed.
    """
    newest = [shelf.newest(site.id, addresses.ALL, furniture.LATEST_COUNT) for site in sites]
    ranked = [
        shelf.most_shown(site.id, addresses.ALL, among=RANKED_AMONG, count=MOST_RANKED) for site in sites
    ]
    beside = [ids[: furniture.POPULAR_COUNT] for ids in ranked]
    copies = copydesk.lists_of_copies(list(zip([*sites, *sites], [*newest, *beside], strict=True)))
    news, popular = copies[: len(sites)], copies[len(sites) :]
    for site, order, *lists in zip(sites, ranked, news, popular, strict=True):
        shelf.put_piece(site.id, "latest", press_piece(furniture.latest(site, *lists)))
        _lay_popular(shelf, site, order, anew=anew)


def _lay_popular(shelf: Transaction, copy: SiteCopy, ranked: list[int], *, anew: bool) -> None:
    name, mark = f"press:popular:{copy.id}", repr(ranked)
    if not anew and shelf.meta(name) == mark:
        return
    shelf.set_meta(name, mark)
    entity = f"popular@{copy.id}"
    shelf.drop_pages(entity)
    sheet = listings.popular_page(ranked, copy)
    lay_sheet(shelf, copy.id, addresses.popular(copy), sheet, entity=entity)


def write_assets(copy: SiteCopy, home: Path) -> None:
    """Write the files that pages name. Their names carry their digest, so one that is there is right."""
    for address, data in assets.assets(copy).items():
        path = home / "assets" / Path(address).name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(data)
            part.replace(path)


def month_now() -> date:
    """The first day of the month: the standing parts say its year (copyright) and how long they hold (``security.txt``)."""
    return datetime.now(tz=UTC).date().replace(day=1)


def _has_changed(shelf: Transaction, copy: SiteCopy, where: str, printed: tuple[str, ...]) -> bool:
    """Remember what of the site is printed somewhere; tell whether it differs from the last time."""
    text = repr([getattr(copy, name) for name in printed])
    mark, name = hashlib.blake2b(text.encode(), digest_size=12).hexdigest(), f"press:site:{copy.id}:{where}"
    before = shelf.meta(name)
    shelf.set_meta(name, mark)
    return before is not None and before != mark
