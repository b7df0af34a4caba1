"""The report of an import: a table of everything that did not come in as it was, and a summary in words.

The table (UTF-8, tab-separated, a header line) is appended to and flushed before each batch is committed: an import that
was killed and went on has one whole report; at worst a batch stands in it twice.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TextIO

from redaksi.wire.losses import Loss, Reason, sentence

COLUMNS = ("entry", "kind", "title", "old_address", "reason", "what", "detail", "meaning")


@dataclass(slots=True)
class Tally:
    """What an import did. ``losses`` counts report lines by reason; ``states`` stories by the state they came in."""

    states: Counter[str] = field(default_factory=Counter)
    losses: Counter[Reason] = field(default_factory=Counter)
    known: int = 0
    skipped: int = 0
    photos: int = 0
    sections: int = 0
    topics: int = 0
    contributors: int = 0
    addresses: int = 0

    @property
    def stories(self) -> int:
        return sum(self.states.values())


class Report:
    """Writes the table. Use it as a context."""

    def __init__(self, path: Path, language: str, tally: Tally) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists() or path.stat().st_size == 0
        self.path = path
        self._language = language
        self._tally = tally
        self._file: TextIO = path.open("a", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, delimiter="\t", lineterminator="\n")
        if fresh:
            self._rows.writerow(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, entry: str, kind: str, title: str, address: str, losses: Iterable[Loss]) -> None:
        """Write a line for each loss of one entry."""
        for loss in losses:
            self._tally.losses[loss.reason] += 1
            cells = (entry, kind, title, address, loss.reason.value, loss.what, loss.detail)
            self._rows.writerow([*(_one_line(cell) for cell in cells), sentence(loss.reason, self._language)])

    def flush(self) -> None:
        self._file.flush()


_WORDS = {
    "id": {
        "came": "{stories:,} berita masuk ({states}); {known:,} sudah ada sejak sebelumnya; {skipped:,} isi bukan berita.",
        "made": "Dibuat: {photos:,} foto, {sections:,} kanal, {topics:,} topik, {contributors:,} nama; {addresses:,} alamat lama dialihkan.",
        "losses": "Yang tidak ikut atau berubah ({lines:,} baris di {path}):",
        "nothing": "Semuanya ikut masuk apa adanya.",
        "stopped": "Berkas tidak utuh: {trouble}",
        "live": "terbit", "draft": "draf", "submitted": "menunggu editor", "scheduled": "terjadwal",
    },
    "en": {
        "came": "{stories:,} stories came in ({states}); {known:,} were there already; {skipped:,} entries are no stories.",
        "made": "Made: {photos:,} photos, {sections:,} sections, {topics:,} topics, {contributors:,} names; {addresses:,} old addresses redirect.",
        "losses": "What did not come, or came changed ({lines:,} lines in {path}):",
        "nothing": "Everything came in as it was.",
        "stopped": "The file is not whole: {trouble}",
        "live": "published", "draft": "drafts", "submitted": "waiting for an editor", "scheduled": "scheduled",
    },
}  # fmt: skip


def summary(tally: Tally, path: Path, language: str, trouble: object = None) -> str:
    """The import in a few lines, in Indonesian for `id…`, else in English."""
    tongue = "id" if language.startswith("id") else "en"
    words = _WORDS[tongue]
    states = ", ".join(f"{count:,} {words[state]}" for state, count in sorted(tally.states.items())) or "0"
    numbers = {
        name: getattr(tally, name) for name in ("stories", "known", "skipped", "photos", "sections", "topics")
    }
    numbers |= {"contributors": tally.contributors, "addresses": tally.addresses}
    lines = [words["came"].format(states=states, **numbers), words["made"].format(**numbers)]
    if tally.losses:
        lines.append(words["losses"].format(lines=sum(tally.losses.values()), path=path))
        lines += [
            f"  {count:>7,}  {reason.value:<14} {sentence(reason, tongue)}"
            for reason, count in tally.losses.most_common()
        ]
    else:
        lines.append(words["nothing"])
    if trouble:
        lines.append(words["stopped"].format(trouble=trouble))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
