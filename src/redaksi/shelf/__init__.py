"""The shelf: pressed pages, and everything that readers are served from.

The press writes it (`writer`), the newsstand reads it (`reader`), and both speak of the same things: compressed
pieces (`pieces`), pages made of pieces with holes between them (`recipe`), and lists that fill such holes (`lists`).
It is derived from the desk's record and can be pressed afresh at any time (`place` swaps the fresh one in).
The standard library only; the format is described in `docs/contracts/shelf.md`.
"""

from __future__ import annotations
