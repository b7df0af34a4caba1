from __future__ import annotations

import gzip
import re

import pytest

from redaksi.shelf.pieces import press_piece
from redaksi.shelf.writer import ShelfWriter

pytestmark = pytest.mark.process

STORY = "<title>Banjir</title><nav>Nasional</nav><h1>Banjir surut</h1><footer>Pedoman Media Siber</footer>"


def test_a_story_is_the_same_compressed_and_plain(stand):
    compressed = stand.get("/nasional/banjir", accept_encoding="gzip")
    plain = stand.get("/nasional/banjir")
    assert gzip.decompress(compressed.body).decode() == plain.body.decode() == STORY
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_reader_who_holds_the_page_gets_a_304_without_a_body(stand, coding):
    etag = stand.get("/nasional/banjir", accept_encoding=coding).headers["etag"]
    for held in (etag, f'"x", W/{etag}', "*"):
        answer = stand.get("/nasional/banjir", accept_encoding=coding, if_none_match=held)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["vary"] == "accept-encoding"
    assert stand.get("/nasional/banjir", accept_encoding=coding, if_none_match='"x"').status == 200


@pytest.mark.parametrize(
    "path", ["/nasional/banjir", "/terkini", "/tidak-ada", "/lama", "/nasional/dicabut", "/a%00"]
)
def test_head_says_what_get_says_without_the_body(stand, path):
    get, head = stand.get(path, accept_encoding="gzip"), stand.get(path, "HEAD", accept_encoding="gzip")
    assert head.body == b""
    unlike = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in unlike} == {
        k: v for k, v in get.headers.items() if k not in unlike
    }
    assert head.status == get.status
    assert int(get.headers["content-length"]) == len(get.body)


def test_a_page_has_the_headers_of_its_site_and_sets_no_cookie(stand):
    headers = stand.get("/nasional/banjir").headers
    assert headers["content-security-policy"] == "default-src 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "set-cookie" not in headers


def test_a_query_changes_nothing_on_an_ordinary_page(stand):
    plain, with_query = stand.get("/nasional/banjir"), stand.get("/nasional/banjir?utm_source=wa&sebelum=x")
    assert (with_query.status, with_query.headers["etag"]) == (200, plain.headers["etag"])


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("page=all", ""),
        ("page=2", ""),
        ("halaman=3", ""),
        ("utm_source=wa&page=2&x=%20y", "?utm_source=wa&x=%20y"),
    ],
)
@pytest.mark.parametrize("path", ["/nasional/banjir", "/terkini"])
def test_a_page_that_was_cut_once_leads_to_the_whole_one(stand, path, query, kept):
    answer = stand.get(f"{path}?{query}")
    assert (answer.status, answer.headers["location"]) == (301, f"{path}{kept}")


@pytest.mark.parametrize(
    "path", ["/nasional/banjir?page=banjir", "/nasional/banjir?mypage=2", "/nasional/banjir?q=page"]
)
def test_words_that_only_look_like_a_page_are_left_alone(stand, path):
    assert stand.get(path).status == 200


def test_nothing_that_is_gone_is_led_to(stand):
    assert stand.get("/nasional/dicabut?page=2").status == 410
    assert stand.get("/tidak-ada?page=2").status == 404


def test_older_pages_of_a_list_lead_to_its_end_and_back(stand):
    page = stand.get("/terkini").body.decode()
    seen, walked = re.findall(r"<li>(\d+)", page), [page]
    while older := re.search(r'href="([^"]+)">Lebih lama', page):
        page = stand.get(older[1]).body.decode()
        seen += re.findall(r"<li>(\d+)", page)
        walked.append(page)
    assert seen == [str(story) for story in range(10, 0, -1)]
    assert '<a href="/terkini">Terbaru</a>' in walked[1]
    newer = re.search(r'href="([^"]+)">Lebih baru', walked[2])
    assert re.findall(r"<li>(\d+)", stand.get(newer[1]).body.decode()) == ["6", "5", "4", "3"]


@pytest.mark.parametrize(
    "query", ["sebelum=", "sebelum=x", "sebelum=rs-1&sesudah=rs-1", "sebelum=0-0", "sesudah=zzzzzz-1"]
)
def test_a_garbled_or_empty_turn_of_a_list_is_not_found(stand, query):
    assert stand.get(f"/terkini?{query}").status == 404


