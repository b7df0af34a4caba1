from __future__ import annotations

import gzip
import re

import pytest
from django.db import transaction
from lxml import html

from redaksi.newsstand.composing import compose
from redaksi.press import topic_index
from redaksi.press.typesetter import archive
from redaksi.shelf.recipe import Recipe
from redaksi.stories.actions.arrange import arrange
from redaksi.stories.actions.pick import pick
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.arrangement import Pin, Strip
from redaksi.stories.models import Front, Story, Topic

pytestmark = pytest.mark.slow

HEADLINES = ("Feri Pertama Berlayar", "Garam Naik Harga", "Rob Surut di Muara")


@pytest.fixture
def three(kentongan, reporter, parts, cast):
    return [cast.story(kentongan, words, by=reporter, live=True, **parts) for words in HEADLINES]


def front(press, site, address="/"):
    press.drain()
    with press.reader.look():
        page = press.reader.page(site.pk, address)
        return gzip.decompress(compose(press.reader, page, Recipe.parse(page.recipe))).decode()


def in_order(text):
    main = text.split("<main", 1)[1].split("</main", 1)[0]
    found = [(main.index(words), words) for words in HEADLINES if words in main]
    assert all(main.count(f">{words}</a>") == 1 for _, words in found)
    return [words for _, words in sorted(found)]


def test_a_pinned_story_leads_and_a_withdrawn_pin_leaves_its_place_to_the_rule(
    press, kentongan, editor, three
):
    arrange(kentongan, [Strip("newest", count=3, shape="lead", slots=(Pin(three[0].pk),))], editor)
    assert in_order(front(press, kentongan)) == [HEADLINES[0], HEADLINES[2], HEADLINES[1]]
    withdraw(three[0], "Sumbernya keliru.", editor)
    assert in_order(front(press, kentongan)) == [HEADLINES[2], HEADLINES[1]]


def test_strips_of_one_heading_are_one_landmark(press, kentongan, editor, three):
    arrange(kentongan, [Strip("newest", count=1, shape="row"), Strip("newest", count=2, shape="row")], editor)
    page = html.fromstring(front(press, kentongan))
    assert len(page.xpath("//section[contains(@class, 'strip')]")) == 2
    assert len(page.xpath("//section[contains(@class, 'strip')][@aria-labelledby]")) == 1


def test_a_publish_is_on_the_front_without_the_front_being_printed_again(
    press, kentongan, three, cast, parts
):
    press.drain()
    before = press.printed()[f"{kentongan.pk}/"]
    cast.story(kentongan, "Kabar Baru Sekali", live=True, **parts)
    assert "Kabar Baru Sekali" in front(press, kentongan)
    assert press.printed()[f"{kentongan.pk}/"] == before


def test_a_pick_stands_in_its_strip_and_on_its_page(press, kentongan, editor, three):
    arrange(kentongan, [Strip("picks", count=2, shape="row"), Strip("newest", count=5)], editor)
    assert "Pilihan editor" not in front(press, kentongan)
    pick(three[1], editor)
    text = front(press, kentongan)
    assert text.index("Pilihan editor") < text.index(HEADLINES[1]) < text.index("Berita Terkini</h2>")
    assert HEADLINES[1] in front(press, kentongan, "/pilihan")


def test_the_networks_strip_shows_other_sites_with_their_names(press, kentongan, pesisir, three, parts, cast):
    theirs = {"topic": topic_of(pesisir), "writer": parts["writer"], "lead": cast.photo(pesisir)}
    cast.story(pesisir, "Pasar Ikan Pindah", live=True, **theirs)
    arrange(kentongan, [Strip("network", count=4, shape="row")], None)
    text = front(press, kentongan)
    assert "Dari jaringan kami" in text
    assert 'href="http://pesisir.localhost' in text
    assert in_order(text) == []
    of_all = front(press, kentongan, "/jaringan")
    assert "Pasar Ikan Pindah" in of_all
    assert in_order(of_all) == list(reversed(HEADLINES))


def topic_of(site):
    with transaction.atomic():
        return Topic.objects.create(site=site, name="Pasar", slug="pasar")


