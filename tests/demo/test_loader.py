"""The demo network comes out the same each time, and everything in it could be published."""

from __future__ import annotations

import json
from collections import Counter
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core import serializers
from django.db import connection, transaction

from redaksi.demo import loader
from redaksi.demo.loader import Demo, NotEmptyError
from redaksi.network.models import Grant, Group, Host, Section, Site
from redaksi.photos.models import Photo
from redaksi.stories.checks import examine
from redaksi.stories.models import Address, Alias, Byline, Contributor, Correction, Story, Topic

pytestmark = pytest.mark.slow
MODELS = (
    Group,
    Site,
    Host,
    Section,
    Grant,
    Topic,
    Alias,
    Contributor,
    Photo,
    Story,
    Byline,
    Correction,
    Address,
)
#: What may differ: the clock's, chance's (the names of files, the keys of blocks) and the revisions' numbers.
PASSING = {
    "created_at", "submitted_at", "go_live_at", "first_published_at", "last_published_at", "latest_revision", "live_revision",
    "file", "password", "last_login", "date_joined", "body",
}  # fmt: skip


def dump():
    users = get_user_model().objects.order_by("pk")
    lists = [users, *(model._default_manager.order_by("pk") for model in MODELS)]
    found = [row for rows in lists for row in serializers.serialize("python", rows)]
    kept = [
        {**row, "fields": {name: value for name, value in row["fields"].items() if name not in PASSING}}
        for row in found
    ]
    bodies = {
        story.pk: [(block["type"], _without_keys(block["value"])) for block in story.body.raw_data]
        for story in Story.objects.all()
    }
    return json.dumps([kept, bodies], default=str, sort_keys=True)


def _without_keys(value):
    if isinstance(value, list):
        return [
            _without_keys(
                one.get("value", one) if isinstance(one, dict) and one.get("type") == "item" else one
            )
            for one in value
        ]
    return {name: _without_keys(part) for name, part in value.items()} if isinstance(value, dict) else value


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two makings in two data homes, and what is to be said of the second."""
    if connection.vendor != "sqlite":
        pytest.skip("keys start at 1 again only in SQLite")
    facts = SimpleNamespace(dumps=[])
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "make_password", lambda _: "!")
        for number in range(2):
            home = tmp_path_factory.mktemp(f"demo-{number}")
            patch.setattr("django.conf.settings.REDAKSI_HOME", home)
            with pytest.MonkeyPatch.context() as once, transaction.atomic():
                if number == 0:  # only the record is compared: its pictures needn't be developed twice
                    once.setattr(loader.darkroom, "develop", lambda _photo: None)
                facts.count = Demo().make()
                facts.dumps.append(dump())
                look(facts, home)
                transaction.set_rollback(True)
    return facts


def look(facts, home):
    facts.home = home
    stories = list(Story.objects.order_by("pk"))
    planned = [story for story in stories if story.live or story.go_live_at]
    facts.findings = {
        story.slug: [finding.text for finding in examine(story.latest_revision.as_object()) if finding.blocks]
        for story in planned
    }
    facts.sites = Counter(story.site.slug for story in stories if story.live)
    facts.events = Counter(
        topic.slug for topic in Topic.objects.filter(kind="event") for story in stories if story.live and (story.label_id == topic.pk or topic in story.topics.all())
    )  # fmt: skip
    facts.roles = set(Grant.objects.values_list("role", flat=True))
    days = sorted(story.published_at for story in stories if story.published_at)
    facts.span = days[-1] - days[0]
    facts.states = {
        "withdrawn": Story.objects.filter(withdrawn_at__isnull=False).exists(), "noted": Correction.objects.exists(),
        "waiting": Story.objects.filter(submitted_at__isnull=False).exists(), "planned": Story.objects.filter(go_live_at__isnull=False).exists(),
        "aliases": Alias.objects.exists(),
    }  # fmt: skip
    facts.photos = [(photo.title, photo.digest, photo.width) for photo in Photo.objects.all()]
    try:
        Demo().make()
    except NotEmptyError:
        facts.refused = True


def test_it_is_the_same_each_time_in_any_data_home(demo):
    first, second = demo.dumps
    assert first == second


def test_every_story_that_is_published_or_planned_passes_the_check(demo):
    assert {slug: texts for slug, texts in demo.findings.items() if texts} == {}


def test_it_has_three_sites_forty_stories_six_weeks_and_a_running_story_in_ten(demo):
    assert demo.count >= 40
    assert len(demo.sites) == 3
    assert min(demo.sites.values()) >= 5
    assert 35 <= demo.span.days <= 45
    assert max(demo.events.values()) >= 10


def test_it_shows_every_role_and_every_state(demo):
    assert demo.roles == set(Grant.Role.values)
    assert all(demo.states.values()), demo.states


def test_its_photos_are_developed_at_once(demo):
    assert len(demo.photos) > 10
    public = demo.home / "photos" / "public"
    for title, digest, _ in demo.photos:
        assert list(public.glob(f"{digest}-*.jpg")), title


def test_it_is_not_made_where_there_is_a_network(demo):
    assert demo.refused
