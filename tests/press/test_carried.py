"""A story on other sites than its home: what readers have there, and what becomes of it when something changes."""

from __future__ import annotations

import pytest

from redaksi.outbox.models import Entry
from redaksi.shelf.recipe import Own, Recipe
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.place import Words, adjust, call_back, let_go, send, take
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import CarryRule, Placement, Story, Topic

pytestmark = pytest.mark.slow


def path_at(story, site, *, current=True):
    return story.addresses.get(site=site, current=current).path


def text_at(press, site, address):
    """The own text of the page that stands there."""
    with press.reader.look():
        page = press.reader.page(site.pk, address)
    return "".join(part.text for part in Recipe.parse(page.recipe).segments() if isinstance(part, Own))


def location_at(press, site, address):
    with press.reader.look():
        page = press.reader.page(site.pk, address)
    return page.status, page.location


def lists_of(press, story, site):
    with press.writer.transaction() as shelf:
        return {name for at, name, _ in shelf.rows_of(story.pk) if at == site.pk}


@pytest.fixture
def shared(topic, contributor):
    """A topic and a name of the whole network."""
    for thing in (topic, contributor):
        thing.site = None
        thing.save()
    return {"topic": topic, "writer": contributor}


@pytest.fixture
def carried(press, live_story, pesisir, editor):
    """The live story of Kentongan, sent to Pesisir and printed."""
    placement = send(live_story, pesisir, editor)
    press.drain()
    return placement


def test_a_sent_story_is_there_with_its_source_and_the_canonical_link_to_its_home(
    press, carried, live_story, kentongan, pesisir
):
    home = f"{kentongan.origin}{path_at(live_story, kentongan)}"
    text = text_at(press, pesisir, path_at(live_story, pesisir))
    assert f'<link rel="canonical" href="{home}">' in text
    assert f'Sumber: <a href="{home}">Kentongan</a>' in text
    assert f'"@id":"{home}"' in text
    assert "Sumber: " not in text_at(press, kentongan, path_at(live_story, kentongan))


def test_it_stands_in_that_sites_lists_and_only_its_home_lists_it_for_search_engines(
    press, carried, live_story, pesisir, kentongan
):
    section = pesisir.sections.get(slug="nasional")
    assert lists_of(press, live_story, pesisir) == {"all", f"section:{section.pk}"}
    assert "home" in lists_of(press, live_story, kentongan)
    with press.reader.look():
        assert press.reader.card(pesisir.pk, live_story.pk, "row")
        assert press.reader.card(pesisir.pk, live_story.pk, "map") is None


def test_no_link_leads_to_a_topic_or_a_name_that_the_site_has_not(
    press, carried, live_story, pesisir, topic, contributor
):
    text = text_at(press, pesisir, path_at(live_story, pesisir))
    assert "/topik/selat-lantang" not in text
    assert contributor.name in text
    assert "/penulis/" not in text
    for thing in (topic, contributor):
        thing.site = None
        thing.save()
    press.drain()
    text = text_at(press, pesisir, path_at(live_story, pesisir))
    assert "/topik/selat-lantang" in text
    assert "/penulis/" in text
    assert press.status(pesisir, "/topik/selat-lantang") == 200


def test_the_site_gives_it_its_own_headline_section_and_label(
    press, carried, live_story, pesisir, pesisir_editor
):
    before = path_at(live_story, pesisir)
    label = Topic.objects.create(site=pesisir, name="Feri", slug="feri")
    section = pesisir.sections.get(slug="olahraga")
    adjust(carried, section, Words("Feri Pesisir Tertahan", "Feri Tertahan", label), pesisir_editor)
    press.drain()
    now = path_at(live_story, pesisir)
    text = text_at(press, pesisir, now)
    assert "<h1>Feri Pesisir Tertahan</h1>" in text
    assert 'href="/topik/feri"' in text
    assert now.startswith("/olahraga/")
    assert location_at(press, pesisir, before) == (301, now)
    assert press.status(pesisir, "/topik/feri") == 200
    with press.reader.look():
        assert "Feri Tertahan<" in press.reader.card(pesisir.pk, live_story.pk, "row").text()


def test_a_change_a_correction_and_a_withdrawal_at_home_are_on_both_sites_at_once(
    press, carried, live_story, kentongan, pesisir, editor
):
    places = [(site, path_at(live_story, site)) for site in (kentongan, pesisir)]
    text = live_story.get_latest_revision_as_object()
    text.headline = "Feri Berlayar Lagi"
    draft(text, editor)
    publish(live_story, editor)
    press.foreman.turn()
    assert all("Feri Berlayar Lagi" in text_at(press, *place) for place in places)
    correct(live_story, "Tingginya dua meter.", editor)
    press.foreman.turn()
    assert all("Tingginya dua meter." in text_at(press, *place) for place in places)
    withdraw(live_story, "Sumbernya keliru.", editor)
    press.foreman.turn()
    assert [press.status(*place) for place in places] == [410, 410]
    assert all("Sumbernya keliru." in text_at(press, *place) for place in places)
    restore(live_story, editor)
    press.foreman.turn()
    assert [press.status(*place) for place in places] == [200, 200]


