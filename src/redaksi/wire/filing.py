"""Where foreign entries are filed: categories as sections, tags as topics, authors as contributors.

What the site has already, by address word or by name, is taken; the rest is made, sections hidden from the menu.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.utils.text import slugify

from redaksi.network.models import RESERVED_WORDS, Section, Site
from redaksi.outbox import box
from redaksi.stories.models import Address, Contributor, Topic
from redaksi.wire.body.elements import plain
from redaksi.wire.catalogue import Catalogue
from redaksi.wire.formats.wxr.entries import Item, Term
from redaksi.wire.report import Tally

#: WordPress's own name for "no category", in the languages that it ships for this region.
_NOWHERE = frozenset(
    {"uncategorized", "uncategorised", "tak-berkategori", "tanpa-kategori", "tidak-dikategorikan"}
)
_ARCHIVE = {"id": ("Arsip", "arsip"), "en": ("Archived", "archived")}
_PAGES = {"id": ("Laman", "laman"), "en": ("Pages", "pages")}


class _Known:
    """What there is of one kind, by address word and by name; the site's own come before the network's."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._by_word: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        for key, word, name in rows:
            self.add(key, word, name)

    def add(self, key: int, word: str, name: str) -> None:
        self._by_word.setdefault(word, key)
        self._by_name.setdefault(name.casefold(), key)

    def find(self, word: str, name: str) -> int | None:
        return self._by_word.get(word) or self._by_name.get(name.casefold())


def _known(model: type[Topic | Contributor], site: Site) -> _Known:
    rows = model._default_manager.filter(Q(site=site) | Q(site=None))  # noqa: SLF001  # its public name differs by model
    return _Known(rows.order_by(F("site").asc(nulls_last=True), "pk").values_list("pk", "slug", "name"))


def _accounts(site: Site) -> dict[str, int]:
    """The site's staff by e-mail address; an address that two accounts share is nobody's."""
    staff = get_user_model().objects.filter(is_active=True, grants__site=site).exclude(email="").distinct()
    found: dict[str, list[int]] = {}
    for key, email in staff.values_list("pk", "email"):
        found.setdefault(email.casefold(), []).append(key)
    return {email: keys[0] for email, keys in found.items() if len(keys) == 1}


