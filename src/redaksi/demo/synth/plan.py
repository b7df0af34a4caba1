"""What each story of a corpus is, from its number alone: its site, its time, its state, and which earlier ones it may link to.

Any process can work out any story without the others, and a corpus that was interrupted goes on where it stopped. Stories stand in the
order of time, so keys grow as they do at a desk. What is under way at the desk (drafts, submitted, scheduled) is as much in a small corpus as in
a large one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from random import Random

#: The first site's share of all stories where there are several: the national one.
FIRST_SHARE = 0.4
#: The share of all stories that are about the one topic that is always in the news.
GREAT_SHARE = 0.11
#: Of so many newest stories the first are scheduled, then submitted, then drafts.
DRAFTS, SUBMITTED, SCHEDULED = 120, 60, 30
#: No more than this share of a small corpus is under way.
MOST_UNDER_WAY = 0.1
#: One in so many stories was withdrawn, one in so many corrected.
WITHDRAWN, CORRECTED = 200, 60
#: A photo for so many stories.
STORIES_A_PHOTO = 4
#: How a day's stories come: (share of the day's stories that are out, hour in UTC). Jakarta sleeps from 16 to 22 UTC.
_DAY = ((0.0, 0.0), (0.30, 4.0), (0.55, 8.0), (0.80, 12.0), (0.93, 16.0), (0.97, 22.0), (1.0, 24.0))
_LIVE, _DRAFT, _SUBMITTED, _SCHEDULED, _GONE = "live", "draft", "submitted", "scheduled", "withdrawn"


@dataclass(frozen=True, slots=True)
class Spec:
    """The numbers that a corpus follows from.

    ``until`` is the day on which its newest stories come out, ``years`` how far it reaches back.
    """

    stories: int
    sites: int
    topics: int
    seed: int
    until: date
    years: int

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "until": self.until.isoformat()}


class Plan:
    """Answers about stories by their numbers, from 0."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.begun = datetime.combine(spec.until, datetime.min.time(), UTC) - timedelta(
            days=365.25 * spec.years
        )
        self.under_way = min(DRAFTS + SUBMITTED + SCHEDULED, int(spec.stories * MOST_UNDER_WAY))

    @cached_property
    def shares(self) -> list[float]:
        """Each site's share of the stories."""
        if self.spec.sites == 1:
            return [1.0]
        weights = [(rank + 2) ** -0.8 for rank in range(self.spec.sites - 1)]
        return [FIRST_SHARE, *((1 - FIRST_SHARE) * weight / sum(weights) for weight in weights)]

    @cached_property
    def _turns(self) -> list[int]:
        """Whose turn it is: a row of sites that comes again and again."""
        length = max(1000, self.spec.sites * 5)
        turns = [site for site, share in enumerate(self.shares) for _ in range(max(1, round(share * length)))]
        Random(f"{self.spec.seed}:turns").shuffle(turns)  # noqa: S311  # the same each time, no secret
        return turns

    @cached_property
    def _places(self) -> list[list[int]]:
        """Each site's places in that row."""
        places: list[list[int]] = [[] for _ in range(self.spec.sites)]
        for place, site in enumerate(self._turns):
            places[site].append(place)
        return places

    def site(self, number: int) -> int:
        return self._turns[number % len(self._turns)]

    def state(self, number: int) -> str:
        newest = self.spec.stories - number
        if newest <= self.under_way:
            scale = self.under_way / (DRAFTS + SUBMITTED + SCHEDULED)
            if newest <= DRAFTS * scale:
                return _DRAFT
            return _SUBMITTED if newest <= (DRAFTS + SUBMITTED) * scale else _SCHEDULED
        return _GONE if number % WITHDRAWN == WITHDRAWN - 1 else _LIVE

    def time(self, number: int) -> datetime:
        """When a story came out, or was begun: later than all before it."""
        days, share = divmod((number + 1) / (self.spec.stories + 1) * 365.25 * self.spec.years, 1)
        return self.begun + timedelta(days=days, hours=_hour(share))

    def earlier(self, number: int, chance: Random) -> int | None:
        """An earlier story of the same site that readers have; nearer ones are likelier."""
        places, length = self._places[self.site(number)], len(self._turns)
        back = int(chance.expovariate(1 / min(2 * length, number / 2 + 1)))
        row = (number - back) // length
        found = row * length + chance.choice(places)
        return found if 0 <= found < number and self.state(found) == _LIVE else None

    def photo(self, number: int, chance: Random) -> int:
        """A photo's number, for a story: mostly one of that time, now and then an old one."""
        newest = number // STORIES_A_PHOTO
        back = int(chance.expovariate(1 / 8)) if chance.random() < 0.8 else chance.randrange(newest + 1)  # noqa: PLR2004
        return max(0, newest - back)


def _hour(share: float) -> float:
    """The hour at which this share of a day's stories is out."""
    for (low, begin), (high, end) in pairwise(_DAY):
        if share <= high:
            return begin + (end - begin) * (share - low) / (high - low)
    return 24.0
