"""Times and dates in a newspaper's words: "Sabtu, 14 Agustus 2021 10:15 WIB", "Saturday, 14 August 2021, 10:15 WIB".

Every time comes in aware, in UTC, and is shown in the site's zone. The exact time is always printed; how long ago
that was is the reader's side to say, by script, since a printed page does not know when it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
DAYS_SHORT = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
#: Indonesia's three zones by their distance from UTC in hours (Keputusan Presiden 41/1987).
INDONESIAN_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
INDONESIAN_CITIES = frozenset(
    {"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Ujung_Pandang", "Asia/Jayapura"}
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Says times in one language and one zone. ``language`` is one that the press speaks ("id", "en")."""

    language: str
    zone: ZoneInfo

    def local(self, at: datetime) -> datetime:
        """``at`` in the site's zone.

        Raises:
            ValueError: when ``at`` is naive, for nobody knows what time that is.
        """
        if at.tzinfo is None:
            raise ValueError(f"A time without a zone can't be printed: {at!r}")
        return at.astimezone(self.zone)

    def full(self, at: datetime) -> str:
        """Day, date, time and zone."""
        return f"{''.join(self.day_before_time(at))} {self.time(at)}"

    def day_before_time(self, at: datetime) -> tuple[str, str]:
        """The day of a time, its name apart, as both stand before the time: English sets a comma between."""
        of = self.local(at).date()
        return f"{DAYS[self.language][of.weekday()]}, ", self.date(of) + (
            "," if self.language == "en" else ""
        )

    def time(self, at: datetime) -> str:
        """The time of day with its zone: "10:15 WIB"."""
        return f"{self.local(at):%H:%M} {self.zone_name(at)}"

    def update(self, at: datetime, first: datetime) -> str:
        """When a story was updated: the time alone when that was on the day it came out."""
        same_day = self.local(at).date() == self.local(first).date()
        return self.time(at) if same_day else self.full(at)

    def day(self, of: date) -> str:
        """A day with its name: "Sabtu, 14 Agustus 2021"."""
        return f"{DAYS[self.language][of.weekday()]}, {self.date(of)}"

    def date(self, of: date) -> str:
        """A day without its name: "14 Agustus 2021"."""
        return f"{of.day} {self.month(of.year, of.month)}"

    def month(self, year: int, month: int) -> str:
        """A month with its year: "Agustus 2021"."""
        return f"{MONTHS[self.language][month - 1]} {year}"

    def short(self, at: datetime) -> str:
        """The time of day as a list shows it: "10.15" in Indonesian (EYD V), "10:15" in English."""
        dot = "." if self.language == "id" else ":"
        return f"{self.local(at):%H}{dot}{self.local(at):%M}"

    def short_day(self, at: datetime) -> str:
        """The day of a time where there is little room: "22 Nov", "3 Agu"."""
        local = self.local(at)
        return f"{local.day} {MONTHS[self.language][local.month - 1][:3]}"

    def machine(self, at: datetime) -> str:
        """For ``datetime`` attributes and structured data (ISO 8601, to the second, with the site's offset)."""
        return self.local(at).isoformat(timespec="seconds")

    def zone_name(self, at: datetime) -> str:
        """WIB, WITA or WIT in Indonesia; elsewhere the zone's own letters, or its distance from UTC."""
        local = self.local(at)
        offset = local.utcoffset() or timedelta()
        if self.zone.key in INDONESIAN_CITIES:
            return INDONESIAN_ZONES[round(offset / timedelta(hours=1))]
        name = local.tzname() or ""
        return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}" if offset else "UTC"


def rfc822(at: datetime) -> str:
    """A time as RSS wants it (RFC 822 with four-digit years, as RSS 2.0 allows)."""
    return format_datetime(at.astimezone(UTC))


def rfc3339(at: datetime) -> str:
    """A time as feeds compare it: in UTC, to the second, so that two of them stand in order as texts (RFC 3339)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
