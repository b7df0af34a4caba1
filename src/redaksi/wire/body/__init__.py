"""Foreign HTML to the body's own elements: pure, sanitised, and without losing a word in silence.

`wordpress.convert` takes a WordPress content apart (block comments, shortcodes, classic text), `setter` sets its HTML
as the plain data of `elements`. What cannot be carried over is noted in `redaksi.wire.losses`.
"""

from __future__ import annotations
