"""What a run found out: figures, their table, and the page of the documents that is made from them."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results" / "latest.json"
PAGE = FOLDER.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Args:
        figure: what was measured.
        value: the ratio (or, where ``against`` is measured in the same unit, the value beside it).
        unit: of the value; "×" for a ratio.
        against: what it is compared with, with that one's own figure.
        spread: (largest - smallest) / median of the rounds, as a fraction.
        setup: how it was measured.
        expected: what was promised; empty where nothing was.
    """

    figure: str
    value: float
    unit: str
    against: str
    spread: float
    setup: str
    expected: str = ""


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def spread(values: Sequence[float]) -> float:
    """(largest - smallest) / median."""
    return (max(values) - min(values)) / statistics.median(values)


def shown(value: float) -> str:
    """A number with three digits that say something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| figure | value | against | spread | promised |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {one.figure} | **{shown(one.value)}{'' if one.unit == '×' else ' '}{one.unit}** | {one.against} | "
        f"{one.spread:.0%} | {one.expected} |"
        for one in figures
    ]
    return "\n".join(lines)


def write(figures: Sequence[Figure], machine: Sequence[str]) -> None:
    """Write the results and the page of the documents."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps([asdict(one) for one in figures], indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    setups = dict.fromkeys(one.setup for one in figures)
    page = [
        "# Benchmarks",
        "",
        "Made by `make bench`; the last run's figures. Each stands beside what it is compared with, measured by turns in the same run: a time by itself says",
        "more of the machine than of the program. The value is the median of the rounds; the spread is (largest - smallest) / median of them.",
        "",
        table(figures),
        "",
        "## How it was measured",
        "",
        *(f"- {setup}" for setup in setups),
        "",
        "## The machine",
        "",
        *(f"- {line}" for line in machine),
        "",
        "The load generator, the servers and the databases share these cores; nothing leaves the loopback.",
        "",
    ]
    PAGE.write_text("\n".join(page), encoding="utf-8")
