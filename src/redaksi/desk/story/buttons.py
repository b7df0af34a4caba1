"""The verbs as buttons at the foot of the form: those that make sense now, and that the user may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from redaksi.network import policy
from redaksi.stories.models import Story


@dataclass
class Buttons:
    """Drawn by Wagtail's form in place of its own action menu."""

    request: HttpRequest
    story: Story
    locked: bool = False
    saved_at: datetime | None = None
    media: Media = field(default_factory=Media)

    def context(self) -> dict[str, Any]:
        story, user = self.story, self.request.user
        editor = policy.may(user, "publish", story)
        out = story.withdrawn_at is not None or (story.expired and not story.live)
        zone = story.site.zone
        return {
            "locked": self.locked,
            "saved_at": self.saved_at.astimezone(zone) if self.saved_at else None,
            "story": story,
            "save": not self.locked,
            "submit": not story.live
            and not out
            and not editor
            and story.submitted_at is None
            and not self.locked,
            "publish": editor and not out and not self.locked,
            "publish_word": _("Publish the changes") if story.live else _("Publish"),
            "schedule": editor and not out and not story.live and not self.locked,
            "unschedule": editor and story.pk and story.go_live_at is not None,
            "hand_back": editor and story.pk and story.submitted_at is not None,
            "correct": editor and story.site_has_it,
            "verify": editor and story.pk and not out and story.verifying_since is None,
            "verified": editor and story.pk and story.verifying_since is not None,
            "pass_on": editor and story.site_has_it,
            "pick": editor and story.site_has_it and story.picked_at is None,
            "unpick": editor and story.pk and story.picked_at is not None,
            "withdraw": editor and story.site_has_it,
            "restore": editor and story.pk and out and story.published_at is not None,
            "soonest": timezone.now().astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
            "zone": timezone.now().astimezone(zone).tzname(),
        }

    def render_html(self) -> str:
        return render_to_string("desk/story/buttons.html", self.context(), request=self.request)
