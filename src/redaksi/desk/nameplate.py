"""What the desk wears: its nameplate and style sheet, laid over Wagtail's own through its hooks and custom properties."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def style() -> SafeString:
    """The link to the desk's style sheet, for ``insert_global_admin_css``."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
