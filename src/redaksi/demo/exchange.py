"""What passes between the demo's sites: stories that one carries for another, a plan on offer, a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redaksi.network.models import Section, Site
from redaksi.stories.actions.offer import Plan, offer_plan
from redaksi.stories.actions.place import Words, take
from redaksi.stories.models import CarryRule, Story, Topic


def make(
    network: Mapping[str, Any],
    sites: Mapping[str, Site],
    sections: Mapping[tuple[str, str], Section],
    stories: Mapping[tuple[str, str], Story],
    topics: Mapping[str, Topic],
) -> None:
    """Make it, from the file's tables and what was made before. Rules come last: they apply from then on."""
    for row in network["carried"]:
        home, _, slug = row["story"].partition("/")
        take(stories[home, slug], sections[row["site"], row["section"]], None, Words(row.get("headline", "")))
    for row in network["plans"]:
        site = sites[row["site"]]
        plan = Plan(row["title"], row["text"], row["due"].replace(tzinfo=site.zone))
        offer_plan(site, plan, [sites[slug] for slug in row["to"]], None)
    for row in network["carry_rules"]:
        CarryRule.objects.create(
            topic=topics[row["topic"]],
            home=sites[row["home"]],
            site=sites[row["site"]],
            section=sections[row["site"], row["section"]],
        )
