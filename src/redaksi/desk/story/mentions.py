"""Which names in a story will be linked, beside the form: where an editor unlinks one, or says which topic a shared name means.

The choices travel in a hidden field of the form (``mention_choices``), so they are saved, previewed and published with the text.
The script ``desk/mentions.js`` changes that field; what is shown here is what the press would do with it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from redaksi.press.typesetter.mentions import Met, link_mentions, texts_of
from redaksi.stories.copy import MentionChoices
from redaksi.stories.mentions import choices_of, names_in
from redaksi.stories.models import Story, Topic
from redaksi.stories.sitecopy import site_copy
from redaksi.stories.texts import naming_blocks

#: Names shown, and places of one of them; a story with more has its choices made by topic.
MOST_NAMES, MOST_PLACES = 80, 40


@dataclass(frozen=True, slots=True)
class Place:
    """One mention: its block, its number there, the words around it, and whether it may be linked."""

    block: str
    number: int
    before: str
    word: str
    after: str
    on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One name: the topics that it may mean, the one it does mean (None while nobody chose), and whether that is linked here."""

    name: str
    topics: tuple[Topic, ...]
    topic: Topic | None
    on: bool
    places: tuple[Place, ...]

    @property
    def is_shared(self) -> bool:
        return len(self.topics) > 1


def lines(story: Story) -> list[Line] | None:
    """The names in the text as it stands in memory, those that wait for a choice first; None where the site links none."""
    if not story.site_id or story.site.mentions == "none":
        return None
    body, choices = naming_blocks(story), choices_of(story)
    names = names_in(texts_of(body), story.site_id)
    met: dict[str, list[Met]] = defaultdict(list)
    for one in link_mentions(body, site_copy(story.site), names, choices).met:
        met[one.name].append(one)
    wanted = {pk for places in met.values() for pk in places[0].topics}
    topics = Topic.objects.in_bulk(wanted)
    made = [
        _line(name, places, topics, choices)
        for name, places in met.items()
        if topics.keys() >= set(places[0].topics)
    ]
    return sorted(made, key=lambda line: line.topic is not None)[:MOST_NAMES]


def _line(name: str, places: list[Met], topics: dict[int, Topic], choices: MentionChoices) -> Line:
    possible = tuple(topics[pk] for pk in places[0].topics)
    meant = possible[0].pk if len(possible) == 1 else dict(choices.chosen).get(name, 0)
    topic = next((one for one in possible if one.pk == meant), None)
    shown = tuple(
        Place(one.block, one.number, *one.around, on=(one.block, one.name, one.number) not in choices.off_at)
        for one in places[:MOST_PLACES]
        if one.block
    )
    return Line(name, possible, topic, topic is not None and topic.pk not in choices.off, shown)
