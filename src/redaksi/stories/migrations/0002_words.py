"""The desk's full-text index: a table that the models don't know, in the way of each database."""

from django.db import migrations

# Which story has a word is asked, never where it stands: the index keeps no positions and no lengths.
SQLITE = "CREATE VIRTUAL TABLE stories_words USING fts5(words, tokenize='unicode61', detail=none, columnsize=0)"
POSTGRESQL = (
    "CREATE TABLE stories_words (story_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX stories_words_gin ON stories_words USING gin (words)",
)


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE stories_words")


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
