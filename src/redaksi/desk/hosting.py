"""The hosts of a site as its form takes them: one a line, ``jatim.example.id`` or, by path, ``example.id/jateng``."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from redaksi.network.models import RESERVED_WORDS, Host, Section, Site, base_validator, host_validator

MOST_HOSTS = 20
#: A host's name and the path at it; empty at its root.
Place = tuple[str, str]


def read(text: str) -> list[Place]:
    """The places that a text names, each once.

    Raises:
        ValidationError: a line is no host, or there are too many.
    """
    lines = [line.strip().lower() for line in text.splitlines() if line.strip()]
    places: list[Place] = []
    for line in dict.fromkeys(lines):
        name, _slash, word = line.rstrip("/").partition("/")
        host_validator(name)
        base_validator(f"/{word}" if word else "")
        places.append((name, f"/{word}" if word else ""))
    if len(places) > MOST_HOSTS:
        raise ValidationError(_("At most %(most)d host names.") % {"most": MOST_HOSTS})
    return places


def refuse_collisions(places: Iterable[Place], site_id: int | None) -> None:
    """Raise where another site answers already, or one's pages would hide the other's.

    Raises:
        ValidationError: a place is another site's; a path is a section or a word of the site at the host's root; or the other
            way round.
    """
    others = Host.objects.exclude(site_id=site_id or 0)
    for name, path in places:
        if others.filter(name=name, path=path).exists():
            raise ValidationError(_("“%(host)s” belongs to another site.") % {"host": name + path})
        word = path.removeprefix("/")
        if word in RESERVED_WORDS:
            raise ValidationError(_("“%(slug)s” is taken by a page of the site itself.") % {"slug": word})
        found = Section.objects.filter(_hidden(name, word, site_id)).values_list("slug", flat=True).first()
        if found:
            raise ValidationError(
                _("“%(host)s” is a section of the site at that host.") % {"host": f"{name}/{found}"}
            )


def _hidden(name: str, word: str, site_id: int | None) -> Q:
    """The sections that nobody would reach: those of the site at the root called like a path, or like the paths of others."""
    if word:
        return Q(site__hosts__name=name, site__hosts__path="", slug=word)
    below = Host.objects.filter(name=name).exclude(site_id=site_id or 0).exclude(path="")
    return Q(
        site_id=site_id, slug__in=[path.removeprefix("/") for path in below.values_list("path", flat=True)]
    )


def settle(site: Site, places: list[Place]) -> None:
    """Let the site answer at these places only; the first is the main one."""
    for host in site.hosts.all():
        if (host.name, host.path) not in places:
            host.delete()
    site.hosts.filter(main=True).update(main=False)
    for number, (name, path) in enumerate(places):
        Host.objects.update_or_create(site=site, name=name, path=path, defaults={"main": number == 0})
