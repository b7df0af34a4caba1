"""The newsstand: hands readers their pages by laying pieces from the shelf side by side.

A request comes in at `app`, which finds the page on the shelf, has `laying` put it together and answers as HTTP says
(`negotiation`, `answers`); `files` hands out photos and style sheets; `serve` runs it all under granian. It imports
the shelf only, never Django: readers are served while the desk and its database are down.
"""

from __future__ import annotations
