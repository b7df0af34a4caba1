"""Two sites for the tests of the walls: Pesisir, where the stranger works, and Kentongan, whose every word is a secret."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from addresses import FIRST
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

import cast
from redaksi.network.models import Grant
from redaksi.stories.actions import flash, offer, place
from redaksi.stories.actions.arrange import arrange
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.submit import submit
from redaksi.stories.arrangement import Pin, Strip
from redaksi.stories.models import Alias, CarryRule, Contributor, Note, StaticPage, Story, Topic

SECRET = cast.SECRET
#: What changes because somebody is signed in, not because something was done.
OWN_TABLES = {"django_session", "wagtailusers_userprofile", "wagtailadmin_editingsession"}


def begin_keys_at(first: int) -> None:
    """Let the next row of every table have this key."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField"}
    ]
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, first])


@transaction.atomic
def build() -> SimpleNamespace:
    begin_keys_at(1)  # PostgreSQL's counters outlive the test that moved them
    group = cast.group()
    pesisir = cast.site(group, "pesisir", name="Pesisir")
    stranger = cast.staff("Pasir Laut", "editor", pesisir)
    own_topic = Topic.objects.create(site=pesisir, name="Pasang naik", slug="pasang")
    own_writer = Contributor.objects.create(site=pesisir, name="Pasir Laut", slug="pasir-laut")
    lembah = cast.site(group, "lembah", name="Lembah")
    theirs = cast.story(lembah, "Padi Menguning", live=True, topic=_of(lembah, "padi"), writer=_by(lembah))
    own_story = cast.story(pesisir, "Rob di Muara", by=stranger, topic=own_topic, writer=own_writer)
    begin_keys_at(FIRST)
    world = _kentongan(group)
    _exchange(world.kentongan, lembah, theirs, world)
    return SimpleNamespace(
        pesisir=pesisir, stranger=stranger, own_story=own_story, own_topic=own_topic, **vars(world)
    )


def _of(site: Any, word: str) -> Topic:
    return Topic.objects.create(site=site, name=word.title(), slug=word)


def _by(site: Any) -> Contributor:
    return Contributor.objects.create(site=site, name="Ladang Hijau", slug="ladang")


def _exchange(kentongan: Any, lembah: Any, theirs: Story, world: Any) -> None:
    """What passes between Kentongan and Lembah, and is nobody else's business."""
    held = place.take(theirs, kentongan.sections.first(), world.editor, place.Words(f"Judul {SECRET}"))
    place.send(world.live, lembah, world.editor)
    offer.offer_plan(kentongan, offer.Plan(f"Rencana {SECRET}", SECRET), [lembah], world.editor)
    offer.offer_story(theirs, [kentongan], None, SECRET)
    CarryRule.objects.create(site=kentongan, topic=world.topic, section=held.section, home=lembah)


def _kentongan(group: Any) -> SimpleNamespace:
    """The name of the site and the line under it are no secret: they stand in the footer of every site of the network."""
    site = cast.site(group, "kentongan", name="Kentongan", publisher=SECRET)
    for section in site.sections.all():
        section.name = f"{section.name} {SECRET}"
        section.save()
    reporter = cast.staff(f"Rara {SECRET}", "reporter", site)
    editor = cast.staff(f"Edi {SECRET}", "editor", site)
    manager = cast.staff(f"Sita {SECRET}", "site_manager", site)
    Grant.objects.create(user=reporter, role="photo_editor", site=site)
    topic = Topic.objects.create(site=site, name=f"Topik {SECRET}", slug=f"topik-{SECRET}", summary=SECRET)
    Alias.objects.create(topic=topic, name=f"Alias {SECRET}")
    writer = Contributor.objects.create(
        site=site, name=f"Rara {SECRET}", slug=f"rara-{SECRET}", bio=SECRET, user=reporter
    )
    photo = cast.photo(site, f"Foto {SECRET}", owner=reporter, caption=SECRET, credit=SECRET, alt=SECRET)
    photo.tags.add(SECRET)
    parts = {"topic": topic, "writer": writer, "lead": photo, "standfirst": SECRET, "body": cast.body(SECRET)}
    live = cast.story(site, f"Tayang {SECRET}", by=reporter, live=True, **parts)
    waiting = cast.story(site, f"Konsep {SECRET}", by=reporter, **parts)
    waiting.headline = f"Versi dua {SECRET}"
    draft(waiting, reporter)
    submit(Story.objects.get(pk=waiting.pk), reporter)
    correct(live, f"Ralat {SECRET}", editor)
    for story in (live, waiting):
        Note.objects.create(story=story, field="headline", text=SECRET, author=editor)
    for number, status in enumerate(("running", "ended")):
        of = flash.Line(
            f"Kilat {status} {SECRET}", timezone.now() + timedelta(hours=1), frozenset([site.pk]), live
        )
        filed = flash.file(of, editor)
        if number:
            flash.end(filed, editor)
    arrange(site, [Strip("newest", heading=SECRET, slots=(Pin(live.pk),))], editor)
    StaticPage.objects.filter(site=site).update(title=f"Halaman {SECRET}", body=f"<p>{SECRET}</p>")
    small = photo.get_rendition("max-165x165").file.name
    return SimpleNamespace(
        kentongan=site, reporter=reporter, editor=editor, manager=manager, topic=topic, writer=writer,
        photo=photo, live=live, waiting=waiting, original=photo.file.name, small=small,
    )  # fmt: skip


def dump() -> dict[str, list[Any]]:
    """Every row of every table but those of :data:`OWN_TABLES`."""
    rows: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - OWN_TABLES):
            if table.startswith(("stories_words_", "wagtailsearch", "sqlite_")):
                continue  # the insides of a full-text table
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # the database itself names the tables
            kept = [at for at, column in enumerate(cursor.description) if column[0] != "last_login"]
            rows[table] = sorted((tuple(row[at] for at in kept) for row in cursor.fetchall()), key=repr)
    return rows


def text_of(answer: Any) -> str:
    """All that an answer tells: its body and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + repr(dict(answer.headers))
