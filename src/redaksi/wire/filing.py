"""Where foreign entries are filed: categories as sections, tags as topics, authors as contributors.

What the site has already, by address word or by name, is taken; the rest is made, sections hidden from the menu.
"""

from __future__ import annotations

from django.utils.text import slugify

from redaksi.network.models import RESERVED_WORDS, Section, Site
from redaksi.stories.models import Contributor, Topic
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


class Filing:
    """Finds or makes sections, topics and contributors of one site, each once. Everything runs in the batch's transaction."""

    def __init__(self, site: Site, catalogue: Catalogue, tally: Tally) -> None:
        self.site = site
        self._catalogue = catalogue
        self._tally = tally
        self._by_number = {each.id: each.slug for each in catalogue.categories.values() if each.id}
        self._sections: dict[str, Section] = {}
        self._topics: dict[str, Topic] = {}
        self._people: dict[str, Contributor] = {}

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

    def topics(self, item: Item) -> list[Topic]:
        """Its tags, then the categories that are not its section; in order, each once."""
        main = self._main_category(item)
        others = [term for term in item.categories if term != main and term.slug not in _NOWHERE]
        found = {}
        for term in (*item.tags, *others):
            topic = self._topic(term)
            found[topic.pk] = topic
        return list(found.values())

    def writers(self, item: Item) -> list[Contributor]:
        """Who is named: the co-authors in their order, else the account that wrote it; empty if nobody is known."""
        names = [self._name_of(term) for term in item.co_authors]
        if not names and item.creator:
            author = self._catalogue.authors.get(item.creator)
            # A login is often an e-mail address, which is nobody's name and not to be printed.
            names = [(author.name if author else item.creator).split("@")[0]]
        people = {}
        for name in names:
            person = self._person(plain(name))
            people[person.pk] = person
        return list(people.values())

    def own_words(self) -> frozenset[str]:
        """First words of addresses that the site uses itself."""
        used = Section.objects.filter(site=self.site).values_list("slug", flat=True)
        return RESERVED_WORDS | frozenset(used) | {""}

    def _main_category(self, item: Item) -> Term | None:
        real = [term for term in item.categories if term.slug not in _NOWHERE]
        primary = self._by_number.get(item.primary_category_id)
        return next((term for term in real if term.slug == primary), real[0] if real else None)

    def _section(self, name: str, slug: str) -> Section:
        if slug not in self._sections:
            word = _word(slug, name, 60)
            if word in RESERVED_WORDS:
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

    def _topic(self, term: Term) -> Topic:
        if term.slug not in self._topics:
            tag = self._catalogue.tags.get(term.slug) or self._catalogue.categories.get(term.slug)
            name = (plain(tag.name if tag else term.name) or term.slug)[:160]
            word = _word(term.slug, name, 160)
            for own in (Topic.objects.filter(site=self.site), Topic.objects.filter(site=None)):
                topic = own.filter(slug=word).first() or own.filter(name__iexact=name).first()
                if topic:
                    break
            else:
                summary = plain(tag.description) if tag else ""
                topic = Topic.objects.create(
                    site=self.site, name=name, slug=word, kind=Topic.Kind.SUBJECT, summary=summary
                )
                self._tally.topics += 1
            self._topics[term.slug] = topic
        return self._topics[term.slug]

    def _name_of(self, term: Term) -> str:
        """A co-author's name. Co-Authors Plus writes the login in the place of the name, with `cap-` before its slug."""
        author = self._catalogue.authors.get(term.slug.removeprefix("cap-")) or self._catalogue.authors.get(
            term.name
        )
        return author.name if author else term.name.split("@")[0]

    def _person(self, name: str) -> Contributor:
        name = (name or "?")[:120]
        if name not in self._people:
            word = _word(name, name, 120)
            for own in (Contributor.objects.filter(site=self.site), Contributor.objects.filter(site=None)):
                person = own.filter(name__iexact=name).first() or own.filter(slug=word).first()
                if person:
                    break
            else:
                bio = next(
                    (author.bio for author in self._catalogue.authors.values() if author.name == name), ""
                )
                person = Contributor.objects.create(site=self.site, name=name, slug=word, bio=plain(bio))
                self._tally.contributors += 1
            self._people[name] = person
        return self._people[name]


def _word(slug: str, name: str, longest: int) -> str:
    """A word for an address: the old one where it is plain, else one made of the name, else a mark of its letters."""
    made = slugify(slug if "%" not in slug else "") or slugify(name)
    return (
        made[:longest].strip("-")
        or f"x{sum(ord(letter) * place for place, letter in enumerate(name, 1)):x}"[:longest]
    )
