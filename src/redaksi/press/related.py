"""What else there is on a story's label: the newest stories of that topic, as rare furniture that all stories of the label share.

A site keeps one piece for each topic that is some story's label ("related:12"), with the topic's newest stories, and for each of
these a piece of its own ("related:12/345") that leaves that story out. So a publish prints a few small pieces and no other story's
page. A topic's pieces are printed when its list changed at the head, when a story there was printed again, and when its name did
change; the rest of the archive costs two look-ups a topic. Where there is no other story there is no piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from redaksi.press.typesetter import addresses, furniture
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.transaction import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy, StoryCopy, TopicCopy
from redaksi.stories.models import Topic

#: Headlines that are shown.
SHOWN = 5
#: Topics of which the stories are read at once where all are printed.
AT_ONCE = 200


def keep_up(shelf: Transaction, lists: Iterable[tuple[SiteCopy, set[str]]], stories: set[int]) -> None:
    """Print the pieces of the topics among these lists of sites whose head changed, or holds one of these stories."""
    topics = [
        (site, int(name.partition(":")[2]))
        for site, names in lists
        for name in sorted(names)
        if name.startswith("topic:")
    ]
    heads = [(site, number, _newest(shelf, site, number)) for site, number in topics]
    _lay(
        shelf,
        [
            (site, number, newest)
            for site, number, newest in heads
            if newest != _laid(shelf, site, number) or not stories.isdisjoint(newest)
        ],
    )


def lay_all(shelf: Transaction, site: SiteCopy) -> None:
    """Print the pieces of all topics. Grows with their number; for a whole new shelf, or a site that changed its language."""
    numbers = iter([int(name.partition(":")[2]) for name in shelf.lists_of(site.id, "label:")])
    while some := list(islice(numbers, AT_ONCE)):
        _lay(shelf, [(site, number, _newest(shelf, site, number)) for number in some])


def lay(shelf: Transaction, site: SiteCopy, number: int) -> None:
    """Print a topic's pieces on a site, in the place of those that were there."""
    _lay(shelf, [(site, number, _newest(shelf, site, number))])


def _lay(shelf: Transaction, heads: Sequence[tuple[SiteCopy, int, list[int]]]) -> None:
    """Print the pieces of topics on sites, with the stories at the head of each list. Four queries for all."""
    shown = [head for head in heads if len(head[2]) > 1]
    topics = Topic.objects.in_bulk({number for _, number, _ in shown})
    copies = copydesk.lists_of_copies([(site, newest) for site, _, newest in shown])
    found = {(site.id, number): one for (site, number, _), one in zip(shown, copies, strict=True)}
    for site, number, newest in heads:
        _drop(shelf, site, number)
        shelf.set_meta(_mark(site, number), ",".join(map(str, newest)))
        if number in topics and (site.id, number) in found:
            _put(shelf, site, copydesk.topic_copy(topics[number]), found[site.id, number], newest)


def _drop(shelf: Transaction, site: SiteCopy, number: int) -> None:
    for story in _laid(shelf, site, number):
        shelf.drop_piece(site.id, f"related:{number}/{story}")
    shelf.drop_piece(site.id, f"related:{number}")


def _put(
    shelf: Transaction, site: SiteCopy, topic: TopicCopy, copies: list[StoryCopy], newest: list[int]
) -> None:
    """The piece for all others, and for each of the newest the one without it."""
    general, made = f"related:{topic.id}", furniture.related(site, topic, copies)
    places = {copy.id: at for at, copy in enumerate(copies)}
    shelf.put_piece(site.id, general, press_piece(made.without(None, SHOWN)))
    for own in newest[:SHOWN]:
        shelf.put_piece(site.id, f"{general}/{own}", press_piece(made.without(places.get(own), SHOWN)))


def _newest(shelf: Transaction, site: SiteCopy, number: int) -> list[int]:
    """The stories at the head of a topic's list; none where no story has it as its label."""
    if not shelf.has_row(site.id, addresses.label_list(number)):
        return []
    return shelf.newest(site.id, f"topic:{number}", SHOWN + 1)


def _laid(shelf: Transaction, site: SiteCopy, number: int) -> list[int]:
    """The stories at the head of the list when the pieces were printed."""
    return [int(story) for story in (shelf.meta(_mark(site, number)) or "").split(",") if story]


def _mark(site: SiteCopy, number: int) -> str:
    return f"press:related:{site.id}:{number}"
