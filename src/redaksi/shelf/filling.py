"""Filling a page's strips: which story stands in which place, so that none stands on the page twice.

The one rule of every front, as plain arithmetic: the newsstand asks it with the lists on the shelf, the desk with the record
of any past minute. Strips are filled from the top. A place that an editor pinned has its story, wherever else a rule would put
it; a place without a pin, or whose story is gone, has the newest of the strip's list that stands nowhere above and is pinned
nowhere on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

BY_RULE = 0
"""Stands for a place without a pin among pinned stories."""


class Filling:
    """One page being filled, a strip at a time.

    Args:
        pinned: Every story that is pinned anywhere on the page.
    """

    def __init__(self, pinned: Iterable[int]) -> None:
        self._pinned = frozenset(pinned) - {BY_RULE}
        self._shown: set[int] = set()

    @property
    def taken(self) -> int:
        """How many stories of a list may have to be passed over, at most."""
        return len(self._pinned) + len(self._shown)

    def strip(
        self, count: int, slots: Sequence[int], newest: Iterable[int], stands: Callable[[int], bool]
    ) -> list[int]:
        """Fill the next strip.

        Args:
            count: How many places it has.
            slots: What is pinned in its first places: stories, or BY_RULE.
            newest: Its list, newest first; read no further than needed.
            stands: Whether a story can be shown here at all.

        Returns:
            Its stories in order; fewer than `count` when the list ends.
        """
        rest = self._rest(newest, stands)
        places = [*slots[:count], *(BY_RULE for _ in range(count - len(slots)))]
        strip: list[int] = []
        for slot in places:
            held = slot != BY_RULE and slot not in self._shown and stands(slot)
            story = slot if held else next(rest, None)
            if story is not None:
                strip.append(story)
                self._shown.add(story)
        return strip

    def _rest(self, newest: Iterable[int], stands: Callable[[int], bool]) -> Iterator[int]:
        for story in newest:
            if story not in self._pinned and story not in self._shown and stands(story):
                yield story
