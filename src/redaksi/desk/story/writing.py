"""Writing a story: the form's two screens, and what its buttons do.

Saving is :func:`redaksi.stories.actions.draft.draft`, whether a person pressed the button or autosave did; the other buttons
save first and then do their verb. What a verb refuses costs no text: the draft is kept, and the form comes back with the
reasons at their fields. A save over another's work never happens: see :mod:`redaksi.desk.story.conflict`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView, EditView

from redaksi.desk.story import aside, conflict
from redaksi.desk.story.buttons import Buttons
from redaksi.desk.story.form import sites_to_write_at
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.stories import checks
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import AddressTakenError, publish
from redaksi.stories.actions.schedule import schedule
from redaksi.stories.actions.submit import submit
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.models import Byline, Contributor, Story
from redaksi.stories.slugs import is_taken, path_of

Verb = Callable[[], object]


class Writing:
    """What both screens share. Mixed into Wagtail's create and edit views."""

    request: HttpRequest
    object: Story
    form: Any
    new_revision: Revision | None = None

    @property
    def user(self) -> Any:
        """Who writes: the gate lets nobody else here."""
        return self.request.user

    def get_available_actions(self) -> list[str]:
        return [*self.actions, "submit", "publish", "schedule"]  # type: ignore[attr-defined]

    def save_instance(self) -> Story:
        """Keep the text. Called by Wagtail's view in a transaction, when the form is valid."""
        story: Story = self.form.save(commit=False)
        self.new_revision = draft(
            story,
            self.user,
            overwrite=self.overwrite_revision,  # type: ignore[attr-defined]
            changed=self.form.has_changed() or not story.live,
            clean=False,
        )
        self.object = story
        return story

    def submit_action(self) -> HttpResponse | None:
        return self._do(lambda: submit(self.object, self.user))

    def publish_action(self) -> HttpResponse | None:
        return self._do(lambda: publish(self.object, self.user))

    def schedule_action(self) -> HttpResponse | None:
        """Publish at the time in ``schedule_at``, which is meant in the site's zone."""
        at = aside.time_of(self.request.POST.get("schedule_at", ""), self.object.site)
        if at is None:
            messages.error(self.request, _("Say when: the date and the time of publishing."))
            return redirect(self.get_edit_url())
        return self._do(lambda: schedule(self.object, at, self.user))

    def _do(self, verb: Verb) -> HttpResponse | None:
        """Do a verb; where it is refused, say why. The text is saved already."""
        try:
            with transaction.atomic():
                verb()
        except checks.NotPublishableError as refusal:
            count = len(refusal.findings)
            sentence = ngettext(
                "Saved, but not published: %(count)d thing is missing.",
                "Saved, but not published: %(count)d things are missing.",
                count,
            )
            messages.error(self.request, sentence % {"count": count})
            return redirect(f"{self.get_edit_url()}?periksa=terbit")
        except AddressTakenError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(f"{self.get_edit_url()}?periksa=alamat")
        except WrongStateError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.get_edit_url())
        return None

    def get_edit_url(self) -> str:
        return reverse("desk_story:edit", args=[self.object.pk])

    def get_success_url(self) -> str:
        """One stays in the story; after publishing, its address and its way to the readers are shown."""
        done = {"publish": "?terbit=1"}.get(self.action, "")  # type: ignore[attr-defined]
        return self.get_edit_url() + done

    def get_success_message(self, _instance: Story | None = None) -> str | None:
        return {
            "submit": _("Sent to the editors."),
            "publish": None,  # the page says it with the address
            "schedule": _("Scheduled."),
        }.get(self.action, _("Saved."))  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_side_panels(self) -> Any:
        """None of Wagtail's: what is needed stands beside the form."""
        return MediaContainer([])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        story: Story = self.form.instance
        row = cast("Story", getattr(self, "live_object", story))
        context |= aside.context(story, row, self.request)
        return context

    def _get_action_menu(self) -> Buttons:
        story = self.object or self.form.instance
        row = cast("Story", getattr(self, "live_object", story))
        newest = row.latest_revision if row.pk else None
        return Buttons(
            self.request,
            row,
            locked=bool(self.locked_for_user),  # type: ignore[attr-defined]  # set by Wagtail's view
            saved_at=newest.created_at if newest else None,
        )


