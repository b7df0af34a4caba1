"""Requests that may change something run in one transaction, so that a change and its outbox row are one.

Like Django's ATOMIC_REQUESTS, but only for the methods that change things (RFC 9110, 9.2.1): in SQLite a transaction
takes the write lock at its start, and a reading request must not hold up a writing one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class WriteInOneTransaction:
    """Middleware; stands last, so that it wraps the view and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.method in SAFE:
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
