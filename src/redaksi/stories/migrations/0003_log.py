"""A story's history at once: Wagtail's log has an index of kinds and one of keys, none of both, and without statistics SQLite takes the first,
which is the log of all stories."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stories", "0002_words"), ("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX redaksi_log_of_a_thing ON wagtailcore_modellogentry (content_type_id, object_id, timestamp)",
            "DROP INDEX redaksi_log_of_a_thing",
        )
    ]
