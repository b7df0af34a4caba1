"""What the roles that come ready may do at the desk, and what they may not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from redaksi.network.models import Grant, Site
from redaksi.stories.models import Contributor, Story, Topic

pytestmark = pytest.mark.django_db


def verb(name, story):
    return reverse(f"desk_story:{name}", args=[story.pk])


def test_a_reporter_does_not_publish_withdraw_correct_or_manage(at_desk, reporter, live_story, draft_story):
    client = at_desk(reporter)
    for name in ("withdraw", "correct", "hand_back", "unschedule", "restore"):
        assert client.post(verb(name, live_story), {"reason": "x", "text": "x"}).status_code == 403, name
    client.post(
        verb("edit", draft_story), {"action-publish": "1", "headline": "Dipaksa Tayang", "body-count": "0"}
    )
    assert not Story.objects.get(pk=draft_story.pk).live
    for address in ("/staf/", "/staf/baru/", "/situs/new/", "/topik/new/", "/penulis/new/", "/kanal/new/"):
        assert client.get(address).status_code == 404, address


def test_a_reporter_does_not_read_a_colleagues_draft(at_desk, reporter, editor, kentongan, cast):
    story = cast.story(kentongan, "Konsep Redaktur", by=editor)
    client = at_desk(reporter)
    assert client.get(verb("edit", story)).status_code == 404
    assert client.get(verb("preview", story)).status_code == 404
    assert (
        client.get(reverse("wagtailsnippetchoosers_stories_story:chosen", args=[story.pk])).status_code == 404
    )
    assert b"Konsep Redaktur" not in client.get("/berita/?lihat=semua").content


def test_a_reporter_does_not_change_what_is_published(at_desk, reporter, live_story):
    client = at_desk(reporter)
    assert client.get(verb("edit", live_story)).status_code == 403
    assert client.get(verb("preview", live_story)).status_code == 200


def test_an_editor_of_a_section_changes_only_that_section(at_desk, kentongan, live_story, cast):
    sport = kentongan.sections.get(slug="olahraga")
    client = at_desk(cast.staff("Olah Raga", "editor", kentongan, sport))
    match = cast.story(kentongan, "Final Dimulai", section=sport)
    assert client.get(verb("edit", match)).status_code == 200
    assert client.get(verb("edit", live_story)).status_code == 403
    assert client.post(verb("withdraw", live_story), {"reason": "x"}).status_code == 403


def test_a_photo_editor_changes_photos_but_no_story(at_desk, photo_editor, photo, draft_story):
    client = at_desk(photo_editor)
    assert client.get(reverse("desk_photos:edit", args=[photo.pk])).status_code == 200
    assert client.get(verb("edit", draft_story)).status_code == 403


def test_somebody_who_left_is_outside_at_once(at_desk, editor):
    client = at_desk(editor)
    assert client.get("/").status_code == 200
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_grant_that_was_taken_back_is_felt_at_the_next_request(at_desk, editor, draft_story):
    client = at_desk(editor)
    assert client.get(verb("edit", draft_story)).status_code == 200
    Grant.objects.filter(user=editor).delete()
    assert client.get(verb("edit", draft_story)).status_code == 403


# --- staff ----------------------------------------------------------------------------------------------------------
NEW = {"first_name": "Baru", "last_name": "Sekali", "username": "baru", "email": "baru@example.id"}


def test_a_site_manager_adds_a_person_who_sets_a_password_by_a_link(
    at_desk, site_manager, kentongan, django_user_model
):
    client = at_desk(site_manager)
    answer = client.post(
        "/staf/baru/",
        NEW | {"grant-role": "reporter", "grant-site": kentongan.pk, "grant-section": ""},
        follow=True,
    )
    person = django_user_model.objects.get(username="baru")
    link = reverse("wagtailadmin_password_reset_confirm", args=["x", "y"]).split("x/y")[0]
    assert link.encode() in answer.content
    assert not person.has_usable_password()
    assert person.grants.get().role == "reporter"
    address = answer.content.decode().split(f"{link}")[1].split('"')[0]
    client.logout()
    assert client.get(f"{link}{address}", follow=True).status_code == 200


WIDER = [("network_manager", "own"), ("network_manager", ""), ("editor", "other"), ("editor", "")]


@pytest.mark.parametrize("wider", WIDER)
def test_a_site_manager_gives_no_role_elsewhere_and_none_wider(at_desk, site_manager, editor, pesisir, wider):
    own = site_manager.grants.get().site
    site = {"own": own.pk, "other": pesisir.pk, "": ""}[wider[1]]
    before = Grant.objects.count()
    client = at_desk(site_manager)
    client.post(reverse("desk_staff:give", args=[editor.pk]), {"role": wider[0], "site": site})
    foreign_section = {"role": "editor", "site": own.pk, "section": pesisir.sections.first().pk}
    client.post(reverse("desk_staff:give", args=[editor.pk]), foreign_section)
    assert Grant.objects.count() == before


def test_a_site_manager_does_not_touch_the_staff_of_another_site(at_desk, site_manager, pesisir_editor):
    client = at_desk(site_manager)
    theirs = pesisir_editor.grants.get()
    assert client.get(reverse("desk_staff:person", args=[pesisir_editor.pk])).status_code == 404
    assert client.post(reverse("desk_staff:take", args=[theirs.pk])).status_code == 404
    assert (
        client.post(reverse("desk_staff:give", args=[pesisir_editor.pk]), {"role": "editor"}).status_code
        == 404
    )
    assert b"Pasir Laut" not in client.get("/staf/").content


def test_the_account_of_who_works_elsewhere_too_is_not_a_site_managers_to_change(
    at_desk, site_manager, editor, pesisir
):
    Grant.objects.create(user=editor, role="reporter", site=pesisir)
    client = at_desk(site_manager)
    answer = client.get(reverse("desk_staff:person", args=[editor.pk]), {"tautan": "1"})
    assert b"password_reset/confirm" not in answer.content
    assert client.post(reverse("desk_staff:person", args=[editor.pk]), NEW).status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Edi"


def test_nobody_raises_or_locks_out_themselves(at_desk, site_manager, kentongan):
    client = at_desk(site_manager)
    client.post(reverse("desk_staff:give", args=[site_manager.pk]), {"role": "editor", "site": kentongan.pk})
    client.post(reverse("desk_staff:take", args=[site_manager.grants.get().pk]))
    assert [grant.role for grant in site_manager.grants.all()] == ["site_manager"]


def test_a_network_manager_gives_every_role_everywhere(at_desk, network_manager, editor, pesisir):
    client = at_desk(network_manager)
    client.post(
        reverse("desk_staff:give", args=[editor.pk]), {"role": "network_manager", "site": "", "section": ""}
    )
    client.post(
        reverse("desk_staff:give", args=[editor.pk]), {"role": "reporter", "site": pesisir.pk, "section": ""}
    )
    assert editor.grants.count() == 3


def test_with_many_sites_a_section_is_written_by_its_name(
    at_desk, network_manager, editor, kentongan, group, cast
):
    for number in range(13):
        cast.site(group, f"situs-{number}")
    client = at_desk(network_manager)
    for name in ("olahraga", "tidak ada"):
        fields = {"role": "reporter", "site": kentongan.pk, "section": name}
        client.post(reverse("desk_staff:give", args=[editor.pk]), fields)
    assert editor.grants.get(role="reporter").section == kentongan.sections.get(slug="olahraga")


def test_a_person_is_sent_away_and_can_no_longer_sign_in(at_desk, site_manager, editor):
    client = at_desk(site_manager)
    fields = {"first_name": "Edi", "last_name": "Santosa", "username": editor.username, "email": editor.email}
    client.post(reverse("desk_staff:person", args=[editor.pk]), fields)
    editor.refresh_from_db()
    assert not editor.is_active


# --- sites ----------------------------------------------------------------------------------------------------------
def site_fields(**changed):
    return {
        "name": "Kentongan", "tagline": "", "language": "id", "mentions": "all", "crawlers": "search", "time_zone": "Asia/Makassar", "look": "kentongan",
        "colour": "#2a3b96", "colour_dark": "#a9b5f5", "accounts": "Instagram https://instagram.com/kentongan",
        "publisher": "PT Kentongan", "address": "", "person_responsible": "Sita Maharani", "email": "",
    } | changed  # fmt: skip


def test_a_site_manager_changes_the_site_but_not_its_hosts(at_desk, site_manager, kentongan):
    client = at_desk(site_manager)
    address = reverse("desk_sites:edit", args=[kentongan.pk])
    assert client.post(address, site_fields(hosts="curian.example.id", slug="curian")).status_code == 302
    kentongan.refresh_from_db()
    assert kentongan.time_zone == "Asia/Makassar"
    assert kentongan.accounts == [{"name": "Instagram", "url": "https://instagram.com/kentongan"}]
    assert (kentongan.slug, str(kentongan.main_host)) == ("kentongan", "kentongan.localhost")


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "#ffff00"},
        {"time_zone": "Bulan/Sabit"},
        {"accounts": "Instagram javascript:alert(1)"},
        {"accounts": "Instagram"},
        {"colour": "merah"},
    ],
)
def test_what_makes_no_site_is_refused(at_desk, site_manager, kentongan, wrong):
    answer = at_desk(site_manager).post(reverse("desk_sites:edit", args=[kentongan.pk]), site_fields(**wrong))
    assert answer.status_code == 200
    assert Site.objects.get(pk=kentongan.pk).publisher == ""


def test_a_network_manager_adds_a_site_with_its_hosts(at_desk, network_manager, kentongan, group):
    fields = site_fields(
        name="Pulau", slug="pulau", group=group.pk, order="3", hosts="pulau.example.id\nwww.pulau.example.id"
    )
    answer = at_desk(network_manager).post("/situs/new/", fields)
    assert answer.status_code == 302
    site = Site.objects.get(slug="pulau")
    assert str(site.main_host) == "pulau.example.id"
    assert at_desk(network_manager).post("/situs/new/", fields | {"slug": "lain"}).status_code == 200, (
        "the hosts are taken"
    )


def test_a_section_keeps_its_stories(at_desk, site_manager, live_story):
    section = live_story.section
    at_desk(site_manager).post(reverse("desk_sections:delete", args=[section.pk]))
    assert Story.objects.get(pk=live_story.pk).section == section


def test_a_topic_that_is_the_site_managers_goes_and_a_credited_name_stays(
    at_desk, site_manager, topic, live_story, contributor
):
    client = at_desk(site_manager)
    client.post(reverse("desk_contributors:delete", args=[contributor.pk]))
    assert Contributor.objects.filter(pk=contributor.pk).exists()
    client.post(reverse("desk_topics:delete", args=[topic.pk]))
    assert Topic.objects.filter(pk=topic.pk).exists()
