"""Sites that were there before get their first pages about themselves, as a new one does."""

from django.db import migrations

from redaksi.stories.first_pages import FIRST_PAGES


def write(apps, _editor):
    page = apps.get_model("stories", "StaticPage")
    for site in apps.get_model("network", "Site").objects.filter(pages__isnull=True):
        texts = FIRST_PAGES.get(site.language.partition("-")[0], FIRST_PAGES["en"])
        for order, one in enumerate(texts):
            body = one.body.replace("{site}", site.name)
            page.objects.create(
                site=site, kind=one.kind, slug=one.slug, title=one.title, body=body, order=order
            )


class Migration(migrations.Migration):
    dependencies = [("stories", "0008_placements")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
