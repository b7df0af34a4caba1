"""The content security policy of a site's pages: nothing runs, loads or frames but what the press put there.

CSP Level 3. The inline style is allowed by the hash of its very text, so the policy belongs to a print: the foreman
stores both in one transaction.
"""

from __future__ import annotations

import base64
import hashlib

from redaksi.press.typesetter.looks import stylesheet
from redaksi.stories.copy import SiteCopy
from redaksi.stories.embeds import PROVIDERS


def content_security_policy(site: SiteCopy) -> str:
    """The value of the ``Content-Security-Policy`` header for every page of the site."""
    digest = base64.b64encode(hashlib.sha256(stylesheet(site).encode()).digest()).decode()
    directives = {
        "default-src": "'self'",
        "style-src": f"'sha256-{digest}'",
        "script-src": "'self'",
        "object-src": "'none'",
        "frame-src": " ".join(sorted({provider.origin for provider in PROVIDERS})),
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
