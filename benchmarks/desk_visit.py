"""One editor at one desk, asked line by line: ``echo "time list, all" | REDAKSI_HOME=… python -m benchmarks.desk_visit``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  # models can be imported only after Django is set up
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from lxml import html  # noqa: E402

from redaksi.demo.synth.ground import EDITOR, REGION  # noqa: E402
from redaksi.desk.story.listing import A_PAGE  # noqa: E402
from redaksi.network.models import Site  # noqa: E402
from redaksi.stories.actions import place  # noqa: E402
from redaksi.stories.models import Contributor, Placement, Story, Topic  # noqa: E402

#: The one list that is as long as the newsroom's work, whatever the archive.
WAITING = "list, what waits"
#: Stories that the region carries; and words of the texts: one in most stories, two in some, a half typed one.
CARRIED = 60
COMMON, TWO, BEGUN = "jembatan", "warga jembatan", "pelabuh"


class Visit:
    """An editor who is signed in, and the addresses of what is looked at."""

    def __init__(self) -> None:
        self.editor = get_user_model().objects.get(username=EDITOR)
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.editor)
        self.site = Site.objects.order_by("order").first()
        self.number = 0
        self._carry()

    def _carry(self) -> None:
        """Have the region carry what a list of it needs: a corpus lacks that."""
        region = list(Site.objects.order_by("order")[1:REGION])
        others = Story.objects.filter(live=True, site__order__gte=REGION, placements=None).order_by("-pk")
        missing = CARRIED - Placement.objects.filter(site__in=region).count()
        for number, story in enumerate(others[: max(missing, 0)]):
            place.send(story, region[number % len(region)], None)

    def screens(self) -> dict[str, str]:
        site = self.site
        stories = reverse("desk_story:list")
        topic, writer = (
            Topic.objects.filter(site=site).order_by("pk").first(),
            Contributor.objects.filter(site=site).order_by("pk").first(),
        )
        story = self._published().first()
        return {
            "first screen": reverse("wagtailadmin_home"),
            WAITING: stories,
            "list, all": f"{stories}?lihat=semua",
            "list, by site and section": f"{stories}?situs={site.pk}&kanal={site.sections.first().pk}",
            "list, published": f"{stories}?lihat=semua&keadaan=tayang",
            "list, from the network": f"{stories}?lihat=jaringan",
            "list, by topic": f"{stories}?situs={site.pk}&topik={topic.pk}",
            "list, by writer": f"{stories}?penulis={writer.pk}",
            "list, by date": f"{stories}?sejak=2020-01-01",
            "search, a common word": f"{stories}?q={COMMON}",
            "search, two words": f"{stories}?q={TWO.replace(' ', '+')}",
            "search, a word half typed": f"{stories}?q={BEGUN}",
            "edit form": reverse("desk_story:edit", args=[story.pk]),
            "history of a story": reverse("desk_story:history", args=[story.pk]),
        }

    def _published(self) -> Any:
        return Story.objects.filter(site=self.site, live=True).order_by("pk")

    def opening(self, name: str, address: str) -> Callable[[], None]:
        """Look at a screen. A list must be full, or a small record would be spared the work that a large one has."""
        if name.startswith(("list", "search")) and name != WAITING:
            rows = self.client.get(address).content.count(b"<tr")
            _expect(rows > A_PAGE, f"{name}: only {rows} rows")
        return partial(self.get, address)

    def sending(self, action: dict[str, str]) -> Callable[[], None]:
        """Open the next story's form; what is given back sends it."""
        return partial(self.post, *self.form(action))

    def get(self, address: str) -> None:
        answer = self.client.get(address)
        _expect(answer.status_code == 200, f"{address} answered {answer.status_code}")

    def form(self, action: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """The address of the next story's form, and what it sends: its headline changed as an editor would, and a button."""
        story = self._next()
        address = reverse("desk_story:edit", args=[story.pk])
        page = html.fromstring(self.client.get(address).content)
        fields = dict(next(form for form in page.forms if "headline" in form.fields).form_values())
        body = [block["value"] for block in story.latest_revision.content_object.body.raw_data]
        fields |= {**action, "body-count": str(len(body)), "headline": f"{story.headline} {self.number}"}
        for at, text in enumerate(body):
            fields |= {f"body-{at}-{name}": value for name, value in _paragraph(at, text).items()}
        return address, fields

    def _next(self) -> Story:
        """The next story whose body is of paragraphs alone: what a browser sends of other blocks isn't told here."""
        while True:
            self.number += 1
            story = self._published()[self.number]
            if {block.block_type for block in story.latest_revision.content_object.body} == {"paragraph"}:
                return story

    def post(self, address: str, fields: dict[str, Any]) -> None:
        answer = self.client.post(address, fields)
        _expect(
            answer.status_code == 302 and "periksa" not in answer["Location"],
            f"{address}: {answer.status_code} {_errors(answer)}",
        )


def _paragraph(at: int, text: str) -> dict[str, str]:
    """A block as the browser sends it."""
    plain = html.fromstring(text).text_content()
    block = {
        "key": f"k{at}",
        "text": plain,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    value = json.dumps({"blocks": [block], "entityMap": {}})
    return {"deleted": "", "order": str(at), "type": "paragraph", "id": "", "value": value}


def _errors(answer: Any) -> str:
    """What the form says is wrong with what was sent."""
    if not answer.content:
        return ""
    said = html.fromstring(answer.content).xpath(
        "//*[contains(@class, 'error-message') or contains(@class, 'messages')]"
    )
    return "; ".join(" ".join(one.text_content().split()) for one in said)


def _expect(true: bool, otherwise: str) -> None:  # noqa: FBT001  # as an assertion reads
    if not true:
        raise RuntimeError(otherwise)


def answer(prepared: Callable[[], Callable[[], None]], question: str) -> float:
    """Milliseconds of one request, or the queries that it makes; what has to be there before it doesn't count."""
    action = prepared()
    if question == "count":
        action()
        action = prepared()
        with CaptureQueriesContext(connection) as queries:
            action()
        return len(queries)
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Answer the questions on standard input, one a line: "count" or "time", and which screen."""
    visit = Visit()
    screens = {name: partial(visit.opening, name, address) for name, address in visit.screens().items()}
    verbs = {"save": partial(visit.sending, {}), "publish": partial(visit.sending, {"action-publish": "1"})}
    prepared = {**screens, **verbs}
    print(json.dumps(list(prepared)), flush=True)
    for line in sys.stdin:
        question, _, name = line.strip().partition(" ")
        print(answer(prepared[name], question), flush=True)


if __name__ == "__main__":
    main()
