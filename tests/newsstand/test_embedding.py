from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from redaksi.newsstand import answers
from redaksi.newsstand.embedding import Question, asked, fitted
from redaksi.shelf.told import press_told
from redaksi.shelf.writer import ShelfWriter

TOLD = {
    "type": "rich", "version": "1.0", "title": "Banjir <surut>", "html": "<blockquote>…</blockquote>", "width": 600, "height": 200,
    "thumbnails": [["/w1600", 1600, 1000], ["/w960", 960, 600], ["/w320", 320, 200]],
}  # fmt: skip
STORY = "url=https%3A%2F%2Fkentongan.test%2Fnasional%2Fbanjir"


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (STORY, Question("https://kentongan.test/nasional/banjir", None, None)),
        (f"{STORY}&format=json&maxwidth=400", Question("https://kentongan.test/nasional/banjir", 400, None)),
        (f"{STORY}&maxheight=90&url=https://other.test/", Question("https://kentongan.test/nasional/banjir", None, 90)),
        (f"{STORY}&format=xml", answers.ONLY_JSON),
        ("format=json", answers.BAD_EMBEDDING),
        (f"{STORY}&maxwidth=wide", answers.BAD_EMBEDDING),
        (f"{STORY}&maxwidth=0", answers.BAD_EMBEDDING),
        (f"{STORY}&maxheight=-1", answers.BAD_EMBEDDING),
    ],
)  # fmt: skip
def test_a_question_is_read_or_refused(query, answer):
    assert asked(query) == answer


@pytest.mark.parametrize(
    ("width", "height", "size", "thumbnail"),
    [
        (None, None, (600, 200), "/w1600"),
        (1000, None, (600, 200), "/w960"),
        (500, 220, (500, 200), "/w320"),
        (None, 100, (600, 100), None),
    ],
)
def test_an_answer_fits_the_room_there_is(width, height, size, thumbnail):
    told = fitted(dict(TOLD), Question("", width, height))
    assert (told["width"], told["height"]) == size
    assert told.get("thumbnail_url") == thumbnail
    assert ("thumbnail_width" in told) is ("thumbnail_height" in told) is (thumbnail is not None)
    assert "thumbnails" not in told


@pytest.fixture
def embedding(stand):
    with ShelfWriter(stand.home / "shelf.sqlite3") as writer, writer.transaction() as t:
        t.put_told(site=1, story=1, told=press_told({"oembed": json.dumps(TOLD)}))

    def ask(url, more=""):
        return stand.get(f"/oembed?url={quote(url, safe='')}{more}")

    return ask


@pytest.mark.process
@pytest.mark.parametrize(
    "url",
    [
        "https://kentongan.test/nasional/banjir",
        "http://KENTONGAN.test:8000/nasional/banjir/?utm_source=wa#isi",
        "https://kentongan.test/lama",
        "https://kentongan.test/?p=7",
    ],
)
def test_a_storys_address_old_or_new_gives_its_answer(embedding, url):
    answer = embedding(url)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert json.loads(answer.body)["title"] == "Banjir <surut>"


@pytest.mark.process
@pytest.mark.parametrize(
    "url",
    [
        "https://other.test/nasional/banjir",
        "https://sauh.test/nasional/banjir",
        "https://kentongan.test/terkini",
        "https://kentongan.test/nasional/dicabut",
        "https://kentongan.test/tidak-ada",
        "ftp://kentongan.test/nasional/banjir",
        "https://[kentongan.test/nasional/banjir",
        "/nasional/banjir",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_story_of_ours_is_not_found(embedding, url):
    assert embedding(url).status == 404


@pytest.mark.process
def test_what_cannot_be_answered_says_why(embedding):
    assert embedding("https://kentongan.test/nasional/banjir", "&format=xml").status == 501
    assert embedding("").status == 400
