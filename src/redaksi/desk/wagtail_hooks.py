"""Everything that the desk hooks into Wagtail, registered explicitly from the modules that own it."""

from __future__ import annotations

from redaksi.desk import walls

walls.register()