class Filing:
    """Finds or makes sections, topics and contributors of one site, each once. Making happens in the batch's transaction."""

    def __init__(self, site: Site, catalogue: Catalogue, tally: Tally) -> None:
        self.site = site
        self._catalogue = catalogue
        self._tally = tally
        self._by_number = {each.id: each.slug for each in catalogue.categories.values() if each.id}
        self._sections: dict[str, Section] = {}
        self._known_topics = _known(Topic, site)
        self._known_people = _known(Contributor, site)
        self._topics: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._accounts = _accounts(site)

    def section(self, item: Item) -> Section:
        """The section of an item: its primary category, else its first; pages have one of their own."""
        tongue = self.site.language if self.site.language in _ARCHIVE else "en"
        if item.kind == "page":
            return self._section(*_PAGES[tongue])
        term = self._main_category(item)
        if term is None:
            return self._section(*_ARCHIVE[tongue])
        category = self._catalogue.categories.get(term.slug)
        return self._section(plain(category.name if category else term.name) or term.slug, term.slug)

    def make_topics(self, items: Iterable[Item]) -> None:
        """Make the topics that a batch needs and the site has not, in one statement with their outbox rows."""
        asked = {term.slug: self._topic_of(term) for item in items for term in self._topic_terms(item)}
        wanted = {slug: topic for slug, topic in asked.items() if slug not in self._topics}
        fresh: dict[str, Topic] = {}
        for topic in wanted.values():
            if self._known_topics.find(topic.slug, topic.name) is None:
                fresh.setdefault(topic.slug, topic)
        # Two tags of one name are one topic: the first one's.
        fresh = {topic.name.casefold(): topic for topic in reversed(fresh.values())}
        made = Topic.objects.bulk_create(fresh.values())
        box.put_many("topic", [topic.pk for topic in made])
        self._tally.topics += len(made)
        for topic in made:
            self._known_topics.add(topic.pk, topic.slug, topic.name)
        for slug, topic in wanted.items():
            key = self._known_topics.find(topic.slug, topic.name)
            if key is not None:
                self._topics[slug] = key

    def _topic_of(self, term: Term) -> Topic:
        """The unsaved topic that a tag or category would be."""
        tag = self._catalogue.tags.get(term.slug) or self._catalogue.categories.get(term.slug)
        name = (plain(tag.name if tag else term.name) or term.slug)[:160]
        summary = plain(tag.description) if tag else ""
        return Topic(site=self.site, name=name, slug=_word(term.slug, name, 160), summary=summary)

    def topics(self, item: Item) -> list[int]:
        """Keys of the item's topics, in order, each once; :meth:`make_topics` has seen to it that they are there."""
        return list(dict.fromkeys(self._topics[term.slug] for term in self._topic_terms(item)))

    def _topic_terms(self, item: Item) -> list[Term]:
        """Its tags, then the categories that are not its section."""
        main = self._main_category(item)
        return [*item.tags, *(term for term in item.categories if term != main and term.slug not in _NOWHERE)]

    def writers(self, item: Item) -> list[int]:
        """Keys of who is named: the co-authors in order, else the account that wrote it; empty if nobody is known."""
        names = [self._name_of(term) for term in item.co_authors]
        if not names and item.creator:
            author = self._catalogue.authors.get(item.creator)
            # A login is often an e-mail address, which is nobody's name and not to be printed.
            names = [(author.name if author else item.creator).split("@")[0]]
        return list(dict.fromkeys(self._person(plain(name)) for name in names))

    def owner(self, item: Item) -> int | None:
        """Key of the desk's account whose e-mail address the old account had, so that writers find their drafts."""
        author = self._catalogue.authors.get(item.creator)
        return self._accounts.get(author.email.casefold()) if author and author.email else None

    def _main_category(self, item: Item) -> Term | None:
        real = [term for term in item.categories if term.slug not in _NOWHERE]
        primary = self._by_number.get(item.primary_category_id)
        return next((term for term in real if term.slug == primary), real[0] if real else None)

    def _section(self, name: str, slug: str) -> Section:
        if slug not in self._sections:
            word = _word(slug, name, 60)
            # Where readers look for a story of old, no section opens.
            if word in RESERVED_WORDS or Address.objects.filter(site=self.site, path=f"/{word}").exists():
                word = f"kanal-{word}"[:60]
            mine = Section.objects.filter(site=self.site)
            section = mine.filter(slug=word).first() or mine.filter(name__iexact=name[:80]).first()
            if section is None:
                last = mine.order_by("-order").values_list("order", flat=True).first() or 0
                section = Section.objects.create(
                    site=self.site, name=name[:80], slug=word, order=min(last + 1, 32_000), in_menu=False
                )
                self._tally.sections += 1
            section.site = self.site
            self._sections[slug] = section
        return self._sections[slug]

    def _name_of(self, term: Term) -> str:
        """A co-author's name. Co-Authors Plus writes the login in the place of the name, with `cap-` before its slug."""
        author = self._catalogue.authors.get(term.slug.removeprefix("cap-")) or self._catalogue.authors.get(
            term.name
        )
        return author.name if author else term.name.split("@")[0]

    def _person(self, name: str) -> int:
        name = (name or "?")[:120]
        if name not in self._people:
            word = _word(name, name, 120)
            key = self._known_people.find(word, name)
            if key is None:
                bio = next(
                    (author.bio for author in self._catalogue.authors.values() if author.name == name), ""
                )
                key = Contributor.objects.create(site=self.site, name=name, slug=word, bio=plain(bio)).pk
                self._known_people.add(key, word, name)
                self._tally.contributors += 1
            self._people[name] = key
        return self._people[name]


def _word(slug: str, name: str, longest: int) -> str:
    """A word for an address: the old one where it is plain, else one made of the name, else a mark of its letters."""
    made = slugify(slug if "%" not in slug else "") or slugify(name)
    return (
        made[:longest].strip("-")
        or f"x{sum(ord(letter) * place for place, letter in enumerate(name, 1)):x}"[:longest]
    )
