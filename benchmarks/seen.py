"""From the click to the reader: how long a published story takes until every page that lists it has it.

The story is published by the newsroom's own verb, printed by the real press as a process, and looked for at a real newsstand over
HTTP: its own page, the front, its section, its topic and the latest (``benchmarks/seen_visit.py``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.figures import Figure, median, shown
from benchmarks.processes import ROOT, free_port, server

STORIES = 50
SETUP = (
    f"Seen: {STORIES} stories with a photo, one after the other, published by the desk's verb in the demo network while press and newsstand run as "
    "`redaksi run` starts them; from the commit until story, front, section, topic and latest page show it, each asked again and again over HTTP. "
    "The spread is that of the middle half. An idle request is the front page, asked over the same kind of connection before."
)


def measure(home: Path, folder: Path) -> list[Figure]:
    """Publish and look, with all processes up.

    Args:
        home: a data home with the demo network, pressed; stories are added to it.
        folder: where logs may be put.
    """
    port = free_port()
    common = {"REDAKSI_HOME": str(home), "PORT": str(port)}
    here = [sys.executable, "-m"]
    with ExitStack() as up:
        up.enter_context(server([*here, "redaksi.newsstand"], port, folder / "newsstand.log", common))
        up.enter_context(server([*here, "redaksi.cli.main", "press"], port, folder / "press.log", common))
        command = [*here, "benchmarks.seen_visit", str(port), str(STORIES)]
        said = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **common}, stdout=subprocess.PIPE, check=True
        ).stdout
    found = json.loads(said)
    idle = f"an idle request: {shown(median(found['idle']))} ms, 99th of 100 {shown(_at(found['idle'], 0.99))} ms"
    return [
        _figure("From the commit to a reader, story page", [one["story"] for one in found["seen"]], idle),
        _figure(
            "From the commit to a reader, on all five pages",
            [max(one.values()) for one in found["seen"]],
            idle,
            "≤ 1 s",
        ),
        _figure("The publishing transaction itself, as the editor waits for it", found["publishing"], idle),
    ]


def _figure(words: str, values: list[float], idle: str, promised: str = "") -> Figure:
    name = f"{words} (99th of 100: {shown(_at(values, 0.99))} ms)"
    middle_half = (_at(values, 0.75) - _at(values, 0.25)) / median(values)
    return Figure(name, median(values), "ms", idle, middle_half, SETUP, promised)


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
