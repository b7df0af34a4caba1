"""The pages on which a site says something about itself, and the page of those who make it."""

from __future__ import annotations

from collections.abc import Sequence

from redaksi.press.typesetter import addresses, links
from redaksi.press.typesetter.engine import set_sheet
from redaksi.press.typesetter.sheet import Sheet
from redaksi.stories.copy import PageCopy, SiteCopy, TeamMember


def static_page(page: PageCopy, site: SiteCopy) -> tuple[str, Sheet]:
    """Address and sheet of a static page; one about how to reach the newsroom says what the site knows of itself."""
    address = addresses.static_page(site, page.slug)
    values = {"page": page, "url": links.absolute(site.origin, address), "told": links.plain(page.html)[:160]}
    return address, set_sheet("static_page.html", site, values)


def team_page(groups: Sequence[tuple[str, Sequence[TeamMember]]], site: SiteCopy) -> tuple[str, Sheet]:
    """Address and sheet of the editorial team: publisher and person responsible first, then everyone by role."""
    address = addresses.team(site)
    values = {"groups": groups, "url": links.absolute(site.origin, address)}
    return address, set_sheet("team.html", site, values)
