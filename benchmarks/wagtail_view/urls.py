"""One address: a story's."""

from __future__ import annotations

from django.urls import path

from benchmarks.wagtail_view.story import show

urlpatterns = [path("<path:path>", show)]
