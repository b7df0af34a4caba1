"""Ripples: when a thing that other pages show has changed, those pages are printed again, a slice at a time.

A ripple is an outbox row of its own whose cursor is not empty: the key of the last dependent that was printed, or a space
before the first. It is written before the shelf's transaction that found the change is over: killed in between, the press
finds the ripple at the next start, never the other way round.
"""

from __future__ import annotations

import logging

from django.db import transaction

from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press import fronts, imprint, names, reading_on, subjects
from redaksi.press.delivery import Delivered, deliver
from redaksi.press.prints import StoryPrint
from redaksi.press.sites import SiteDesk, month_now
from redaksi.press.together import first_of, print_together
from redaksi.shelf.transaction import Transaction
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories.models import Placement, Story

logger = logging.getLogger(__name__)

#: Dependents printed in one slice: what a publish may have to wait for, a fraction of a second.
SLICE = 40
_START = " "
#: The kind of a ripple for the stories that hold a name which a topic got or lost.
NAMES = "names"


def begin(kind: str, object_id: int) -> None:
    """Have everything that shows a thing printed again, from the first."""
    if not Entry.objects.filter(kind=kind, object_id=object_id, cursor=_START).exists():
        Entry.objects.create(kind=kind, object_id=object_id, cursor=_START)


def begin_of_stories(shelf: Transaction, delivered: Delivered) -> None:
    """:func:`begin` for the stories that some page shows ("read also"); and those whose own choice may have changed."""
    for story_id in sorted(delivered.changed):
        if shelf.dependents(f"story:{story_id}", limit=1):
            begin("story", story_id)
    reading_on.put_back(delivered.touched)


def print_slice(row: Entry, writer: ShelfWriter, desk: SiteDesk) -> bool:
    """Print the next dependents of a ripple.

    Returns:
        Whether the ripple has come to its end; if not, the row's cursor has moved on.
    """
    entities, shown = _next_entities(row, writer)
    prints, last = _print_some(shown, desk)
    if shown:
        _lay_each(prints, writer, desk)
    with writer.transaction() as shelf:
        for entity in shown[: shown.index(last) + 1] if last else shown:
            _lay_subject(shelf, entity, desk)
        if not last and len(entities) < SLICE:
            _end(shelf, row)
            return True
    Entry.objects.filter(pk=row.pk).update(cursor=last or entities[-1])
    return False


def _print_some(entities: list[str], desk: SiteDesk) -> tuple[list[StoryPrint], str]:
    """Prints of the stories among these; and the last of them where that was enough for once, else the empty text."""
    stories = [int(entity.removeprefix("story:")) for entity in entities if entity.startswith("story:")]
    if not stories:
        return [], ""
    first = first_of(stories)
    made = print_together(first, desk)
    _put_back(made.failed)
    return made.prints, f"story:{first[-1]}" if len(first) < len(stories) else ""


def _end(shelf: Transaction, row: Entry) -> None:
    """A ripple of changed names has seen all stories; unless another began later, nothing is left to be done of them."""
    if row.kind == NAMES:
        others = Entry.objects.filter(kind=NAMES, object_id=row.object_id).exclude(pk=row.pk)
        if not others.exists():
            names.forget_changed(shelf, row.object_id)


def _next_entities(row: Entry, writer: ShelfWriter) -> tuple[list[str], list[str]]:
    """The next entities that a ripple comes to, and those of them that are to be printed again."""
    after = row.cursor.strip()
    if row.kind == NAMES:
        last = int(after.removeprefix("story:") or 0)
        with writer.transaction() as shelf:
            found, holding = names.next_stories(shelf, row.object_id, last, SLICE)
        return [f"story:{pk}" for pk in found], [f"story:{pk}" for pk in holding]
    if row.kind == "site":
        last = int(after.removeprefix("story:") or 0)
        entities = [f"story:{pk}" for pk in _stories_on(row.object_id, last)]
    else:
        with writer.transaction() as shelf:
            entities = shelf.dependents(f"{row.kind}:{row.object_id}", after=after, limit=SLICE)
    return entities, entities


def _stories_on(site_id: int, last: int) -> list[int]:
    """The next stories with a page on a site, by key: those whose home it is and those that it carries or carried."""
    own = Story.objects.filter(site_id=site_id, published_at__isnull=False, pk__gt=last)
    carried = Placement.objects.filter(site_id=site_id, story_id__gt=last)
    keys = {*own.order_by("pk").values_list("pk", flat=True)[:SLICE]}
    keys |= {*carried.order_by("story").values_list("story", flat=True)[:SLICE]}
    return sorted(keys)[:SLICE]


def _put_back(failed: dict[int, Exception]) -> None:
    """Stories that can't be printed get rows of their own, so that the ripple goes on."""
    for story_id, error in failed.items():
        logger.error("story %s can't be printed again: %r", story_id, error, exc_info=error)
        with transaction.atomic():
            box.put("story", story_id)


def _lay_each(prints: list[StoryPrint], writer: ShelfWriter, desk: SiteDesk) -> None:
    """Lay prints, all at once or, where one can't be laid, each by itself; that one gets a row of its own too."""
    try:
        with writer.transaction() as shelf:
            desk.require(writer.path)
            begin_of_stories(shelf, deliver(shelf, prints, desk))
    except Exception:
        if len(prints) > 1:
            for one in prints:
                _lay_each([one], writer, desk)
            return
        logger.exception("story %s can't be laid again", prints[0].story if prints else "?")
        with transaction.atomic():
            box.put_many("story", [one.story for one in prints])


def _lay_subject(shelf: Transaction, entity: str, desk: SiteDesk) -> None:
    """A contributor's page shows a photo too; its entity is "contributor:3@1", the last number its site's. A front names topics, a team contributors."""
    if fronts.is_front(entity):
        fronts.lay_front(shelf, desk.copy_of(int(entity.partition(":")[2])))
        return
    name, _, site_id = entity.partition("@")
    if imprint.is_imprint(entity):
        imprint.lay_imprint(shelf, desk.copy_of(int(site_id)), month_now().year)
    if subjects.is_subject(name):
        subjects.lay(shelf, desk.copy_of(int(site_id)), name)