@pytest.mark.parametrize("end", ["let_go", "call_back"])
def test_where_it_ended_its_address_leads_home(
    press, carried, live_story, kentongan, pesisir, editor, pesisir_editor, end
):
    address = path_at(live_story, pesisir)
    if end == "let_go":
        let_go(carried, pesisir_editor)
    else:
        call_back(carried, editor)
    press.drain()
    home = f"{kentongan.origin}{path_at(live_story, kentongan)}"
    assert location_at(press, pesisir, address) == (301, home)
    assert lists_of(press, live_story, pesisir) == set()


def test_a_site_that_let_it_go_is_not_sent_it_again_but_may_take_it(
    press, carried, live_story, pesisir, editor, pesisir_editor
):
    let_go(carried, pesisir_editor)
    with pytest.raises(WrongStateError, match="Pesisir"):
        send(live_story, pesisir, editor)
    take(live_story, pesisir.sections.first(), pesisir_editor)
    press.drain()
    assert press.status(pesisir, path_at(live_story, pesisir)) == 200


def test_a_host_that_does_not_carry_it_has_no_page(press, carried, live_story, group, cast):
    other = cast.site(group, "lembah")
    press.drain()
    paths = live_story.addresses.values_list("path", flat=True)
    assert {press.status(other, path) for path in paths} == {None}


def test_a_rule_carries_what_is_published_from_then_on_and_nothing_older(
    press, live_story, kentongan, pesisir, topic, parts, cast
):
    CarryRule.objects.create(site=pesisir, section=pesisir.sections.last(), topic=topic)
    made = cast.story(kentongan, "Jembatan Dibuka", live=True, **parts)
    press.drain()
    assert press.status(pesisir, path_at(made, pesisir)) == 200
    assert path_at(made, pesisir).startswith("/olahraga/")
    assert not Placement.objects.filter(story=live_story).exists()
    assert Placement.objects.get(story=made).rule is not None


def test_a_read_also_is_printed_where_its_story_is(
    press, live_story, kentongan, pesisir, parts, cast, editor
):
    body = [*cast.body(), {"type": "read_also", "value": {"story": live_story.pk}}]
    reading = cast.story(kentongan, "Warga Menunggu", live=True, body=body, **parts)
    send(reading, pesisir, editor)
    press.drain()
    assert 'class="also"' not in text_at(press, pesisir, path_at(reading, pesisir))
    send(live_story, pesisir, editor)
    press.drain()
    text = text_at(press, pesisir, path_at(reading, pesisir))
    assert f'href="{path_at(live_story, pesisir)}"' in text


def test_a_changed_home_is_named_right_where_its_stories_are_carried(
    press, carried, live_story, kentongan, pesisir
):
    kentongan.name = "Kentongan Raya"
    kentongan.save()
    press.drain()
    assert ">Kentongan Raya</a>" in text_at(press, pesisir, path_at(live_story, pesisir))
    assert not Entry.objects.exists()


def test_versions_in_other_languages_name_each_other(press, live_story, pesisir, cast, shared):
    pesisir.language = "en"
    pesisir.save()
    english = cast.story(pesisir, "Ferry Held by Waves", live=True, version_of=live_story, **shared)
    press.drain()
    here = text_at(press, live_story.site, path_at(live_story, live_story.site))
    there = text_at(press, pesisir, path_at(english, pesisir))
    url = {"id": live_story.site.origin + path_at(live_story, live_story.site)}
    url["en"] = pesisir.origin + path_at(english, pesisir)
    for text in (here, there):
        for language in ("id", "en"):
            assert f'<link rel="alternate" hreflang="{language}" href="{url[language]}">' in text
        assert f'hreflang="x-default" href="{url["id"]}">' in text
    assert ">Baca dalam bahasa Inggris</a>" in here
    assert ">Read in Indonesian</a>" in there
    text = english.get_latest_revision_as_object()
    text.slug = "ferry-held"
    draft(text, None)
    publish(english, None)
    press.drain()
    assert "/ferry-held" in text_at(press, live_story.site, path_at(live_story, live_story.site))
    withdraw(Story.objects.get(pk=english.pk), "Salah terjemah.", None)
    press.drain()
    assert "hreflang" not in text_at(press, live_story.site, path_at(live_story, live_story.site))
    restore(Story.objects.get(pk=english.pk), None)
    text = english.get_latest_revision_as_object()
    text.version_of = None
    draft(text, None)
    publish(english, None)
    press.drain()
    assert "hreflang" not in text_at(press, live_story.site, path_at(live_story, live_story.site))
