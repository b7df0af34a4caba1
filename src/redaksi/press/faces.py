"""Faces: what of a thing other pages show. Only when a thing's face changes are those pages printed again.

A correction in a story's body is nobody else's business; its new headline is that of every page that says "read also". The
shelf keeps a short mark of each face; a thing without a mark counts as changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db.models import Model

from redaksi.network.models import Section
from redaksi.photos.models import Photo
from redaksi.shelf.transaction import Transaction
from redaksi.stories.models import Contributor, Topic

#: Stands for a face that isn't known: no face is like it, not even the empty one of a thing that is gone.
_IN_DOUBT = "?"
_SHOWN: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "topic": (Topic, ("name", "slug", "kind", "site_id")),
    "contributor": (Contributor, ("name", "slug", "site_id")),
    "section": (Section, ("name", "slug", "site_id")),
    "photo": (
        Photo,
        ("digest", "width", "height", "alt", "caption", "credit", "agency", "place", "taken_on", "licence"),
    ),
}


def face(*shown: object) -> str:
    """The mark of what is shown."""
    return hashlib.blake2b(repr(shown).encode(), digest_size=6).hexdigest()


def face_now(kind: str, number: int) -> str:
    """The face of a topic, contributor, section or photo as the record has it; empty when it is gone."""
    model, columns = _SHOWN[kind]
    row = model._default_manager.filter(pk=number).values_list(*columns).first()  # noqa: SLF001  # Django's documented API
    return face(*row) if row else ""


def has_changed(shelf: Transaction, thing: str, now: str) -> bool:
    """Remember the face of a thing ("topic:3"); whether it differs from what was remembered."""
    name = f"face:{thing}"
    before = shelf.meta(name)
    if before != now:
        shelf.set_meta(name, now)
    return before != now


def remember_all(shelf: Transaction, kinds: Iterable[str] = ("topic", "contributor", "section")) -> None:
    """Remember the faces of everything of these kinds, on a fresh shelf. Grows with their number."""
    for kind in kinds:
        model, columns = _SHOWN[kind]
        for number, *shown in model._default_manager.values_list("pk", *columns).iterator():  # noqa: SLF001  # as above
            shelf.set_meta(f"face:{kind}:{number}", face(*shown))


def forget(shelf: Transaction, thing: str) -> None:
    """Have a thing count as changed when it is next looked at."""
    shelf.set_meta(f"face:{thing}", _IN_DOUBT)
