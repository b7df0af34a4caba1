"""An empty database with today's tables, which takes longer to lay out than most tests: kept in the temporary folder, and copied."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def laid_out() -> Path:
    """Where it is kept, if it is there yet: under the digest of all migrations and of the libraries' versions."""
    hasher = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("src/redaksi/*/migrations/*.py")):
        hasher.update(path.name.encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"redaksi-tables-{os.getuid()}-{hasher.hexdigest()[:16]}.sqlite3"
