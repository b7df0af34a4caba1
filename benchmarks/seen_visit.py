"""Publishes stories and looks for them: ``REDAKSI_HOME=… python -m benchmarks.seen_visit PORT STORIES`` prints milliseconds as JSON."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.db import transaction  # noqa: E402  # models can be imported only after Django is set up

from redaksi.network.models import Site  # noqa: E402
from redaksi.outbox import box  # noqa: E402
from redaksi.stories.actions.draft import draft  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402
from redaksi.stories.models import Byline, Story  # noqa: E402

IDLE_REQUESTS = 300
#: Connections that look for a story at once: enough for each of a few workers to have one.
READERS = 4
#: Seconds: how long a story may take at most, and between two looks at the pages that don't have it yet.
PATIENCE, BETWEEN = 30, 0.001


class Reader:
    """Someone at one of the network's sites, on a connection that stays open."""

    def __init__(self, port: int, host: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.host = host

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; over another connection, as a browser does it, where a server has given this one up meanwhile."""
        try:
            return self._get(path)
        except ConnectionError:
            self.connection.close()
            return self._get(path)

    def _get(self, path: str) -> tuple[int, str]:
        self.connection.request("GET", path, headers={"Host": self.host})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()


class Newsroom:
    """Writes one story after the other, each like one that its site has."""

    def __init__(self) -> None:
        self.site: Any = Site.objects.order_by("order", "pk").first()
        stories = Story.objects.filter(
            site=self.site, live=True, lead_photo__isnull=False, label__isnull=False
        )
        self.like: Any = stories.order_by("-published_at").first()

    def draft(self, number: int) -> Story:
        like = self.like
        story = Story(
            site=self.site, section=like.section, label=like.label, lead_photo=like.lead_photo, body=like.body
        )
        story.headline, story.standfirst = f"Kabar yang baru saja terbit, nomor {number}", like.standfirst
        story.bylines = [
            Byline(contributor=line.contributor, role=line.role, sort_order=line.sort_order)
            for line in like.bylines.all()
        ]
        story.topics = list(like.topics.all())
        with transaction.atomic():
            draft(story, None)
        return story


class Publisher:
    """Publishes stories and has several readers look for each, on connections of their own: so every worker is asked."""

    def __init__(self, port: int) -> None:
        self.newsroom = Newsroom()
        host = self.newsroom.site.hosts.filter(main=True).get().name
        self.readers = [Reader(port, host) for _ in range(READERS)]
        self.looking = ThreadPoolExecutor(READERS)

    def publish(self, number: int) -> tuple[float, dict[str, float]]:
        """Milliseconds of the transaction, and from its commit until each page has the story, whoever asks."""
        story = self.newsroom.draft(number)
        begun = time.perf_counter()
        with transaction.atomic():
            publish(story, None)
        committed = time.perf_counter()
        path = story.addresses.get(current=True).path
        pages = {
            "story": path,
            "front": "/",
            "section": story.section.path,
            "topic": f"/topik/{story.label.slug}",
            "latest": "/terkini",
            "feed": "/rss.xml",
        }
        each = list(self.looking.map(lambda reader: _look(reader, path, pages, committed), self.readers))
        return (committed - begun) * 1000, {name: max(seen[name] for seen in each) for name in pages}


def _look(reader: Reader, path: str, pages: dict[str, str], committed: float) -> dict[str, float]:
    """Ask for each page until it has the story; milliseconds since the commit.

    Raises:
        RuntimeError: a page never has.
    """
    seen: dict[str, float] = {}
    while len(seen) < len(pages):
        for name, page in pages.items():
            if name in seen:
                continue
            status, text = reader.get(page)
            if status == 200 and path in text:
                seen[name] = (time.perf_counter() - committed) * 1000
        if time.perf_counter() - committed > PATIENCE:
            message = f"after {PATIENCE} s {path} is not on {', '.join(pages.keys() - seen)}"
            raise RuntimeError(message)
        time.sleep(BETWEEN)
    return seen


def visit(port: int, count: int) -> dict[str, Any]:
    publisher = Publisher(port)
    publisher.publish(0)
    while box.age().total_seconds() > 0:  # photos may still be in the darkroom
        time.sleep(0.1)
    idle = []
    for _ in range(IDLE_REQUESTS):
        begun = time.perf_counter()
        publisher.readers[0].get("/")
        idle.append((time.perf_counter() - begun) * 1000)
    done = [publisher.publish(number) for number in range(1, count + 1)]
    return {"idle": idle, "publishing": [one for one, _ in done], "seen": [seen for _, seen in done]}


if __name__ == "__main__":
    print(json.dumps(visit(int(sys.argv[1]), int(sys.argv[2]))))
