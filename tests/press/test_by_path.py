"""A site by path: every address of it begins with its base, and no link loses it."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from redaksi.network.models import Host, Section
from redaksi.shelf.addresses import unpack_card_id
from redaksi.shelf.pieces import Piece
from redaksi.shelf.recipe import Own, Pager, Recipe
from redaksi.shelf.told import card_texts
from redaksi.stories.actions.place import send

pytestmark = pytest.mark.slow

_LINK = re.compile(r'(?:href|src|action|data-[a-z]+)="(/[^"]*)"|srcset="([^"]*)"')
#: Files and what a host has once.
_AT_THE_ROOT = ("/foto/", "/aset/", "/oembed")


@pytest.fixture
def jateng(kentongan, group, cast):
    """Jateng by path at Kentongan's host."""
    made = cast.site(group, "jateng", name="Jateng")
    made.hosts.update(name="kentongan.localhost", path="/jateng")
    return made


@pytest.fixture
def shared(parts):
    """A topic and a name of the whole network."""
    for thing in (parts["topic"], parts["writer"]):
        thing.site = None
        thing.save()
    return {"topic": parts["topic"], "writer": parts["writer"]}


def texts_of(press, site):
    """Everything that is printed of a site: its pages, its furniture and its cards."""
    ask = press.writer._connection.execute
    for address, recipe in ask(
        "SELECT address, recipe FROM pages WHERE site = ? AND status != 301", (site.pk,)
    ):
        for part in Recipe.parse(recipe).segments():
            if isinstance(part, Own):
                yield address, part.text
            elif isinstance(part, Pager):
                yield address, f"{part.newest}{part.newer}{part.older}"
    for name, piece in ask("SELECT name, piece FROM pieces WHERE site = ?", (site.pk,)):
        yield name, Piece.from_bytes(piece).text()
    for rowid, piece in ask("SELECT id, piece FROM cards"):
        if unpack_card_id(rowid)[0] == site.pk:
            yield from (("card", text) for _, text in card_texts(rowid, piece))


def links_of(press, site):
    for where, text in texts_of(press, site):
        for one, several in _LINK.findall(text):
            yield from (
                (where, link)
                for link in [one, *(part.split()[0] for part in several.split(",") if part.strip())]
                if link
            )


def test_no_address_and_no_link_loses_the_base(press, jateng, live_story, editor, shared, cast):
    cast.story(jateng, "Sawah di Jateng", live=True, **shared)
    send(live_story, jateng, editor)
    press.drain()
    addresses = [
        name.removeprefix(str(jateng.pk)) for name in press.printed() if name.startswith(f"{jateng.pk}/")
    ]
    assert len(addresses) > 12
    assert {address for address in addresses if f"{address}/".startswith("/jateng/")} == set(addresses)
    links = set(links_of(press, jateng))
    lost = {(where, link) for where, link in links if not f"{link}/".startswith(("/jateng/", *_AT_THE_ROOT))}
    assert not lost
    ours = {re.split(r"[?#]", link)[0] for _, link in links if link.startswith("/jateng") and "{" not in link}
    dead = {link for link in ours if press.status(jateng, link) is None}
    assert not dead


def test_whole_addresses_have_it_too(press, jateng, shared, cast):
    made = cast.story(jateng, "Sawah di Jateng", live=True, **shared)
    press.drain()
    whole = {
        found
        for _, text in texts_of(press, jateng)
        for found in re.findall(re.escape(jateng.origin) + r'(/[^"<&\\ #]*)', text)
        if not found.startswith(_AT_THE_ROOT)
    }
    assert f"/jateng{made.addresses.get().path}" in whole
    assert {one for one in whole if not f"{one}/".startswith("/jateng/")} <= {"/"}  # the root site's front


def test_it_moves_to_a_host_of_its_own_and_back(press, jateng, shared, cast):
    made = cast.story(jateng, "Sawah di Jateng", live=True, **shared)
    path = made.addresses.get().path
    press.drain()
    assert press.status(jateng, f"/jateng{path}") == 200
    host = jateng.hosts.get()
    host.main = False
    host.save()
    Host.objects.create(site=jateng, name="jateng.example.id", main=True)
    press.drain()
    assert press.status(jateng, path) == 200
    assert press.status(jateng, f"/jateng{path}") is None
    assert press.status(jateng, "/jateng") is None


def test_the_root_sites_robots_speak_for_the_host(press, jateng, kentongan):
    press.drain()
    assert press.status(kentongan, "/robots.txt") == 200
    assert press.status(jateng, "/robots.txt") is None
    assert press.status(jateng, "/jateng/robots.txt") is None


def test_a_section_of_the_root_site_is_not_named_like_the_path(jateng, kentongan):
    with pytest.raises(ValidationError, match="/jateng"):
        Section(site=kentongan, name="Jateng", slug="jateng").full_clean()
