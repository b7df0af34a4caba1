"""The first screen: work. What waits for me, what is mine, what is planned, what went out today, what needs mending.

Each panel is one query over an index with a limit, so the screen costs the same however many stories, sites and grants
there are; nothing is counted beyond what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from redaksi.desk import trouble
from redaksi.desk.exchange.rooms import invited
from redaksi.desk.story.state import UNSURE, State
from redaksi.network import policy
from redaksi.network.rights import rights_on
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.stories.models import Invitation, Offer, Placement, Story

SHOWN = 8
#: Numbers are told up to here ("20+").
MOST_COUNTED = 20
#: Of what went out, this much is looked through for what needs mending.
LOOKED_BACK = timedelta(days=7)
#: After this the press is late, and the desk says so.
LATE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it leads, what it says, and when."""

    headline: str
    url: str
    facts: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Panel:
    """A named list; ``kind`` is the style's word, ``more`` the address of the whole list."""

    name: str
    kind: str
    rows: list[Row]
    more: str
    empty: str
    extra: str = ""

    @property
    def number(self) -> str:
        return f"{MOST_COUNTED}+" if len(self.rows) > MOST_COUNTED else str(len(self.rows))

    @property
    def shown(self) -> list[Row]:
        return self.rows[:SHOWN]


class Work(Component):
    """The whole screen, as one of Wagtail's home components."""

    template_name = "desk/home.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        panels = [
            waiting(self.user),
            verifying(self.user),
            mending(self.user),
            planned(self.user),
            live_today(self.user),
            mine(self.user),
            from_network(self.user),
        ]
        return {
            "panels": [panel for panel in panels if panel is not None],
            "trouble": press_trouble(self.user),
            "name": self.user.first_name or self.user.get_username(),
            "may_write": policy.may_any(self.user, "add", "stories.story"),
            "may_flash": policy.may_any(self.user, "add", "stories.flash"),
        }


def construct(request: HttpRequest, panels: list[Any]) -> None:
    """Put the work in the place of all of Wagtail's panels."""
    panels[:] = [Work(request.user)]


def _rows(stories: QuerySet[Story], at: str) -> list[Row]:
    light = stories.select_related("site", "section", "owner").defer("body", "standfirst")
    return [_row(story, getattr(story, at)) for story in light[: MOST_COUNTED + 1]]


def _row(story: Story, at: datetime | None) -> Row:
    writer = story.owner.get_full_name() if story.owner else ""
    facts = " · ".join(filter(None, (story.site.name, story.section.name, writer)))
    return Row(
        story.headline or _("(without a headline)"), reverse("desk_story:edit", args=[story.pk]), facts, at
    )


def _within(user: Any, verb: policy.Verb) -> QuerySet[Story]:
    return policy.scope(user, Story.objects.all(), verb)


def waiting(user: Any) -> Panel | None:
    """What was handed in at the user's sites and sections, the longest waiting first; None for who doesn't publish."""
    if not policy.may_any(user, "publish", "stories.story"):
        return None
    found = _within(user, "publish").filter(submitted_at__isnull=False).order_by("submitted_at", "id")
    sections = _own_sections(user)
    if sections is not None:
        found = found.filter(sections)
    return Panel(
        _("Waiting for me"),
        "wait",
        _rows(found, "submitted_at"),
        _list("menunggu"),
        _("Nothing waits for you."),
    )


def _own_sections(user: Any) -> Q | None:
    """A filter for who publishes in some sections only; None where a grant covers whole sites."""
    roles = rights_on("stories.story").roles["publish"]
    held = [grant for grant in policy.grants_of(user) if grant.role in roles]
    if user.is_superuser or not any(grant.section_id for grant in held):
        return None
    whole = [grant.site_id for grant in held if grant.section_id is None]
    if None in whole:
        return None
    return Q(site_id__in=whole) | Q(section_id__in=[grant.section_id for grant in held if grant.section_id])


def verifying(user: Any) -> Panel | None:
    """What readers are told is still being verified, the longest so first; None where nothing is, and for who doesn't publish."""
    if not policy.may_any(user, "publish", "stories.story"):
        return None
    found = _within(user, "publish").filter(verifying_since__isnull=False).order_by("verifying_since", "id")
    sections = _own_sections(user)
    if sections is not None:
        found = found.filter(sections)
    rows = [replace(row, facts=f"{row.facts} · {_age(row.at)}") for row in _rows(found, "verifying_since")]
    if not rows:
        return None
    return Panel(
        _("Still being verified"),
        "unsure",
        rows,
        _state(UNSURE),
        _("Nothing is being verified."),
        _("Readers are told so until it is settled."),
    )


