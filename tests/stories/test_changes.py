"""What is saved without a verb still puts its row."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from redaksi.network.models import Host
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.stories import changes, search
from redaksi.stories.models import Alias, Topic


def rows():
    found = [str(row) for row in Entry.objects.order_by("id")]
    Entry.objects.all().delete()
    return found


def test_saving_what_pages_show_puts_one_row(topic, contributor, photo, kentongan, group):
    rows()
    section = kentongan.sections.first()
    for thing, kind in (
        (topic, "topic"), (contributor, "contributor"), (photo, "photo"), (kentongan, "site"), (group, "group"),
    ):  # fmt: skip
        thing.save()
        assert rows() == [f"{kind}:{thing.pk}"]
    section.save()
    assert rows() == [
        f"section:{section.pk}",
        f"site:{kentongan.pk}",
    ]  # its site's standing parts, and its stories


def test_a_host_is_its_sites_and_an_alias_its_topics(topic, kentongan):
    rows()
    host = Host.objects.create(site=kentongan, name="kentongan.example.id")
    Alias.objects.create(topic=topic, name="Selat")
    assert rows() == [f"site:{kentongan.pk}", f"topic:{topic.pk}"]
    host.delete()
    assert rows() == [f"site:{kentongan.pk}"]


def test_deleting_puts_the_rows_of_what_is_gone(topic, draft_story):
    rows()
    number, story = topic.pk, draft_story.pk
    draft_story.delete()
    topic.delete()
    assert rows() == [f"story:{story}", f"topic:{number}"]
    assert story not in search.find("gelombang", sites=None)


def test_who_works_where_is_printed_on_the_page_of_the_team(reporter, kentongan, pesisir, cast):
    manager = cast.staff("Nila Utama", "network_manager", None)
    rows()
    reporter.last_name = "Ayu"
    reporter.save()
    assert rows() == [f"imprint:{kentongan.pk}"]
    manager.grants.first().save()
    assert rows() == [f"imprint:{kentongan.pk}", f"imprint:{pesisir.pk}"]
    reporter.save(update_fields=["last_login"])
    assert rows() == []
    reporter.grants.first().delete()
    assert rows() == [f"imprint:{kentongan.pk}"]


def test_what_nobody_is_shown_puts_no_row(reporter):
    reporter.grants.update(listed=False)
    rows()
    reporter.first_name = "Rara Ayu"
    reporter.save()
    get_user_model().objects.create_user("orang.lain")
    assert rows() == []


def test_a_change_outside_a_transaction_is_refused(topic, monkeypatch):
    topic.name = "Selat"
    monkeypatch.setattr(box, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="outside a transaction"):
        changes._changed(Topic, topic)
