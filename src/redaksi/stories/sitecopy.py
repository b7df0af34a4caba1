"""Sites as copy: what their standing parts print of themselves and of each other.

What they say of each other is one tuple that all copies share, so a network of 200 sites costs each of them nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from redaksi.network.models import Group, Section, Site
from redaksi.stories import copy


@dataclass(frozen=True, slots=True)
class Network:
    """What sites print of each other, read once for all of them: ``every`` site in order."""

    group: Group
    every: tuple[copy.NetworkSite, ...]


def network_of(group: Group) -> Network:
    """The sites of a group, in their order. Two queries."""
    sites = Site.objects.filter(group=group).prefetch_related("hosts")
    every = (
        copy.NetworkSite(
            one.name, one.tagline, one.language, one.origin, one.colour, one.colour_dark, one.pk, one.base
        )
        for one in sites
    )
    return Network(group, tuple(every))


def site_copy(site: Site, network: Network | None = None) -> copy.SiteCopy:
    """A site with its sections and the network, as its standing parts print them.

    Args:
        site: a row of the record.
        network: its group's, where it was read already. A site's copy then takes two queries, however many sites there are.
    """
    network = network or network_of(site.group)
    group, base = network.group, site.base
    return copy.SiteCopy(
        id=site.pk,
        slug=site.slug,
        name=site.name,
        tagline=site.tagline,
        language=site.language,
        time_zone=site.time_zone,
        origin=site.origin,
        look=site.look,
        colour=site.colour,
        colour_dark=site.colour_dark,
        tokens=dict(site.tokens),
        sections=tuple(section_copy(section, base) for section in site.sections.all()),
        accounts=tuple(copy.SocialAccount(row["name"], row["url"]) for row in site.accounts),
        publisher=site.publisher,
        address=site.address,
        person_responsible=site.person_responsible,
        email=site.email,
        group_name=group.name,
        group_since=group.since,
        network=network.every,
        crawlers=site.crawlers,
        ads_txt=site.ads_txt,
        llms_txt=site.llms_txt,
        security_contact=site.security_contact,
        mentions=cast("copy.MentionRule", site.mentions),
        base=base,
    )


def section_copy(section: Section, base: str = "") -> copy.SectionCopy:
    """A section; ``base`` is what every address of its site begins with."""
    return copy.SectionCopy(section.pk, section.name, section.slug, section.in_menu, base)
