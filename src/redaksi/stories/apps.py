"""The Django app of the record."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "redaksi.stories"
    label = "stories"
    verbose_name = _("Stories")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("redaksi.stories.rights").declare_own()
        for name in ("changes", "logbook"):
            import_module(f"redaksi.stories.{name}").listen()
