"""How many examples chance is to give to a test: as many as it names, or a share of them where `make check` runs.

@settings(max_examples=chance.examples(400), deadline=None)
"""

from __future__ import annotations

from hypothesis import settings

_USUAL = 100

settings.register_profile("quick", max_examples=10)


def examples(whole: int) -> int:
    """Of a test's examples, those that this run's profile has time for."""
    return max(5, whole * settings.default.max_examples // _USUAL)
