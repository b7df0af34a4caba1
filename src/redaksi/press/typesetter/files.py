"""The press's own files: fonts, script and icons at addresses that change when their bytes do.

``/aset/<name>.<hash>.<ending>`` may be kept by a browser for ever. The foreman writes them to disk, the newsstand
sends them.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"


@cache
def asset_bytes(name: str) -> bytes:
    """A file of ``press/assets``, by its path there."""
    return (ASSETS / name).read_bytes()


@cache
def asset_address(name: str) -> str:
    """The immutable address of a file of ``press/assets``."""
    return address_of(Path(name).name, asset_bytes(name))


def address_of(file_name: str, data: bytes) -> str:
    """The immutable address of ``data`` under a name such as "redaksi.js"."""
    stem, _, ending = file_name.rpartition(".")
    return f"/aset/{stem}.{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