def test_a_gallery_makes_a_photo_story_and_a_video_a_video_story(press, kentongan, editor, parts, cast):
    photos = [cast.photo(kentongan, f"Foto {n}") for n in range(3)]
    gallery = {"type": "gallery", "value": {"title": "", "photos": [photo.pk for photo in photos]}}
    video = {
        "type": "embed",
        "value": {
            "url": "https://www.youtube.com/watch?v=abc",
            "title": "Di atas feri",
            "consent": "YouTube tahu.",
        },
    }
    cast.story(kentongan, HEADLINES[0], live=True, **parts, body=[*cast.body(), gallery])
    cast.story(kentongan, HEADLINES[1], live=True, **parts, body=[*cast.body(), video])
    cast.story(kentongan, HEADLINES[2], live=True, **parts)
    arrange(kentongan, [Strip("photos"), Strip("videos")], editor)
    assert in_order(front(press, kentongan, "/foto")) == [HEADLINES[0]]
    assert in_order(front(press, kentongan, "/video")) == [HEADLINES[1]]
    text = front(press, kentongan)
    assert in_order(text) == [HEADLINES[0], HEADLINES[1]]
    assert "3 foto" in text


def test_a_topics_new_name_stands_over_its_strip_and_a_topic_that_is_gone_takes_it_away(
    press, kentongan, editor, three, topic
):
    arrange(kentongan, [Strip("topic", of=topic.pk)], editor)
    assert 'href="/topik/selat-lantang">Semua berita topik ini' in front(press, kentongan)
    topic.name = "Selat Baru"
    topic.save()
    assert "Selat Baru</h2>" in front(press, kentongan)
    Story.objects.update(label=None)
    topic.delete()
    assert "Selat Baru</h2>" not in front(press, kentongan)


def test_a_pin_that_ended_is_off_the_front(press, kentongan, editor, three):
    arrange(kentongan, [Strip("newest", count=1, shape="lead", slots=(Pin(three[0].pk),))], editor)
    assert in_order(front(press, kentongan)) == [HEADLINES[0]]
    Front.objects.all().delete()
    arrange(kentongan, [Strip("newest", count=1, shape="lead")], editor)
    assert in_order(front(press, kentongan)) == [HEADLINES[2]]


def letters_on(text):
    """The letters to which a page of the index leads, in their order."""
    return re.findall(r'href="/topik/abjad/(.)"', text)


def test_with_many_topics_the_index_is_a_page_a_letter(press, kentongan, monkeypatch, cast, contributor):
    monkeypatch.setattr(topic_index, "MOST_ON_A_PAGE", 2)
    with transaction.atomic():
        topics = [
            Topic.objects.create(
                site=kentongan, name=name, slug=f"t{at}", kind="event" if at == 0 else "place"
            )
            for at, name in enumerate(("Ambon", "Éfes", "Arafura", "17 Agustus"))
        ]
    for at, topic in enumerate(topics):
        cast.story(
            kentongan, f"Berita {at}", topic=topic, writer=contributor, lead=cast.photo(kentongan), live=True
        )
    text = front(press, kentongan, "/topik")
    assert letters_on(text) == ["0", "a", "e"]
    assert "Ambon" in text
    assert "Arafura" not in text
    of_a = front(press, kentongan, "/topik/abjad/a")
    assert of_a.index("Ambon</a>") < of_a.index("Arafura</a>")
    assert letters_on(of_a) == ["0", "a", "e"]
    assert 'href="/topik/abjad/a" aria-current="page"' in of_a
    topics[2].name = "Zona Timur"
    topics[2].save()
    assert "Arafura" not in front(press, kentongan, "/topik/abjad/a")
    assert "Zona Timur" in front(press, kentongan, "/topik/abjad/z")
    assert letters_on(front(press, kentongan, "/topik/abjad/e")) == ["0", "a", "e", "z"]
    for story in Story.objects.filter(label__in=topics[1:3]):
        withdraw(story, "Sumbernya keliru.", None)
    assert "Ambon" in front(press, kentongan, "/topik")
    assert press.status(kentongan, "/topik/abjad/a") is None


def test_a_day_goes_on_to_its_last_page(press, kentongan, three, monkeypatch):
    monkeypatch.setattr(archive, "DAY_COUNT", 2)
    at = three[0].published_at.astimezone(kentongan.zone)
    text = front(press, kentongan, f"/indeks/{at:%Y/%m/%d}")
    assert in_order(text) == [HEADLINES[2], HEADLINES[1]]
    assert "?sebelum=" in text
