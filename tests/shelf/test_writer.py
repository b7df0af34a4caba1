from __future__ import annotations

import threading
from pathlib import Path

import pytest

from redaksi.shelf import addresses, transaction, writer
from redaksi.shelf.addresses import BadAddressError
from redaksi.shelf.inventory import contents, digest
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards, Furniture, Own, press_recipe
from redaksi.shelf.schema import ShelfError
from redaksi.shelf.writer import ShelfWriter

RECIPE = press_recipe([Own("<h1>Banjir surut</h1>"), Furniture("top")])


@pytest.fixture
def pointer(tmp_path):
    return tmp_path / "shelf.sqlite3"


@pytest.fixture
def shelf(pointer):
    with ShelfWriter(pointer) as shelf:
        yield shelf


@pytest.fixture
def reader(shelf, pointer):
    with ShelfReader(pointer) as reader:
        yield reader


def publish(t, story=12, version=1, address="/nasional/banjir"):
    entity = f"story:{story}"
    t.put_page(site=1, address=address, recipe=RECIPE, entity=entity, version=version)
    t.put_card(site=1, story=story, form="row", piece=press_piece(f"<li>{story}</li>"))
    t.set_rows(story, [(1, "latest", 1000 + story), (1, "section:nasional", 1000 + story)])
    t.set_dependencies(entity, ["topic:3", "story:7", "topic:3"])


def test_what_a_transaction_wrote_is_read(shelf, reader):
    with shelf.transaction() as t:
        publish(t, version=4)
    with reader.look():
        page = reader.page(1, "/nasional/banjir")
        assert (page.status, page.cache, page.recipe) == (200, "page", RECIPE)
        assert reader.version_at(1, "/nasional/banjir") == 4
        assert reader.version_at(2, "/nasional/banjir") is None
        assert reader.cards(1, Cards("latest", "row", 9)).stories == [12]


def test_a_transaction_that_fails_leaves_nothing(shelf, pointer):
    with shelf.transaction() as t:
        publish(t)
    before = contents(pointer)

    def publish_badly():
        with shelf.transaction() as t:
            t.drop_pages("story:12")
            publish(t, story=13)
            publish(t, story=14, address="/tidak//sah")

    with pytest.raises(BadAddressError):
        publish_badly()
    assert contents(pointer) == before


def test_a_reader_goes_on_seeing_its_moment_until_it_looks_again(shelf, reader):
    with shelf.transaction() as t:
        publish(t)
    with reader.look() as state:
        with shelf.transaction() as t:
            t.drop_pages("story:12")
        assert reader.version_at(1, "/nasional/banjir") == 1
    with reader.look() as later:
        assert later != state
        assert reader.version_at(1, "/nasional/banjir") is None
    with reader.look() as again:
        assert again == later


def test_a_withdrawn_story_leaves_every_list_card_and_dependency(shelf, pointer):
    with shelf.transaction() as t:
        publish(t)
        t.drop_pages("story:12")
        t.drop_cards(12)
        t.drop_rows(12)
        t.set_dependencies("story:12", [])
    assert contents(pointer) == {}


def test_dependents_come_in_order_and_in_parts(shelf, reader):
    with shelf.transaction() as t:
        for story in (3, 1, 2):
            publish(t, story=story, address=f"/{story}")
        assert t.dependents("topic:3", limit=2) == ["story:1", "story:2"]
        assert t.dependents("topic:3", after="story:2") == ["story:3"]
    with reader.look():
        assert reader.dependents("topic:3") == ["story:1", "story:2", "story:3"]
        assert reader.dependents("topic:4") == []


def test_entities_are_walked_with_their_versions(shelf, reader):
    with shelf.transaction() as t:
        publish(t, story=1, version=5, address="/a")
        publish(t, story=2, version=6, address="/b")
        t.put_redirect(site=1, address="/lama", location="/a", entity="story:1")
    with reader.look():
        assert reader.entities(limit=1) == [("story:1", 5)]
        assert reader.entities(after="story:1") == [("story:2", 6)]
        assert reader.versions_of(["story:2", "story:9"]) == {"story:2": 6}
        assert reader.pages_of("story:1") == [(1, "/a", 200, 5), (1, "/lama", 301, 0)]


def test_a_site_takes_its_hosts_along(shelf, reader):
    with shelf.transaction() as t:
        t.put_site(
            1,
            name="Kentongan",
            language="id",
            hosts=["Kentongan.Localhost:8000", "localhost"],
            headers={"X-A": "b"},
        )
        t.put_site(2, name="Teras", language="id", hosts=["localhost"], headers={})
    with reader.look():
        assert reader.hosts() == {"kentongan.localhost": 1, "localhost": 2}
        assert reader.sites()[0].headers == (("x-a", "b"),)
    with shelf.transaction() as t:
        t.drop_site(2)
    with reader.look():
        assert reader.hosts() == {"kentongan.localhost": 1}


