"""The walls within forms: keys of another site's things, sent in a form of one's own, are refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from redaksi.photos.models import Photo
from redaksi.stories.models import Contributor, Story, Topic

sys.path.insert(0, str(Path(__file__).parent))

from addresses import FIRST  # the folder isn't a package
from world import SECRET, dump, text_of  # as above

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(world, at_desk):
    return at_desk(world.stranger)


def sent_story(world, **changed):
    """What the form of the stranger's own story sends."""
    section = world.pesisir.sections.first()
    fields = {
        "site": world.pesisir.pk, "section": section.pk, "headline": "Rob di Muara", "list_headline": "", "standfirst": "",
        "label": world.own_topic.pk, "lead_photo": "", "lead_caption": "", "dateline": "", "source_kind": "own",
        "source_name": "", "source_url": "", "slug": "", "search_title": "", "search_text": "", "share_title": "",
        "share_text": "", "body-count": "0", "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0",
        "bylines-MIN_NUM_FORMS": "0", "bylines-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    return fields | changed


def block(kind, **fields):
    """A block of the body as the form sends it."""
    named = {f"body-0-value-{name}": value for name, value in fields.items()}
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": kind,
        "body-0-id": "",
        **named,
    }


BYLINE = {
    "bylines-TOTAL_FORMS": "1", "bylines-0-contributor": str(FIRST), "bylines-0-role": "writer",
    "bylines-0-ORDER": "1", "bylines-0-DELETE": "", "bylines-0-id": "",
}  # fmt: skip
FOREIGN = {
    "label": {"label": FIRST},
    "topics": {"topics": [FIRST]},
    "lead photo": {"lead_photo": FIRST},
    "section": {"section": FIRST},
    "name in the byline": BYLINE,
    "photo in the body": block("photo", photo=FIRST, caption=""),
    "gallery in the body": block("gallery", title="", **{"photos-count": "2", "photos-0-value": FIRST, "photos-0-deleted": "", "photos-0-order": "0", "photos-0-type": "item", "photos-0-id": "", "photos-1-value": FIRST, "photos-1-deleted": "", "photos-1-order": "1", "photos-1-type": "item", "photos-1-id": ""}),
    "story to read also": block("read_also", story=FIRST),
}  # fmt: skip


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("new", [True, False])
def test_a_foreign_key_in_ones_own_story_is_refused(stranger, world, what, new):
    address = reverse("desk_story:add") if new else reverse("desk_story:edit", args=[world.own_story.pk])
    before = dump()
    answer = stranger.post(address, sent_story(world, **FOREIGN[what]))
    assert answer.status_code == 200, "the form is shown again, with the error"
    assert SECRET not in text_of(answer)
    assert dump() == before


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("name", ["look", "look_new", "preview_on_edit", "preview_on_add", "edit"])
def test_looking_at_an_unsaved_text_names_nothing_foreign(stranger, world, what, name):
    """The checklist, the cards, the preview and autosave read the same form."""
    keys = [] if name.endswith(("_new", "_add")) else [world.own_story.pk]
    address = reverse(f"desk_story:{name}", args=keys)
    headers = {"accept": "application/json"} if name == "edit" else {}
    sent = sent_story(world, headline="") | FOREIGN[what]
    for answer in (stranger.post(address, sent, headers=headers), stranger.get(address)):
        assert SECRET not in text_of(answer)


def test_the_same_form_without_foreign_keys_is_saved(stranger, world):
    """The refusals above are not refusals of everything."""
    answer = stranger.post(reverse("desk_story:add"), sent_story(world, headline="Rob Surut"))
    assert answer.status_code == 302, text_of(answer)[:2000]
    assert Story.objects.filter(site=world.pesisir, owner=world.stranger).count() == 2


def test_a_story_is_not_begun_at_another_site(stranger, world):
    before = dump()
    answer = stranger.post(reverse("desk_story:add"), sent_story(world, site=FIRST, section=FIRST))
    assert answer.status_code in {200, 403, 404}
    assert dump() == before


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (
            "desk_topics:add",
            {"name": "Curian", "kind": "subject", "site": FIRST, "names": "", "summary": "", "slug": ""},
        ),
        (
            "desk_contributors:add",
            {"name": "Curian", "site": FIRST, "portrait": "", "bio": "", "account": "", "slug": ""},
        ),
        (
            "desk_contributors:add",
            {"name": "Curian", "site": "own", "portrait": FIRST, "bio": "", "account": "", "slug": ""},
        ),
    ],
)
def test_topics_and_names_are_not_made_of_foreign_things(stranger, world, name, fields):
    fields = {key: world.pesisir.pk if value == "own" else value for key, value in fields.items()}
    before = dump()
    answer = stranger.post(reverse(name), fields)
    assert answer.status_code == 200
    assert SECRET not in text_of(answer)
    assert dump() == before


