"""Following every own link from page to page, in plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html

from browser.running import HOSTS, Answer, Network

#: Of the statuses that an own link may lead to, 410 is a story that was withdrawn.
ALIVE = {200, 301, 410}


def links_of(page: str, url: str) -> Iterator[str]:
    """Every address that a page of HTML names in a link, a picture, a style sheet or a script."""
    root = html.fromstring(page)
    for node in root.iter("a", "link", "img", "source", "script", "iframe"):
        for name in ("href", "src"):
            if node.get(name):
                yield urldefrag(urljoin(url, str(node.get(name)))).url
        for candidate in str(node.get("srcset", "")).split(","):
            if candidate.strip():
                yield urljoin(url, candidate.split()[0])


def crawl(network: Network, starts: list[str]) -> tuple[dict[str, Answer], dict[str, str]]:
    """Follow every own link from some addresses.

    Returns:
        What answered at each address, and by which page it was found.
    """
    sites = {f"{host}:{network.port}": site for site, host in HOSTS.items()}
    answers: dict[str, Answer] = {}
    found_on = dict.fromkeys(starts, "")
    waiting = list(starts)
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = answers[url] = network.get(sites[parts.netloc], path or "/")
        if answer.status not in (200, 410) or not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in links_of(answer.text, url):
            if urlsplit(link).netloc in sites and link not in found_on:
                found_on[link] = url
                waiting.append(link)
    return answers, found_on
