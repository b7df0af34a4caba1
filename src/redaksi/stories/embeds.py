"""Embeds: what of another host a page may show, and only after its reader asked for it.

The list is short and closed, because each provider is a host that the page's security policy must let in. The desk checks an
address against it, the press frames only these; an embed of anyone else is printed as a plain link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that a click may open: its address, and its shape (width to height) or its height in CSS pixels."""

    src: str
    shape: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Who may be embedded: ``hosts`` as they are linked, ``origin`` of the frame, ``frame`` from path and query."""

    name: str
    hosts: frozenset[str]
    origin: str
    frame: Callable[[list[str], dict[str, list[str]]], str | None]
    shape: str = "wide"


def _youtube(path: list[str], query: dict[str, list[str]]) -> str | None:
    if path[:1] == ["watch"]:
        name = query.get("v", [""])[0]
    elif path[:1] in (["shorts"], ["embed"], ["live"]):
        name = path[1] if len(path) > 1 else ""
    else:
        name = path[0] if path else ""
    return f"/embed/{name}?autoplay=1" if _NAME.fullmatch(name) else None


def _vimeo(path: list[str], _: dict[str, list[str]]) -> str | None:
    name = path[-1] if path else ""
    return f"/video/{name}?dnt=1&autoplay=1" if name.isascii() and name.isdigit() else None


def _instagram(path: list[str], _: dict[str, list[str]]) -> str | None:
    match path:
        case [("p" | "reel") as kind, name] if _NAME.fullmatch(name):
            return f"/{kind}/{name}/embed/"
    return None


def _tiktok(path: list[str], _: dict[str, list[str]]) -> str | None:
    match path:
        case [_, "video", name] if name.isascii() and name.isdigit():
            return f"/embed/v2/{name}"
    return None


def _spotify(path: list[str], _: dict[str, list[str]]) -> str | None:
    match path:
        case [("episode" | "show" | "track" | "album" | "playlist") as kind, name] if _NAME.fullmatch(name):
            return f"/embed/{kind}/{name}"
    return None


def _datawrapper(path: list[str], _: dict[str, list[str]]) -> str | None:
    return f"/{path[0]}/" if path and _NAME.fullmatch(path[0]) else None


def _x(path: list[str], _: dict[str, list[str]]) -> str | None:
    match path:
        case [_, "status", name] if name.isascii() and name.isdigit():
            return f"/embed/Tweet.html?dnt=true&id={name}"
    return None


def _facebook(path: list[str], query: dict[str, list[str]]) -> str | None:
    tail = "?v=" + query["v"][0] if path[:1] == ["watch"] and "v" in query else ""
    if not path:
        return None
    address = quote(f"https://www.facebook.com/{'/'.join(path)}{tail}", safe="")
    plugin = "video.php" if "watch" in path or "videos" in path else "post.php"
    return f"/plugins/{plugin}?href={address}"


PROVIDERS = (
    Provider(
        "YouTube",
        frozenset({"youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"}),
        "https://www.youtube-nocookie.com",
        _youtube,
    ),
    Provider("Vimeo", frozenset({"vimeo.com", "player.vimeo.com"}), "https://player.vimeo.com", _vimeo),
    Provider("Instagram", frozenset({"instagram.com"}), "https://www.instagram.com", _instagram, "tall"),
    Provider("TikTok", frozenset({"tiktok.com"}), "https://www.tiktok.com", _tiktok, "tall"),
    Provider("Spotify", frozenset({"open.spotify.com"}), "https://open.spotify.com", _spotify, "low"),
    Provider(
        "Datawrapper", frozenset({"datawrapper.dwcdn.net"}), "https://datawrapper.dwcdn.net", _datawrapper
    ),
    Provider(
        "X",
        frozenset({"twitter.com", "x.com", "mobile.twitter.com"}),
        "https://platform.twitter.com",
        _x,
        "tall",
    ),
    Provider(
        "Facebook", frozenset({"facebook.com", "m.facebook.com"}), "https://www.facebook.com", _facebook
    ),
)


_VIDEO_ONLY = frozenset({"YouTube", "Vimeo", "TikTok"})


def is_video(url: str) -> bool:
    """Whether an embedded address is that of a moving picture: where its provider has others too, its frame tells."""
    provider, frame = provider_of(url), frame_for(url)
    if provider is None or frame is None:
        return False
    return provider.name in _VIDEO_ONLY or "/reel/" in frame.src or "/plugins/video.php" in frame.src


def provider_of(url: str) -> Provider | None:
    """The provider that an address belongs to, if we know it."""
    try:
        host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return None
    return next((one for one in PROVIDERS if host in one.hosts), None)


def frame_for(url: str) -> Frame | None:
    """The frame of an embedded address, or None: an unknown provider, or an address that names nothing to show."""
    provider = provider_of(url)
    if provider is None:
        return None
    parts = urlsplit(url)
    path = [segment for segment in parts.path.split("/") if segment]
    tail = provider.frame(path, parse_qs(parts.query, max_num_fields=20))
    return Frame(provider.origin + tail, provider.shape) if tail else None
