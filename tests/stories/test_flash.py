"""Filing, changing and ending a flash: who may, where it stands, and that it goes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from redaksi.outbox.models import Entry
from redaksi.stories import flashes
from redaksi.stories.actions import flash as verbs
from redaksi.stories.actions.schedule import do_what_is_due
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.models import Flash

pytestmark = pytest.mark.django_db


def line(*sites, text="Gempa mengguncang Muara Lantang", minutes=60, **more):
    until = timezone.now() + timedelta(minutes=minutes)
    return verbs.Line(text, until, frozenset(site.pk for site in sites) if sites else None, **more)


def texts(site):
    return [one.text for one in flashes.running([site.pk])[site.pk]]


def test_a_flash_stands_at_its_sites_and_nowhere_else(kentongan, pesisir, editor):
    made = verbs.file(line(kentongan), editor)
    assert texts(kentongan) == [made.text]
    assert texts(pesisir) == []
    assert [(row.kind, row.object_id) for row in Entry.objects.filter(kind="flash")] == [("flash", made.pk)]


def test_a_flash_of_the_network_stands_everywhere_the_newest_first_and_three_at_most(kentongan, pesisir):
    for number in range(4):
        verbs.file(line(text=f"Kabar {number}"), None)
    assert texts(kentongan) == texts(pesisir) == ["Kabar 3", "Kabar 2", "Kabar 1"]


def test_an_editor_files_for_the_own_site_only(kentongan, pesisir, editor):
    for sites in ([pesisir], [kentongan, pesisir], []):
        with pytest.raises(PermissionDenied):
            verbs.file(line(*sites), editor)
    assert not Flash.objects.exists()


def test_a_reporter_and_an_editor_of_one_section_file_none(kentongan, reporter, cast):
    narrow = cast.staff("Eno Lor", "editor", kentongan, kentongan.sections.first())
    for user in (reporter, narrow):
        with pytest.raises(PermissionDenied):
            verbs.file(line(kentongan), user)


def test_an_editor_neither_changes_nor_ends_what_stands_at_other_sites_too(kentongan, pesisir, editor):
    of_two, of_all = verbs.file(line(kentongan, pesisir), None), verbs.file(line(), None)
    for flash in (of_two, of_all):
        with pytest.raises(PermissionDenied):
            verbs.end(flash, editor)
        with pytest.raises(PermissionDenied):
            verbs.change(flash, line(kentongan), editor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"minutes": -1},
        {"minutes": 60 * 24 * 3},
        {"url": "javascript:alert(1)"},
        {"url": "http://a.example"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(kentongan, editor, wrong):
    with pytest.raises(WrongStateError):
        verbs.file(line(kentongan, **wrong), editor)


def test_a_flash_nowhere_is_refused(editor):
    with pytest.raises((WrongStateError, PermissionDenied)):
        verbs.file(verbs.Line("Kabar", timezone.now() + timedelta(hours=1), frozenset()), editor)


def test_the_link_follows_the_story_and_goes_with_it(kentongan, live_story, editor):
    verbs.file(line(kentongan, story=live_story), editor)
    path = live_story.addresses.get(current=True).path
    assert flashes.running([kentongan.pk])[kentongan.pk][0].url == f"{kentongan.origin}{path}"
    withdraw(live_story, "Sumbernya keliru.", None)
    (left,) = flashes.running([kentongan.pk])[kentongan.pk]
    assert (left.url, left.text) == ("", "Gempa mengguncang Muara Lantang")


def test_a_flash_that_has_ended_neither_changes_nor_ends_again(kentongan, editor):
    flash = verbs.file(line(kentongan), editor)
    verbs.end(flash, editor)
    assert texts(kentongan) == []
    with pytest.raises(WrongStateError):
        verbs.end(flash, editor)
    with pytest.raises(WrongStateError):
        verbs.change(flash, line(kentongan), editor)


def test_the_clock_ends_what_is_over(kentongan, editor):
    flash = verbs.file(line(kentongan), editor)
    Entry.objects.all().delete()
    assert do_what_is_due() == 0
    Flash.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert do_what_is_due() == 1
    assert Flash.objects.get(pk=flash.pk).ended_at is not None
    assert Entry.objects.filter(kind="flash", object_id=flash.pk).exists()
    assert do_what_is_due() == 0


def test_reading_what_runs_costs_the_same_for_many_sites_and_flashes(
    group, cast, live_story, django_assert_num_queries
):
    sites = [live_story.site, *(cast.site(group, f"situs-{number}") for number in range(12))]
    for site in sites:
        verbs.file(line(site, story=live_story), None)
    with django_assert_num_queries(5):
        flashes.running([site.pk for site in sites])
