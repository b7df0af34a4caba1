"""What else there is on a story's label: the newest stories of that topic, as rare furniture that all stories of the label share.

A site keeps one piece for each topic that is some story's label ("related:12"), with the topic's newest stories, and for each of
these a piece of its own ("related:12/345") that leaves that story out. So a publish prints a few small pieces and no other story's
page. A topic's pieces are printed when its list changed at the head, when a story there was printed again, and when its name did
change; the rest of the archive costs two look-ups a topic. Where there is no other story there is no piece.
"""

from __future__ import annotations

from redaksi.press.typesetter import addresses, furniture
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.writer import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy, StoryCopy
from redaksi.stories.models import Topic

#: Headlines that are shown.
SHOWN = 5


def keep_up(shelf: Transaction, site: SiteCopy, list_names: set[str], stories: set[int]) -> None:
    """Print the pieces of the topics among these lists whose head changed, or holds one of these stories."""
    for name in sorted(name for name in list_names if name.startswith("topic:")):
        number = int(name.partition(":")[2])
        newest = _newest(shelf, site, number)
        if newest != _laid(shelf, site, number) or not stories.isdisjoint(newest):
            lay(shelf, site, number)


def lay_all(shelf: Transaction, site: SiteCopy) -> None:
    """Print the pieces of all topics. Grows with their number; for a whole new shelf, or a site that changed its language."""
    for name in shelf.lists_of(site.id, "label:"):
        lay(shelf, site, int(name.partition(":")[2]))


def lay(shelf: Transaction, site: SiteCopy, number: int) -> None:
    """Print a topic's pieces on a site, in the place of those that were there."""
    general = f"related:{number}"
    for story in _laid(shelf, site, number):
        shelf.drop_piece(site.id, f"{general}/{story}")
    shelf.drop_piece(site.id, general)
    newest = _newest(shelf, site, number)
    shelf.set_meta(_mark(site, number), ",".join(map(str, newest)))
    topic = Topic.objects.filter(pk=number).first() if len(newest) > 1 else None
    if topic is None:
        return
    copies = copydesk.listed_copies(newest, site)

    def put(name: str, shown: list[StoryCopy]) -> None:
        text = furniture.related(site, copydesk.topic_copy(topic), shown[:SHOWN])
        shelf.put_piece(site.id, name, press_piece(text))

    put(general, copies)
    for own in newest[:SHOWN]:
        put(f"{general}/{own}", [copy for copy in copies if copy.id != own])


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
