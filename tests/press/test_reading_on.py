"""What to read on: chosen from older stories, and as on a shelf pressed afresh whatever came, went or changed its topics."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import cast
from redaksi.outbox.models import Entry
from redaksi.press import foreman as foreman_module
from redaksi.press import print_run, reading_on
from redaksi.press.foreman import Foreman
from redaksi.press.rebuild import press_all
from redaksi.shelf.inventory import contents
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Address, Byline, Contributor, Story, Topic

pytestmark = pytest.mark.slow

BEGIN = datetime(2026, 11, 1, 3, tzinfo=UTC)


class Room:
    """One site with three topics and long stories."""

    def __init__(self, folder):
        self.folder = folder
        self.site = cast.site(cast.group(), "kentongan")
        self.topics = [
            Topic.objects.create(site=None, name=name, slug=name.lower()) for name in ("Rob", "Feri", "Garam")
        ]
        self.writer = Contributor.objects.create(site=None, name="Rara", slug="rara")
        self.shelf = ShelfWriter(folder / "shelf.sqlite3")
        self.foreman = Foreman(self.shelf, folder)
        self.made = []

    def close(self):
        self.foreman.close()
        self.shelf.close()

    def publish(self, day, topics, **facts):
        story = Story(
            site=self.site, section=self.site.sections.first(), headline=f"Berita {len(self.made)}", standfirst="Tegak.",
            body=facts.pop("body", cast.body() * 4), label=self.topics[topics[0]], **facts,
        )  # fmt: skip
        story.bylines = [Byline(contributor=self.writer, role="writer", sort_order=0)]
        story.topics = [self.topics[number] for number in topics]
        with transaction.atomic():
            draft(story, None)
            publish(story, None, at=BEGIN + timedelta(days=day))
        self.made.append(story.pk)
        return story.pk

    def change(self, pk, **facts):
        story = Story.objects.get(pk=pk)
        text = story.get_latest_revision_as_object()
        for name, value in facts.items():
            setattr(text, name, value)
        with transaction.atomic():
            draft(text, None)
            if story.live:
                publish(story, None, tell=False)

    def take(self, pk):
        story = Story.objects.get(pk=pk)
        withdraw(story, "Keliru.", None) if story.live else restore(story, None)

    def read_also(self, pk):
        """The stories that a page offers, by their headlines."""
        self.foreman.drain()
        path = Address.objects.get(story=pk, current=True).path
        page = contents(self.folder / "shelf.sqlite3")[f"page {self.site.pk} {path}"]
        return [part.split("</a>")[0].split(">")[-1] for part in page.split('class="also"')[1:]]


@pytest.fixture
def room(db, tmp_path):
    made = Room(tmp_path)
    yield made
    made.close()


def headline(room, pk):
    return f"Berita {room.made.index(pk)}"


def test_older_stories_that_share_most_come_first_then_the_newest(room):
    far = room.publish(0, [0, 1])
    near = room.publish(1, [0])
    room.publish(9, [0, 1])
    story = room.publish(5, [0, 1])
    assert room.read_also(story) == [headline(room, far), headline(room, near)]
    room.change(story, body=cast.body() * 3)
    assert room.read_also(story) == [headline(room, far)]


def test_what_an_editor_bans_links_or_caps_is_kept_to(room):
    first, second, third = (room.publish(day, [0]) for day in range(3))
    story = room.publish(5, [0], also_choices={"banned": [third]})
    assert room.read_also(story) == [headline(room, second), headline(room, first)]
    path = Address.objects.get(story=second).path
    linked = [{"type": "paragraph", "value": f'<p>Lihat <a href="{path}">di sini</a>.</p>'}]
    room.change(story, body=[*cast.body() * 4, *linked])
    assert room.read_also(story) == [headline(room, first)]
    room.change(story, also_choices={"cap": 0, "banned": []})
    assert room.read_also(story) == []


def test_a_pin_counts_and_is_not_offered_again(room):
    older, newest = room.publish(0, [0]), room.publish(1, [0])
    pin = {"type": "read_also", "value": {"story": newest}}
    story = room.publish(5, [0], body=[*cast.body() * 2, pin, *cast.body() * 3])
    assert room.read_also(story) == [headline(room, newest), headline(room, older)]


def test_a_backdated_story_is_offered_and_a_withdrawn_one_is_not(room):
    story = room.publish(5, [0])
    assert room.read_also(story) == []
    older = room.publish(2, [0])
    assert room.read_also(story) == [headline(room, older)]
    room.take(older)
    assert room.read_also(story) == []
    room.take(older)
    assert room.read_also(story) == [headline(room, older)]


def test_a_new_story_prints_no_older_page_again(room):
    for day in range(4):
        room.publish(day, [0, 1])
    room.foreman.drain()
    printed = dict(
        room.shelf._connection.execute("SELECT address, printed_at FROM pages WHERE entity LIKE 'story:%'")
    )
    room.publish(8, [0, 1])
    room.foreman.drain()
    now = dict(
        room.shelf._connection.execute("SELECT address, printed_at FROM pages WHERE entity LIKE 'story:%'")
    )
    assert len(now) == 5
    assert {address: now[address] for address in printed} == printed


TOPICS = st.sampled_from([[0], [1], [0, 1], [1, 2], [0, 1, 2]])
PICK = st.integers(0, 30)
STEPS = st.one_of(
    st.tuples(st.just("publish"), st.integers(0, 12), TOPICS),
    st.tuples(st.just("publish"), st.integers(0, 12), TOPICS),
    st.tuples(st.just("retag"), PICK, TOPICS),
    st.tuples(st.just("take"), PICK),
    st.tuples(st.just("ban"), PICK, PICK),
    st.tuples(st.just("rename"), PICK, st.sampled_from(["Pasang", "Surut"])),
    st.tuples(st.just("delete"), PICK),
    st.tuples(st.just("turn")),
)


def do(room, step):
    verb, *told = step
    if verb == "turn":
        room.foreman.turn()
    elif verb == "publish":
        room.publish(*told)
    elif room.made:
        pk = room.made[told[0] % len(room.made)]
        if verb == "retag":
            room.change(pk, topics=[room.topics[number] for number in told[1]], label=room.topics[told[1][0]])
        elif verb == "take":
            room.take(pk)
        elif verb == "ban":
            room.change(pk, also_choices={"banned": [room.made[told[1] % len(room.made)]]})
        elif verb == "rename":
            room.change(pk, headline=told[1])
        else:
            room.made.remove(pk)
            Story.objects.filter(pk=pk).delete()


@pytest.mark.slow
def test_whatever_comes_and_goes_each_page_is_as_one_printed_afresh(db, monkeypatch):
    monkeypatch.setattr(reading_on, "WINDOW", 2)
    monkeypatch.setattr(foreman_module, "BATCH", 3)
    monkeypatch.setattr(print_run, "BATCH", 2)

    @settings(
        max_examples=int(os.environ.get("SEQUENCES", "20")), deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate) if os.environ.get("QUICK") else tuple(Phase),
    )  # fmt: skip
    @given(steps=st.lists(STEPS, min_size=5, max_size=25))
    def holds(steps):
        folder = Path(tempfile.mkdtemp(prefix="redaksi-reading-"))
        with transaction.atomic():
            with closing(Room(folder)) as room:
                for step in steps:
                    do(room, step)
                compare(room)
            transaction.set_rollback(True)
        shutil.rmtree(folder)

    holds()


def compare(room):
    room.foreman.drain()
    assert not Entry.objects.exists()
    press_all(room.folder / "fresh")
    kept, new = contents(room.folder / "shelf.sqlite3"), contents(room.folder / "fresh" / "shelf.sqlite3")
    assert {
        name: (kept.get(name), new.get(name)) for name in kept | new if kept.get(name) != new.get(name)
    } == {}
