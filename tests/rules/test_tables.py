"""How the tables are laid out, where it decides what a list costs."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_story_s_wide_body_is_the_last_column():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps wide columns apart by itself")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA table_info(stories_story)")
        columns = [row[1] for row in cursor.fetchall()]
    assert columns[-1] == "body", (
        "what stands behind the body is read through all its pages: see 0001_initial"
    )


def plan(query: str) -> str:
    if connection.vendor != "sqlite":
        pytest.skip("this reads SQLite's plan")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return " ".join(row[3] for row in cursor.fetchall())


def test_the_desk_s_list_sorts_the_keys_of_several_sites_by_an_index_alone():
    newest = plan(
        "SELECT id FROM stories_story WHERE site_id IN (1, 2, 3) AND live ORDER BY created_at DESC, id DESC LIMIT 51"
    )
    assert "COVERING INDEX" in newest


def test_what_is_planned_at_several_sites_is_found_by_an_index_of_its_own():
    planned = plan(
        "SELECT * FROM stories_story WHERE site_id IN (1, 2, 3) AND go_live_at IS NOT NULL ORDER BY go_live_at"
    )
    assert "story_planned" in planned


def test_a_story_s_history_reads_its_own_lines_of_the_log():
    found = plan(
        "SELECT * FROM wagtailcore_modellogentry WHERE content_type_id = 7 AND object_id = '9' "
        "ORDER BY timestamp DESC, id DESC"
    )
    assert "redaksi_log_of_a_thing (content_type_id=? AND object_id=?)" in found
