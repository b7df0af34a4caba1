"""The bars of breaking news on the shelf: one piece a site, printed for all sites at once.

A bar follows from the record alone (which flashes run where, and where their stories stand), so it is simply worked out anew
whenever one of these may have changed; what comes out the same is not put onto the shelf again. Sites that speak alike share
one print: the text is set and compressed once for each language, zone and base, not for each site.
"""

from __future__ import annotations

from collections.abc import Collection

from redaksi.network.models import Site
from redaksi.press.typesetter import breaking
from redaksi.press.typesetter.engine import Speaker
from redaksi.shelf.pieces import Piece, press_piece
from redaksi.shelf.transaction import Transaction
from redaksi.stories import flashes
from redaksi.stories.copy import FlashCopy


def lay_bars(shelf: Transaction, site_ids: Collection[int] | None = None) -> None:
    """Print the bars of these sites, or of all; in the transaction that is open, so that all of them change at once."""
    sites = Site.objects.all() if site_ids is None else Site.objects.filter(pk__in=site_ids)
    every = list(sites.order_by("pk").prefetch_related("hosts"))
    running = flashes.running([site.pk for site in every])
    printed: dict[tuple[str, str, str, tuple[FlashCopy, ...]], Piece] = {}
    for site in every:
        lines = running[site.pk]
        name = (site.language, site.time_zone, site.base, lines)
        if name not in printed:
            speaker = Speaker(site.slug, site.language, site.time_zone)
            printed[name] = press_piece(breaking.bar(lines, speaker, site.base))
        shelf.put_piece(site.pk, breaking.PIECE, printed[name])
