"""The ground on which a corpus stands: group, sites, sections, staff with their grants, contributors, topics and a few real pictures.

Keys are known beforehand: each thing's is its number and one, since the record is empty. A topic's number tells whose it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.text import slugify
from PIL import Image

from redaksi.demo.synth.plan import Plan
from redaksi.demo.synth.vocabulary import invented
from redaksi.network.models import Grant, Group, Host, Section, Site
from redaksi.stories.models import Contributor, Topic

PHOTOS = Path(__file__).resolve().parent.parent / "photos"
FILES = (
    "antrean", "bakau", "balai-warga", "feri", "jembatan", "kopi", "layang-layang", "pilar", "sawah", "stadion", "hujan-malam", "lembah",
)  # fmt: skip
#: The editor of a region, which is so many of the first sites: whoever measures the desk signs in as them.
EDITOR, REGION = "editor.wilayah", 10
_SECTIONS = {
    "id": ("Nasional", "Daerah", "Ekonomi", "Olahraga", "Budaya", "Lingkungan"),
    "en": ("National", "Regions", "Business", "Sport", "Culture", "Environment"),
}
_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_KINDS = ("person", "organisation", "place", "event", "subject")
_FORMS = {
    "person": "{a} {b}", "organisation": "Dinas Pelabuhan {a}", "place": "Kabupaten {a}", "event": "Banjir {a} {b}", "subject": "Jalur {a} {b}",
}  # fmt: skip
#: The share of topics that are the whole network's, and how many accounts and names there are beside a few of each site.
_SHARED, _PEOPLE, _PEOPLE_A_SITE = 0.05, 300, 3
#: What Django keeps for an account that has none: nothing is like it.
_NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX
_JOINED = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Picture:
    """A real file of the corpus: where it stands below the originals, its size in pixels and bytes, its digest."""

    file: str
    width: int
    height: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Corner:
    """One site of the corpus with what its stories choose from. ``weights`` are the topics', summed up as they go."""

    site: Site
    sections: list[Section]
    topics: list[Topic]
    weights: list[float]
    people: list[Contributor]


