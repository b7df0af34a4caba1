"""The address of a page about the site can be changed: what it was leads to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_placements_newest")]
    operations = [
        migrations.AddField(
            model_name="staticpage",
            name="former_slugs",
            field=models.JSONField(blank=True, default=list, editable=False),
        )
    ]
