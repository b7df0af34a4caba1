"""The Django app of the outbox."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "redaksi.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
