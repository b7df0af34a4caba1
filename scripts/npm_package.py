"""Packages of npm, unpacked: where the fonts come from."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path


def fetch(package: str, folder: Path) -> Path:
    """An unpacked package of npm ("@fontsource/tinos"), fetched into a folder where it isn't there yet."""
    out = folder / package.replace("/", "-")
    if not out.exists():
        out.mkdir()
        pack = ["npm", "pack", "--silent", package]
        name = subprocess.run(pack, cwd=out, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
        with tarfile.open(out / name) as archive:
            archive.extractall(out, filter="data")
    return out / "package"
