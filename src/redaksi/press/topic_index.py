"""The index of topics: one page while a site has few; with many, the running stories and a page for each letter.

A topic that gains its first story on a site, or loses its last, prints its letter's page and the index; a letter that comes or goes
prints the pages of all, which link to each other. The shelf notes the
letter of each topic that has stories: reading these notes takes some milliseconds with tens of thousands of topics, and no publish
pays that which brings no new topic.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from redaksi.press.typesetter import addresses, listings
from redaksi.press.typesetter.sheet import Sheet
from redaksi.shelf.recipe import press_recipe
from redaksi.shelf.transaction import Transaction
from redaksi.stories import copydesk
from redaksi.stories.copy import SiteCopy, TopicCopy
from redaksi.stories.models import Topic

#: Topics that one page names; a site with more has a page a letter.
MOST_ON_A_PAGE = 300
#: Running stories that the index of a site with many topics names, the newest.
MOST_EVENTS = 100
#: Stands for every name that doesn't begin with one of a to z.
OTHERS = "0"
LETTERS = (*"abcdefghijklmnopqrstuvwxyz", OTHERS)


def letter_of(name: str) -> str:
    """Under which letter a name stands: its first, without accents (Unicode's canonical decomposition)."""
    first = unicodedata.normalize("NFKD", name.strip())[:1].casefold()[:1]
    return first if first in LETTERS else OTHERS


def lay(shelf: Transaction, site: SiteCopy, letters: Iterable[str] = LETTERS) -> None:
    """Print the index of topics.

    Args:
        shelf: the open transaction.
        site: whose index.
        letters: those whose topics changed; all, where that isn't known.
    """
    prefix = _note(site, "topic:")
    marks = {int(note.removeprefix(prefix)): letter for note, letter in shelf.notes(prefix)}
    if len(marks) <= MOST_ON_A_PAGE:
        shelf.drop_pages(_entity(site))
        _put(shelf, site, addresses.topics(site), listings.topics_page(_copies(marks), site))
        return
    used, changed = sorted(set(marks.values())), set(letters)
    if used != sorted(one for one in LETTERS if shelf.stands_at(site.id, addresses.letter(site, one))):
        changed = set(LETTERS)
    if changed == set(LETTERS):
        shelf.drop_pages(_entity(site))  # in another language they stood elsewhere
    for letter in sorted(changed):
        address, keys = addresses.letter(site, letter), [key for key in marks if marks[key] == letter]
        if keys:
            _put(shelf, site, address, listings.letter_page(letter, _copies(keys), used, site))
        else:
            shelf.drop_page(site.id, address)
    events = (
        Topic.objects.filter(kind=Topic.Kind.EVENT).order_by("-pk").values_list("pk", flat=True).iterator()
    )
    newest = [
        key for key, _ in zip((key for key in events if key in marks), range(MOST_EVENTS), strict=False)
    ]
    _put(shelf, site, addresses.topics(site), listings.letters_page(_copies(newest), used, site))


def follow(shelf: Transaction, site: SiteCopy, names: set[str]) -> None:
    """Print what changes with these topics ("topic:3"): their letters' pages, those of before and those of now."""
    letters: set[str] = set()
    keys = [int(name.partition(":")[2]) for name in names if shelf.has_row(site.id, name)]
    named: dict[int, str] = {}
    for some in _batched(keys):
        named.update(Topic.objects.filter(pk__in=some).values_list("pk", "name"))
    for name in names:
        note, key = _note(site, name), int(name.partition(":")[2])
        letters.add(shelf.meta(note) or "")
        if key in named:
            shelf.set_meta(note, letter_of(named[key]))
            letters.add(letter_of(named[key]))
        else:
            shelf.drop_meta(note)
    lay(shelf, site, letters - {""})


def _note(site: SiteCopy, name: str) -> str:
    return f"press:letter:{site.id}:{name}"


def _copies(keys: Iterable[int]) -> list[TopicCopy]:
    """Topics in the order of their names; a thousand a query."""
    found: list[TopicCopy] = []
    for some in _batched(list(keys)):
        found += [copydesk.topic_copy(topic) for topic in Topic.objects.filter(pk__in=some)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def _batched(keys: list[int]) -> Iterator[list[int]]:
    """Keys for one query after the other."""
    return (keys[start : start + 1000] for start in range(0, len(keys), 1000))


def _entity(site: SiteCopy) -> str:
    return f"topics@{site.id}"


def _put(shelf: Transaction, site: SiteCopy, address: str, sheet: Sheet) -> None:
    shelf.put_page(
        site=site.id,
        address=address,
        recipe=press_recipe(sheet.parts),
        entity=_entity(site),
        version=0,
        content_type=sheet.content_type,
    )