def test_a_name_is_not_bound_to_the_account_of_a_stranger(stranger, world):
    fields = {"name": "Ombak", "site": world.pesisir.pk, "portrait": "", "bio": "", "slug": ""}
    stranger.post(reverse("desk_contributors:add"), fields | {"account": world.reporter.username})
    assert not Contributor.objects.filter(slug="ombak").exists()
    stranger.post(reverse("desk_contributors:add"), fields | {"account": world.stranger.username})
    assert Contributor.objects.get(slug="ombak").user == world.stranger


def test_a_network_wide_topic_is_not_an_editors_to_make(stranger, world):
    answer = stranger.post(
        reverse("desk_topics:add"), {"name": "Semua", "kind": "subject", "site": "", "names": ""}
    )
    assert answer.status_code == 200
    assert not Topic.objects.filter(site=None).exists()


def test_ones_own_topic_and_name_are_made(stranger, world):
    stranger.post(
        reverse("desk_topics:add"),
        {
            "name": "Rob",
            "kind": "event",
            "site": world.pesisir.pk,
            "names": "Banjir rob\n",
            "summary": "",
            "slug": "",
        },
    )
    stranger.post(
        reverse("desk_contributors:add"),
        {"name": "Ombak", "site": world.pesisir.pk, "portrait": "", "bio": "", "account": "", "slug": ""},
    )
    assert Topic.objects.get(slug="rob").aliases.get().name == "Banjir rob"
    assert Contributor.objects.get(slug="ombak").site == world.pesisir


def test_a_photo_is_not_moved_behind_the_walls(stranger, world, cast):
    photo = cast.photo(world.pesisir, "Rob", owner=world.stranger)
    fields = {
        "title": "Rob",
        "caption": "",
        "alt": "",
        "credit": "",
        "agency": "",
        "place": "",
        "licence": "",
        "site": FIRST,
    }
    answer = stranger.post(reverse("desk_photos:edit", args=[photo.pk]), fields)
    assert answer.status_code == 200
    assert Photo.objects.get(pk=photo.pk).site == world.pesisir


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("revisions_compare", {"revision_id_a": str(FIRST), "revision_id_b": str(FIRST + 1)}),
        ("revisions_compare", {"revision_id_a": "earliest", "revision_id_b": str(FIRST)}),
        ("revisions_revert", {"revision_id": FIRST}),
        ("conflict", {"revision": FIRST}),
        ("settle", {"note": FIRST}),
    ],
)
def test_a_foreign_version_or_note_under_ones_own_story_is_not_found(stranger, world, name, more):
    before = dump()
    address = reverse(f"desk_story:{name}", kwargs={"pk": world.own_story.pk, **more})
    for answer in (stranger.get(address), stranger.post(address, {"text": "x"})):
        assert answer.status_code in {302, 403, 404, 405}, answer.status_code
        assert SECRET not in text_of(answer)
    assert dump() == before


def test_searching_with_pickers_and_lists_finds_nothing_behind_the_walls(stranger, world):
    for address in (
        "/berita/?lihat=semua&q=",
        "/foto/?q=",
        "/topik/?q=",
        "/penulis/?q=",
        "/situs/?q=",
        "/kanal/?q=",
        "/images/chooser/?q=",
    ):
        answer = stranger.get(f"{address}{SECRET[:9]}")
        assert SECRET not in text_of(answer), address
    for kind in ("topic", "contributor"):
        found = json.loads(
            stranger.get(reverse("desk_story:find", args=[kind]), {"q": SECRET[:6], "situs": FIRST}).content
        )
        assert SECRET not in json.dumps(found)


def test_somebody_elses_editing_session_is_not_ended(stranger, world):
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415  # used once
    from django.utils import timezone  # noqa: PLC0415  # as above
    from wagtail.admin.models import EditingSession  # noqa: PLC0415  # as above

    kind = ContentType.objects.get_for_model(Story)
    session = EditingSession.objects.create(
        user=world.editor, content_type=kind, object_id=str(world.live.pk), last_seen_at=timezone.now()
    )
    stranger.post(reverse("wagtailadmin_editing_sessions:release", args=[session.pk]))
    assert EditingSession.objects.filter(pk=session.pk).exists()
