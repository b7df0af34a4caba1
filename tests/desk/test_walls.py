"""The walls, from outside: a user of another site, and somebody who isn't signed in, at every address that there is."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

sys.path.insert(0, str(Path(__file__).parent))

from addresses import FIRST, every_address, paths_of  # the folder isn't a package
from world import SECRET, dump, text_of  # as above

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
#: Answer staff of any site, because they show nothing but what is theirs. An address that isn't here must deny.
OPEN = {
    "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_dismissibles", "wagtailadmin_block_preview",
    "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link",
    "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",
    "wagtailadmin_editing_sessions:release",
    "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", "wagtailimages_chooser:create",
    "wagtailsnippetchoosers_stories_story:choose", "wagtailsnippetchoosers_stories_story:choose_results",
    "wagtailsnippetchoosers_stories_story:chosen_multiple",
    "desk_story:list", "desk_story:find", "desk_story:add", "desk_story:look_new", "desk_story:preview_on_add",
    "desk_flashes:room", "desk_exchange:room", "desk_exchange:plan", "desk_rules:index", "desk_rules:index_results",
    "desk_photos:index", "desk_photos:index_results", "desk_photos:add",
    "desk_topics:index", "desk_topics:index_results", "desk_topics:add",
    "desk_contributors:index", "desk_contributors:index_results", "desk_contributors:add",
    "desk_sites:index", "desk_sites:index_results", "desk_sections:index", "desk_sections:index_results",
    "desk_aset", "desk_story:drop", "desk_front:index",
}  # fmt: skip
DENIED = {302, 403, 404, 405}
#: Kentongan's keys, under every name that a view might read.
NAMES = (
    "id ids pk object_id site section topic topics label lead_photo photo contributor story user situs kanal penulis topik "
    "revision revision_id overwrite_revision_id loaded_revision_id page_id parent_page_id collection_id note role grant-site "
    "grant-section image-chooser-upload-site sites berita version_of home edisi pin-0-0 other-0 of-0"
).split()
QUESTION = {name: str(FIRST) for name in NAMES} | {
    "q": "rahasia",
    "tag": "rahasia",
    "p": "1",
    "next": "//jahat.example/",
}
BODY = QUESTION | {
    "headline": "Dicuri", "name": "Dicuri", "slug": "dicuri", "title": "Dicuri", "kind": "subject", "order": "1",
    "text": "Dicuri", "reason": "Dicuri", "is_editing": "1", "field": "headline", "username": "pencuri", "span": "60", "link": "https://jahat.example/",
    "strips": "1", "rule-0": "section", "was-0": "section", "shape-0": "row", "count-0": "2", "do": "save", "saat": "2026-11-24T10:00",
    "first_name": "P", "email": "p@example.id", "grant-role": "editor", "role": "editor", "action-publish": "1",
    "external-link-chooser-url": "https://contoh.example/", "body-count": "0", "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0", "source_kind": "own",
}  # fmt: skip


def visitor(user):
    """A session of the user's, or of nobody's."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def ask(client, method, path):
    if method == "POST":
        return client.post(path, BODY, query_params=QUESTION)
    return client.generic(method, path, query_params=QUESTION)


def asked(user, address, world):
    """Every answer at an address: each way of filling in its keys by GET and POST, the first one by every other method."""
    client = visitor(user)
    for number, path in enumerate(paths_of(address, world)):
        for method in METHODS if number == 0 else METHODS[:2]:
            yield method, path, ask(client, method, path)
            if address.name == "wagtailadmin_logout":
                client = visitor(user)


def leaks(user, address, world, opened):
    """What a user learns or may do at an address, as sentences."""
    found = []
    for method, path, answer in asked(user, address, world):
        if SECRET in text_of(answer):
            found.append(f"{method} {path} tells a secret ({answer.status_code})")
        if answer.status_code not in DENIED and address.name not in opened:
            found.append(f"{method} {path} answers {answer.status_code}")
    return found


#: And these a manager of the other site.
OPEN_TO_MANAGERS = {
    "desk_staff:index", "desk_staff:add", "desk_sections:add", "desk_pages:index", "desk_pages:index_results", "desk_pages:add",
    "desk_sites:look", "desk_rules:add",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("role", ["editor", "site_manager"])
def test_a_stranger_learns_nothing_and_changes_nothing_at_any_address(world, role):
    world.stranger.grants.update(role=role)
    opened = OPEN if role == "editor" else OPEN | OPEN_TO_MANAGERS
    before, found = dump(), []
    for address in every_address():
        found += leaks(world.stranger, address, world, opened)
        now = dump()
        found += [f"{address} changed {table}" for table in now if now[table] != before[table]]
        before = now
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_who_is_not_signed_in_reaches_the_sign_in_page_and_nothing_else(world):
    before, found = dump(), []
    for address in every_address():
        for method, path, answer in asked(None, address, world):
            login = answer.status_code == 302 and answer["Location"].startswith("/login/")
            closed = login or answer.status_code in {403, 404, 405}
            if not closed and address.name not in ANYONE:
                found.append(f"{method} {path} answers {answer.status_code}")
            told = (
                text_of(answer).replace(quote(path), "").replace(path, "")
            )  # the sign-in page leads back to it
            if SECRET in told:
                found.append(f"{method} {path} tells a secret")
    assert not found, "\n".join(found)
    assert dump() == before


ANYONE = {
    "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",
}  # fmt: skip


def test_the_walk_finds_the_addresses_that_matter():
    names = {address.name for address in every_address()}
    wanted = {
        "desk_story:edit",
        "desk_photos:delete",
        "desk_staff:give",
        "wagtail_bulk_action",
        "desk_media",
        "wagtailimages:edit",
    }
    assert wanted <= names
    assert len(names) > 150


def test_an_editor_of_the_site_does_read_what_the_stranger_may_not(world):
    """The secrets are where the test looks for them."""
    for path in (reverse("desk_story:edit", args=[world.waiting.pk]), "/foto/", "/topik/", "/"):
        assert SECRET in text_of(ask(visitor(world.editor), "GET", path)), path


@pytest.mark.slow
def test_the_walk_meets_a_thing_behind_every_address_with_a_key(world, superuser):
    """An address whose keys mean nothing would answer 404 to anyone, and prove nothing about the wall."""
    client, empty = visitor(superuser), []
    for address in every_address():
        if address.name.startswith("desk_") and address.keys:
            answers = [ask(client, "GET", path) for path in paths_of(address, world)]
            if {answer.status_code for answer in answers} == {404}:
                empty.append(address.name)
            for answer in answers:
                text_of(answer)  # a file is read to its end, or stays open
    assert set(empty) == {"desk_group:edit", "desk_group:delete", "desk_aset"}  # the network's, and a file's
