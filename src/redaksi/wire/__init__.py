"""What comes in from other systems: archives, feeds and wires, and how they become stories of the record.

Bytes flow through a format (pure: bytes to frozen data), the body reader (foreign HTML to the body's own elements)
and an intake (data to the record, in small transactions with their outbox rows).
"""

from __future__ import annotations
