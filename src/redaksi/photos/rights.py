"""What roles may do with photos (see :mod:`redaksi.network.policy` for what the roles are)."""

from __future__ import annotations

from redaksi.network.rights import PICTURES, STAFF, Rights, declare


def declare_own() -> None:
    """The photos' one kind."""
    photo = Rights(
        {"see": STAFF, "choose": STAFF, "add": STAFF, "change": PICTURES, "delete": PICTURES},
        own=frozenset({"see", "change"}),
    )
    declare({"photos.photo": photo})
