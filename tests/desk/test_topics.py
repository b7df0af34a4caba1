from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from redaksi.stories.models import Story, Topic

pytestmark = pytest.mark.django_db


def merging(topic):
    return reverse("desk_topics:merge", args=[topic.pk])


def test_an_editor_merges_a_topic_into_another(at_desk, editor, live_story, topic, kentongan):
    other = Topic.objects.create(site=topic.site, name="Jalur Lantang", slug="jalur")
    desk = at_desk(editor)
    assert merging(topic) in desk.get(reverse("desk_topics:edit", args=[topic.pk])).content.decode()
    assert desk.get(merging(topic)).status_code == 200
    assert desk.post(merging(topic), {"into": other.pk}).status_code == 302
    assert Story.objects.get(pk=live_story.pk).label == other
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_a_foreign_topic_or_itself_is_refused(at_desk, editor, topic, pesisir):
    foreign = Topic.objects.create(site=pesisir, name="Kapal", slug="kapal")
    for key in (foreign.pk, topic.pk, "", "x"):
        answer = at_desk(editor).post(merging(topic), {"into": key})
        assert answer.context["form"].errors["into"]
        assert "Kapal" not in answer.content.decode()
    assert Topic.objects.count() == 2


def form(**facts):
    return {
        "name": "Kapal Perintis",
        "kind": "subject",
        "site": "",
        "names": "",
        "summary": "",
        "slug": "",
        **facts,
    }


def test_names_may_be_shared_addresses_not(at_desk, network_manager, kentongan):
    desk = at_desk(network_manager)
    add = reverse("desk_topics:add")
    desk.post(add, form(name="Kapal  Perintis"))
    desk.post(add, form(site=kentongan.pk))
    assert list(Topic.objects.order_by("pk").values_list("name", "slug")) == [
        ("Kapal Perintis", "kapal-perintis"), ("Kapal Perintis", "kapal-perintis-2"),
    ]  # fmt: skip
    answer = desk.post(add, form(site=kentongan.pk, slug="kapal-perintis"))
    assert answer.context["form"].errors == {"slug": ["Topik lain memakai alamat ini."]}


def test_no_topic_takes_an_address_that_it_would_share_on_some_site(kentongan, pesisir):
    wide = Topic.objects.create(name="Kapal", slug="kapal")
    with pytest.raises(ValidationError, match="Topik lain"):
        Topic.objects.create(site=kentongan, name="Kapal kita", slug="kapal")
    own = Topic.objects.create(site=kentongan, name="Dermaga", slug="dermaga")
    Topic.objects.create(site=pesisir, name="Dermaga", slug="dermaga")
    wide.slug = "dermaga"
    with pytest.raises(ValidationError):
        wide.save()
    own.name = "Dermaga lama"
    own.save()
