"""The pages of topics and contributors: each has one on every site where it has a story, and none where it has none.

When a story comes or goes, the lists that it names are looked at; a page is printed when its list gained its first story and
dropped when it lost the last one. A renamed topic prints its own pages again, wherever they stand.
"""

from __future__ import annotations

from redaksi.press.pictures import develop_missing
from redaksi.press.typesetter import addresses, feeds, listings
from redaksi.press.typesetter.addresses import FeedOf
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.writer import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy
from redaksi.stories.models import Contributor, Topic

#: Pages as (address, sheet, cache class), and the things that they show beside their own.
_Pages = tuple[list[tuple[str, Sheet, str]], tuple[str, ...]]
#: The index of topics names at most so many; a network has more, and finds them by search.
MOST_TOPICS = 2000


def is_subject(list_name: str) -> bool:
    """Whether a list is that of a topic or a contributor ("topic:12")."""
    return list_name.startswith(("topic:", "contributor:"))


def keep_up(shelf: Transaction, site: SiteCopy, list_names: set[str]) -> set[str]:
    """Look at the lists that changed and print or drop the pages of their topics and contributors.

    Returns:
        The topics ("topic:3") whose page came or went.
    """
    moved: set[str] = set()
    for name in sorted(filter(is_subject, list_names)):
        printed = bool(shelf.meta(_mark(site, name)))
        if shelf.has_row(site.id, name) != printed:
            lay(shelf, site, name)
            moved |= {name} if name.startswith("topic:") else set()
    if moved:
        lay_index(shelf, site)
    return moved


def lay(shelf: Transaction, site: SiteCopy, name: str) -> None:
    """Print the page of a topic or contributor on a site, or drop it where it has no story there."""
    kind, _, number = name.partition(":")
    entity = f"{name}@{site.id}"
    shelf.drop_pages(entity)
    shelf.set_dependencies(entity, ())
    shelf.set_meta(_mark(site, name), "")
    if not shelf.has_row(site.id, name):
        return
    pages, shown = (
        _topic_pages(int(number), site) if kind == "topic" else _contributor_pages(int(number), site)
    )
    if not pages:
        return
    shelf.set_dependencies(entity, shown)
    shelf.set_meta(_mark(site, name), "1")
    for address, sheet, cache in pages:
        shelf.put_page(
            site=site.id,
            address=address,
            recipe=press_recipe(sheet.parts),
            entity=entity,
            version=0,
            content_type=sheet.content_type,
            cache=cache,
        )


def lay_index(shelf: Transaction, site: SiteCopy) -> None:
    """Print the index of topics. Grows with the number of topics that have stories, up to :data:`MOST_TOPICS`."""
    entity = f"topics@{site.id}"
    shelf.drop_pages(entity)
    numbers = [int(name.partition(":")[2]) for name in shelf.lists_of(site.id, "topic:")[:MOST_TOPICS]]
    topics = [copydesk.topic_copy(topic) for topic in Topic.objects.filter(pk__in=numbers)]
    sheet = listings.topics_page(topics, site)
    shelf.put_page(
        site=site.id,
        address=addresses.topics(site),
        recipe=press_recipe(sheet.parts),
        entity=entity,
        version=0,
        content_type=sheet.content_type,
    )


def _mark(site: SiteCopy, name: str) -> str:
    return f"press:page:{site.id}:{name}"


def _topic_pages(number: int, site: SiteCopy) -> _Pages:
    topic = Topic.objects.filter(pk=number).first()
    if topic is None:
        return [], ()
    copy = copydesk.topic_copy(topic)
    return [(addresses.topic(site, copy), listings.topic_page(copy, site), "page"), *_feeds(site, copy)], ()


def _contributor_pages(number: int, site: SiteCopy) -> _Pages:
    person = Contributor.objects.filter(pk=number).select_related("portrait").first()
    if person is None:
        return [], ()
    copy = copydesk.contributor_copy(person)
    if copy.portrait:
        develop_missing([copy.portrait])
    page = (addresses.contributor(site, copy.slug), listings.contributor_page(copy, site), "page")
    return [page, *_feeds(site, copy)], (f"photo:{person.portrait_id}",) if person.portrait_id else ()


def _feeds(site: SiteCopy, of: FeedOf) -> list[tuple[str, Sheet, str]]:
    return [(addresses.feed(site, of, form), feeds.feed(site, of, form), "feed") for form in addresses.FEEDS]
