"""What comes to the doors of a running network that should not: each gets a clear answer, and the network goes on."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

import pytest

from browser.running import Network

pytestmark = [pytest.mark.browser, pytest.mark.process]

ARCHIVES = Path(__file__).parents[1] / "wire" / "archives"


def request(path: bytes, host: str = "localhost", method: bytes = b"GET", more: bytes = b"") -> bytes:
    return (
        method
        + b" "
        + path
        + b" HTTP/1.1\r\nHost: "
        + host.encode()
        + b"\r\nConnection: close\r\n"
        + more
        + b"\r\n"
    )


def status_of(answer: str) -> int:
    return int(answer.split(" ", 2)[1]) if answer.startswith("HTTP/") else 0


@pytest.fixture
def goes_on(network):
    """After the test readers are still served."""
    yield
    assert network.get("kentongan", "/").status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"/nasional/%00", 400),
        (b"/nasional/../../desk.sqlite3", 400),
        (b"/aset/../secret-key", 400),
        (b"/foto/..%2f..%2fsecret-key", 400),
        (b"/nasional/%ff%fe", 400),
        (b"/" + b"a" * 3000, 414),
        (b"/terkini?" + b"x" * 3000, 414),
        (b"/terkini?sebelum=%00%00", 404),
        (b"/tidak-ada", 404),
        (b"/login/", 404),
        (b"/foto/0000000000-320.webp", 404),
    ],
)
def test_an_address_that_leads_nowhere_is_answered_in_words(network, goes_on, path, status):
    answer = network.raw(request(path))
    assert status_of(answer) == status, answer[:300]
    assert len(answer.partition("\r\n\r\n")[2]) > 20


def test_an_unknown_host_is_told_that_it_is_unknown(network, goes_on):
    answer = network.raw(request(b"/", host="koran.example"))
    assert status_of(answer) == 421
    assert "koran" not in answer.partition("\r\n\r\n")[2]


def test_a_query_of_a_megabyte_is_refused(network, goes_on):
    answer = network.raw(request(b"/?" + b"q" * 1_000_000))
    assert status_of(answer) in {0, 400, 413, 414, 431}


def test_a_header_without_end_is_refused(network, goes_on):
    answer = network.raw(request(b"/", more=b"X-Long: " + b"y" * 500_000 + b"\r\n"))
    assert status_of(answer) in {0, 400, 413, 431}


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"GURIH"])
def test_readers_only_read(network, goes_on, method):
    assert status_of(network.raw(request(b"/", method=method))) in {400, 405}


def bomb(side: int) -> bytes:
    """A PNG whose header claims ``side`` × ``side`` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bukan-foto.jpg", b"<?php echo 1; ?>" * 100),
        ("raksasa.png", bomb(30_000)),
        ("png-berbaju-jpg.jpg", bomb(40)),
        ("kosong.jpg", b""),
    ],
    ids=["no-photo", "bomb", "wrong-suffix", "empty"],
)
def test_what_is_no_photo_is_refused_by_name_at_the_desk(network, at_the_desk, goes_on, name, data):
    page = at_the_desk(network, "rasyid")
    page.goto(f"{network.desk}/foto/new/")
    page.set_input_files("input[type=file]", [{"name": name, "mimeType": "image/jpeg", "buffer": data}])
    with page.expect_navigation():
        page.locator("input[type=file]").evaluate("(field) => field.form.submit()")
    page.wait_for_load_state()
    words = page.locator("body").inner_text()
    assert name in words or "kosong" in words, words[:600]


def test_an_archive_cut_in_the_middle_tells_where(demo_home, tmp_path):
    # Into a data home that nobody is served from: half an archive has links to its other half.
    network = Network(Path(shutil.copytree(demo_home, tmp_path / "home")))
    whole = max(ARCHIVES.glob("*.xml"), key=lambda path: path.stat().st_size)
    cut = tmp_path / "potong.xml"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    ran = network.command("import", cut, "--site", "english", expect=None)
    assert ran.returncode == 1
    assert "potong.xml" in ran.stdout + ran.stderr


def test_a_command_that_can_not_be_done_says_why(network):
    ran = network.command("import", "/tidak/ada.xml", "--site", "kentongan", expect=1)
    assert "/tidak/ada.xml" in ran.stderr
    ran = network.command("import", "x.xml", "--site", "nowhere", expect=1)
    assert "kentongan" in ran.stderr
