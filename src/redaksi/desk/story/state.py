"""The state of a story in one word, with the class that gives it its sign and colour: never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from redaksi.stories.models import Placement, Story


@dataclass(frozen=True, slots=True)
class State:
    """``code`` stands in addresses and never changes; ``kind`` is the style's class; ``word`` is the user's language's."""

    code: str
    kind: str
    word: Any


DRAFT = State("konsep", "draft", pgettext_lazy("state", "Draft"))
WAITING = State("menunggu", "wait", pgettext_lazy("state", "Waiting for an editor"))
SCHEDULED = State("terjadwal", "sched", pgettext_lazy("state", "Scheduled"))
LIVE = State("tayang", "live", pgettext_lazy("state", "Published"))
CHANGED = State("berubah", "live", pgettext_lazy("state", "Published, with changes"))
WITHDRAWN = State("dicabut", "gone", pgettext_lazy("state", "Withdrawn"))
#: Not a state of its own, but one to filter by: a story is published, or a draft, and still being verified.
UNSURE = State("diverifikasi", "unsure", pgettext_lazy("state", "Still being verified"))
EXPIRED = State("berakhir", "gone", pgettext_lazy("state", "Expired"))

#: The states with the rows that are in them; what an index can't answer alone is narrowed by site and date before.
ROWS: dict[State, Q] = {
    DRAFT: Q(
        live=False,
        submitted_at__isnull=True,
        go_live_at__isnull=True,
        withdrawn_at__isnull=True,
        expired=False,
    ),
    WAITING: Q(submitted_at__isnull=False),
    SCHEDULED: Q(go_live_at__isnull=False),
    LIVE: Q(live=True),
    CHANGED: Q(live=True, has_unpublished_changes=True),
    UNSURE: Q(verifying_since__isnull=False),
    WITHDRAWN: Q(withdrawn_at__isnull=False),
    EXPIRED: Q(expired=True, live=False, withdrawn_at__isnull=True),
}
#: The same of stories that one's site carries, as placements; in the other states only a home has a story.
CARRIED: dict[State, Q] = {
    LIVE: Q(state__in=Placement.SHOWN, story__live=True),
    UNSURE: Q(state__in=Placement.SHOWN, story__verifying_since__isnull=False),
    WITHDRAWN: Q(story__withdrawn_at__isnull=False),
    EXPIRED: Q(story__expired=True, story__live=False, story__withdrawn_at__isnull=True),
}
BY_CODE = {state.code: state for state in ROWS}


def state_of(story: Story) -> State:
    """The one state that an editor must know of. Costs no query.

    Args:
        story: the row, not a revision's object: the state is what happened, not what is being written.
    """
    if story.withdrawn_at is not None:
        return WITHDRAWN
    if story.go_live_at is not None:
        return SCHEDULED
    if story.submitted_at is not None:
        return WAITING
    if story.live:
        return CHANGED if story.has_unpublished_changes else LIVE
    return EXPIRED if story.expired else DRAFT
