"""Contrast of a site's colours on our paper, by the formulas of WCAG 2.2 (relative luminance, contrast ratio)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAPER, PAPER_DARK = "#ffffff", "#101214"
#: WCAG 2.2, success criterion 1.4.3: text of ordinary size.
LEAST_CONTRAST = 4.5
#: Where sRGB goes over from a line to a curve (IEC 61966-2-1, as WCAG 2.2 cites it).
_LINEAR_BELOW = 0.04045


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a ``#rrggbb`` colour, 0 (black) to 1 (white)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_problem(colour: str, *, dark: bool) -> str | Promise | None:
    """What is wrong with ``colour`` as a text colour on paper (or on the dark page), or None."""
    ratio = contrast(colour, PAPER_DARK if dark else PAPER)
    if ratio >= LEAST_CONTRAST:
        return None
    return _("Too faint to read: the contrast is %(ratio).1f to 1, and must be at least 4.5.") % {
        "ratio": ratio
    }
