"""A topic's names change: the old stories that hold them are printed again, all of them and no other."""

from __future__ import annotations

import pytest

from redaksi.outbox.models import Entry
from redaksi.press import ripples
from redaksi.press.rebuild import press_all
from redaksi.shelf.inventory import contents
from redaksi.shelf.recipe import Cards, Recipe
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.merge import merge
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Alias, Topic

pytestmark = pytest.mark.slow


def path_of(story):
    return story.addresses.get(current=True, site_id=story.site_id).path


@pytest.fixture
def tell(kentongan, parts, cast):
    """Publishes a story with this text."""

    def make(headline, text, **facts):
        return cast.story(kentongan, headline, live=True, body=cast.body(text), **(parts | facts))

    return make


@pytest.fixture
def page(press):
    def text(story):
        press.drain()
        with press.reader.look():
            found = press.reader.page(story.site_id, path_of(story))
        return "".join(part.text for part in Recipe.parse(found.recipe).segments() if hasattr(part, "text"))

    return text


@pytest.fixture
def reprinted(press):
    """Which of these stories are printed again when ``change`` is done."""

    def watch(change, *stories):
        press.drain()
        before = press.printed()
        change()
        press.drain()
        after = press.printed()
        return [
            story
            for story in stories
            if after[f"{story.site_id}{path_of(story)}"] != before[f"{story.site_id}{path_of(story)}"]
        ]

    return watch


@pytest.fixture(autouse=True)
def _as_pressed_afresh(press, tmp_path):
    """Whatever a test did, the shelf is the one that is pressed afresh."""
    yield
    press.drain()
    assert not Entry.objects.exists()
    press_all(tmp_path / "fresh")
    assert contents(press.pointer) == contents(tmp_path / "fresh" / "shelf.sqlite3")


def link(slug, name):
    return f'<a href="/topik/{slug}">{name}</a>'


def carried(press, site, address):
    """The lists whose cards stand in a feed."""
    with press.reader.look():
        segments = Recipe.parse(press.reader.page(site.pk, address).recipe).segments()
    return {part.list for part in segments if isinstance(part, Cards)}


def test_a_mentioned_topic_is_linked_and_has_a_page_that_lists_who_mentions_it(press, tell, page, kentongan):
    topic = Topic.objects.create(name="Rusia", slug="rusia")
    story = tell("Manusia", "Manusia di Rusia.")
    assert f"Manusia di {link('rusia', 'Rusia')}." in page(story)
    assert press.status(kentongan, "/topik/rusia") == 200
    withdraw(story, "Sumbernya keliru.", None)
    press.drain()
    assert press.status(kentongan, "/topik/rusia") is None
    assert topic.stories.count() == 0


def test_who_follows_a_topic_that_is_only_mentioned_gets_what_its_page_shows(press, tell, page, kentongan):
    topic = Topic.objects.create(name="Rusia", slug="rusia")
    page(tell("Manusia", "Manusia di Rusia."))
    for form in ("rss.xml", "atom.xml", "feed.json"):
        assert carried(press, kentongan, f"/topik/rusia/{form}") == {f"mention:{topic.pk}"}
    own = tell("Musim semi", "Hujan.", topic=topic)
    page(own)
    assert carried(press, kentongan, "/topik/rusia/rss.xml") == {f"topic:{topic.pk}"}
    withdraw(own, "Sumbernya keliru.", None)
    page(own)
    assert carried(press, kentongan, "/topik/rusia/rss.xml") == {f"mention:{topic.pk}"}


def test_a_new_topic_is_linked_in_the_stories_that_hold_its_name(tell, page, reprinted):
    old, other = tell("Satu", "Hujan di Rusia Barat."), tell("Dua", "Hujan di manusia.")
    assert reprinted(lambda: Topic.objects.create(name="Rusia", slug="rusia"), old, other) == [old]
    assert link("rusia", "Rusia") in page(old)


def test_an_alias_comes_and_goes(tell, page, reprinted):
    topic = Topic.objects.create(name="Komite Selat", slug="komite")
    old, tagged = tell("Satu", "Hujan kata KS."), tell("Dua", "Hujan.", topic=topic)
    assert reprinted(lambda: Alias.objects.create(topic=topic, name="KS"), old, tagged) == [old]
    assert link("komite", "KS") in page(old)
    assert reprinted(lambda: topic.aliases.get().delete(), old, tagged) == [old]
    assert "<a href" not in page(old).partition('class="body"')[2].partition("</article>")[0]


def test_a_name_that_becomes_shared_loses_its_link_until_it_is_not(tell, page, reprinted):
    Topic.objects.create(name="Merdeka", slug="merdeka")
    old, other = tell("Satu", "Kata Merdeka."), tell("Dua", "Kata lain.")
    assert link("merdeka", "Merdeka") in page(old)
    second = Topic.objects.create(name="Stadion", slug="stadion")
    assert reprinted(lambda: Alias.objects.create(topic=second, name="Merdeka"), old, other) == [old]
    assert "Kata Merdeka." in page(old)
    assert reprinted(second.delete, old, other) == [old]
    assert link("merdeka", "Merdeka") in page(old)


