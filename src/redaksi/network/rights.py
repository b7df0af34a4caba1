"""What roles may do with each kind of thing: declared by the part that owns the kind, read by the policy alone.

A part declares its kinds when Django starts (its ``apps.py``), so this part need not know those above it. A kind that nobody
declared is closed to everyone but a superuser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from redaksi.network.models import Grant

Verb = Literal["see", "choose", "add", "change", "publish", "delete", "manage"]

STAFF = frozenset(Grant.Role.values)
DESK = frozenset({"editor", "site_manager", "network_manager"})
PICTURES = DESK | {"photo_editor"}
MANAGERS = frozenset({"site_manager", "network_manager"})
NETWORK = frozenset({"network_manager"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights on one kind of thing.

    Args:
        roles: for each verb, the roles that may do it to any thing of a site where they are held.
        own: what an owner may do to a thing of their own while it isn't published (a reporter's draft).
        shared: things without a site are there for the staff of every site to see and choose.
        published: what readers have already may be seen by everyone who works on its site.
        spread: a thing stands at several sites (``sites``) or at every one (``everywhere``). It is seen by who sees it at one
            of them, and changed by who may do that at each.
    """

    roles: Mapping[Verb, frozenset[str]]
    own: frozenset[Verb] = frozenset()
    shared: bool = False
    published: bool = False
    spread: bool = False


CLOSED = Rights({})
#: A model's label in lower case, as Django writes it, and the rights on its things.
KINDS: dict[str, Rights] = {}


def declare(kinds: Mapping[str, Rights]) -> None:
    """Make kinds of things known, by the labels of their models."""
    KINDS.update(kinds)


def rights_on(kind: str) -> Rights:
    """The rights on a kind; none at all on one that nobody declared."""
    return KINDS.get(kind, CLOSED)


def declare_own() -> None:
    """The network's own kinds."""
    declare(
        {
            "network.site": Rights(
                {"see": STAFF, "choose": STAFF, "change": MANAGERS, "add": NETWORK, "manage": MANAGERS}
            ),
            "network.section": Rights(
                {"see": STAFF, "choose": STAFF, "add": MANAGERS, "change": MANAGERS, "delete": MANAGERS}
            ),
            "network.host": Rights({"see": MANAGERS, "add": NETWORK, "change": NETWORK, "delete": NETWORK}),
            "network.grant": Rights(
                {"see": MANAGERS, "add": MANAGERS, "change": MANAGERS, "delete": MANAGERS}
            ),
            "network.group": Rights({"see": NETWORK, "change": NETWORK}),
        }
    )
