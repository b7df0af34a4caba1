"""The desk's list of what came from the network, for who works at many sites."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0009_first_pages")]
    operations = [
        migrations.AddIndex(
            model_name="placement", index=models.Index(fields=["-at", "-id"], name="placement_newest")
        )
    ]
