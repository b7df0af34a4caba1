"""``REDAKSI_HOME=… python -m benchmarks.everywhere_visit PORT``: flashes for every site of the network, stories sent to every site and changed, until readers at every host see them; JSON with milliseconds.

The network is one that ``benchmarks/network_visit.py`` made; press and newsstand run beside this as ``redaksi run`` starts them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.db import transaction  # noqa: E402  # models can be imported only after Django is set up
from django.utils import timezone  # noqa: E402

from benchmarks.seen_visit import PATIENCE, Reader  # noqa: E402
from redaksi.network.models import Host, Site  # noqa: E402
from redaksi.stories.actions import flash, place  # noqa: E402
from redaksi.stories.actions.draft import draft  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402
from redaksi.stories.models import Story  # noqa: E402

FLASHES, SENT = 15, 5


class Readers:
    """One at each of the network's hosts, all on one connection after the other."""

    def __init__(self, port: int) -> None:
        self.reader = Reader(port, "")
        self.hosts = list(Host.objects.filter(main=True).values_list("name", flat=True))

    def all_see(self, path: str, words: str) -> None:
        """Ask every host for the page, again and again, until each has shown the words.

        Raises:
            RuntimeError: some host never does.
        """
        begun, without = time.perf_counter(), self.hosts
        while without:
            without = [host for host in without if words not in self._text(host, path)]
            if time.perf_counter() - begun > PATIENCE:
                message = f"after {PATIENCE} s {words!r} is not on {path} of {without[:5]} …"
                raise RuntimeError(message)

    def _text(self, host: str, path: str) -> str:
        self.reader.host = host
        return self.reader.get(path)[1]


def _timed(verb: Callable[[], object], readers: Readers, path: str, words: str) -> float:
    """Milliseconds from the verb's commit until the last host shows the words."""
    with transaction.atomic():
        verb()
    committed = time.perf_counter()
    readers.all_see(path, words)
    return (time.perf_counter() - committed) * 1000


def _flash(number: int) -> tuple[Callable[[], object], str]:
    words = f"Kilat bagi seluruh jaringan, nomor {number}"
    line = flash.Line(words, timezone.now() + timedelta(hours=1), None, None)
    return lambda: flash.file(line, None), words


def _send(story: Story, sites: list[Site]) -> Callable[[], object]:
    return lambda: [place.send(story, site, None) for site in sites if site.pk != story.site_id]


def _change(story: Story) -> tuple[Callable[[], object], str]:
    story.headline = f"{story.headline}, kata juru bicara"
    story.list_headline = ""
    with transaction.atomic():
        draft(story, None)
    return lambda: publish(story, None), story.headline


def visit(port: int) -> dict[str, Any]:
    """All of it, one thing after the other; a first flash isn't counted."""
    readers, sites = Readers(port), list(Site.objects.order_by("order"))
    begun = time.perf_counter()
    readers.all_see("/", "<html")
    round_trip = (time.perf_counter() - begun) * 1000
    flashed = [_timed(verb, readers, "/", words) for verb, words in map(_flash, range(FLASHES + 1))][1:]
    stories = list(Story.objects.filter(live=True, placements=None).order_by("-published_at")[:SENT])
    sent = [_timed(_send(story, sites), readers, "/terkini", story.headline) for story in stories]
    held = [Story.objects.get(pk=story.pk) for story in stories]
    changed = [_timed(verb, readers, "/terkini", words) for verb, words in map(_change, held)]
    return {"round": round_trip, "flashed": flashed, "sent": sent, "changed": changed}


if __name__ == "__main__":
    print(json.dumps(visit(int(sys.argv[1]))))
