"""Two desks: what one sends, offers and plans, and what the other makes of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from redaksi.network.models import Host, Site
from redaksi.outbox.models import Entry
from redaksi.stories import search
from redaksi.stories.actions.offer import Plan, claim, offer_plan, offer_story
from redaksi.stories.actions.place import send
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.models import CarryRule, Invitation, Placement, Topic


@pytest.fixture
def home(editor):
    return _signed_in(editor)


@pytest.fixture
def there(pesisir_editor):
    return _signed_in(pesisir_editor)


@pytest.fixture
def lembah(group, cast):
    return cast.site(group, "lembah")


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, name, *args, **data):
    answer = client.post(reverse(f"desk_exchange:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return answer


def room(client):
    return client.get(reverse("desk_exchange:room")).content.decode()


def test_an_offered_story_is_taken_with_ones_own_words_and_both_see_it(
    home, there, live_story, pesisir, lembah, cast
):
    other = _signed_in(cast.staff("Ladang Hijau", "editor", lembah))
    post(home, "story", live_story.pk, how="offer", sites=[pesisir.pk], text="Untuk halaman depan?")
    assert "Untuk halaman depan?" in room(there)
    assert live_story.headline not in room(other)
    row = Invitation.objects.get()
    section = pesisir.sections.last()
    post(there, "claim", row.pk, section=section.pk, headline="Feri Kita Tertahan")
    placement = Placement.objects.get()
    assert (placement.site, placement.section, placement.state) == (pesisir, section, "placed")
    assert "Feri Kita Tertahan" in room(there)
    assert "Pesisir" in room(home)
    assert "Pesisir: Dimuat" in home.get(reverse("desk_story:list") + "?lihat=semua").content.decode()
    assert other.get(reverse("desk_exchange:claim", args=[row.pk])).status_code == 404


def test_what_is_sent_to_many_sites_is_one_edition_indexed_and_printed_once(
    home, live_story, pesisir, lembah, monkeypatch
):
    indexed = []
    monkeypatch.setattr(search, "index_carried", lambda row: indexed.append(row.pk))
    before, rows = live_story.edition, Entry.objects.filter(kind="story").count()
    post(home, "story", live_story.pk, how="send", sites=[pesisir.pk, lembah.pk])
    assert {held.site for held in Placement.objects.all()} == {pesisir, lembah}
    assert indexed == [live_story.pk]
    live_story.refresh_from_db()
    assert live_story.edition == before + 1
    assert Entry.objects.filter(kind="story").count() == rows + 1


def test_a_plan_is_the_first_desks_that_claims_it(home, there, kentongan, pesisir, lembah, editor):
    data = {"site": kentongan.pk, "title": "Liputan panen", "due": "2026-12-01T09:00", "everywhere": "on"}
    post(home, "plan", **data)
    mine, other = Invitation.objects.get(site=pesisir), Invitation.objects.get(site=lembah)
    assert "Liputan panen" in there.get("/").content.decode()
    post(there, "claim", mine.pk)
    with pytest.raises(WrongStateError, match="Pesisir"):
        claim(other, None)
    assert "Pesisir" in room(home)
    assert "Liputan panen" in home.get("/").content.decode()


def test_the_receiving_desk_changes_and_lets_go_and_the_home_desk_calls_back(
    home, there, live_story, pesisir, lembah
):
    post(home, "story", live_story.pk, how="send", sites=[pesisir.pk, lembah.pk])
    here = Placement.objects.get(site=pesisir)
    assert live_story.headline in there.get("/").content.decode()
    post(there, "adjust", here.pk, section=here.section_id, headline="Kata Kita")
    assert Placement.objects.get(pk=here.pk).headline == "Kata Kita"
    post(there, "let_go", here.pk)
    far = Placement.objects.get(site=lembah)
    post(home, "call_back", live_story.pk, far.pk)
    states = dict(Placement.objects.values_list("site__slug", "state"))
    assert states == {"pesisir": "let_go", "lembah": "called_back"}


def test_nobody_touches_what_is_anothers(home, there, live_story, pesisir, editor, kentongan):
    placement = send(live_story, pesisir, editor)
    plan = offer_plan(kentongan, Plan("Rahasia"), [pesisir], editor)
    assert home.get(reverse("desk_exchange:adjust", args=[placement.pk])).status_code == 404
    assert there.get(reverse("desk_exchange:story", args=[live_story.pk])).status_code == 404
    assert there.post(reverse("desk_exchange:close", args=[plan.pk])).status_code == 404
    with pytest.raises(WrongStateError, match="satu situs"):
        offer_story(live_story, [], editor)


def test_a_rule_is_the_receiving_sites_managers_business(pesisir, kentongan, cast, there):
    manager = _signed_in(cast.staff("Kelola Pesisir", "site_manager", pesisir))
    about = Topic.objects.create(site=None, name="Feri", slug="feri")
    data = {
        "topic": about.pk,
        "home": kentongan.pk,
        "site": pesisir.pk,
        "section": pesisir.sections.first().pk,
    }
    assert there.post(reverse("desk_rules:add"), data).status_code in {403, 404}
    answer = manager.post(reverse("desk_rules:add"), data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    assert CarryRule.objects.get().site == pesisir


def test_a_site_is_one_form_with_its_sections_by_host_or_by_path(network_manager, kentongan):
    client = _signed_in(network_manager)
    data = {
        "name": "Jateng", "language": "id", "time_zone": "Asia/Jakarta", "look": "kentongan", "colour": "#2a3b96", "mentions": "all",
        "colour_dark": "#a9b5f5", "group": kentongan.group_id, "slug": "jateng", "order": "5",
        "hosts": "kentongan.localhost/jateng", "first_sections": "Warta\nKuliner", "crawlers": "search",
    }  # fmt: skip
    answer = client.post(reverse("desk_sites:add"), data)
    assert answer.status_code == 302, answer.content.decode()
    made = Site.objects.get(slug="jateng")
    assert (made.base, [one.slug for one in made.sections.all()]) == ("/jateng", ["warta", "kuliner"])
    taken = data | {"slug": "lain", "hosts": "kentongan.localhost/nasional"}
    assert "nasional" in client.post(reverse("desk_sites:add"), taken).content.decode()
    assert not Host.objects.filter(path="/nasional").exists()


def test_a_version_is_chosen_by_the_address_that_readers_have(there, live_story):
    row = live_story.addresses.get()
    url = f"{live_story.site.origin}{row.path}"
    found = there.get(reverse("desk_story:find", args=["story"]), {"q": url}).json()["found"]
    assert [one["id"] for one in found] == [live_story.pk]
    assert there.get(reverse("desk_story:find", args=["story"]), {"q": "feri"}).json()["found"] == []
