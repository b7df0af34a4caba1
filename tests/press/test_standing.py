"""A few sites a turn: what all sites show is printed on all, and nothing else waits for it."""

from __future__ import annotations

import pytest
from django.db import transaction

from redaksi.outbox.models import Entry
from redaksi.press import sites as sites_module
from redaksi.press import standing

SITES = 5


@pytest.fixture
def crowd(group, kentongan, cast, monkeypatch):
    """More sites than a turn lays; nothing of them is printed yet."""
    monkeypatch.setattr(standing, "AT_ONCE", 2)
    with transaction.atomic():
        return [kentongan, *(cast.site(group, f"situs-{n}") for n in range(SITES - 1))]


def footers(press, sites, name="bottom"):
    with press.reader.look():
        pieces = [press.reader.piece(site.pk, name) for site in sites]
    return [piece.text() if piece else "" for piece in pieces]


def test_a_publish_is_printed_before_many_new_sites(press, crowd, live_story):
    press.foreman.turn()
    assert press.status(crowd[0], live_story.addresses.get().path) == 200
    assert sum(map(bool, footers(press, crowd, "top"))) == standing.AT_ONCE
    press.drain()
    assert all(footers(press, crowd, "top"))


def test_what_every_footer_says_is_printed_on_all_a_few_a_turn(press, crowd, group):
    press.drain()
    with transaction.atomic():
        group.name = "Gapura Baru"
        group.save()
    press.foreman.turn()
    assert not all("Gapura Baru" in footer for footer in footers(press, crowd))
    assert Entry.objects.filter(kind="site").count() == SITES
    press.drain()
    assert all("Gapura Baru" in footer for footer in footers(press, crowd))


def test_a_new_site_is_laid_once(press, crowd, monkeypatch):
    laid = []
    lay = sites_module.lay_site
    monkeypatch.setattr(
        standing, "lay_site", lambda shelf, pk, *rest: laid.append(pk) or lay(shelf, pk, *rest)
    )
    press.drain()
    assert sorted(laid) == sorted(site.pk for site in crowd)
