"""WordPress's shortcodes as HTML: `[caption]`, `[gallery]`, `[embed]`, `[audio]`, `[video]` and the usual players.

Unknown shortcodes lose their brackets and keep the text inside, with a note. What only looks like one stays as it is:
`[sic]` and `[red]` are words of a newsroom, so a bare word counts only if it is known or closed again.
"""

from __future__ import annotations

import html
import re

from redaksi.wire.losses import Losses, Reason

_SHORTCODE = re.compile(
    r"\[(\[?)(/?)([A-Za-z][A-Za-z0-9_-]{1,40})(?=[\s/\]:=])([^\[\]<>]{0,2000}(?:<[^<>\[\]]{0,1000}>[^\[\]<>]{0,1000}){0,8})\](\]?)"
)
_PAIR = re.compile(r"(?<![\w-])([\w-]{1,64})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_CAPTION = re.compile(r"\[(/?)(?:wp_)?caption\b([^\[\]]{0,4000})\]", re.IGNORECASE)
_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>)?\s*<img\b[^<>]*>\s*(?:</a>)?)(.*)\Z", re.DOTALL | re.IGNORECASE)
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "soundcloud": "{}",
    "instagram": "{}",
    "facebook": "{}",
}
_BARE = frozenset(
    "gallery playlist contact-form contact-form-7 sitemap archives recent-posts more nextpage toc".split()
)


def expand(markup: str, losses: Losses) -> str:
    """Put HTML in the place of shortcodes.

    Args:
        markup: a segment of a content.
        losses: is told of each shortcode that means nothing here.

    Returns:
        HTML that is as untrusted as it came.
    """
    if "[" not in markup:
        return markup
    markup = _with_figures(markup)
    closed = {name.lower() for name in re.findall(r"\[/([A-Za-z][\w-]{1,40})\]", markup)}
    return _SHORTCODE.sub(lambda match: _one(match, closed, losses), markup)


def _with_figures(markup: str) -> str:
    """`[caption id="attachment_7" caption="…"]<img> text[/caption]` as figures. In linear time, closed or not."""
    out: list[str] = []
    done = 0
    opening: re.Match[str] | None = None
    for match in _CAPTION.finditer(markup):
        if not match.group(1):
            opening = match
        elif opening:
            out += [
                markup[done : opening.start()],
                _figure(opening.group(2), markup[opening.end() : match.start()]),
            ]
            done, opening = match.end(), None
    return "".join([*out, markup[done:]])


def _figure(attributes: str, inside: str) -> str:
    """Old captions stand in an attribute, newer ones after the picture."""
    picture = _PICTURE.match(inside)
    shown, words = picture.groups() if picture else (inside, "")
    # The attribute is HTML already, with its brackets as entities; only its quotes are WordPress's own.
    caption = words.strip() or _attributes(attributes).get("caption", "")
    return f'<figure class="wp-caption">{shown}<figcaption>{caption}</figcaption></figure>'


def _one(match: re.Match[str], closed: set[str], losses: Losses) -> str:
    doubled, closing, name, rest, doubled_end = match.groups()
    if doubled and doubled_end:
        return match.group(0)[1:-1]
    lower, attributes = name.lower(), _attributes(rest)
    outside = ("[" if doubled else "", "]" if doubled_end else "")
    known = lower in _PLAYERS or lower in {"gallery", "embed", "audio", "video", "caption", "wp_caption"}
    if not (
        known or closing or attributes or lower in closed or lower in _BARE or rest.rstrip().endswith("/")
    ):
        return match.group(0)
    if closing and lower not in closed and not known:
        return match.group(0)
    return outside[0] + _html(lower, rest, attributes, losses, closing=bool(closing)) + outside[1]


def _html(name: str, rest: str, attributes: dict[str, str], losses: Losses, *, closing: bool) -> str:
    bare = _bare(rest)
    if name == "embed":
        return "\n\n" if closing or not bare else f"\n\n{bare}\n\n"
    if closing:
        return "\n\n" if name in {"audio", "video", "caption"} else ""
    if name == "gallery":
        listed = re.sub(r"[^\d,]", "", attributes.get("ids") or attributes.get("include") or "")
        return f'<figure class="wp-block-gallery" data-ids="{listed or "attached"}"></figure>'
    if name in {"audio", "video"}:
        kinds = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv", "mov")
        address = next((attributes[kind] for kind in kinds if attributes.get(kind)), bare)
        return f'<{name} src="{html.escape(address)}"></{name}>' if address else ""
    if name in _PLAYERS:
        return _player(
            name, bare or attributes.get("url") or attributes.get("id") or attributes.get("src") or ""
        )
    losses.add(Reason.SHORTCODE, f"[{name}]", " ".join(rest.split())[:120])
    return ""


def _player(name: str, what: str) -> str:
    what = what.lstrip("=:").strip()
    address = what if what.startswith(("http://", "https://")) else _PLAYERS[name].format(what)
    return f"\n\n{html.escape(address)}\n\n" if what else ""


def _attributes(text: str) -> dict[str, str]:
    text = html.unescape(text).replace("”", '"').replace("“", '"').replace("″", '"')
    return {name.lower(): first or second or third for name, first, second, third in _PAIR.findall(text)}


def _bare(rest: str) -> str:
    """An address or number that stands in a shortcode without a name; a link that the editor made of it counts too."""
    text = re.sub(r"<[^<>]*>", " ", rest).strip().rstrip("/").strip()
    first = text.split()[0] if text else ""
    return html.unescape(first) if first and not re.match(r"[\w-]+=", first) else ""
