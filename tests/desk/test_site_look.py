"""What a site manager sets of a site's look and sections: seen at once, and refused when it can't be read."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from redaksi.desk import site_look
from redaksi.network.models import Site
from redaksi.press.typesetter.looks import LOOKS
from redaksi.stories.models import StaticPage

pytestmark = pytest.mark.django_db

DATA = {
    "name": "Kentongan", "tagline": "Kabar", "language": "id", "time_zone": "Asia/Jakarta", "look": "teras", "colour": "#2a3b96",
    "colour_dark": "#a9b5f5", "tokens": "", "accounts": "", "publisher": "PT Kentongan", "address": "Jalan 1",
    "person_responsible": "Sita", "email": "a@example.id", "mentions": "first", "crawlers": "refuse", "ads_txt": "a, b, DIRECT",
    "llms_txt": "# Kentongan", "security_contact": "mailto:aman@example.id",
}  # fmt: skip


def test_every_look_of_the_press_can_be_chosen():
    assert set(Site.Look.values) == set(LOOKS)


def test_a_site_manager_sets_look_rules_and_texts_for_machines(at_desk, site_manager, kentongan):
    data = DATA | {"tokens": "np-case: none\nband: #00645e\nband-dark: #003d39"}
    answer = at_desk(site_manager).post(f"/situs/edit/{kentongan.pk}/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    site = Site.objects.get(pk=kentongan.pk)
    assert (site.look, site.mentions, site.crawlers, site.llms_txt) == (
        "teras",
        "first",
        "refuse",
        "# Kentongan",
    )
    assert site.tokens == {"np-case": "none", "band": "#00645e", "band-dark": "#003d39"}
    assert "np-case: none" in at_desk(site_manager).get(f"/situs/edit/{kentongan.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "#f0e68c"},
        {"colour_dark": "#222222"},
        {"tokens": "paper: #777777"},
        {"tokens": "ink: #999999"},
        {"tokens": "band: #ffffff\non-band: #eeeeee"},
        {"tokens": "background: red"},
        {"tokens": "paper: red"},
        {"tokens": "head: url(https://jahat.example/)"},
        {"tokens": "np-case: none;}body{display:none"},
        {"tokens": "tanpa titik dua"},
        {"look": "lain"},
    ],
)
def test_what_cannot_be_read_or_set_is_refused(at_desk, site_manager, kentongan, wrong):
    answer = at_desk(site_manager).post(f"/situs/edit/{kentongan.pk}/", DATA | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Site.objects.get(pk=kentongan.pk).look == "kentongan"


def test_the_defaults_of_every_look_can_be_read():
    for look in LOOKS:
        assert site_look.faint(look, "#2a3b96", "#a9b5f5", {}) == []


def test_the_sample_wears_what_it_is_asked_with(at_desk, site_manager):
    asked = {
        "name": "Coba <b>",
        "look": "sauh",
        "colour": "#005a54",
        "colour_dark": "#6fd8cb",
        "tokens": "np-case: none\nsetengah",
    }
    desk = at_desk(site_manager)
    light = desk.get(f"/situs/tampilan/?{urlencode(asked)}")
    dark = desk.get(f"/situs/tampilan/?{urlencode(asked | {'gelap': '1'})}")
    assert "#005a54" in light.content.decode()
    assert "Coba &lt;b&gt;" in light.content.decode()
    assert "prefers-color-scheme" not in dark.content.decode()
    assert "script-src 'none'" in dark["Content-Security-Policy"]
    assert desk.get(f"/situs/tampilan/?{urlencode(asked | {'colour': 'red'})}").status_code == 404


def order(sections, **changes):
    data = {"form-TOTAL_FORMS": len(sections), "form-INITIAL_FORMS": len(sections)}
    for at, section in enumerate(sections):
        data |= {
            f"form-{at}-id": section.pk,
            f"form-{at}-order": len(sections) - at,
            f"form-{at}-in_menu": "on",
        }
    return data | changes


def test_sections_are_put_in_order_on_one_form(at_desk, site_manager, kentongan):
    before = list(kentongan.sections.all())
    answer = at_desk(site_manager).post(f"/situs/{kentongan.pk}/kanal/", order(before))
    assert answer.status_code == 302
    assert list(kentongan.sections.all()) == before[::-1]


def test_another_sites_sections_stay_as_they_are(at_desk, site_manager, kentongan, pesisir):
    foreign = list(pesisir.sections.all())
    desk = at_desk(site_manager)
    assert desk.post(f"/situs/{pesisir.pk}/kanal/", order(foreign)).status_code == 404
    desk.post(f"/situs/{kentongan.pk}/kanal/", order(foreign))
    assert list(pesisir.sections.all()) == foreign


def test_a_page_is_written_and_moved_and_the_code_stays(at_desk, site_manager, kentongan):
    desk = at_desk(site_manager)
    code = StaticPage.objects.get(site=kentongan, kind="code")
    desk.post(f"/halaman/delete/{code.pk}/")
    assert StaticPage.objects.filter(pk=code.pk).exists()
    assert desk.get(f"/halaman/edit/{code.pk}/").status_code == 200
    assert "slug" in desk.get("/halaman/new/").context["form"].fields
    sent = {"title": code.title, "kind": "code", "body": code.body, "order": "1", "slug": "pedoman-kami"}
    raw = json.dumps({"blocks": [{"key": "a", "text": "Pedoman kami.", "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})  # fmt: skip
    assert desk.post(f"/halaman/edit/{code.pk}/", sent | {"body": raw}).status_code == 302
    moved = StaticPage.objects.get(pk=code.pk)
    assert (moved.slug, moved.former_slugs) == ("pedoman-kami", [code.slug])


def test_how_somebody_is_printed_is_set_where_the_role_is(at_desk, site_manager, editor):
    grant = editor.grants.get()
    at_desk(site_manager).post(f"/staf/peran/{grant.pk}/cetak/", {"title": "Redaktur Pelaksana"})
    grant.refresh_from_db()
    assert (grant.title, grant.listed) == ("Redaktur Pelaksana", False)
