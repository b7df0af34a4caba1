"""Fetch the Nu HTML validator (npm's package ``vnu-jar``) into ``.tools/vnu.jar``, without needing node.

One version, held by the digest that the registry publishes for it: another file, from wherever, is refused. The registry is
npm's own, or the one that ``npm_config_registry`` names.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "26.9.27"
INTEGRITY = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
MEMBER = "package/build/dist/vnu.jar"
TARGET = Path(__file__).resolve().parent.parent / ".tools" / "vnu.jar"
MOST_BYTES = 100 << 20


def fetch() -> None:
    """Put the validator in its place.

    Raises:
        OSError: the registry can't be reached.
        ValueError: what came is not what was asked for.
    """
    registry = os.environ.get("npm_config_registry", "https://registry.npmjs.org").rstrip("/")  # noqa: SIM112  # npm's own spelling
    url = f"{registry}/vnu-jar/-/vnu-jar-{VERSION}.tgz"
    print(f"Fetching the Nu validator {VERSION} …", flush=True)
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310  # the registry's address
        archive: bytes = answer.read(MOST_BYTES)
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != INTEGRITY:
        message = f"{url} is not the file that was asked for: its digest differs"
        raise ValueError(message)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        member = files.extractfile(MEMBER)
        if member is None:
            message = f"{url} has no {MEMBER}"
            raise ValueError(message)
        jar = member.read()
    TARGET.parent.mkdir(exist_ok=True)
    part = TARGET.with_suffix(".part")
    part.write_bytes(jar)
    part.replace(TARGET)


if __name__ == "__main__":
    try:
        fetch()
    except (OSError, ValueError) as error:
        sys.exit(f"fetch_vnu: {error}")
