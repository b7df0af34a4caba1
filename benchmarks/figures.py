"""What a run found out: figures, their table, and the page of the documents that is made from them."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results" / "latest.json"
#: The kinds of runs, the one that says most last: where two have a figure of one name, that one's stands among the results, however new the other
#: is. A result's setup begins with its run.
RUNS = {
    "bench": "`make bench`: 100,000 stories",
    "peers": "`make bench-peers`: beside WordPress",
    "million": "`make bench-million`: a million stories",
}
HEAD = (
    "# Benchmarks",
    "",
    "Made by `make bench`, `make bench-peers` and `make bench-million`; the last run of each. Each figure stands beside what it is compared with, measured",
    "by turns in the same run: a time by itself says more of the machine than of the program. The value is the median of the rounds; the spread is",
    "(largest - smallest) / median of them (of many single measurements: of their middle half). Load generator, servers and databases share the machine's",
    "cores; nothing leaves the loopback.",
)
PAGE = FOLDER.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Args:
        figure: its name, for programs; the same from run to run.
        words: what was measured, as the table says it.
        value: the ratio (or, where ``against`` is measured in the same unit, the value beside it).
        unit: of the value; "×" for a ratio.
        against: what it is compared with, with that one's own figure.
        spread: the value in each of the rounds (of many single measurements: that of the first, the middle and the third quarter).
        setup: how it was measured.
        expected: what was promised; empty where nothing was.
    """

    figure: str
    words: str
    value: float
    unit: str
    against: str
    spread: tuple[float, ...]
    setup: str
    expected: str = ""


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def quarters(values: Sequence[float]) -> tuple[float, ...]:
    """What a quarter, half and three quarters of the values don't exceed."""
    return tuple(at(values, part) for part in (0.25, 0.5, 0.75))


def at(values: Sequence[float], part: float) -> float:
    """The value that this part of all (0.99: all but a hundredth) doesn't exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _deviation(values: Sequence[float]) -> float:
    """(largest - smallest) / median."""
    middle = statistics.median(values) if values else 0
    return (max(values) - min(values)) / middle if middle else 0


def shown(value: float) -> str:
    """A number with three digits that say something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| figure | value | against | spread | promised |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {one.words} | **{shown(one.value)}{'' if one.unit == '×' else ' '}{one.unit}** | {one.against} | "
        f"{_deviation(one.spread):.0%} | {one.expected} |"
        for one in figures
    ]
    return "\n".join(lines)


def write(run: str, found: Sequence[Figure], machine: Sequence[str], corpus: Sequence[str]) -> None:
    """Write down a run, and make the page of the documents and the newest results anew from the last of each kind.

    Args:
        run: its kind, one of :data:`RUNS`.
        found: its figures.
        machine: what it was made on, a line each.
        corpus: what the large corpus is like, a line each.
    """
    FOLDER.joinpath("results").mkdir(exist_ok=True)
    told = {"machine": list(machine), "corpus": list(corpus), "figures": [asdict(one) for one in found]}
    _write_json(FOLDER / "results" / f"{run}.json", told)
    runs = {name: _read(name) for name in RUNS}
    results = {
        one.figure: replace(one, setup=f"{RUNS[name]}. {one.setup}")
        for name, (_, _, figures) in runs.items()
        for one in figures
    }
    _write_json(RESULTS, [asdict(one) for one in results.values()])
    page = [*HEAD]
    for name, (facts, stories, figures) in runs.items():
        if figures:
            setups = dict.fromkeys(one.setup for one in figures)
            page += ["", f"## {RUNS[name]}", "", table(figures), "", *(f"- {text}" for text in setups)]
            for words, lines in (("The machine:", facts), ("The corpus, made by `redaksi synth`:", stories)):
                page += ["", words, "", *(f"- {line}" for line in lines)] if lines else []
    PAGE.write_text("\n".join([*page, ""]), encoding="utf-8")


def _read(run: str) -> tuple[list[str], list[str], list[Figure]]:
    file = FOLDER / "results" / f"{run}.json"
    if not file.exists():
        return [], [], []
    told = json.loads(file.read_text(encoding="utf-8"))
    figures = [Figure(**one | {"spread": tuple(one["spread"])}) for one in told["figures"]]
    return told["machine"], told.get("corpus", []), figures


def _write_json(file: Path, told: object) -> None:
    file.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
