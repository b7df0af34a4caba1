"""The text files in which a site says to machines what they may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.robotparser import RobotFileParser

import pytest

import specimen
from redaksi.network.models import Site
from redaksi.press.typesetter import house_rules
from redaksi.press.typesetter.crawlers import CRAWLERS, turned_away
from redaksi.press.typesetter.sheet import PLAIN

SITE = specimen.site()
NOVEMBER = date(2026, 11, 25)


def asked(choice):
    robots = RobotFileParser()
    robots.parse(house_rules.robots(replace(SITE, crawlers=choice)).own.splitlines())
    return robots


@pytest.mark.parametrize(
    ("choice", "away"),
    [("allow", set()), ("search", {"training"}), ("refuse", {"training", "search", "visit"})],
)
def test_crawlers_are_asked_to_stay_away_by_what_they_come_for(choice, away):
    robots = asked(choice)
    for one in CRAWLERS:
        assert robots.can_fetch(one.name, f"{SITE.origin}/nasional") is (one.purpose not in away), one.name
    assert robots.can_fetch("Googlebot", SITE.origin)
    assert robots.site_maps() == [f"{SITE.origin}/sitemap.xml", f"{SITE.origin}/sitemap-news.xml"]


def test_every_choice_of_a_site_is_known_and_no_other():
    for choice in Site.Crawlers.values:
        turned_away(choice)
    with pytest.raises(ValueError, match="'perhaps'"):
        turned_away("perhaps")


def test_every_crawler_is_listed_once_with_where_its_company_tells_of_it():
    names = [one.name.lower() for one in CRAWLERS]
    assert len(names) == len(set(names))
    assert [one.name for one in CRAWLERS if not one.source.startswith("https://")] == ["Bytespider"]


def filled(**facts):
    return {address: sheet.own for address, sheet in house_rules.filled_in(replace(SITE, **facts), NOVEMBER)}


def test_what_is_not_filled_in_is_not_there():
    assert filled() == {}
    assert filled(ads_txt=" \n", llms_txt="", security_contact="  ") == {}


def test_texts_stand_as_they_were_written():
    texts = filled(
        ads_txt="iklan.example, 1, DIRECT\r\niklan.example, 2, RESELLER\r\n", llms_txt="# Kentongan\x07\n"
    )
    assert texts["/ads.txt"] == "iklan.example, 1, DIRECT\niklan.example, 2, RESELLER\n"
    assert texts["/llms.txt"] == "# Kentongan\n"
    assert all(
        sheet.content_type == PLAIN
        for _, sheet in house_rules.filled_in(replace(SITE, ads_txt="x"), NOVEMBER)
    )


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("aman@kentongan.example", "Contact: mailto:aman@kentongan.example"),
        ("mailto:aman@kentongan.example", "Contact: mailto:aman@kentongan.example"),
        ("https://kentongan.example/keamanan", "Contact: https://kentongan.example/keamanan"),
    ],
)
def test_a_contact_for_security_keeps_to_rfc_9116(contact, line):
    lines = filled(security_contact=contact)["/.well-known/security.txt"].splitlines()
    assert lines[0] == line
    fields = dict(one.split(": ", 1) for one in lines)
    assert fields["Canonical"] == f"{SITE.origin}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "id, en"
    ends = datetime.fromisoformat(fields["Expires"])
    assert ends == datetime(2027, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "contact", ["javascript:alert(1)", "aman", "http://kentongan.example/", "a b@c.example\nExpires: 1999"]
)
def test_what_is_no_contact_is_not_printed(contact):
    assert filled(security_contact=contact) == {}


@pytest.mark.parametrize("month", range(1, 13))
def test_it_holds_for_less_than_a_year_and_is_printed_anew_before_it_ends(month):
    [(_, sheet)] = house_rules.filled_in(replace(SITE, security_contact="a@b.example"), date(2026, month, 1))
    ends = datetime.fromisoformat(sheet.own.split("Expires: ")[1].split("\n")[0])
    assert 150 < (ends - datetime(2026, month, 28, tzinfo=UTC)).days < 365
