"""The command's verbs in this process, on the tests' own record."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from redaksi.cli import check as check_module
from redaksi.cli import press as press_module
from redaksi.cli.main import VERBS, main
from redaksi.network.models import Grant
from redaksi.outbox.models import Entry
from redaksi.press.duty import on_duty
from redaksi.shelf.reader import ShelfReader


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    settings.REDAKSI_HOME = tmp_path
    monkeypatch.setenv("REDAKSI_PASSWORD", "selat-lantang-2026")
    # It is for good, and this process has other tests to run.
    monkeypatch.setattr(press_module, "step_behind", lambda: None)
    return tmp_path


def test_every_verb_has_its_line_and_its_help(capsys):
    for words in (["--help"], *([verb, "--help"] for verb in VERBS)):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(line.split(":")[0] in told for _, line in VERBS.values())


@pytest.mark.parametrize(
    "words", [[], ["terbit"], ["press", "--semua"], ["press", "--all", "--once"], ["user"]]
)
def test_a_wrong_call_ends_with_status_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: redaksi" in capsys.readouterr().err


def test_an_account_is_made_with_its_role_once(kentongan, capsys):
    words = ["user", "nara", "--role", "editor", "--site", "kentongan", "--email", "nara@example.id"]
    assert main(words) == main(words) == 0
    user = get_user_model().objects.get(username="nara")
    assert user.check_password("selat-lantang-2026")
    assert list(Grant.objects.values_list("user", "role", "site")) == [(user.pk, "editor", kentongan.pk)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--site", "tak-ada", "--role", "editor"], "tak-ada"),
        (["--role", "editor"], "situs"),
        (["--site", "kentongan"], "jaringan"),
    ],
)
def test_a_role_that_cannot_be_is_told_and_nothing_is_made(kentongan, words, sentence, capsys):
    assert main(["user", "nara", *words]) == 1
    assert sentence in capsys.readouterr().err
    assert not get_user_model().objects.filter(username="nara").exists()


def test_a_weak_password_is_refused(db, monkeypatch, capsys):
    monkeypatch.setenv("REDAKSI_PASSWORD", "nara")
    assert main(["user", "nara"]) == 1
    assert "nara" in capsys.readouterr().err
    assert not get_user_model().objects.exists()


def test_press_once_empties_the_outbox_and_press_all_prints_everything(live_story, home, capsys):
    assert main(["press", "--once"]) == 0
    assert not Entry.objects.exists()
    assert main(["press", "--all"]) == 0
    assert "1 stories printed" in capsys.readouterr().err
    assert main(["press", "--if-outdated"]) == 0
    with ShelfReader(home / "shelf.sqlite3") as reader, reader.look():
        assert reader.entities(after="story:", limit=1)


def test_press_says_when_another_is_at_work(db, home, capsys):
    for work, words in (("press", ["--once"]), ("rebuild", ["--all"])):
        with on_duty(home, work):
            assert main(["press", *words]) == 1
        assert f"a {work} is at work" in capsys.readouterr().err


def test_check_names_what_is_wrong_and_is_content_when_nothing_is(live_story, kentongan, home, capsys):
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "no secret key" in told
    assert "redaksi press --all" in told
    (home / "secret-key").write_text("kunci")
    assert main(["press", "--all"]) == main(["press", "--once"]) == 0
    assert main(["check"]) == 0
    kentongan.hosts.all().delete()
    Entry.objects.update(tries=2, trouble="OSError: disk full")
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "“Kentongan” has no host" in told
    assert "disk full" in told


def test_a_database_in_trouble_is_a_sentence(db, monkeypatch, capsys):
    def locked(_args):
        raise OperationalError("no such table: network_site")

    monkeypatch.setattr(check_module, "run", locked)
    assert main(["check"]) == 1
    assert "no such table" in capsys.readouterr().err
