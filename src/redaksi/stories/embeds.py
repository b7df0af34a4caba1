"""The hosts of which something may be embedded, in one list: the desk checks an address against it, the press frames only these."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """``pattern`` takes an address that an editor pastes; ``frame`` is the address that is framed, with the group put in."""

    name: str
    pattern: re.Pattern[str]
    frame: str


PROVIDERS = (
    Provider(
        "YouTube",
        re.compile(r"https://(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?v=|embed/|shorts/)|youtu\.be/)([\w-]{6,20})\b"),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    Provider("Vimeo", re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{5,12})\b"), "https://player.vimeo.com/video/{}?dnt=1"),
    Provider(
        "Spotify",
        re.compile(r"https://open\.spotify\.com/((?:episode|show|track)/[A-Za-z0-9]{10,30})\b"),
        "https://open.spotify.com/embed/{}",
    ),
    Provider("Datawrapper", re.compile(r"https://datawrapper\.dwcdn\.net/([A-Za-z0-9]{3,12})(?:/|\b)"), "https://datawrapper.dwcdn.net/{}/"),
)


def provider_of(url: str) -> Provider | None:
    """The provider whose address this is, or None."""
    return next((provider for provider in PROVIDERS if provider.pattern.match(url)), None)


def frame_of(url: str) -> str | None:
    """The address to put into a frame for an address that was pasted, or None when nothing of it may be framed."""
    for provider in PROVIDERS:
        match = provider.pattern.match(url)
        if match:
            return provider.frame.format(match.group(1))
    return None
