"""An import that is killed with SIGKILL, at any moment, and started again ends as one that never was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

SCRIPT = """
import sys, django
django.setup()
from pathlib import Path
from django.core.management import call_command
from django.db import transaction
from redaksi.network.models import Group, Site
from redaksi.wire import intake
if sys.argv[1] == "make":
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        Site.objects.create(group=Group.objects.create(name="Grup"), slug="kabar", name="Kabar")
else:
    intake.BATCH = 4
    intake.bring_in(Path(sys.argv[2]), Site.objects.get(), photos=Path(sys.argv[3]))
"""
HEAD = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://k.example</link>'
ITEM = """<item><title>Berita {n}</title><link>https://k.example/{n}/</link><content:encoded><![CDATA[<p>Isi {n}.</p>]]></content:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:post_name>berita</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="kota">Kota</category>
<category domain="post_tag" nicename="t{t}">Tag {t}</category></item>"""
QUESTIONS = (
    "SELECT headline, slug, live, published_at, edition FROM stories_story ORDER BY headline",
    "SELECT path, current, headline FROM stories_address a JOIN stories_story s ON s.id = story_id ORDER BY path",
    "SELECT foreign_id, digest FROM wire_intake ORDER BY foreign_id",
    "SELECT kind, count(*) FROM outbox_entry GROUP BY kind",
    "SELECT slug FROM stories_topic ORDER BY slug",
    "SELECT count(*) FROM stories_words",
    "SELECT count(*) FROM wagtailcore_revision",
)


def run(home: Path, *arguments: str) -> subprocess.Popen:
    environment = {
        **os.environ,
        "REDAKSI_HOME": str(home),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "redaksi.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments], env=environment, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()


def answers(home: Path) -> list:
    base = sqlite3.connect(home / "desk.sqlite3")
    try:
        return [base.execute(question).fetchall() for question in QUESTIONS]
    finally:
        base.close()


def test_an_import_killed_at_any_moment_goes_on_and_ends_the_same(tmp_path):
    archive, photos, empty = tmp_path / "kabar.xml", tmp_path / "photos", tmp_path / "empty"
    archive.write_text(HEAD + "".join(ITEM.format(n=n, t=n % 9) for n in range(1, 301)) + "</channel></rss>")
    photos.mkdir()
    empty.mkdir()
    finish(run(empty, "make"))
    whole, killed = shutil.copytree(empty, tmp_path / "whole"), shutil.copytree(empty, tmp_path / "killed")
    finish(run(whole, "go", str(archive), str(photos)))
    kills = 0
    for moment in (0.02, 0.15, 0.3):
        process = run(killed, "go", str(archive), str(photos))
        before = len(answers(killed)[0])
        while process.poll() is None and len(answers(killed)[0]) == before:
            time.sleep(0.01)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        kills += process.returncode == -signal.SIGKILL
    assert kills
    finish(run(killed, "go", str(archive), str(photos)))
    assert answers(killed) == answers(whole)
    assert len(answers(whole)[0]) == 300
