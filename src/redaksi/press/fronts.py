"""Laying a site's front: when it is arranged, when a pin ends, when a topic changes that a strip is about, or a page on which the
site says something about itself. Never at a publish.

One exception: a strip about a topic leads to the topic's page, so the front is laid again when that page comes or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from redaksi.press.laying import lay_sheet
from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.fronts import SetStrip, front_page, set_strips
from redaksi.shelf.transaction import Transaction
from redaksi.stories import imprint
from redaksi.stories.arrangement import FrontCopy
from redaksi.stories.copy import SiteCopy
from redaksi.stories.fronts import front_copy


def entity_of(site_id: int) -> str:
    return f"front:{site_id}"


def is_front(entity: str) -> bool:
    """Whether an entity of the shelf is a front ("front:3")."""
    return entity.startswith("front:")


def strips_set(front: FrontCopy, site: SiteCopy, has_row: Callable[[int, str], bool]) -> list[SetStrip]:
    """A front's strips as they would be laid; ``has_row`` says whether a site's list has a story."""
    topics = {pk: has_row(site.id, addresses.topic_list(of)) for pk, of in front.topics.items()}
    return set_strips(front, site, with_topics=topics)


def lay_front(shelf: Transaction, site: SiteCopy) -> None:
    """Print a site's front as the record has it now."""
    front = front_copy(site.id)
    sheet = front_page(strips_set(front, site, shelf.has_row), site, imprint.pages(site.id))
    entity = entity_of(site.id)
    shelf.set_dependencies(entity, front.depends)
    shelf.drop_pages(entity)  # its address begins with the site's path, which may have changed
    lay_sheet(shelf, site.id, addresses.front(site), sheet, entity=entity, version=front.edition)


def keep_up(shelf: Transaction, site: SiteCopy, moved: Iterable[str]) -> None:
    """Lay a front again on which a strip is about one of these topics ("topic:3"), whose page came or went."""
    if any(shelf.depends_on(entity_of(site.id), name) for name in moved):
        lay_front(shelf, site)


def drop_front(shelf: Transaction, site_id: int) -> None:
    """Take the front of a site that is gone off the shelf."""
    shelf.drop_pages(entity_of(site_id))
    shelf.set_dependencies(entity_of(site_id), ())
