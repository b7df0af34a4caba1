"""A site's look at the desk: what may be set, whether it can be read, and how it looks while one chooses.

The sample is dressed by the press's own style sheets, so what is seen here is what readers will get. What can't be read is
refused when the form is saved, whatever the sample said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from redaksi.network.models import COLOUR, Site
from redaksi.press.typesetter import looks

#: More lines than there are tokens.
MOST_TOKENS = 60
#: Tokens that are colours: they are written as a site's own colour is, so that their contrast can be told.
COLOURS = frozenset({"paper", "ink", "ink-2", "rule", "rule-2", "wash", "site-wash", "band", "on-band"})
#: What a look's ink is where a site sets none, light and dark (structure.css).
_INK = {"ink": ("#15171b", "#eceae6"), "ink-2": ("#454a53", "#bcbfc6")}
#: Foreground, background, and the contrast that it needs: text AAA, all else AA (WCAG 2.2, 1.4.3 and 1.4.6).
_PAIRS = (("site", "paper", 4.5), ("ink", "paper", 7.0), ("ink-2", "paper", 4.5), ("on-band", "band", 4.5))


class TokensField(forms.CharField):
    """Tokens of a look, one a line: ``np-case: none``. Its value is a dictionary."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return (
            "\n".join(f"{name}: {of}" for name, of in value.items()) if isinstance(value, Mapping) else value
        )

    def to_python(self, value: Any) -> Any:
        """Lines to tokens.

        Raises:
            ValidationError: a line isn't a token, or not one that a site may set, naming the line.
        """
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > MOST_TOKENS:
            raise ValidationError(_("At most %(most)d lines.") % {"most": MOST_TOKENS})
        tokens = {}
        for line in lines:
            name, _colon, of = (part.strip() for part in line.partition(":"))
            plain = name.removeprefix("--").removesuffix("-dark")
            if not looks.may_be_set(name, of) or (plain in COLOURS and not COLOUR.match(of)):
                raise ValidationError(_("“%(line)s” is nothing that a site may set.") % {"line": line[:80]})
            tokens[name.removeprefix("--")] = of
        return tokens

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or {}) != self.to_python(data))
        except ValidationError:
            return True


def faint(look: str, colour: str, colour_dark: str, tokens: Mapping[str, str]) -> list[str]:
    """What couldn't be read in the light or in the dark, as sentences."""
    found = []
    for dark, word in ((0, _("in the light")), (1, _("in the dark"))):
        palette = {"site": (colour, colour_dark)[dark], "paper": looks.LOOKS[look].paper[dark]}
        palette |= {name: pair[dark] for name, pair in _INK.items()}
        palette["band"] = palette["site"]
        palette |= {name: of for name, of in tokens.items() if not name.endswith("-dark")} if not dark else {}
        palette |= {
            name.removesuffix("-dark"): of for name, of in tokens.items() if dark and name.endswith("-dark")
        }
        if dark and "band" in tokens and "band-dark" not in tokens:
            palette["band"] = tokens["band"]
        palette.setdefault("on-band", looks.on(palette["band"]))
        for one, other, least in _PAIRS:
            ratio = looks.contrast(palette[one], palette[other])
            if ratio < least:
                told = {"one": one, "other": other, "where": word, "ratio": ratio, "least": least}
                found.append(
                    _(
                        "%(one)s on %(other)s %(where)s: the contrast is %(ratio).1f to 1 and must be %(least).1f."
                    )
                    % told
                )
    return found


@dataclass(frozen=True)
class Sample:
    """What the style sheet needs of a site that isn't saved."""

    name: str
    look: str
    colour: str
    colour_dark: str
    tokens: dict[str, str]
    slug: str = ""
    sections: tuple[Any, ...] = ()
    named: tuple[Any, ...] = ()


@require_safe
@xframe_options_sameorigin
def sample(request: HttpRequest) -> HttpResponse:
    """A piece of a page as it would look, in the light or (``gelap=1``) in the dark. Shows only what it is asked with.

    Raises:
        Http404: a colour, look or token that can't be understood.
    """
    asked = request.GET
    try:
        tokens = TokensField(required=False, max_length=6000).clean(asked.get("tokens", ""))
    except ValidationError:
        tokens = {}  # half a line, while one types
    colours = [asked.get("colour", ""), asked.get("colour_dark", "")]
    look = asked.get("look", "")
    if look not in looks.LOOKS or look not in Site.Look.values or not all(map(COLOUR.match, colours)):
        raise Http404
    name = " ".join(asked.get("name", "").split())[:80] or _("Nameplate")
    of = Sample(name, look, colours[0], colours[1], tokens)
    dark = asked.get("gelap") == "1"
    style = looks.stylesheet(of).replace("(prefers-color-scheme:dark)", "all" if dark else "not all")
    context = {"site": of, "style": style, "dark": dark, "tagline": asked.get("tagline", "")[:160]}
    answer = TemplateResponse(request, "desk/sites/sample.html", context)
    answer["Content-Security-Policy"] = (
        "default-src 'self'; style-src 'unsafe-inline'; script-src 'none'; frame-src 'none'; form-action 'none'"
    )
    return answer
