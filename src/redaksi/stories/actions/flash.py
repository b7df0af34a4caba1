"""Flash: one line of breaking news over the pages of some sites or of all; filed, changed, ended, and ended by the clock.

A flash is ended, not deleted: the record keeps what stood over the pages, and until when.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redaksi.network import policy
from redaksi.outbox import box
from redaksi.stories.actions.terms import By, WrongStateError
from redaksi.stories.models import Flash, Story

#: A line that stands longer is no longer breaking news.
LONGEST = timedelta(days=2)
KIND = "stories.flash"


@dataclass(frozen=True, slots=True)
class Line:
    """What a flash is to say.

    Attributes:
        text: one sentence.
        ends_at: when it goes by itself.
        sites: keys of the sites where it stands; None for the whole network.
        story: where it leads, or
        url: an https address; neither where there is nothing to read yet.
    """

    text: str
    ends_at: datetime
    sites: frozenset[int] | None
    story: Story | None = None
    url: str = ""


@transaction.atomic
def file(line: Line, by: By) -> Flash:
    """Put a flash over the pages of its sites.

    Raises:
        PermissionDenied: ``by`` may not do that at each of the sites, or may not see the story.
        WrongStateError: there is no text, no site, the end has passed or is too far off, or the link is none.
    """
    now = timezone.now()
    _check(line, by, "add", now)
    flash = Flash.objects.create(begun_at=now, author=by, **_facts(line))
    flash.sites.set(line.sites or ())
    box.put("flash", flash.pk)
    return flash


@transaction.atomic
def change(flash: Flash, line: Line, by: By) -> None:
    """Let a running flash say something else, stand elsewhere or end at another time.

    Raises:
        PermissionDenied: ``by`` may not do that at each of the sites where it stands and is to stand.
        WrongStateError: it has ended, or as for :func:`file`.
    """
    _require(by, "change", flash)
    row = _running_row(flash)
    _check(line, by, "change", row.begun_at)
    Flash.objects.filter(pk=row.pk).update(**_facts(line))
    row.sites.set(line.sites or ())
    box.put("flash", row.pk)


@transaction.atomic
def end(flash: Flash, by: By) -> None:
    """Take a flash away now.

    Raises:
        PermissionDenied: ``by`` may not do that at each of its sites.
        WrongStateError: it has ended already.
    """
    _require(by, "change", flash)
    row = _running_row(flash)
    Flash.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    box.put("flash", row.pk)


def end_what_is_over() -> int:
    """End the flashes whose time has come.

    Returns:
        How many. The cost is one index look-up when there is none.
    """
    now = timezone.now()
    due = Flash.objects.filter(ended_at__isnull=True, ends_at__lte=now)
    over = list(due.values_list("pk", flat=True)[:500])
    if over:
        with transaction.atomic():
            due.filter(pk__in=over).update(ended_at=now)
            box.put_many("flash", over)
    return len(over)


def _facts(line: Line) -> dict[str, object]:
    return {
        "text": " ".join(line.text.split()),
        "story": line.story,
        "url": "" if line.story else line.url,
        "everywhere": line.sites is None,
        "ends_at": line.ends_at,
    }


def _require(by: By, verb: policy.Verb, flash: Flash) -> None:
    if by is not None and not policy.may(by, verb, flash):
        raise PermissionDenied(_("You may not do that at all of its sites."))


def _running_row(flash: Flash) -> Flash:
    row = Flash.objects.select_for_update(of=("self",)).get(pk=flash.pk)
    if row.ended_at is not None:
        raise WrongStateError(_("The flash has ended already."))
    return row


def _check(line: Line, by: By, verb: policy.Verb, begun: datetime) -> None:
    _check_rights(line, by, verb)
    if not line.text.strip():
        raise WrongStateError(_("Say in one sentence what happened."))
    if line.sites is not None and not line.sites:
        raise WrongStateError(_("Choose at least one site."))
    if line.ends_at <= timezone.now():
        raise WrongStateError(_("The end has passed already."))
    if line.ends_at > begun + LONGEST:
        raise WrongStateError(_("A flash stands for two days at most."))
    if line.url and urlsplit(line.url).scheme != "https":
        raise WrongStateError(_("The address must begin with https://."))


def _check_rights(line: Line, by: By, verb: policy.Verb) -> None:
    if by is None:
        return
    sites: Collection[int] | None = line.sites
    if not policy.may_at(by, verb, KIND, sites):
        raise PermissionDenied(_("You may not do that at all of its sites."))
    if line.story is not None and not (line.story.site_has_it or policy.may(by, "choose", line.story)):
        raise PermissionDenied(_("You may not do that with this story."))
