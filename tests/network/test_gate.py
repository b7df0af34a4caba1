from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_is_sent_to_sign_in(client, kentongan):
    answer = client.get("/reports/locked/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_an_address_without_a_rule_is_closed_to_staff(at_desk, editor):
    assert at_desk(editor).get("/pages/").status_code == 404
    assert at_desk(editor).get("/groups/").status_code == 404


def test_the_sign_in_page_answers_anyone(client, kentongan):
    assert client.get("/login/").status_code == 200


def test_staff_reach_the_home_of_the_desk(at_desk, editor):
    assert at_desk(editor).get("/").status_code == 200


def test_an_account_without_a_grant_stays_outside(at_desk, db, cast):
    assert at_desk(cast.person("Orang Luar")).get("/").status_code == 403


def test_methods_that_no_form_uses_are_refused(at_desk, superuser):
    client = at_desk(superuser)
    assert [client.generic(method, "/").status_code for method in ("PUT", "PATCH", "DELETE", "TRACE")] == [
        405
    ] * 4


def test_a_live_story_can_be_made_by_the_cast(live_story, draft_story):
    assert live_story.live
    assert not draft_story.live
