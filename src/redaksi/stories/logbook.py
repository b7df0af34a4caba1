"""The verbs that Wagtail's log doesn't know, with the words under which a story's history shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

ACTIONS = {
    "redaksi.submit": (_("Submit"), _("Handed to the editors")),
    "redaksi.hand_back": (_("Hand back"), _("Handed back to the writer")),
    "redaksi.correct": (_("Correct"), _("Note put under the story")),
    "redaksi.verify": (_("Being verified"), _("Readers are told what is still being verified")),
    "redaksi.settle": (_("Verified"), _("Nothing is being verified any more")),
    "redaksi.withdraw": (_("Withdraw"), _("Withdrawn")),
    "redaksi.restore": (_("Restore"), _("Published again")),
    "redaksi.pick": (_("Pick"), _("Picked by the editors")),
    "redaksi.unpick": (_("Unpick"), _("No longer picked by the editors")),
    "redaksi.merge": (_("Merge"), _("Another topic was merged into this one")),
    "redaksi.send": (_("Send"), _("Sent to another site")),
    "redaksi.take": (_("Take"), _("Taken by another site")),
    "redaksi.adjust": (_("Adjust"), _("Adjusted by a site that carries it")),
    "redaksi.let_go": (_("Let go"), _("Let go by a site that carried it")),
    "redaksi.call_back": (_("Call back"), _("Called back from another site")),
    "redaksi.set_aside": (_("Set aside"), _("Text set aside: someone else had saved meanwhile")),
}


def register(actions: Any) -> None:
    """Tell Wagtail's registry the verbs."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def listen() -> None:
    """Have Wagtail ask :func:`register` when it first needs the list."""
    hooks.register("register_log_actions", register)
