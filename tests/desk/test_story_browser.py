"""Journeys through the story's form in a real browser."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from redaksi.stories.models import Story, Topic

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def at(browser, live_server, cast):
    """``at(user)``: a page of the desk, signed in; errors in its scripts fail the test."""
    contexts, wrong = [], []

    def sign_in(user):
        context = browser.new_context(
            locale="id-ID", base_url=live_server.url, viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/login/")
        page.fill("[name=username]", user.get_username())
        page.fill("[name=password]", cast.PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert wrong == []


def edit(story):
    return reverse("desk_story:edit", args=[story.pk])


def test_fields_stand_in_the_order_of_the_page(at, editor, draft_story):
    page = at(editor)
    page.goto(edit(draft_story))
    names = ["section", "headline", "standfirst", "lead_caption", "topics", "dateline", "slug"]
    tops = [
        page.evaluate(
            "id => document.getElementById(id).closest('.w-panel').getBoundingClientRect().top", f"id_{name}"
        )
        for name in names
    ]
    assert tops == sorted(tops)


def test_what_is_typed_is_saved_by_itself_and_checked(at, reporter, contributor, kentongan):
    page = at(reporter)
    page.goto(reverse("desk_story:add"))
    page.click("#id_headline")  # at once: Wagtail looks at the form only two seconds after it opened
    page.fill("#id_headline", "Mercusuar Pulau Karang")
    page.fill("#id_standfirst", "Menyala lagi sesudah dua tahun.")
    page.locator("#id_standfirst").press("End")
    page.keyboard.type(" Nelayan lega.")
    expect(page.locator("[data-rd-saved]")).to_contain_text("Tersimpan", timeout=15000)
    expect(page.locator(".rd-card h3")).to_have_text("Mercusuar Pulau Karang", timeout=10000)
    expect(page.locator(".rd-count").first).to_contain_text("22 / 110")
    story = Story.objects.get()
    assert (story.headline, story.owner, story.live) == ("Mercusuar Pulau Karang", reporter, False)


def test_what_was_only_looked_at_is_not_saved(at, editor, draft_story):
    page, before = at(editor), draft_story.latest_revision_id
    page.goto(edit(draft_story))
    page.click("#id_headline")
    page.wait_for_timeout(4000)
    assert Story.objects.get(pk=draft_story.pk).latest_revision_id == before


def test_a_topic_is_found_while_typing_and_chosen_with_the_keyboard(at, editor, draft_story, topic):
    page = at(editor)
    page.goto(edit(draft_story))
    page.locator("#id_topics-find").press_sequentially("sel")
    expect(page.get_by_role("option", name="Selat Lantang")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#id_topics option")).to_have_count(1)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert list(Story.objects.get().topics.all()) == [topic]


def test_two_people_are_told_and_see_both_texts(at, reporter, editor, draft_story):
    hers, his = at(reporter), at(editor)
    hers.goto(edit(draft_story))
    his.goto(edit(draft_story))
    hers.fill("#id_headline", "Judul Reporter")
    hers.click(".action-save")
    hers.wait_for_load_state()
    his.fill("#id_headline", "Judul Editor")
    his.click(".action-save")
    dialog = his.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]")
    his.wait_for_timeout(1500)
    if dialog.is_visible():
        dialog.click()
    his.wait_for_url("**/bentrok/**")
    expect(his.locator(".rd-both").first).to_contain_text("Reporter")
    expect(his.locator(".rd-both").first).to_contain_text("Editor")
    assert Story.objects.get().headline == "Judul Reporter"


def test_a_note_is_put_and_settled_without_leaving_the_text(at, editor, draft_story):
    page = at(editor)
    page.goto(edit(draft_story))
    page.fill("#rd-note-text", "Sumber kedua belum ada.")
    page.click("[data-rd-note] button")
    expect(page.locator(".rd-notemark")).to_contain_text("Sumber kedua belum ada.")
    page.click("[data-rd-settle] button")
    expect(page.locator(".rd-notemark")).to_have_count(0)


def test_the_preview_shows_the_printed_page(at, editor, draft_story):
    page = at(editor)
    page.goto(edit(draft_story))
    page.fill("#id_headline", "Judul di Pratinjau")
    page.click("[data-rd-preview]")
    expect(page.frame_locator(".rd-preview iframe").locator("h1")).to_have_text(
        "Judul di Pratinjau", timeout=15000
    )


def test_a_dropped_file_becomes_the_lead_photo(at, editor, draft_story, cast):
    Story.objects.update(lead_photo=None)
    page = at(editor)
    page.goto(edit(draft_story))
    page.evaluate(
        """bytes => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dermaga.jpg", {type: "image/jpeg"}));
            document.querySelector(".rd-photo").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        list(cast.jpeg((64, 48))),
    )
    expect(page.locator("#id_lead_photo-chooser [data-chooser-title]")).to_have_text("dermaga", timeout=15000)
    expect(page.locator(".rd-facts [data-name=credit]")).to_have_class("rd-empty")


def test_after_publishing_the_address_is_told(at, editor, draft_story):
    page = at(editor)
    page.goto(edit(draft_story))
    page.wait_for_timeout(500)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".rd-out a")).to_have_attribute(
        "href", Story.objects.get().site.origin + Story.objects.get().addresses.get().path
    )
    expect(page.locator("[data-rd-took]")).not_to_be_empty()


def test_a_line_of_the_checklist_leads_to_its_field(at, editor, draft_story):
    Story.objects.update(standfirst="")
    page = at(editor)
    page.goto(edit(draft_story))
    page.click(".rd-checks [data-rd-field=bylines]")
    assert page.evaluate("document.activeElement.closest('.rd-bylines') !== null")


def test_a_name_is_unlinked_and_a_shared_one_chosen_with_the_keyboard(
    at, editor, cast, kentongan, parts, topic
):
    """Beside the form; the choices are saved by themselves, with the text."""
    with transaction.atomic():
        other = Topic.objects.create(site=kentongan, name="Selat Lantang", slug="film", kind="event")
        Topic.objects.create(site=kentongan, name="Sangkala", slug="sangkala", kind="place")
    text = "Selat Lantang, Sangkala, lalu Sangkala lagi."
    story = cast.story(kentongan, by=editor, body=cast.body(text), **parts)
    page = at(editor)
    page.goto(edit(story))
    choice = page.get_by_label("Selat Lantang", exact=False).and_(page.locator("select"))
    choice.focus()
    choice.select_option(str(other.pk))
    expect(page.locator(f"[data-rd-off='{other.pk}']")).to_be_checked()
    page.get_by_text("disebut 2 kali").focus()
    page.keyboard.press("Enter")
    last = page.locator("[data-rd-at][data-number='1']")
    last.focus()
    page.keyboard.press("Space")
    expect(last).not_to_be_checked()
    page.wait_for_timeout(1500)  # the server looks again; who was there stays there
    expect(last).to_be_focused()
    key = story.body[0].id

    def kept():
        return Story.objects.get(pk=story.pk).get_latest_revision_as_object().mention_choices

    wanted = {"chosen": {"Selat Lantang": other.pk}, "off_at": [[key, "Sangkala", 1]]}
    for _ in range(60):
        if kept() == wanted:
            break
        page.wait_for_timeout(200)
    assert kept() == wanted