class StoryCreateView(Writing, CreateView):
    """A new story. ``?situs=`` says for which site, where the user writes for several."""

    partials_template_name = "desk/story/partials.html"

    @cached_property
    def site(self) -> Site:
        """The site asked for, or the first one.

        Raises:
            PermissionDenied: the user writes nowhere.
        """
        sites = sites_to_write_at(self.request.user)
        wanted = self.request.POST.get("site") or self.request.GET.get("situs") or ""
        if wanted:
            return get_object_or_404(sites, pk=int(wanted) if wanted.isdecimal() else 0)
        site = sites.first()
        if site is None:
            raise PermissionDenied(_("You write for no site yet."))
        return site

    def get_initial_form_instance(self) -> Story:
        """An empty story in the section where its writer wrote last, under the writer's own name."""
        user: Any = self.request.user
        story = Story(site=self.site, owner=user, live=False)
        last = (
            Story.objects.filter(owner=user, site=self.site)
            .order_by("-created_at", "-id")
            .values_list("section_id")
        )
        allowed = [
            section
            for section in self.site.sections.all()
            if policy.may(user, "add", Story(site=self.site, section=section))
        ]
        recent = {row[0] for row in last[:1]}
        story.section = next((one for one in allowed if one.pk in recent), allowed[0] if allowed else None)
        name = Contributor.objects.filter(user=user).filter(site__in=[self.site]).first()
        if name is not None and self.request.method == "GET":
            story.bylines = [Byline(contributor=name, role=Byline.Role.WRITER, sort_order=0)]
        return story

    def get_add_url(self) -> str:
        return reverse("desk_story:add")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_story:list"), "label": _("Stories")},
            {"url": "", "label": _("New story")},
        ]

    def get_page_subtitle(self) -> str:
        return _("New story")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sites = list(sites_to_write_at(self.request.user)[:500])
        context["other_sites"] = [site for site in sites if site.pk != self.site.pk]
        context["site"] = self.site
        return context


class StoryEditView(Writing, EditView):
    """A story that is there already."""

    partials_template_name = "desk/story/partials.html"

    def get_queryset(self) -> Any:
        """The row; held for the length of a save, so that two saves come one after the other."""
        stories = Story.objects.select_related("site", "section", "latest_revision", "owner")
        if self.request.method == "POST":
            Story.objects.select_for_update().filter(pk=self.object_pk).values_list("pk").first()
        return stories

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; but set the text aside, and show both, when someone else saved since the form was opened."""
        response: HttpResponse
        if self.expects_json_response or not self.is_out_of_date or self.locked_for_user:
            response = super().post(request, *args, **kwargs)
            return response
        form = self.get_form()
        form.defer_required_fields()
        if not form.is_valid():
            form.restore_required_fields()
            self.produced_error_message = _(
                "Someone else saved this story meanwhile, and some fields here can't be saved yet. Mend these first; "
                "nothing of either text is lost."
            )
            response = self.form_invalid(form)
            return response
        mine = conflict.set_aside(form.save(commit=False), request.user)
        base = request.POST.get("loaded_revision_id", "")
        return redirect(conflict.address(self.live_object, mine, base))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not form.is_bound and self.request.GET.get("periksa"):
            form._errors = self._reasons(self.request.GET["periksa"])  # noqa: SLF001  # a form that isn't bound has none of its own
        return form

    def _reasons(self, what: str) -> ErrorDict:
        """Why publishing was refused, by field."""
        reasons: dict[str, list[str]] = {}
        if what == "terbit":
            for finding in checks.examine(self.object):
                if finding.blocks:
                    reasons.setdefault(finding.field, []).append(finding.text)
        elif what == "alamat" and self.object.slug:
            path = path_of(self.object, self.object.published_at or timezone.now())
            if is_taken(self.object, path):
                reasons["slug"] = [_("Another story has this address already.")]
        return ErrorDict({field: ErrorList(texts) for field, texts in reasons.items()})

    def get_usage_url(self) -> None:
        return None

    def get_lock_context(self) -> dict[str, Any]:
        """Wagtail's facts about the lock; its sentence and its buttons are ours (see :mod:`.aside`)."""
        return {"lock": self.lock, "locked_for_user": self.locked_for_user}

    @property
    def can_delete(self) -> bool:
        return False
