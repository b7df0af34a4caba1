"""Which site answers: by the host, and at a host that several sites share, by the first word of the path.

Sites by path (`example.id/jateng`) stand on the shelf under whole addresses (`/jateng/nasional/…`), so once the site is
known, nothing else differs. A host without a site by path costs one comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from redaksi.newsstand.answers import SiteHeaders
from redaksi.shelf.reader import Page


@dataclass(slots=True)
class AtHost:
    """The sites at one host: `site` at its root, `below` by the first word of the path.

    Where none has the root, the first of the others speaks for it (its error page, its files).
    """

    site: SiteHeaders
    below: dict[str, SiteHeaders] = field(default_factory=dict)

    def site_for(self, path: str) -> SiteHeaders:
        """The site that a path at this host belongs to."""
        return self.below.get(path[1:].partition("/")[0], self.site)


def by_host(hosts: Mapping[str, int], sites: Mapping[int, SiteHeaders]) -> dict[str, AtHost]:
    """The shelf's table of hosts (`example.id`, `example.id/jateng`) as it is looked up."""
    found: dict[str, AtHost] = {}
    for name, number in sorted(hosts.items()):
        host, _, word = name.partition("/")
        if number not in sites:
            continue
        at_host = found.setdefault(host, AtHost(sites[number]))
        if word:
            at_host.below[word] = sites[number]
    return found


def moved_to(home: Page | None, at_host: AtHost, path: str) -> str | None:
    """Where an address leads that is asked for at a base which the site has left, or None.

    Args:
        home: What the shelf holds at "!home": the whole address of the site's front.
        at_host: The sites at the host that was asked.
        path: The path that was asked for, at which nothing stands.
    """
    if home is None:
        return None
    front = urlsplit(home.location)
    base = front.path.rstrip("/")
    first = path[1:].partition("/")[0]
    asked = f"/{first}" if first in at_host.below else ""
    if asked == base:
        return None
    return f"{front.scheme}://{front.netloc}{base}{quote(path.removeprefix(asked))}"
