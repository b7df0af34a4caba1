"""The record of a large network, for the desk's figures: ``REDAKSI_HOME=… python -m benchmarks.archive 100000``.

200 sites with five sections each, 1,000 grants, 2,000 topics, and so many stories of about 600 words, each with its revision, byline,
topics, address, log and its words in the desk's index, at the rate of some 55 a day back from today: a larger archive reaches further
back. What is under way (drafts, submitted, scheduled) is as much in a small one as in a large one. A regional editor has ten sites, which
write a fifth of it, and carry a quarter of all that is published.

The first story is published by the newsroom's own verbs; the others are its rows with other texts, times and places, laid in by SQL.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  # models can be imported only after Django is set up
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.texts import Text, Texts  # noqa: E402
from redaksi.cli.init import prepare  # noqa: E402
from redaksi.network.models import Grant, Group, Host, Section, Site  # noqa: E402
from redaksi.outbox.models import Entry  # noqa: E402
from redaksi.stories import search  # noqa: E402
from redaksi.stories.actions.draft import draft  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402
from redaksi.stories.models import Byline, Contributor, Placement, Story, Topic  # noqa: E402
from redaksi.stories.slugs import path_of  # noqa: E402

SITES, SECTIONS, TOPICS, GRANTS, STAFF = 200, 5, 2000, 1000, 400
REGION, REGIONS_SHARE = 10, 0.2
EDITOR = "editor.wilayah"
A_DAY = 55
#: Of so many stories one is carried by one of the region's sites.
CARRIED = 4
#: What is under way at any time: of so many newest stories the first are drafts, and so on.
DRAFTS, SUBMITTED, SCHEDULED = 120, 60, 30
BATCH, PARAGRAPHS = 2000, 11
#: The desk's index marks a draft's site and its writer.
MARKS_OF_A_DRAFT = 2

Row = dict[str, Any]


class Network:
    """Sites, people and topics: the same whatever the number of stories."""

    def __init__(self) -> None:
        group = Group.objects.create(name="Grup Gapura", since=2019)
        self.sites = Site.objects.bulk_create(
            Site(group=group, slug=f"situs-{n}", name=f"Kabar {n}", order=n) for n in range(SITES)
        )
        Host.objects.bulk_create(
            Host(site=site, name=f"{site.slug}.localhost", main=True) for site in self.sites
        )
        self.sections = Section.objects.bulk_create(
            Section(site=site, name=f"Kanal {n}", slug=f"kanal-{n}", order=n)
            for site in self.sites
            for n in range(SECTIONS)
        )
        self.topics = Topic.objects.bulk_create(
            Topic(site=self.sites[n % SITES], name=f"Topik {n}", slug=f"topik-{n}", kind="subject")
            for n in range(TOPICS)
        )
        users = get_user_model()
        self.editor = users.objects.create_user(EDITOR, first_name="Edi", last_name="Wilayah")
        self.staff = users.objects.bulk_create(
            users(username=f"staf-{n}", first_name=f"Staf {n}") for n in range(STAFF)
        )
        self.contributors = Contributor.objects.bulk_create(
            Contributor(site=self.sites[n % SITES], name=f"Staf {n}", slug=f"staf-{n}", user=user)
            for n, user in enumerate(self.staff)
        )
        self._grant()

    def _grant(self) -> None:
        """The regional editor's ten, and the rest over everybody: reporters at two or three sites, some of them editors."""
        grants = [Grant(user=self.editor, role="editor", site=site) for site in self.sites[:REGION]]
        for n in range(GRANTS - REGION):
            role = "editor" if n % 7 == 0 else "reporter"
            grants.append(
                Grant(user=self.staff[n % STAFF], role=role, site=self.sites[(n * 13 + n // STAFF) % SITES])
            )
        Grant.objects.bulk_create(grants)


class Pattern:
    """The rows of one published story, table by table."""

    TABLES = {
        "stories_story": "id",
        "wagtailcore_revision": "object_id",
        "stories_byline": "story_id",
        "stories_story_topics": "story_id",
        "stories_address": "story_id",
        "wagtailcore_modellogentry": "object_id",
    }

    def __init__(self, network: Network, texts: Texts) -> None:
        site = network.sites[0]
        story = Story(site=site, section=network.sections[0], owner=network.staff[0], label=network.topics[0])
        story.headline, story.standfirst = texts.headlines[0].plain, texts.standfirsts[0].plain
        story.body = [("paragraph", texts.paragraphs[0].html)]
        story.bylines = [Byline(contributor=network.contributors[0], role="writer", sort_order=0)]
        story.topics = [network.topics[0]]
        with transaction.atomic():
            draft(story, None)
            publish(story, None)
        self.rows = {table: self._rows(table, column, story.pk)[-1] for table, column in self.TABLES.items()}
        self.content: Row = json.loads(self.rows["wagtailcore_revision"]["content"])

    @staticmethod
    def _rows(table: str, column: str, key: int) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s ORDER BY id", [str(key)])  # noqa: S608  # our own words
            names = [one[0] for one in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Insert the pattern's row of a table with other values, again and again; keys come by themselves where none is given."""
        values = [{**self.rows[table], "id": None, **row} for row in rows]
        names = list(self.rows[table])
        statement = (
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
        )
        connection.connection.executemany(statement, values)


class Archive:
    """So many stories on a network, the oldest first, so that keys grow with time as they do at a desk."""

    def __init__(self, network: Network, count: int) -> None:
        self.network, self.count = network, count
        self.texts = Texts()
        self.chance = self.texts.random
        self.now = timezone.now()
        self.pattern = Pattern(network, self.texts)
        self.words: dict[Text, list[str]] = {}
        # Asked for a path and for marks, again and again, instead of a Story for each row.
        self.probes = [Story(site=section.site, section=section) for section in network.sections]

    def make(self) -> None:
        for start in range(0, self.count, BATCH):
            with transaction.atomic():
                self._lay_in(range(start, min(start + BATCH, self.count)))
            print(f"\r{min(start + BATCH, self.count):,} stories ", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        self._check()
        Entry.objects.all().delete()

    def _check(self) -> None:
        """What was laid in is what the desk reads and writes."""
        story = Story.objects.get(pk=self.pattern.rows["stories_story"]["id"] + self.count // 2)
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM stories_words WHERE rowid = %s", [story.pk])
            same = cursor.fetchone()[0] == " ".join(search.words_of(story))
        revised = story.latest_revision.as_object()
        if (
            not same
            or revised.body != story.body
            or revised.bylines.get().contributor_id != story.bylines.get().contributor_id
        ):
            raise RuntimeError("the rows laid in are not those that the desk would write")

    def _lay_in(self, numbers: range) -> None:
        stories = [self._story(number) for number in numbers]
        put = self.pattern.insert
        put("wagtailcore_revision", (story["revision"] for story in stories))
        put("stories_story", (story["row"] for story in stories))
        put("stories_byline", (story["byline"] for story in stories))
        put("stories_story_topics", (row for story in stories for row in story["topics"]))
        put("stories_address", (story["address"] for story in stories if story["row"]["published_at"]))
        put("wagtailcore_modellogentry", (row for story in stories for row in _log(story)))
        words = [(story["row"]["id"], story["words"]) for story in stories]
        connection.connection.executemany("INSERT INTO stories_words (rowid, words) VALUES (?, ?)", words)

        Placement.objects.bulk_create(
            self._carried(story["row"]) for story in stories[::CARRIED] if story["row"]["live"]
        )

    def _carried(self, row: Row) -> Placement:
        """A story on the next site of the region than its own."""
        sections = [
            one for one in self.network.sections[: REGION * SECTIONS] if one.site_id != row["site_id"]
        ]
        section = sections[self._uneven(len(sections))]
        return Placement(
            story_id=row["id"], site=section.site, section=section, at=f"{row['created_at']}+00:00"
        )

    def _story(self, number: int) -> Row:
        """All rows of a story, and its words for the index."""
        chance, network = self.chance, self.network
        at = self.now - timedelta(days=(self.count - number) / A_DAY)
        site = self._uneven(REGION) if chance.random() < REGIONS_SHARE else chance.randrange(SITES)
        probe = self.probes[site * SECTIONS + self._uneven(SECTIONS)]
        owner = chance.choice(network.staff).pk
        about = self._about(network.topics[site::SITES])
        body = chance.sample(self.texts.paragraphs, PARAGRAPHS)
        key = self.pattern.rows["stories_story"]["id"] + 1 + number
        row = {
            "id": key, "site_id": probe.site_id, "section_id": probe.section_id, "owner_id": owner, "label_id": about[0],
            "slug": f"berita-{number}", "created_at": _moment(at), "latest_revision_id": key + 1000, "live_revision_id": key + 1000,
            "body": json.dumps(list(self._blocks(body))), **self._state(self.count - number, at),
        }  # fmt: skip
        texts = [chance.choice(self.texts.headlines), chance.choice(self.texts.standfirsts), *body]
        row |= {"headline": texts[0].plain, "standfirst": texts[1].plain}
        byline = {"story_id": key, "contributor_id": chance.choice(network.contributors[site::SITES]).pk}
        probe.owner_id, probe.live, probe.slug = owner, row["live"], row["slug"]
        return {
            "row": row,
            "byline": byline,
            "topics": [{"story_id": key, "topic_id": topic} for topic in about],
            "address": {"site_id": probe.site_id, "story_id": key, "path": path_of(probe, at)},
            "revision": self._revision(row, byline, about),
            "words": self._words(probe, texts),
        }

    def _uneven(self, count: int) -> int:
        """Of ``count`` things the first in every other case: one site, one section, one topic is always the busiest."""
        return 0 if self.chance.random() < 0.5 else self.chance.randrange(count)

    def _about(self, topics: list[Topic]) -> list[int]:
        main = topics[self._uneven(len(topics))]
        return [main.pk, *(topic.pk for topic in self.chance.sample(topics, 3) if topic is not main)]

    def _words(self, probe: Story, texts: list[Text]) -> str:
        """A story's words in the index: its marks and, each once, the words of its texts, each of which the index is asked for once."""
        marks = search.words_of(probe)
        for text in texts:
            if text not in self.words:
                self.words[text] = search.words_of(Story(site=probe.site, headline=text.plain, live=False))[
                    MARKS_OF_A_DRAFT:
                ]
        return " ".join([*marks, *dict.fromkeys(word for text in texts for word in self.words[text])])

    def _blocks(self, body: list[Text]) -> Iterator[Row]:
        for text in body:
            yield {
                "type": "paragraph",
                "value": text.html,
                "id": str(uuid.UUID(int=self.chance.getrandbits(128))),
            }

    def _state(self, from_the_newest: int, at: datetime) -> Row:
        """What happened to the story: the newest few are under way, one in a hundred of the others was withdrawn."""
        never = dict.fromkeys(("published_at", "first_published_at", "last_published_at", "live_revision_id"))
        waits = {**never, "live": False, "has_unpublished_changes": True, "edition": 0}
        if from_the_newest <= DRAFTS:
            return waits
        if from_the_newest <= DRAFTS + SUBMITTED:
            return {**waits, "submitted_at": _moment(at)}
        if from_the_newest <= DRAFTS + SUBMITTED + SCHEDULED:
            return {**waits, "go_live_at": _moment(self.now + timedelta(days=1))}
        published = dict.fromkeys(("published_at", "first_published_at", "last_published_at"), _moment(at))
        if from_the_newest % 100 == 0:
            return {
                **published,
                "live": False,
                "withdrawn_at": _moment(at),
                "withdrawal_reason": "Permintaan narasumber.",
            }
        return {**published, "live": True}

    def _revision(self, row: Row, byline: Row, topics: list[int]) -> Row:
        same = ("headline", "standfirst", "slug", "body", "live")
        places = {name: row[f"{name}_id"] for name in ("site", "section", "owner", "label")}
        line = {
            **self.pattern.content["bylines"][0],
            "pk": None,
            "story": row["id"],
            "contributor": byline["contributor_id"],
        }
        content = {
            **self.pattern.content,
            **{name: row[name] for name in same},
            **places,
            "pk": row["id"],
            "topics": topics,
            "bylines": [line],
        }
        return {
            "id": row["latest_revision_id"],
            "created_at": row["created_at"],
            "user_id": row["owner_id"],
            "object_id": str(row["id"]),
            "object_str": row["headline"],
            "content": json.dumps(content),
        }


def _moment(at: datetime) -> str:
    """As Django keeps a time in SQLite."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _log(story: Row) -> Iterator[Row]:
    row = story["row"]
    about = {
        "object_id": str(row["id"]),
        "label": row["headline"],
        "user_id": row["owner_id"],
        "revision_id": row["latest_revision_id"],
    }
    for action in ("wagtail.create", "wagtail.publish") if row["live"] else ("wagtail.create",):
        yield {**about, "action": action, "timestamp": row["created_at"], "uuid": uuid.uuid4().hex}


if __name__ == "__main__":
    prepare()
    with transaction.atomic():
        network = Network()
    Archive(network, int(sys.argv[1])).make()