def test_only_shared_furniture_changes_a_sites_furniture_state(shelf, reader):
    def state_after(name, text="x"):
        with shelf.transaction() as t:
            t.put_piece(1, name, press_piece(text))
        with reader.look():
            return reader.furniture_state(1)

    with shelf.transaction() as t:
        t.put_site(1, name="Kentongan", language="id", hosts=[], headers={})
    first = state_after("top")
    assert state_after("comments:12") == first
    assert state_after("top") == first  # the very same piece stands there already
    assert state_after("top", "y") != first


@pytest.mark.parametrize("wrong", [{"status": 500}, {"cache": "long"}, {"recipe": b""}, {"site": -1}])
def test_a_page_of_an_unknown_kind_is_refused(shelf, wrong):
    page = {"site": 1, "address": "/", "recipe": RECIPE, "entity": "front", "version": 1}
    with pytest.raises(ValueError, match=r"unknown|outside"), shelf.transaction() as t:
        t.put_page(**{**page, **wrong})


def test_a_redirect_must_be_percent_encoded(shelf):
    with pytest.raises(ValueError, match="percent-encoded"), shelf.transaction() as t:
        t.put_redirect(site=1, address="/lama", location="/ba ru\r\nx: y", entity="story:1")


def test_two_addresses_with_one_key_are_refused_rather_than_mixed_up(shelf, monkeypatch):
    monkeypatch.setattr(transaction, "page_key", lambda *_: 7)
    with shelf.transaction() as t:
        publish(t, address="/a")
    with pytest.raises(ShelfError, match="same key"), shelf.transaction() as t:
        publish(t, address="/b")


def test_the_reader_checks_the_address_behind_a_key(shelf, reader, monkeypatch):
    with shelf.transaction() as t:
        publish(t, address="/a")
    monkeypatch.setattr("redaksi.shelf.reader.page_key", lambda *_: addresses.page_key(1, "/a"))
    with reader.look():
        assert reader.page(1, "/a") is not None
        assert reader.page(1, "/b") is None
        assert reader.page(2, "/a") is None


def test_notes_are_kept(shelf, reader):
    with shelf.transaction() as t:
        assert t.meta("press:cursor") is None
        t.set_meta("press:cursor", "81")
    with reader.look():
        assert reader.meta("press:cursor") == "81"


def test_two_shelves_filled_in_another_order_are_equal_in_content(tmp_path):
    pointers = [tmp_path / name / "shelf.sqlite3" for name in ("a", "b")]
    for pointer, stories, version in zip(pointers, ([1, 2], [2, 1, 1]), (1, 7), strict=True):
        with ShelfWriter(pointer) as shelf:
            for story in stories:
                with shelf.transaction() as t:
                    publish(t, story=story, version=version, address=f"/{story}")
    assert contents(pointers[0]) == contents(pointers[1])
    assert digest(pointers[0]) == digest(pointers[1])
    with ShelfWriter(pointers[1]) as shelf, shelf.transaction() as t:
        t.put_piece(1, "top", press_piece("lain"))
    assert digest(pointers[0]) != digest(pointers[1])


def test_the_write_ahead_log_is_held_down_though_someone_is_always_looking(pointer, monkeypatch):
    monkeypatch.setattr(writer, "LOG_BYTES", 100_000)
    stop, longest = threading.Event(), 0

    def look_for_ever():
        with ShelfReader(pointer) as reader:
            while not stop.is_set():
                with reader.look():
                    reader.version_at(1, "/1")
                    stop.wait(0.003)

    with ShelfWriter(pointer) as shelf:
        readers = [threading.Thread(target=look_for_ever) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(150):
            with shelf.transaction() as t:
                publish(t, story=number + 1, address=f"/{number}")
            longest = max(longest, Path(f"{shelf.path}-wal").stat().st_size)
        stop.set()
        for reader in readers:
            reader.join()
    assert longest < 2_500_000  # left alone it comes to 5 MB; each look in the way doubles the bound


def test_a_long_look_does_not_stop_the_press(shelf, reader, monkeypatch):
    shelf._log_limit = 10_000
    with reader.look():
        for number in range(5):
            with shelf.transaction() as t:
                publish(t, story=number + 1, address=f"/{number}")
        assert reader.version_at(1, "/1") is None
