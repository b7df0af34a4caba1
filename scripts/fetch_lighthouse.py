"""Install Lighthouse into ``.tools/lighthouse``: the version and everything it needs are in ``scripts/lighthouse/package-lock.json``.

By npm, which compares each file with the digest in the lock file. No script of a package is run and no browser is fetched: Debian's
Chromium is there already.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TARGET = ROOT / "scripts" / "lighthouse", ROOT / ".tools" / "lighthouse"


def fetch() -> None:
    """Put Lighthouse in its place.

    Raises:
        OSError: npm is missing.
        subprocess.CalledProcessError: a package can't be had, or is not what it was.
    """
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in SOURCE.glob("package*.json"):
        shutil.copy(path, TARGET / path.name)
    print("Installing Lighthouse …", flush=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", "ci", *quiet], cwd=TARGET, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607  # npm itself
    (TARGET / "node_modules" / ".ready").touch()


if __name__ == "__main__":
    try:
        fetch()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"fetch_lighthouse: {error}")
