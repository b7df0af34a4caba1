"""Merge: two topics are one. Whatever named the one names the other, and its address leads there for good.

Stories are not touched one by one: their rows change in a few statements, a revision is read with the other topic in its
place (``Story.with_content_json``), and the press finds by its own notes which pages to print again.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import ManyToManyRel, ManyToOneRel
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from redaksi.network import policy
from redaksi.stories.actions.terms import By, WrongStateError
from redaksi.stories.models import Alias, FormerAddress, MergedTopic, Topic
from redaksi.stories.models.former import keep_address

#: Rows that belong to a topic in a way of their own; every other relation is moved as it is.
_OWN = (Alias, FormerAddress, MergedTopic)


@transaction.atomic
def merge(topic: Topic, into: Topic, by: By) -> Topic:
    """Merge ``topic`` into another, which keeps its name, kind and address, and gets the other's names as further ones.

    Returns:
        The topic that is left.

    Raises:
        PermissionDenied: the user may not change both.
        WrongStateError: they are one already, or a story with the one could not have the other.
    """
    held = {
        one.pk: one
        for one in Topic.objects.select_for_update().filter(pk__in=[topic.pk, into.pk]).order_by("pk")
    }
    if len(held) < 2:  # noqa: PLR2004  # two topics
        raise WrongStateError(_("A topic can only be merged into another one."))
    topic, into = held[topic.pk], held[into.pk]
    if by is not None and not all(policy.may(by, "change", one) for one in (topic, into)):
        raise PermissionDenied(_("You may not do that with this topic."))
    if into.site_id not in (None, topic.site_id):
        raise WrongStateError(
            _("A topic can only be merged into one of its own site or of the whole network.")
        )
    for relation in Topic._meta.related_objects:  # noqa: SLF001  # Django's documented model API
        _move(relation, topic, into)
    _give_names(topic, into)
    FormerAddress.objects.filter(topic=topic).update(topic=into)
    MergedTopic.objects.filter(topic=topic).update(topic=into)
    number, site_id, slug = topic.pk, topic.site_id, topic.slug
    topic.delete()
    MergedTopic.objects.create(number=number, topic=into)
    keep_address(into, site_id, slug)
    into.save()
    log(into, "redaksi.merge", user=by, data={"merged": {"id": number, "name": topic.name}})
    return into


def _move(relation: models.ForeignObjectRel, topic: Topic, into: Topic) -> None:
    """Let the rows of another model that name the one name the other; one that would then stand twice goes."""
    if relation.related_model in _OWN:
        return
    if isinstance(relation, ManyToManyRel):
        field: Any = relation.field
        every, name, other = (
            field.remote_field.through.objects,
            field.m2m_reverse_field_name(),
            field.m2m_field_name(),
        )
        every.filter(**{name: topic, f"{other}__in": every.filter(**{name: into}).values(other)}).delete()
        every.filter(**{name: topic}).update(**{name: into})
    elif isinstance(relation, ManyToOneRel):
        model: Any = relation.related_model
        name = relation.field.name
        rows = model.objects.filter(**{name: topic})
        try:
            with transaction.atomic():
                rows.update(**{name: into})
        except IntegrityError:
            _move_one_by_one(rows, name, into)


def _move_one_by_one(rows: models.QuerySet[Any], name: str, into: Topic) -> None:
    for row in list(rows):
        try:
            with transaction.atomic():
                rows.filter(pk=row.pk).update(**{name: into})
        except IntegrityError:
            row.delete()


def _give_names(topic: Topic, into: Topic) -> None:
    """All names of the one are further names of the other."""
    had = {into.name, *into.aliases.values_list("name", flat=True)}
    names = [topic.name, *topic.aliases.order_by("id").values_list("name", flat=True)]
    for name in dict.fromkeys(names):
        if name not in had:
            Alias.objects.create(topic=into, name=name)
    if topic.summary and not into.summary:
        into.summary = topic.summary