class Ground:
    """The whole of it, worked out without the database: in every process the same."""

    def __init__(self, plan: Plan) -> None:
        spec = plan.spec
        chance = Random(f"{spec.seed}:ground")  # noqa: S311  # the same each time, no secret
        names = invented(chance, 2 * spec.topics + 3 * spec.sites + 4 * _PEOPLE + 3000)
        self.group = Group(pk=1, name="Grup Warta Nusaraya", since=2009)
        self.sites = [self._site(number, next(names)) for number in range(spec.sites)]
        self.hosts = [
            Host(pk=site.pk, site=site, name=f"{site.slug}.localhost", main=True) for site in self.sites
        ]
        self.sections = list(self._sections())
        self.topics = list(self._topics(plan, names))
        self.people = list(self._people(plan, names))
        self.corners = [self._corner(site) for site in self.sites]

    def _site(self, number: int, name: str) -> Site:
        language = "en" if number % 5 == 2 else "id"  # noqa: PLR2004  # one in five
        site = Site(
            pk=number + 1, group=self.group, slug=f"situs-{number}", name=f"Kabar {name}", order=number, language=language,
            time_zone=_ZONES[number % len(_ZONES)], publisher="PT Warta Nusaraya", address="Jalan Dermaga 1, Nusaraya",
            person_responsible="Sita Maharani", email="redaksi@example.id",
        )  # fmt: skip
        site._prefetched_objects_cache = {"hosts": []}  # type: ignore[attr-defined]  # nobody is to ask the database  # noqa: SLF001
        return site

    def _sections(self) -> Iterator[Section]:
        key = 0
        for site in self.sites:
            for order, name in enumerate(_SECTIONS[site.language]):
                key += 1
                yield Section(pk=key, site=site, name=name, slug=slugify(name), order=order)

    def _topics(self, plan: Plan, names: Iterator[str]) -> Iterator[Topic]:
        """The first is the great one and, as each of the next few, the whole network's; the others are the sites' by their shares."""
        shared = max(1, int(plan.spec.topics * _SHARED))
        bounds = list(accumulate(plan.shares))
        for number in range(plan.spec.topics):
            site = None
            if number >= shared:
                place = (number - shared + 0.5) / (plan.spec.topics - shared)
                owner = next((at for at, bound in enumerate(bounds) if place <= bound), len(bounds) - 1)
                site = self.sites[owner]
            kind = "event" if number == 0 else _KINDS[number % len(_KINDS)]
            name = _FORMS[kind].format(a=next(names), b=next(names))
            yield Topic(pk=number + 1, site=site, name=name, slug=slugify(name), kind=kind)

    def _people(self, plan: Plan, names: Iterator[str]) -> Iterator[Contributor]:
        key = 0
        for site, share in zip(self.sites, plan.shares, strict=True):
            for _ in range(_PEOPLE_A_SITE + round(share * _PEOPLE)):
                key += 1
                name = f"{next(names)} {next(names)}"
                yield Contributor(pk=key, site=site, name=name, slug=slugify(name), user_id=key + 1)

    def _corner(self, site: Site) -> Corner:
        topics = [topic for topic in self.topics if topic.site_id == site.pk]
        topics += [topic for topic in self.topics[1:] if topic.site_id is None]
        topics = topics or self.topics
        return Corner(
            site=site,
            sections=[section for section in self.sections if section.site_id == site.pk],
            topics=topics,
            weights=list(accumulate(1 / (rank + 3) for rank in range(len(topics)))),
            people=[person for person in self.people if person.site_id == site.pk],
        )

    def lay(self) -> None:
        """Write it all, in the open transaction of an empty record."""
        users = get_user_model()
        self.group.save(force_insert=True)
        for thing in (*self.sites, *self.hosts, *self.sections):
            thing.save(force_insert=True)
        Topic.objects.bulk_create(self.topics, batch_size=1000)
        accounts = [_account(users, 1, EDITOR, "Edi Wilayah")]
        accounts += [_account(users, one.pk + 1, f"staf-{one.pk}", one.name) for one in self.people]
        users.objects.bulk_create(accounts, batch_size=1000)
        Contributor.objects.bulk_create(self.people, batch_size=1000)
        Grant.objects.bulk_create(self._grants(), batch_size=1000)

    def _grants(self) -> Iterator[Grant]:
        """The regional editor's sites, and for everybody their own and one more: reporters, one in seven an editor."""
        for site in self.sites[:REGION]:
            yield Grant(user_id=1, role=Grant.Role.EDITOR, site=site)
        for person in self.people:
            role = Grant.Role.EDITOR if person.pk % 7 == 0 else Grant.Role.REPORTER
            another = self.sites[person.pk * 13 % len(self.sites)].pk
            for at in dict.fromkeys([person.site_id, another]):
                yield Grant(user_id=person.pk + 1, role=role, site_id=at)


def _account(users: Any, key: int, username: str, name: str) -> Any:
    """An account that nobody signs in with: it has no password."""
    first, _, last = name.partition(" ")
    return users(
        pk=key,
        username=username,
        first_name=first,
        last_name=last,
        password=_NO_PASSWORD,
        date_joined=_JOINED,
    )


def pictures() -> list[Picture]:
    """Put the few real files below the originals, under names that stay; what is there is left alone."""
    found = []
    for name in FILES:
        data = (PHOTOS / f"{name}.jpg").read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:20]
        file = f"originals/{digest[:2]}/{digest}.jpg"
        place = Path(settings.MEDIA_ROOT) / file
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(".part")
            part.write_bytes(data)
            part.replace(place)
        with Image.open(place) as image:
            found.append(Picture(file, *image.size, len(data), digest))
    return found
