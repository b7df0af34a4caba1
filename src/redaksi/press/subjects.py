"""The pages of topics and contributors: each has one on every site where it has a story, and none where it has none.

A topic that is only mentioned has one too, since the stories that mention it link to it ("mention:12" is the list of these). Its feeds
carry what its page shows: who follows it gets the stories that mention it, until it has some of its own.

When a story comes or goes, the lists that it names are looked at; a page is printed when its list gained its first story and
dropped when it lost the last one. A renamed topic prints its own pages again, wherever they stand.
"""

from __future__ import annotations

from urllib.parse import quote

from redaksi.press import topic_index
from redaksi.press.laying import lay_sheet
from redaksi.press.pictures import develop_missing
from redaksi.press.typesetter import addresses, feeds, listings
from redaksi.press.typesetter.addresses import FeedOf
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.transaction import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy
from redaksi.stories.models import Contributor, FormerAddress, Topic
from redaksi.stories.models.topic import meeting

#: Pages as (address, sheet, cache class), and the things that they show beside their own.
_Pages = tuple[list[tuple[str, Sheet, str]], tuple[str, ...]]


#: The lists that keep up a page, by the kind of what the page is about.
_LISTS = {"topic": ("topic", "mention"), "contributor": ("contributor",)}


def is_subject(name: str) -> bool:
    """Whether something is a topic or a contributor ("topic:12")."""
    return name.startswith(("topic:", "contributor:"))


def subject_of(list_name: str) -> str:
    """The topic or contributor that a list belongs to; for another list its own name."""
    return list_name.replace("mention:", "topic:", 1) if list_name.startswith("mention:") else list_name


def standing(shelf: Transaction, site_id: int, name: str) -> str:
    """The kinds of lists in which a subject has stories on a site, as one word; empty where it has none."""
    kind, _, number = name.partition(":")
    return " ".join(of for of in _LISTS[kind] if shelf.has_row(site_id, f"{of}:{number}"))


def every(shelf: Transaction, site: SiteCopy) -> list[str]:
    """All subjects that have a page on a site. Grows with their number."""
    lists = [name for of in ("topic:", "mention:", "contributor:") for name in shelf.lists_of(site.id, of)]
    return list(dict.fromkeys(map(subject_of, lists)))


def keep_up(shelf: Transaction, site: SiteCopy, list_names: set[str]) -> set[str]:
    """Look at the lists that changed and print or drop the pages of their topics and contributors.

    Returns:
        The topics ("topic:3") and contributors that came to have stories of their own, or have none any more.
    """
    moved: set[str] = set()
    for name in sorted(filter(is_subject, map(subject_of, list_names))):
        printed, now = shelf.meta(_mark(site, name)) or "", standing(shelf, site.id, name)
        if now != printed:
            lay(shelf, site, name)
            kind = name.partition(":")[0]
            moved |= {name} if (kind in printed.split()) != (kind in now.split()) else set()
    if topics := {name for name in moved if name.startswith("topic:")}:
        topic_index.follow(shelf, site, topics)
    return moved


def lay(shelf: Transaction, site: SiteCopy, name: str) -> None:
    """Print the page of a topic or contributor on a site, or drop it where it has no story there."""
    kind, _, number = name.partition(":")
    entity = f"{name}@{site.id}"
    shelf.drop_pages(entity)
    shelf.set_dependencies(entity, ())
    lists = standing(shelf, site.id, name)
    shelf.set_meta(_mark(site, name), lists)
    if not lists:
        return
    pages, shown = (
        _topic_pages(int(number), site, lists.split())
        if kind == "topic"
        else _contributor_pages(int(number), site)
    )
    shelf.set_dependencies(entity, shown)
    for address, sheet, cache in pages:
        lay_sheet(shelf, site.id, address, sheet, entity=entity, cache=cache)
    if kind == "topic":
        _lay_former(shelf, site, int(number), [address for address, _, _ in pages])


def _lay_former(shelf: Transaction, site: SiteCopy, number: int, pages: list[str]) -> None:
    """Let the addresses that a topic had lead to those that it has."""
    former = FormerAddress.objects.filter(meeting(site.id), topic_id=number).values_list(
        "slug", "topic__slug"
    )
    for was, now in former:
        before, after = addresses.topic_at(site, was), addresses.topic_at(site, now)
        for address in pages if was != now else ():
            shelf.put_redirect(
                site=site.id,
                address=before + address.removeprefix(after),
                location=quote(address, safe="/-._~"),
                entity=f"topic:{number}@{site.id}",
            )


def _mark(site: SiteCopy, name: str) -> str:
    return f"press:page:{site.id}:{name}"


def _topic_pages(number: int, site: SiteCopy, lists: list[str]) -> _Pages:
    topic = Topic.objects.filter(pk=number).first()
    if topic is None:
        return [], ()
    copy = copydesk.topic_copy(topic)
    pages = [
        (addresses.topic(site, copy), listings.topic_page(copy, site, lists), "page"),
        *_feeds(
            site, copy, addresses.topic_list(copy) if "topic" in lists else addresses.mention_list(number)
        ),
    ]
    return pages, ()


def _contributor_pages(number: int, site: SiteCopy) -> _Pages:
    person = Contributor.objects.filter(pk=number).select_related("portrait").first()
    if person is None:
        return [], ()
    copy = copydesk.contributor_copy(person)
    if copy.portrait:
        develop_missing([copy.portrait])
    page = (addresses.contributor(site, copy.slug), listings.contributor_page(copy, site), "page")
    return [page, *_feeds(site, copy, addresses.contributor_list(copy))], (
        f"photo:{person.portrait_id}",
    ) if person.portrait_id else ()


def _feeds(site: SiteCopy, of: FeedOf, stories: str) -> list[tuple[str, Sheet, str]]:
    """Its feeds, with the stories that its page begins with."""
    return [
        (addresses.feed(site, of, form), feeds.feed(site, of, form, stories), "feed")
        for form in addresses.FEEDS
    ]