def _age(since: datetime | None) -> str:
    return _("for %(age)s") % {"age": timesince(since)} if since else ""


def _state(state: State) -> str:
    return f"{reverse('desk_story:list')}?lihat=semua&keadaan={state.code}"


def mine(user: Any) -> Panel:
    """The user's own drafts, newest first."""
    found = (
        _within(user, "see")
        .filter(owner=user, live=False, withdrawn_at__isnull=True)
        .order_by("-created_at", "-id")
    )
    return Panel(_("My drafts"), "draft", _rows(found, "created_at"), _list("saya"), _("You have no drafts."))


def planned(user: Any) -> Panel:
    """What is scheduled at the user's sites, the next first."""
    found = _within(user, "see").filter(go_live_at__isnull=False).order_by("go_live_at", "id")
    return Panel(
        _("Scheduled"), "sched", _rows(found, "go_live_at"), _list("terjadwal"), _("Nothing is scheduled.")
    )


def live_today(user: Any) -> Panel:
    """What went out since midnight, newest first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    found = (
        _within(user, "see").filter(live=True, published_at__gte=midnight).order_by("-published_at", "-id")
    )
    return Panel(
        _("Published today"),
        "live",
        _rows(found, "published_at"),
        _list("tayang"),
        _("Nothing was published yet today."),
    )


def mending(user: Any) -> Panel:
    """Published stories of the last week whose lead photo names nobody, or says nothing to who can't see it."""
    since = timezone.now() - LOOKED_BACK
    recent = _within(user, "change").filter(live=True, published_at__gte=since).exclude(lead_photo=None)
    nameless = Q(lead_photo__credit="", lead_photo__agency="") | Q(lead_photo__alt="")
    found = recent.filter(nameless).order_by("-published_at", "-id")
    return Panel(
        _("To be mended"),
        "bad",
        _rows(found, "published_at"),
        f"{reverse('desk_photos:index')}?lacks=credit",
        _("Nothing needs mending."),
        _("The lead photo has no credit or no alt text."),
    )


def from_network(user: Any) -> Panel | None:
    """What other desks offered or sent to the user's sites, and who took what these offered; None while there is nothing."""
    since = timezone.now() - LOOKED_BACK
    room = reverse("desk_exchange:room")
    sent = policy.scope(user, Placement.objects.filter(state=Placement.State.SENT, at__gte=since), "change")
    arrived = sent.select_related("story__site", "site").defer("story__body")[:SHOWN]
    made = policy.scope(user, Offer.objects.filter(at__gte=since)).values_list("pk", flat=True)
    claims = Invitation.objects.filter(offer__in=list(made[:MOST_COUNTED]), claimed_at__gte=since)
    rows = [
        Row(
            one.offer.title,
            reverse("desk_exchange:claim", args=[one.pk]),
            f"{one.offer.site} → {one.site}",
            one.at,
        )
        for one in invited(user)
        if one.may_claim  # type: ignore[attr-defined]  # as the room says it
    ]
    rows += [Row(one.story.headline, room, f"{one.story.site} → {one.site}", one.at) for one in arrived]
    rows += [
        Row(one.offer.title, room, _("Taken by %(site)s") % {"site": one.site}, one.claimed_at)
        for one in claims.select_related("offer", "site")[:SHOWN]
    ]
    if not rows:
        return None
    return Panel(_("From the network"), "net", rows, room, "")


def press_trouble(user: Any) -> list[str]:
    """Sentences about a press that is late or stuck; details only for who looks after the network."""
    sentences = []
    if trouble.nearly_full(settings.REDAKSI_HOME):
        sentences.append(
            _(
                "The server's disk is nearly full: soon nothing more can be saved. Tell whoever looks after it."
            )
        )
    age = box.age()
    if age > LATE:
        minutes = max(1, int(age.total_seconds() // 60))
        sentences.append(
            ngettext(
                "The press is late: what was published a minute ago can't be read yet.",
                "The press is late: what was published %(minutes)d minutes ago can't be read yet.",
                minutes,
            )
            % {"minutes": minutes}
        )
    if policy.may_any(user, "change", "network.group"):
        stuck = Entry.objects.exclude(trouble="").order_by("id")[:5]
        sentences.extend(f"{entry.kind} {entry.object_id}: {entry.trouble[:200]}" for entry in stuck)
    return sentences


def _list(view: str) -> str:
    return f"{reverse('desk_story:list')}?lihat={view}"
