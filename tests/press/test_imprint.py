"""What a site says about itself: its pages and its staff are printed, linked in the footer, and follow at once."""

from __future__ import annotations

import json

import pytest
from lxml import html

from redaksi.network.models import Grant
from redaksi.press.rebuild import press_all
from redaksi.press.typesetter import links
from redaksi.shelf.inventory import contents
from redaksi.shelf.recipe import Own, Recipe
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Contributor, StaticPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def text_at(press):
    """The page's own text at an address of a site, or None."""

    def look(site, address):
        press.drain()
        with press.reader.look():
            page = press.reader.page(site.pk, address)
        if page is None:
            return None
        return "".join(part.text for part in Recipe.parse(page.recipe).segments() if isinstance(part, Own))

    return look


@pytest.fixture
def footer_of(press):
    def look(site):
        press.drain()
        with press.reader.look():
            return press.reader.piece(site.pk, "bottom").text()

    return look


def test_a_new_site_says_something_about_itself_and_links_to_it(kentongan, text_at, footer_of):
    for page in StaticPage.objects.filter(site=kentongan):
        assert page.title in text_at(kentongan, f"/halaman/{page.slug}")
        assert f'href="/halaman/{page.slug}"' in footer_of(kentongan)
    assert "dewanpers.or.id" in text_at(kentongan, "/halaman/pedoman-media-siber")
    assert 'href="/redaksi"' in footer_of(kentongan)


def test_a_site_in_english_has_its_pages_in_english(group, cast, text_at):
    site = cast.site(group, "english", language="en")
    assert "Press Council" in text_at(site, "/page/code-of-practice")
    assert "Editorial team" in text_at(site, "/masthead")


def test_a_changed_page_follows_and_one_taken_away_goes(kentongan, text_at, footer_of):
    page = StaticPage.objects.get(site=kentongan, kind="privacy")
    page.body, page.in_footer = "<p>Kami tidak mencatat apa pun.</p>", False
    page.save()
    assert "tidak mencatat apa pun" in text_at(kentongan, "/halaman/privasi")
    assert "/halaman/privasi" not in footer_of(kentongan)
    page.delete()
    assert text_at(kentongan, "/halaman/privasi") is None


def test_the_contact_page_names_whom_press_law_asks_for(kentongan, text_at):
    kentongan.person_responsible, kentongan.address = "Damar Prasasti", "Jalan Pelabuhan Lama 14"
    kentongan.save()
    for address in ("/halaman/kontak", "/redaksi"):
        assert "Damar Prasasti" in text_at(kentongan, address)
        assert "Jalan Pelabuhan Lama 14" in text_at(kentongan, address)


def names(text):
    return [b.text for b in html.fromstring(text).xpath("//section//b")]


def test_the_team_is_the_staff_and_follows_it(kentongan, pesisir, editor, reporter, cast, text_at):
    cast.staff("Pasir Laut", "editor", pesisir)
    assert names(text_at(kentongan, "/redaksi")) == ["Edi Santosa", "Rara Wening"]
    editor.first_name = "Edy"
    editor.save()
    assert "Edy Santosa" in names(text_at(kentongan, "/redaksi"))
    reporter.grants.all().delete()
    assert names(text_at(kentongan, "/redaksi")) == ["Edy Santosa"]
    editor.is_active = False
    editor.save()
    assert names(text_at(kentongan, "/redaksi")) == []


@pytest.fixture
def way_from_team(kentongan, text_at):
    """The addresses to which the page of the team leads."""

    def look():
        return html.fromstring(text_at(kentongan, "/redaksi")).xpath("//section//li/a/@href")

    return look


def test_the_team_leads_to_the_pages_of_its_stories(kentongan, reporter, cast, topic, way_from_team):
    rara = Contributor.objects.create(site=kentongan, name="Rara Wening", slug="rara-wening", user=reporter)
    assert way_from_team() == []
    story = cast.story(kentongan, topic=topic, writer=rara, live=True)
    assert way_from_team() == ["/penulis/rara-wening"]
    rara.slug = "rara-w"
    rara.save()
    assert way_from_team() == ["/penulis/rara-w"]
    rara.user = None
    rara.save()
    assert way_from_team() == []
    rara.user = reporter
    rara.save()
    assert way_from_team() == ["/penulis/rara-w"]
    withdraw(story, "Sumbernya mencabut keterangannya.", None)
    assert way_from_team() == []


