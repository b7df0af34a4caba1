"""``redaksi import FILE --site S``: bring a WordPress archive in. What didn't come over is told, with its reason, in a report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from redaksi.network.models import Site
from redaksi.wire.formats.wxr.reader import WxrError
from redaksi.wire.intake import bring_in


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a WordPress export (WXR, .xml)")
    parser.add_argument("--site", required=True, help="short name of the site that takes it")
    parser.add_argument(
        "--photos", type=Path, help="the old site's wp-content/uploads, or any folder with its pictures"
    )
    parser.add_argument("--report", type=Path, help="where the table of what didn't come over goes")
    parser.add_argument(
        "--language", choices=("id", "en"), default="", help="of the report; the site's by default"
    )


def run(args: argparse.Namespace) -> int:
    """Exit status 1 when the file could not be read to its end; what stood before that is in."""
    site = Site.objects.filter(slug=args.site).first()
    if site is None:
        known = ", ".join(Site.objects.values_list("slug", flat=True)) or "none yet"
        print(f"redaksi: there is no site “{args.site}”; there are: {known}.", file=sys.stderr)
        return 1
    try:
        outcome = bring_in(args.file, site, photos=args.photos, report=args.report, language=args.language)
    except (WxrError, OSError) as error:
        print(f"redaksi: {error}", file=sys.stderr)
        return 1
    print(outcome.summary)
    return 1 if outcome.trouble else 0
