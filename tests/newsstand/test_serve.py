from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from redaksi.newsstand.serve import SettingError, Settings
from redaksi.shelf.place import swap_in
from redaksi.shelf.writer import ShelfWriter

NO_DJANGO = """
import sys
import redaksi.newsstand.worker, redaksi.newsstand.serve
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("django", "wagtail")))
"""


def test_the_newsstand_never_loads_django(tmp_path):
    env = {**os.environ, "REDAKSI_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", NO_DJANGO], env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_settings_come_from_the_environment():
    settings = Settings.from_environment(
        {"REDAKSI_HOME": "/srv/data", "PORT": "18000", "REDAKSI_WORKERS": "3"}
    )
    assert settings == Settings(Path("/srv/data"), "127.0.0.1", 18000, 3)


@pytest.mark.parametrize(
    "environment", [{"PORT": "0"}, {"PORT": "x"}, {"PORT": "65536"}, {"REDAKSI_WORKERS": "-1"}]
)
def test_a_bad_setting_is_named(environment):
    with pytest.raises(SettingError, match=next(iter(environment))):
        Settings.from_environment(environment)


@pytest.mark.process
def test_without_a_shelf_readers_are_asked_to_come_again_until_there_is_one(tmp_path, open_stand, fill_shelf):
    stand = open_stand()
    answer = stand.wait()
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert stand.get("/").status == 503
    with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        fill_shelf(t)
    assert stand.get("/nasional/banjir").status == 200
    assert (tmp_path / "newsstand.log").read_text().count("the shelf can't be read") == 1


@pytest.mark.process
def test_a_shelf_of_another_format_is_not_served_and_the_log_says_why(tmp_path, open_stand):
    with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        t.set_meta("format", "9")
    stand = open_stand()
    assert stand.wait().status == 503
    assert "has shelf format 9, this program reads 5" in (tmp_path / "newsstand.log").read_text()


@pytest.mark.process
def test_a_fresh_shelf_takes_over_while_readers_read(tmp_path, open_stand, fill_shelf):
    pointer = tmp_path / "shelf.sqlite3"
    with ShelfWriter(pointer) as shelf, shelf.transaction() as t:
        fill_shelf(t)
    stand = open_stand(workers=2)
    stand.wait()
    for _ in range(5):
        with ShelfWriter(pointer, fresh=True) as shelf, shelf.transaction() as t:
            fill_shelf(t)
        swap_in(shelf.path, pointer)
        assert {stand.get("/nasional/banjir").status for _ in range(20)} == {200}


@pytest.mark.process
def test_a_worker_that_dies_is_replaced(tmp_path, open_stand, fill_shelf):
    with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf, shelf.transaction() as t:
        fill_shelf(t)
    stand = open_stand()
    stand.wait()
    os.kill(stand.worker(), signal.SIGKILL)
    assert stand.wait().status == 404
    assert stand.get("/nasional/banjir").status == 200


@pytest.mark.process
def test_workers_leave_the_port_when_the_server_is_killed(killable_stand):
    stand = killable_stand
    stand.wait()
    stand.process.kill()
    stand.process.wait()
    stand.log.close()
    with pytest.raises(ConnectionError):
        read_for_ever(stand)


def read_for_ever(stand):
    while True:
        stand.get("/")
