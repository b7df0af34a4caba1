"""Changes that no verb makes: when a topic, a name, a photo, a section or a site is saved, the pages that show it are due.

Each of these is one row in the outbox, written in the transaction that saves the thing. Stories don't come through here:
their verbs put the row themselves.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from redaksi.network.models import Group, Host, Section, Site
from redaksi.outbox import box
from redaksi.photos.models import Photo
from redaksi.stories import search
from redaksi.stories.models import Alias, Contributor, Placement, Story, Topic
from redaksi.stories.models.former import give_up_address, keep_address

_KINDS: dict[type[Model], str] = {
    Topic: "topic",
    Contributor: "contributor",
    Photo: "photo",
    Section: "section",
    Site: "site",
    Group: "group",
}


def listen() -> None:
    """Connect the signals. Called once, when the app is ready."""
    for model in _KINDS:
        post_save.connect(_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-saved")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-deleted")
    for model in (Host, Section, Alias):
        post_save.connect(_part_changed, sender=model, dispatch_uid=f"outbox-part-{model.__name__}-saved")
        post_delete.connect(_part_changed, sender=model, dispatch_uid=f"outbox-part-{model.__name__}-deleted")
    post_delete.connect(_placement_deleted, sender=Placement, dispatch_uid="outbox-placement-deleted")
    pre_delete.connect(_story_goes, sender=Story, dispatch_uid="outbox-story-goes")
    pre_save.connect(_topic_moves, sender=Topic, dispatch_uid="topic-moves")
    post_delete.connect(_story_deleted, sender=Story, dispatch_uid="outbox-story-deleted")


def _changed(sender: type[Model], instance: Model, *, raw: bool = False, **_: Any) -> None:
    if not raw:
        box.put(_KINDS[sender], instance.pk)


def _part_changed(sender: type[Model], instance: Any, *, raw: bool = False, **_: Any) -> None:
    """A host or a section is part of its site, an alias of its topic."""
    if not raw:
        kind, owner = ("topic", instance.topic_id) if sender is Alias else ("site", instance.site_id)
        box.put(kind, owner)


def _placement_deleted(instance: Placement, **_: Any) -> None:
    """No verb deletes one; it goes with its site."""
    box.put("story", instance.story_id)


def _story_goes(instance: Story, **_: Any) -> None:
    """A flash that leads to it loses its link."""
    box.put_many("flash", list(instance.flashes.filter(ended_at__isnull=True).values_list("pk", flat=True)))


def _topic_moves(instance: Topic, *, raw: bool = False, **_: Any) -> None:
    """The address that a topic leaves leads to its new one; one that it takes leads to no other any more."""
    if raw:
        return
    before = Topic.objects.filter(pk=instance.pk).values_list("site_id", "slug").first()
    if before == (instance.site_id, instance.slug):
        return
    for owner in give_up_address(instance):
        box.put("topic", owner)
    if before is not None and before[1] != instance.slug:
        keep_address(instance, *before)


def _story_deleted(instance: Story, **_: Any) -> None:
    search.forget(instance.pk)
    box.put("story", instance.pk)
