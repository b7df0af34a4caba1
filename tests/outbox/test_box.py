from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from redaksi.outbox import box
from redaksi.outbox.models import Cleared, Entry, Rebuild


def test_a_row_outside_a_transaction_is_refused_and_says_what_changed(db, monkeypatch):
    monkeypatch.setattr(box, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(box.OutsideTransactionError, match="story 12"):
        box.put("story", 12)
    with pytest.raises(box.OutsideTransactionError, match="2 × story"):
        box.put_many("story", [1, 2])
    assert not Entry.objects.exists()


def test_a_row_goes_with_the_change_when_that_is_rolled_back(db):
    def change():
        with transaction.atomic():
            box.put("story", 12)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not Entry.objects.exists()


def test_rows_keep_their_order(db):
    box.put("story", 2)
    box.put_many("topic", [5, 4])
    assert [str(row) for row in Entry.objects.all()] == ["story:2", "topic:5", "topic:4"]


def test_the_age_is_that_of_the_oldest_row(db):
    assert box.age() == timedelta(0)
    row = box.put("story", 1)
    box.put("story", 2)
    Entry.objects.filter(pk=row.pk).update(written_at=timezone.now() - timedelta(minutes=5))
    assert timedelta(minutes=5) <= box.age() < timedelta(minutes=6)


def test_clearing_takes_away_these_rows_only_and_keeps_nothing(db):
    rows = [box.put("story", number) for number in (1, 2)]
    box.clear(rows[:1])
    box.clear([])
    assert list(Entry.objects.all()) == rows[1:]
    assert not Cleared.objects.exists()


def test_what_is_cleared_during_a_rebuild_is_kept_for_it_once(db):
    Rebuild.objects.create()
    box.clear([box.put("story", 1), box.put("story", 1), box.put("topic", 1)])
    assert not Entry.objects.exists()
    assert sorted(map(str, Cleared.objects.all())) == ["story:1", "topic:1"]