def test_what_is_not_there_answers_404_with_the_sites_own_page(stand):
    answer = stand.get("/tidak-ada")
    assert (answer.status, answer.body) == (404, b"<h1>Tidak ditemukan</h1>")
    assert answer.headers["cache-control"] == "public, max-age=5"
    assert stand.get("/tidak-ada", host="sauh.test").body.startswith(b"Halaman tidak ditemukan.")
    assert stand.get("/nasional/Banjir").status == 404
    assert stand.get("/nasional/banjir", host="sauh.test").status == 404


def test_a_withdrawn_story_answers_410_with_its_page(stand):
    answer = stand.get("/nasional/dicabut")
    assert answer.status == 410
    assert answer.body.decode() == "<h1>Dicabut</h1><footer>Pedoman Media Siber</footer>"
    assert stand.get("/nasional/dicabut", if_none_match=answer.headers["etag"]).status == 410


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/lama", "/nasional/banjir"),
        ("/lama/", "/nasional/banjir"),
        ("/?p=7", "/nasional/banjir"),
        ("/nasional/banjir/", "/nasional/banjir"),
        ("/nasional/banjir/?a=b", "/nasional/banjir?a=b"),
        ("//nasional///banjir", "/nasional/banjir"),
    ],
)
def test_old_and_untidy_addresses_lead_to_the_right_one(stand, path, location):
    answer = stand.get(path)
    assert (answer.status, answer.headers["location"]) == (301, location)


@pytest.mark.parametrize(
    "path", ["/a%00", "/a/../b", "/%2e%2e/b", "/a/./b", "/a%5Cb", "/%ff%fe", "/a%0d%0ab"]
)
def test_a_bad_path_is_refused_in_a_few_words(stand, path):
    answer = stand.get(path)
    assert answer.status == 400
    assert b"This address cannot be read." in answer.body


def test_a_double_slash_never_leads_to_another_host(stand):
    assert stand.get("//evil.example/").status == 404


def test_a_long_address_is_refused(stand):
    assert stand.get("/" + "a" * 2001).status == 414
    assert stand.get("/terkini?" + "a" * 2001).status == 414
    assert stand.raw(b"GET /?" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n").split()[1] in (
        "414",
        "431",
    )
    assert stand.get("/terkini").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_pages_can_only_be_read(stand, method):
    answer = stand.get("/nasional/banjir", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "kentongan.test.evil.example", "kentongan.test@evil", "a" * 3000, "127.0.0.1"],
)
def test_an_unknown_host_is_told_so(stand, host):
    answer = stand.get("/nasional/banjir", host=host)
    assert answer.status == 421
    assert b"Tidak ada situs" in answer.body


@pytest.mark.parametrize("host", ["Kentongan.TEST", "kentongan.test:8000", "kentongan.test."])
def test_a_host_is_known_in_any_spelling(stand, host):
    assert stand.get("/nasional/banjir", host=host).status == 200


@pytest.mark.parametrize(
    "request_bytes",
    [b"GET / HTTP/1.1\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: \xff\r\n\r\n"],
)  # fmt: skip
def test_garbled_requests_get_an_error_and_break_nothing(stand, request_bytes):
    assert stand.raw(request_bytes).split()[1][0] == "4"
    assert stand.get("/nasional/banjir").status == 200


def test_what_is_published_is_seen_in_pages_already_laid(stand):
    def bottom():
        return stand.get("/nasional/banjir").body, stand.get("/terkini").body

    before = bottom()
    with ShelfWriter(stand.home / "shelf.sqlite3") as shelf:
        with shelf.transaction() as t:
            t.put_piece(1, "bottom", press_piece("<footer>KABAR KILAT</footer>"))
        changed = wait_until(bottom, lambda bodies: all(b"KABAR KILAT" in body for body in bodies))
        assert b"Pedoman" not in b"".join(changed)
        with shelf.transaction() as t:
            t.put_piece(1, "bottom", press_piece("<footer>Pedoman Media Siber</footer>"))
        assert wait_until(bottom, lambda bodies: bodies == before)


def wait_until(ask, fits):
    for _ in range(10_000):
        answer = ask()
        if fits(answer):
            return answer
    return None
