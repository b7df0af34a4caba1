"""The record's models, one module a thing; Django finds them all here."""

from __future__ import annotations

from redaksi.stories.models.address import Address
from redaksi.stories.models.contributor import Contributor
from redaksi.stories.models.correction import Correction
from redaksi.stories.models.flash import Flash
from redaksi.stories.models.former import FormerAddress, MergedTopic
from redaksi.stories.models.front import Front
from redaksi.stories.models.note import Note
from redaksi.stories.models.offer import Invitation, Offer
from redaksi.stories.models.placement import CarryRule, Placement
from redaksi.stories.models.static_page import StaticPage
from redaksi.stories.models.story import FACTS, Byline, Story
from redaksi.stories.models.topic import Alias, Topic

__all__ = [
    "FACTS", "Address", "Alias", "Byline", "CarryRule", "Contributor", "Correction", "Flash", "FormerAddress", "Front", "Invitation",
    "MergedTopic", "Note", "Offer", "Placement", "StaticPage", "Story", "Topic",
]  # fmt: skip
