"""Changes that no verb makes: when a topic, a name, a photo, a section or a site is saved, the pages that show it are due.

Each of these is one row in the outbox, written in the transaction that saves the thing. Stories don't come through here:
their verbs put the row themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from redaksi.network.models import Grant, Group, Host, Section, Site
from redaksi.outbox import box
from redaksi.photos.models import Photo
from redaksi.stories import first_pages, search
from redaksi.stories.models import Alias, Contributor, Placement, StaticPage, Story, Topic
from redaksi.stories.models.former import give_up_address, keep_address

_KINDS: dict[type[Model], str] = {
    Topic: "topic",
    Contributor: "contributor",
    Photo: "photo",
    Section: "section",
    Site: "site",
    Group: "group",
}
#: Of an account, what the page of the editorial team shows.
_PRINTED_OF_PEOPLE = frozenset({"first_name", "last_name", "username", "is_active"})


def listen() -> None:
    """Connect the signals. Called once, when the app is ready."""
    for model in _KINDS:
        post_save.connect(_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-saved")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-deleted")
    for model in (Host, Section, Alias):
        post_save.connect(_part_changed, sender=model, dispatch_uid=f"outbox-part-{model.__name__}-saved")
        post_delete.connect(_part_changed, sender=model, dispatch_uid=f"outbox-part-{model.__name__}-deleted")
    post_delete.connect(_placement_deleted, sender=Placement, dispatch_uid="outbox-placement-deleted")
    for model in (StaticPage, Grant):
        post_save.connect(_imprint_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-saved")
        post_delete.connect(_imprint_changed, sender=model, dispatch_uid=f"outbox-{model.__name__}-deleted")
    pre_save.connect(_byline_moves, sender=Contributor, dispatch_uid="outbox-byline-moves")
    post_save.connect(_person_changed, sender=User, dispatch_uid="outbox-person-saved")
    post_save.connect(_site_made, sender=Site, dispatch_uid="site-made")
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


def _imprint_changed(instance: StaticPage | Grant, *, raw: bool = False, **_: Any) -> None:
    """A page about the site, or who works there: a grant in the whole network is every site's."""
    if not raw:
        sites = Site.objects.values_list("pk", flat=True) if instance.site_id is None else [instance.site_id]
        box.put_many("imprint", list(sites))


def _person_changed(
    instance: User, *, raw: bool = False, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    """A name on the page of the editorial team, wherever it stands; signing in changes nothing of that."""
    if raw or (update_fields is not None and not _PRINTED_OF_PEOPLE.intersection(update_fields)):
        return
    for grant in instance.grants.filter(listed=True):
        _imprint_changed(grant)


def _byline_moves(instance: Contributor, *, raw: bool = False, **_: Any) -> None:
    """Whose byline it is: the page of the editorial team leads to its stories."""
    if raw:
        return
    before = Contributor.objects.filter(pk=instance.pk).values_list("user", flat=True).first()
    if before != instance.user_id:
        for grant in Grant.objects.filter(user__in=[before, instance.user_id], listed=True):
            _imprint_changed(grant)


def _site_made(instance: Site, *, created: bool, raw: bool = False, **_: Any) -> None:
    """A new site has something to say about itself from the first day."""
    if created and not raw:
        first_pages.write(instance)


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
