"""Bulk load: many new stories come into the record at once, in the shape in which the verbs would have left each of them.

    rows = laid_out(stories, keys, kind)     # in any process: asks the database nothing
    with transaction.atomic():
        write(rows)                          # a batch is in the record wholly or not at all

What makes a story is written: its row, its revision, bylines, topics, addresses, notes, history and its words in the desk's index.
Not written is Wagtail's index of who refers to whom: nobody asks it of stories. That readers are to see them is said by the caller, with
a row in the outbox for each, or with one for all (:func:`put_everything`), which asks for a whole new shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry, Revision

from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.stories import search
from redaksi.stories.models import Address, Byline, Correction, Story
from redaksi.stories.rows import Rows, reserve, shape_of
from redaksi.stories.slugs import path_of

Facts = dict[str, Any]

_TABLES: tuple[type[Model], ...] = (Story, Revision, Byline, Address, Correction, ModelLogEntry)
_TOPICS = Story.topics.through._meta  # noqa: SLF001  # Django's documented API


@dataclass(slots=True)
class NewStory:
    """A story that isn't in the record yet, with all that goes beside it.

    Its facts (state, times, edition, slug) are set as they are to be; ``story.site`` and ``story.section`` are loaded. ``bylines`` are
    (contributor, role) in order, ``history`` (action, when) by the story's owner.
    """

    story: Story
    topics: Sequence[int] = ()
    bylines: Sequence[tuple[int, str]] = ()
    old_paths: Sequence[str] = ()
    notes: Sequence[Correction] = ()
    history: Sequence[tuple[str, datetime]] = ()
    path: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if self.story.published_at is not None:
            self.path = path_of(self.story, self.story.published_at)


class Keys(NamedTuple):
    """The keys that a batch gets: of its stories and their revisions, and of all their bylines."""

    stories: Sequence[int]
    revisions: Sequence[int]
    bylines: Sequence[int]

    @classmethod
    def reserved(cls, batch: Sequence[NewStory]) -> Keys:
        """Keys that are free now; in the open transaction."""
        count, names = len(batch), sum(len(one.bylines) for one in batch)
        return cls(reserve(Story, count), reserve(Revision, count), reserve(Byline, names))


def laid_out(batch: Sequence[NewStory], keys: Keys, kind: int) -> list[Rows]:
    """All rows of a batch. Asks the database nothing; may run in another process than :func:`write`.

    Args:
        batch: the stories; they get their keys.
        keys: as many as are needed.
        kind: the content type's key, from :func:`kind_of_stories`.
    """
    bylines = iter(keys.bylines)
    shapes = {model: shape_of(model) for model in _TABLES}
    made: dict[type[Model], list[tuple[Any, ...]]] = {model: [] for model in _TABLES}
    for one, key, revision in zip(batch, keys.stories, keys.revisions, strict=True):
        story = one.story
        story.pk = key
        named = [
            {
                "id": next(bylines),
                "sort_order": place,
                "story_id": key,
                "contributor_id": person,
                "role": role,
            }
            for place, (person, role) in enumerate(one.bylines)
        ]
        text = _revision(one, named, revision, kind)
        made[Revision].append(shapes[Revision].filled(**text))
        story.latest_revision_id = revision
        story.live_revision_id = revision if story.live else None
        for note in one.notes:
            note.story_id = key
        # The body's JSON is made once: the revision quotes it as it stands in the row.
        made[Story].append(shapes[Story].row(story, body=text["content"]["body"]))
        made[Byline] += [shapes[Byline].filled(**credit) for credit in named]
        made[Address] += [shapes[Address].filled(**address) for address in _addresses(one)]
        made[Correction] += [shapes[Correction].row(note) for note in one.notes]
        made[ModelLogEntry] += [
            shapes[ModelLogEntry].filled(**line) for line in _history(one, revision, kind)
        ]
    words = search.rows_of(one.story for one in batch)
    return [*(shapes[model].rows(values) for model, values in made.items()), _topics(batch), words]


def write(rows: Iterable[Rows]) -> None:
    """Write a batch.

    Raises:
        OutsideTransactionError: no transaction is open.
    """
    box.require_transaction("a batch of stories")
    for some in rows:
        some.insert()


def put_everything() -> None:
    """Ask for a whole new shelf: for a load after which printing story by story would take too long.

    The newest row stands for all; one that a press at work has seen already doesn't speak of what came since.
    """
    newest = box.put(box.EVERYTHING, 0)
    Entry.objects.filter(kind=box.EVERYTHING).exclude(pk=newest.pk).delete()


def kind_of_stories() -> int:
    """The key of the content type that revisions and history name stories by."""
    key: int = ContentType.objects.get_for_model(Story).pk
    return key


def _revision(one: NewStory, named: list[Facts], key: int, kind: int) -> Facts:
    """The story's text as its first revision: what the desk's editor opens, compares and reverts to."""
    story = one.story
    content = shape_of(Story).told(story)
    content["bylines"] = [
        {"pk": credit["id"], "sort_order": credit["sort_order"], "story": story.pk, "contributor": credit["contributor_id"], "role": credit["role"]}
        for credit in named
    ]  # fmt: skip
    content["topics"] = list(one.topics)
    return {
        "id": key,
        "content_type_id": kind,
        "base_content_type_id": kind,
        "object_id": str(story.pk),
        "created_at": story.published_at or story.created_at,
        "user_id": story.owner_id,
        "object_str": story.headline,
        "approved_go_live_at": story.go_live_at,
        "content": content,
    }


def _addresses(one: NewStory) -> Iterator[Facts]:
    """The current address of a story that was published, and those that lead to it."""
    story = one.story
    paths = [(one.path, True)] if one.path else []
    for path, current in (*paths, *((old, False) for old in one.old_paths)):
        yield {"site_id": story.site_id, "path": path, "story_id": story.pk, "current": current}


def _history(one: NewStory, revision: int, kind: int) -> Iterator[Facts]:
    story = one.story
    for action, at in one.history:
        yield {
            "content_type_id": kind,
            "object_id": str(story.pk),
            "label": story.headline,
            "action": action,
            "timestamp": at,
            "user_id": story.owner_id,
            "revision_id": revision,
            "content_changed": True,
        }


def _topics(batch: Sequence[NewStory]) -> Rows:
    values = [(one.story.pk, topic) for one in batch for topic in one.topics]
    return Rows(_TOPICS.db_table, ("story_id", "topic_id"), values)
