"""``python -m benchmarks.network_visit SITES TOPICS STORIES``: a network made from nothing, stories published in it; JSON with their times.

Each story is published by the newsroom's verb, printed and laid by the press, in this one process, so that nothing but their own
work is counted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")

import django  # the settings come first

django.setup()

from django.db import transaction  # noqa: E402  # as above

from benchmarks.texts import Texts  # noqa: E402  # as above
from redaksi.cli import init  # noqa: E402  # as above
from redaksi.network.models import Group, Host, Section, Site  # noqa: E402  # as above
from redaksi.press.foreman import Foreman  # noqa: E402  # as above
from redaksi.press.rebuild import press_all  # noqa: E402  # as above
from redaksi.shelf.writer import ShelfWriter  # noqa: E402  # as above
from redaksi.stories.actions.draft import draft  # noqa: E402  # as above
from redaksi.stories.actions.publish import publish  # noqa: E402  # as above
from redaksi.stories.models import Byline, Contributor, Story, Topic  # noqa: E402  # as above

SECTIONS, PARAGRAPHS, WARM = 5, 11, 15


class Network:
    """Sites with sections, topics of the whole network, one name."""

    @transaction.atomic
    def __init__(self, sites: int, topics: int) -> None:
        group = Group.objects.create(name="Grup Gapura", since=2019)
        self.sites = Site.objects.bulk_create(
            Site(group=group, slug=f"situs-{n}", name=f"Kabar {n}", order=n) for n in range(sites)
        )
        Host.objects.bulk_create(
            Host(site=site, name=f"{site.slug}.localhost", main=True) for site in self.sites
        )
        Section.objects.bulk_create(
            Section(site=site, name=f"Kanal {n}", slug=f"kanal-{n}", order=n)
            for site in self.sites
            for n in range(SECTIONS)
        )
        self.topics = Topic.objects.bulk_create(
            Topic(site=None, name=f"Topik Nomor {n}", slug=f"topik-{n}", kind="subject")
            for n in range(topics)
        )
        self.writer = Contributor.objects.create(site=None, name="Edi Wilayah", slug="edi")
        self.texts = Texts()

    def story(self, number: int) -> Story:
        """A draft with three topics."""
        site, texts = self.sites[number % 3], self.texts
        made = Story(
            site=site, section=site.sections.all()[number % SECTIONS], label=self.topics[number % 90]
        )
        made.headline = f"{texts.headlines[number % len(texts.headlines)].plain} {number}"
        made.standfirst = texts.standfirsts[number % len(texts.standfirsts)].plain
        start = number * PARAGRAPHS
        paragraphs = [texts.paragraphs[(start + n) % len(texts.paragraphs)].html for n in range(PARAGRAPHS)]
        made.body = [("paragraph", html) for html in paragraphs]
        made.bylines = [Byline(contributor=self.writer, role="writer", sort_order=0)]
        made.topics = [self.topics[(number * 7 + n) % 90] for n in range(3)]
        with transaction.atomic():
            draft(made, None)
        return made


def _published(network: Network, foreman: Foreman, number: int) -> float:
    """Milliseconds from the verb's begin to the story on the shelf."""
    story = network.story(number)
    foreman.drain()
    begun = time.perf_counter()
    with transaction.atomic():
        publish(story, None)
    foreman.drain()
    return (time.perf_counter() - begun) * 1000


def main(sites: int, topics: int, stories: int) -> dict[str, Any]:
    """Make it, warm up, measure."""
    init.prepare()
    home = Path(os.environ["REDAKSI_HOME"])
    network = Network(sites, topics)
    press_all(home)
    with closing(ShelfWriter(home / "shelf.sqlite3")) as writer, closing(Foreman(writer, home)) as foreman:
        for number in range(WARM):
            _published(network, foreman, number)
        published = [_published(network, foreman, WARM + number) for number in range(stories)]
    return {"published": published}


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        found = main(*map(int, sys.argv[1:]))
    print(json.dumps(found))
