"""How many examples chance is to give to a test: as many as it names, or a share of them where `make check` runs.

@settings(max_examples=chance.examples(400), deadline=None)
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_USUAL = 100

# How quick the machine is, is nothing that an example shows: on a busy one each of them would fail now and then.
settings.register_profile(
    "usual", max_examples=_USUAL, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("usual"), max_examples=10)
settings.load_profile("usual")


def examples(whole: int) -> int:
    """Of a test's examples, those that this run's profile has time for."""
    return max(5, whole * settings.default.max_examples // _USUAL)
