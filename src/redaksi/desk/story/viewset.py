"""The addresses of the story at the desk, and what each is for the gate.

Wagtail's own screens for a model that aren't named here (copy, usage, unpublish, delete, bulk work) don't exist at the desk: a
published story is withdrawn with its reason, and nothing is deleted.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from redaksi.desk.story import conflict, files, lead, listing, live, notes, pickers, previews, readable, verbs
from redaksi.desk.story.chooser import StoryChooserViewSet
from redaksi.desk.story.history import StoryHistoryView
from redaksi.desk.story.panels import EDIT_HANDLER
from redaksi.desk.story.writing import StoryCreateView, StoryEditView
from redaksi.network import gate, policy
from redaksi.photos.models import Photo
from redaksi.stories.models import Story

#: Of Wagtail's addresses for a model with revisions, those that the desk has.
_KEPT = frozenset(
    {
        "add",
        "edit",
        "history",
        "history_results",
        "preview_on_add",
        "preview_on_edit",
        "revisions_revert",
        "revisions_compare",
    }
)


class StoryViewSet(SnippetViewSet):
    model = Story
    url_namespace = "desk_story"
    url_prefix = "berita"
    icon = "doc-full"
    menu_label = _("Stories")
    menu_name = "stories"
    menu_order = 110
    add_to_admin_menu = True
    edit_handler = EDIT_HANDLER
    add_view_class = StoryCreateView
    edit_view_class = StoryEditView
    history_view_class = StoryHistoryView
    preview_on_add_view_class = previews.PreviewCreate
    preview_on_edit_view_class = previews.PreviewEdit
    chooser_viewset_class = StoryChooserViewSet
    create_template_name = "desk/story/create.html"
    edit_template_name = "desk/story/edit.html"
    copy_view_enabled = False

    def get_edit_handler(self) -> Any:
        return EDIT_HANDLER.bind_to_model(Story)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's views learn that the screens which the desk hasn't got aren't there."""
        absent = ("revisions_view", "revisions_unschedule", "unpublish", "usage", "delete", "lock", "unlock")
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in absent}, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        stock = [pattern for pattern in super().get_urlpatterns() if pattern.name in _KEPT]
        return [
            path("", listing.show, name="list"),
            path("cari/<slug:kind>/", pickers.find, name="find"),
            path("lihat/", live.look, name="look_new"),
            path("lihat/<int:pk>/", live.look, name="look"),
            path("foto/", lead.drop, name="drop"),
            path("foto/<int:pk>/", lead.facts, name="photo_facts"),
            path("pratinjau/<int:pk>/", previews.room, name="preview"),
            path("pratinjau/<int:pk>/isi/", previews.shown, name="shown"),
            path("bentrok/<int:pk>/<int:revision>/", conflict.show, name="conflict"),
            path("catatan/<int:pk>/", notes.add, name="note"),
            path("catatan/<int:pk>/<int:note>/selesai/", notes.settle, name="settle"),
            path("ralat/<int:pk>/", verbs.add_correction, name="correct"),
            path("verifikasi/<int:pk>/", verbs.begin_verifying, name="verify"),
            path("terverifikasi/<int:pk>/", verbs.end_verifying, name="verified"),
            path("cabut/<int:pk>/", verbs.take_down, name="withdraw"),
            path("tayangkan-lagi/<int:pk>/", verbs.put_back, name="restore"),
            path("kembalikan/<int:pk>/", verbs.return_to_writer, name="hand_back"),
            path("batal-jadwal/<int:pk>/", verbs.take_back_schedule, name="unschedule"),
            path("pilih/<int:pk>/", verbs.pick_it, name="pick"),
            path("batal-pilih/<int:pk>/", verbs.unpick_it, name="unpick"),
            path("kunci/<int:pk>/", verbs.lock, name="lock"),
            path("buka-kunci/<int:pk>/", verbs.unlock, name="unlock"),
            path("terbaca/<int:pk>/", readable.answer, name="readable"),
            *stock,
        ]


def _name(*names: str) -> list[str]:
    return [f"desk_story:{name}" for name in names]


def guard() -> None:
    """Tell the gate what each address is."""
    gate.guard_kind(Story, *_name("list"), get="see", post="see")
    gate.guard_kind(Story, *_name("add", "preview_on_add", "look_new"), get="add", post="add")
    gate.guard_kind(Photo, *_name("drop"), get="add", post="add")
    gate.guard(Photo, *_name("photo_facts"), get="see", post="change")
    gate.open_to_staff(*_name("find"), "desk_foto", "desk_aset")
    gate.guard(Story, *_name("preview", "shown", "readable"), get="see", post="see")
    gate.guard(Story, *_name("note", "settle"), get="see", post="see")
    gate.guard(
        Story, *_name("edit", "preview_on_edit", "look", "lock", "unlock"), get="change", post="change"
    )
    gate.guard(Story, *_name("history", "history_results", "revisions_compare"), get="change", post="change")
    gate.guard(Story, *_name("revisions_revert", "conflict"), get="change", post="change")
    gate.guard(
        Story,
        *_name(
            "correct",
            "verify",
            "verified",
            "withdraw",
            "restore",
            "hand_back",
            "unschedule",
            "pick",
            "unpick",
        ),
        get="publish",
        post="publish",
    )
    chooser = "wagtailsnippetchoosers_stories_story"
    gate.guard_kind(
        Story,
        f"{chooser}:choose",
        f"{chooser}:choose_results",
        f"{chooser}:chosen_multiple",
        get="choose",
        post="choose",
    )
    gate.guard(Story, f"{chooser}:chosen", get="choose", post="choose")
    gate.guard_with(_session, "wagtailadmin_editing_sessions:ping")
    gate.open_to_staff("wagtailadmin_editing_sessions:release")  # takes only the user's own sessions away


def _session(request: Any, kwargs: dict[str, Any]) -> None:
    """Who else is in a story: told to those who may change it."""
    if (kwargs.get("app_label"), kwargs.get("model_name")) != ("stories", "story"):
        raise Http404
    verb: policy.Verb = "change"
    gate.require(request, Story, kwargs.get("object_id"), verb)


def more_addresses() -> list[Any]:
    """Addresses outside the story's own folder: those that printed pages name."""
    return [
        path("foto/<str:name>", files.photo, name="desk_foto"),
        path("aset/<path:_name>", files.asset, name="desk_aset"),
    ]


def register() -> None:
    """Put the story's screens into the desk. Called once, when the desk's hooks are read."""
    register_snippet(StoryViewSet)
    hooks.register("register_admin_urls", more_addresses)
    guard()
