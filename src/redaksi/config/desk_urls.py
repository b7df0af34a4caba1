"""The desk's addresses: Wagtail's admin at the root of a port of its own. There is no reader's page here."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as desk_urls

handler500 = "redaksi.desk.trouble.server_error"

urlpatterns = [
    path("", include(desk_urls)),
]
