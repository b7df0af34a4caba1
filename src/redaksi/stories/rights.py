"""What roles may do with stories, topics and contributors (see :mod:`redaksi.network.policy` for what the roles are)."""

from __future__ import annotations

from redaksi.network.rights import DESK, MANAGERS, NOBODY, STAFF, Rights, declare


def declare_own() -> None:
    """The record's kinds. Nobody deletes a story: it is withdrawn, with a reason in public."""
    named: Rights = Rights(
        {"see": STAFF, "choose": STAFF, "add": DESK, "change": DESK, "delete": MANAGERS}, shared=True
    )
    story = Rights(
        {
            "see": DESK | {"photo_editor"},
            "choose": STAFF,
            "add": STAFF - {"photo_editor"},
            "change": DESK,
            "publish": DESK,
            "delete": NOBODY,
            "manage": DESK,
        },
        own=frozenset({"see", "change"}),
        published=True,
    )
    # Not in parts: who works for one section only sees the front and does not arrange it.
    front = Rights({"see": DESK, "publish": DESK})
    flash = Rights({"see": STAFF, "add": DESK, "change": DESK}, spread=True)
    page = Rights({"see": MANAGERS, "add": MANAGERS, "change": MANAGERS, "delete": MANAGERS})
    declare(
        {
            "stories.story": story,
            "stories.topic": named,
            "stories.contributor": named,
            "stories.front": front,
            "stories.flash": flash,
            "stories.staticpage": page,
        }
    )
    _declare_network()


def _declare_network() -> None:
    """What passes between sites. Each thing belongs to the site in its column: a placement, an invitation and a rule to the
    site that receives, an offer to the one that makes it.
    """
    declare(
        {
            "stories.placement": Rights({"see": STAFF, "choose": STAFF, "change": DESK}),
            "stories.invitation": Rights({"see": STAFF, "choose": STAFF, "change": DESK}),
            "stories.offer": Rights({"see": STAFF, "choose": STAFF, "add": DESK, "change": DESK}),
            "stories.carryrule": Rights(
                {"see": DESK, "choose": DESK, "add": MANAGERS, "change": MANAGERS, "delete": MANAGERS}
            ),
        }
    )