def test_a_site_topics_name_concerns_no_other_site(tell, reprinted, parts, pesisir, cast):
    here = tell("Satu", "Kata Merdeka.")
    there = cast.story(pesisir, "Dua", live=True, body=cast.body("Kata Merdeka."), **parts)
    make = lambda: Topic.objects.create(name="Merdeka", slug="merdeka", site=pesisir)  # noqa: E731  # a change, named
    assert reprinted(make, here, there) == [there]


def test_what_readers_have_is_found_while_another_text_is_written(tell, page, reprinted, cast):
    old = tell("Satu", "Hujan di Rusia.")
    text = old.get_latest_revision_as_object()
    text.body = cast.body("Tidak hujan.")
    draft(text, None)
    assert reprinted(lambda: Topic.objects.create(name="Rusia", slug="rusia"), old) == [old]
    assert link("rusia", "Rusia") in page(old)


def test_a_renamed_topics_link_follows_to_its_new_address(tell, page, reprinted):
    topic = Topic.objects.create(name="Rusia", slug="rusia")
    old, other = tell("Satu", "Hujan di Rusia."), tell("Dua", "Hujan.")

    def rename():
        topic.slug = "negeri-rusia"
        topic.save()

    assert reprinted(rename, old, other) == [old]
    assert link("negeri-rusia", "Rusia") in page(old)


def test_a_choice_is_printed_with_the_story(tell, page):
    first, second = (Topic.objects.create(name="Merdeka", slug=slug) for slug in ("satu", "dua"))
    story = tell("Satu", "Kata Merdeka.", mention_choices={"chosen": {"Merdeka": second.pk}})
    assert link("dua", "Merdeka") in page(story)
    text = story.get_latest_revision_as_object()
    text.mention_choices = {"chosen": {"Merdeka": first.pk}, "off": [first.pk]}
    draft(text, None)
    publish(story, None)
    assert "Kata Merdeka." in page(story)


def test_names_change_while_a_ripple_of_an_earlier_change_goes_on(press, tell, page, monkeypatch):
    monkeypatch.setattr(ripples, "SLICE", 1)
    stories = [tell(f"Berita {number}", "Kata KS, kata Komite, kata Dewan.") for number in range(4)]
    press.drain()
    topic = Topic.objects.create(name="Komite", slug="komite")
    for _ in range(3):
        press.foreman.turn()
    Alias.objects.create(topic=topic, name="KS")
    press.foreman.turn()
    topic.name = "Dewan"
    topic.save()
    for story in stories:
        text = page(story)
        assert f"Kata {link('komite', 'KS')}, kata Komite, kata {link('komite', 'Dewan')}." in text


def test_a_merged_topics_stories_and_links_follow_and_its_address_redirects(
    press, tell, page, reprinted, kentongan
):
    one = Topic.objects.create(name="Rusia", slug="rusia")
    left = Topic.objects.create(name="Federasi Rusia", slug="federasi-rusia")
    tagged, mentioning, other = (
        tell("Satu", "Hujan.", topic=one),
        tell("Dua", "Hujan di Rusia."),
        tell("Tiga", "Hujan."),
    )
    assert reprinted(lambda: merge(one, left, None), tagged, mentioning, other) == [tagged, mentioning]
    assert link("federasi-rusia", "Rusia") in page(mentioning)
    assert press.status(kentongan, "/topik/federasi-rusia") == 200
    assert press.status(kentongan, "/topik/rusia") == press.status(kentongan, "/topik/rusia/rss.xml") == 301


def test_an_address_that_was_left_redirects_until_another_topic_stands_there(press, tell, kentongan):
    topic = Topic.objects.create(name="Rusia", slug="rusia")
    tell("Satu", "Hujan di Rusia, di Ukraina.")
    press.drain()
    topic.slug = "negeri-rusia"
    topic.save()
    press.drain()
    assert press.status(kentongan, "/topik/rusia") == 301
    Topic.objects.create(name="Ukraina", slug="rusia")
    press.drain()
    assert press.status(kentongan, "/topik/rusia") == press.status(kentongan, "/topik/negeri-rusia") == 200


def test_what_a_story_is_found_by_follows_it(press, tell, kentongan):
    story = tell("Garam Murah", "Hujan.")
    press.drain()

    def found(word):
        with press.reader.look():
            return press.reader.found(kentongan.pk, [[word]], 9, 1)

    assert found("garam") == [story.pk]
    text = story.get_latest_revision_as_object()
    text.headline = "Ikan Mahal"
    draft(text, None)
    publish(story, None)
    press.drain()
    assert (found("garam"), found("ikan")) == ([], [story.pk])
    withdraw(story, "Sumbernya keliru.", None)
    press.drain()
    assert found("ikan") == []