def organisation(text):
    (graph,) = html.fromstring(text).xpath("//script[@type='application/ld+json']/text()")
    return next(one for one in json.loads(graph)["@graph"] if one["@type"] == "NewsMediaOrganization")


def test_the_front_tells_machines_of_the_sites_principles_and_follows_them(kentongan, text_at):
    told = organisation(text_at(kentongan, "/"))
    assert told["masthead"] == f"{kentongan.origin}/redaksi"
    assert told["correctionsPolicy"] == f"{kentongan.origin}/ralat"
    code = StaticPage.objects.get(site=kentongan, kind="code")
    assert told["publishingPrinciples"] == told["ethicsPolicy"] == f"{kentongan.origin}/halaman/{code.slug}"
    assert told["contactPoint"]["url"] == f"{kentongan.origin}/halaman/kontak"
    code.slug = "pedoman-kami"
    code.save()
    assert organisation(text_at(kentongan, "/"))["ethicsPolicy"].endswith("/halaman/pedoman-kami")
    code.delete()
    assert "ethicsPolicy" not in organisation(text_at(kentongan, "/"))


def test_who_is_not_to_be_named_is_not_and_a_title_is_printed(kentongan, editor, reporter, text_at):
    grant = Grant.objects.get(user=editor)
    grant.title = "Redaktur Pelaksana"
    grant.save()
    hidden = Grant.objects.get(user=reporter)
    hidden.listed = False
    hidden.save()
    text = text_at(kentongan, "/redaksi")
    assert "Redaktur Pelaksana" in text
    assert names(text) == ["Edi Santosa"]


def test_somebody_with_two_roles_is_named_once_in_the_higher(kentongan, editor, text_at):
    Grant.objects.create(user=editor, site=kentongan, role="reporter")
    assert names(text_at(kentongan, "/redaksi")) == ["Edi Santosa"]


def test_the_team_of_a_large_newsroom_is_read_at_the_cost_of_a_small_one(
    kentongan, cast, press, django_assert_max_num_queries
):
    for number in range(25):
        cast.staff(f"Orang {number}", "reporter", kentongan)
    press.drain()
    Grant.objects.first().save()
    with django_assert_max_num_queries(25):
        press.drain()


def test_a_shelf_pressed_afresh_has_the_same_pages(kentongan, editor, press):
    press.drain()
    StaticPage.objects.filter(kind="about").first().delete()
    editor.last_name = "Utama"
    editor.save()
    press.drain()
    press_all(press.home / "fresh")
    assert contents(press.pointer) == contents(press.home / "fresh" / "shelf.sqlite3")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("<h2>Satu</h2><p>Dua</p>", "<h2>Satu</h2><p>Dua</p>"),
        ("<h1>Satu</h1><script>x</script>", "Satu"),
        ("<p>a<h2>b</h2></p>", "<p>a</p><h2>b</h2>"),
        ('<h2 onclick="x">Satu</h2>', "<h2>Satu</h2>"),
    ],
)
def test_a_pages_text_is_cleaned_where_it_is_printed(given, printed):
    assert links.chapter(given).replace("<p></p>", "") == printed


def test_a_changed_address_leads_to_the_new_one_until_another_page_takes_it(press, kentongan, text_at):
    page = StaticPage.objects.get(site=kentongan, kind="privacy")
    for slug in ("data-pembaca", "data-anda"):
        page.slug = slug
        page.save()
    press.drain()
    for old in ("privasi", "data-pembaca"):
        with press.reader.look():
            found = press.reader.page(kentongan.pk, f"/halaman/{old}")
        assert (found.status, found.location) == (301, "/halaman/data-anda"), old
    StaticPage.objects.create(site=kentongan, title="Privasi anak", slug="privasi", body="<p>Untuk anak.</p>")
    assert "Untuk anak" in text_at(kentongan, "/halaman/privasi")
    page.slug = "privasi-pembaca"
    page.save()
    assert StaticPage.objects.get(pk=page.pk).former_slugs == ["data-anda", "data-pembaca", "privasi"]
