from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import OperationalError
from django.urls import reverse

from redaksi.cli.main import main
from redaksi.desk import trouble
from redaksi.desk.home import press_trouble
from redaksi.desk.trouble import is_full
from redaksi.stories.models import Topic


def full_sqlite():
    """The very error of a database that can't grow."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.Error) as caught:
        connection.executescript("CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)")
    connection.close()
    return caught.value


class FullPostgresError(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "full"),
    [(full_sqlite(), True), (FullPostgresError(), True), (OSError(errno.ENOSPC, ""), True), (OSError(errno.ENOENT, ""), False),
     (ValueError(), False), (None, False)],
)  # fmt: skip
def test_a_full_disk_is_known_by_its_error_and_by_what_it_brought_about(error, full):
    wrapped = OperationalError()
    wrapped.__cause__ = error
    assert is_full(error) is is_full(wrapped) is full


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(full_sqlite(), 507, "tidak ada lagi ruang"), (ValueError("?"), 500, "gangguan di pihak kami")],
)
def test_what_could_not_be_saved_is_said_in_words_and_nothing_has_changed(
    at_desk, network_manager, monkeypatch, error, status, words
):
    real = Topic.save

    def fail(topic, *args, **kwargs):
        real(topic, *args, **kwargs)
        raise error

    monkeypatch.setattr(Topic, "save", fail)
    desk = at_desk(network_manager)
    desk.raise_request_exception = False
    answer = desk.post(reverse("desk_topics:add"), {"name": "Kapal", "kind": "subject", "site": "", "names": "", "summary": "", "slug": ""})  # fmt: skip
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Topic.objects.exists()


@pytest.mark.django_db
def test_the_desk_and_the_check_warn_before_the_disk_is_full(
    network_manager, monkeypatch, settings, tmp_path, capsys
):
    settings.REDAKSI_HOME = tmp_path
    assert press_trouble(network_manager) == []
    monkeypatch.setattr(trouble, "LEAST_FREE", 1 << 62)
    assert len(press_trouble(network_manager)) == 1
    assert main(["check"]) == 1
    assert "nearly full" in capsys.readouterr().out
