from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.newsstand.negotiation import UnsatisfiableRangeError, accepts_gzip, asked_range, holds


@pytest.mark.parametrize(
    ("header", "gzip"),
    [
        ("gzip", True),
        ("GZIP, br", True),
        ("x-gzip", True),
        ("*", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("gzip;q=0.5, identity;q=1", False),
        ("*;q=0", False),
        ("gzip;q=abc", False),
        ("gzip; q = 0.3", True),
        (",,;;", False),
    ],
)
def test_gzip_is_sent_to_those_who_prefer_it(header, gzip):
    assert accepts_gzip(header) is gzip


@given(st.text(max_size=80))
def test_no_accept_encoding_header_breaks_anything(header):
    assert accepts_gzip(header) in (True, False)


@pytest.mark.parametrize(
    ("header", "held"),
    [('"a"', True), ('W/"a"', True), ('"b", W/"a"', True), ("*", True), (" * ", True), ('"b"', False), ("a", False), ("", False)],
)  # fmt: skip
def test_etags_are_compared_weakly(header, held):
    assert holds(header, '"a"') is held


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=5-", (5, 10)),
        ("bytes=5-99", (5, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=3-2", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
    ],
)
def test_a_single_range_is_understood_and_others_mean_the_whole(header, wanted):
    assert asked_range(header, 10) == wanted


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_a_range_outside_the_file_is_unsatisfiable(header, size):
    with pytest.raises(UnsatisfiableRangeError):
        asked_range(header, size)
