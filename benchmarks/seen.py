"""From the click to the reader: how long a published story takes until every page that lists it has it, while others read.

The story is published by the newsroom's own verb, printed by the real press as a process, and looked for at a real newsstand over
HTTP: its own page, the front, its section, its topic, the latest and the feed (``benchmarks/seen_visit.py``).
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, at, median, quarters, shown
from benchmarks.load import crowd, random_requests
from benchmarks.processes import told_by
from benchmarks.servers import newsstand, press

STORIES = 50
SETUP = (
    f"Seen: {STORIES} stories with a photo, one after the other, published by the desk's verb in the corpus while press and newsstand run as "
    "`redaksi run` starts them and others read random stories at half of the peak; from the commit until story, front, section, topic, latest page and "
    "feed show it on each of four connections, asked again and again over HTTP. An idle request is the front page, asked over the same kind of "
    "connection before."
)


def measure(corpus: Corpus, folder: Path) -> list[Figure]:
    """Publish and look, with all processes up.

    Args:
        corpus: the network; stories are added to it.
        folder: where logs and addresses may be put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    addresses = corpus.addresses(folder)
    port, stand = newsstand(corpus.home, folder)
    with ExitStack() as up:
        up.enter_context(stand)
        peak = random_requests(port, addresses, 4).rate
        up.enter_context(press(corpus.home, folder, port))
        quiet = told_by("seen_visit", corpus.home, port, 5, PORT=port)
        with crowd(port, addresses, peak / 2) as met:
            found = told_by("seen_visit", corpus.home, port, STORIES, PORT=port)
    found["idle"] = quiet["idle"]
    return _figures(found, median([one.rate for one in met]), peak)


def _figures(found: dict[str, Any], rate: float, peak: float) -> list[Figure]:
    idle = (
        f"an idle request: {shown(median(found['idle']))} ms, 99th of 100 {shown(at(found['idle'], 0.99))} ms; "
        f"readers: {shown(rate)} requests/s of {shown(peak)}"
    )
    last = [max(one.values()) for one in found["seen"]]

    def figure(name: str, words: str, values: list[float], part: float, promised: str = "") -> Figure:
        return Figure(name, words, at(values, part), "ms", idle, quarters(values), SETUP, promised)

    return [
        figure("visible_median_ms", "From the commit to a reader, on all six pages: half of the stories within", last, 0.5, "< 150 ms"),
        figure("visible_p99_ms", "From the commit to a reader, on all six pages: 99 of 100 within", last, 0.99, "< 500 ms"),
        figure("visible_story_ms", "From the commit to a reader, story page", [one["story"] for one in found["seen"]], 0.5),
        figure("publishing_ms", "The publishing transaction itself, as the editor waits for it", found["publishing"], 0.5),
    ]  # fmt: skip
