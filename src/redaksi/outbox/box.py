"""Putting rows in, and what may be asked of them.

``put`` refuses to work outside a transaction: a row written after the change it speaks of can be lost between the two, and
a row written before it can be drained too early.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from redaksi.outbox.models import Cleared, Entry, Rebuild

#: The kind of a row that asks for everything to be printed onto a new shelf, after a bulk load; its object is 0.
EVERYTHING = "everything"


class OutsideTransactionError(RuntimeError):
    """Something was put into the outbox without the transaction that changes the record."""


def put(kind: str, object_id: int) -> Entry:
    """Say that ``kind`` ``object_id`` changed.

    Args:
        kind: what sort of thing: "story", "topic", "contributor", "photo", "section", "site", "group", "flash", "also" (a story's
            page alone, since what to read on may be another), :data:`EVERYTHING` or, with the key of a site, its "front" or its "imprint" (what it
            says about itself and its staff).
        object_id: its primary key.

    Returns:
        The row. Its id tells the order in which the press will take it.

    Raises:
        OutsideTransactionError: no transaction is open on the record's database.
    """
    require_transaction(f"{kind} {object_id}")
    return Entry.objects.create(kind=kind, object_id=object_id)


def put_many(kind: str, object_ids: list[int]) -> None:
    """:func:`put` for bulk work, in one statement a thousand rows."""
    require_transaction(f"{len(object_ids)} × {kind}")
    Entry.objects.bulk_create(
        [Entry(kind=kind, object_id=object_id) for object_id in object_ids], batch_size=1000
    )


def require_transaction(what: str) -> None:
    """Raise unless a transaction is open.

    Raises:
        OutsideTransactionError: with ``what`` in its sentence.
    """
    if not connection.in_atomic_block:
        message = f"{what} changed outside a transaction: the outbox row could be lost. Wrap the change in atomic()."
        raise OutsideTransactionError(message)


def age() -> timedelta:
    """How long the oldest row has waited; zero when the outbox is empty. One index look-up."""
    oldest = Entry.objects.order_by("id").values_list("written_at", flat=True).first()
    return timezone.now() - oldest if oldest else timedelta(0)


@transaction.atomic
def clear(entries: list[Entry]) -> None:
    """Take away rows whose work is done. While the shelf is rebuilt, what they spoke of is kept for it."""
    if not entries:
        return
    if Rebuild.objects.exists():
        kept = [Cleared(kind=entry.kind, object_id=entry.object_id) for entry in entries]
        Cleared.objects.bulk_create(kept, ignore_conflicts=True)
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
