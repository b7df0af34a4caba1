from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from redaksi.shelf.addresses import FORMS
from redaksi.shelf.recipe import RECIPE_FORMAT
from redaksi.shelf.schema import SHELF_FORMAT, create_tables
from redaksi.shelf.transaction import CACHES, STATUSES

PAGE = (Path(__file__).parents[2] / "docs" / "contracts" / "shelf.md").read_text()


def section_of(table):
    """What the page says from a table's name in bold to the next one's."""
    return PAGE.split(f"**{table}**", 1)[1].split("\n**", 1)[0]


def test_every_table_and_column_is_in_the_contract():
    with closing(sqlite3.connect(":memory:")) as connection:
        create_tables(connection)
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith("found_")  # the insides of a full-text table
        ]
        columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables
        }
    assert [table for table in tables if f"**{table}**" not in PAGE] == []
    assert [
        f"{table}.{column}"
        for table in tables
        for column in columns[table]
        if f"`{column}`" not in section_of(table)
    ] == []


def test_the_contract_names_the_versions_statuses_caches_and_forms():
    assert f"`format`, now `{SHELF_FORMAT}`" in PAGE
    assert f"format: {RECIPE_FORMAT}" in PAGE
    assert all(str(status) in section_of("pages") for status in STATUSES)
    assert all(f'"{cache}"' in section_of("pages") for cache in CACHES)
    assert all(f"{number} {form}" in section_of("cards") for form, number in FORMS.items())
