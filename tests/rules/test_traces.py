"""The repository speaks of Redaksi alone: no file names a folder of the machine on which somebody wrote it."""

from __future__ import annotations

import re

import pytest

from rules.source import ROOT, committed_files

#: Folders of people's machines, in which nothing of a reader of this repository lies.
FOREIGN = re.compile(rb"(?<![\w./:])/(?:work/|tmp/[a-z]|root/|home/[a-z]|Users/)[\w./-]*")
#: What the tests and documents may say all the same, each with its reason.
ALLOWED = {
    b"/home/redaksi",  # the account of the service in the documents
}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".cfg",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".json",
    ".xml",
    ".txt",
    ".po",
    ".yml",
    "",
}


def traces(content: bytes) -> list[bytes]:
    return [
        found
        for found in FOREIGN.findall(content)
        if not any(found.startswith(allowed) for allowed in ALLOWED)
    ]


def test_no_file_names_a_folder_of_somebody_s_machine():
    if not committed_files():
        pytest.skip("this is no git checkout")
    own = {ROOT / "tests/rules/test_traces.py", ROOT / "uv.lock"}
    found = {
        str(path.relative_to(ROOT)): marks
        for path in committed_files()
        if path.suffix in TEXT and path not in own and (marks := traces(path.read_bytes()))
    }
    assert not found


def test_the_rule_finds_a_trace():
    assert traces(b"see /work/data/wxr") == [b"/work/data/wxr"]
    assert not traces(b"see https://example.com/work/1 and ./work/ and /home/redaksi/data")
