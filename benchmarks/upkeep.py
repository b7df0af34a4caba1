"""What a large archive costs those who run it: to make, to publish into, to start with, to keep in memory, to print anew while readers read."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, median, shown
from benchmarks.load import random_requests
from benchmarks.processes import ROOT, free_port, largest_worker, told_by
from benchmarks.servers import HERE, newsstand
from redaksi.shelf.place import current_file

STORIES, ROUNDS, STARTS, SECONDS = 40, 3, 5, 6
MAKING = (
    "Making: `redaksi synth` into an empty SQLite record, then `redaksi press --all` on all cores, from the start of the command to its end. "
    "The shelf's size is that of its file, all pages, pieces, cards, lists and feeds of all stories counted. A corpus lacks stories that other sites carry, earlier versions of a story's text, and embeds."
)
PUBLISHING = (
    f"Publish cost: {ROUNDS} rounds by turns; in each, after 10 others, {STORIES} stories with a photo are published in either corpus: verb, print and "
    "laying in one process. Its processor time and the bytes that it had written to disk, the larger of the two ratios of the rounds' medians."
)
RUNNING = (
    f"Running: the newsstand as `redaksi run` starts it. Start: from the command to the first whole answer, {STARTS} times. Memory: the largest worker's "
    "resident memory after full load with random stories; its spread is that from the first seconds to the middle and the end. Rebuilding: random stories at half of the peak, before and while `redaksi press --all` runs."
)


def making(corpus: Corpus) -> list[Figure]:
    """How fast it was made, and how large it is."""
    shelf = current_file(corpus.home / "shelf.sqlite3").stat().st_size
    record = (corpus.home / "desk.sqlite3").stat().st_size
    named = f"{corpus.stories:,} stories"
    load, press = corpus.stories / corpus.load_seconds, corpus.stories / corpus.press_seconds
    bytes_each = shelf / corpus.stories
    return [
        Figure("bulk_load_per_s", "Bulk load into the record", load, "stories/s", named, (load,), MAKING, "≥ 2,000"),
        Figure("bulk_press_per_s", "From record to shelf, on all cores", press, "stories/s", named, (press,), MAKING, "≥ 500"),
        Figure(
            "shelf_bytes_per_story", "The shelf, a story", bytes_each, "bytes",
            f"the record: {shown(record / corpus.stories)} bytes a story", (bytes_each,), MAKING, "≤ 10,000",
        ),
    ]  # fmt: skip


def publishing(large: Corpus, small: Corpus) -> list[Figure]:
    """A publish into the large archive beside one into the small."""
    rounds = [
        tuple(told_by("publish_visit", one.home, STORIES) for one in (large, small)) for _ in range(ROUNDS)
    ]
    ratios = {
        kind: tuple(median(ours[kind]) / median(theirs[kind]) for ours, theirs in rounds)
        for kind in ("milliseconds", "kilobytes")
    }
    worst = max(ratios, key=lambda kind: median(ratios[kind]))
    told = [f"{shown(median([median(one[at][kind]) for one in rounds]))}" for at in (0, 1) for kind in ratios]
    return [
        Figure(
            "publish_cost_growth",
            f"A publish into {large.stories:,} stories ({told[0]} ms of a processor, {told[1]} kB written)",
            median(ratios[worst]),
            "×",
            f"into {small.stories:,}: {told[2]} ms, {told[3]} kB",
            ratios[worst],
            PUBLISHING,
            "≤ 1.3×",
        )
    ]


def running(corpus: Corpus, folder: Path, *, load_seconds: int) -> list[Figure]:
    """Start, memory, and readers' patience while everything is printed anew.

    Args:
        corpus: the archive.
        folder: where logs and addresses may be put.
        load_seconds: how long the newsstand is under full load before its memory is looked at.
    """
    folder.mkdir(parents=True, exist_ok=True)
    starts = tuple(_start(corpus, folder) for _ in range(STARTS))
    addresses = corpus.addresses(folder)
    port, stand = newsstand(corpus.home, folder)
    with stand as process:
        peak = random_requests(port, addresses, SECONDS).rate
        held = [largest_worker(process)]
        for _ in range(2):
            random_requests(port, addresses, load_seconds / 2)
            held.append(largest_worker(process))
        rebuilding = _rebuilding(corpus, port, addresses, peak)
    return [
        Figure(
            "start_ms", f"Start to the first answer, {corpus.stories:,} stories", median(starts), "ms",
            "an interpreter that starts and ends: " + shown(_interpreter()) + " ms", starts, RUNNING, "< 1,000 ms",
        ),
        Figure(
            "worker_rss_mb", f"Memory of a newsstand's worker after {load_seconds} s of full load", held[-1], "MB",
            f"after {SECONDS} s: {shown(held[0])} MB, in the middle: {shown(held[1])} MB", tuple(held), RUNNING, "< 250 MB, flat",
        ),
        rebuilding,
    ]  # fmt: skip


def _start(corpus: Corpus, folder: Path) -> float:
    port = free_port()
    env = {**os.environ, "REDAKSI_HOME": str(corpus.home), "PORT": str(port)}
    host = corpus.addresses(folder).read_text(encoding="utf-8").partition(" ")[0]
    begun = time.perf_counter()
    with subprocess.Popen(
        [*HERE, "redaksi.newsstand"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(port, host):
                if time.perf_counter() - begun > 60 or process.poll() is not None:
                    raise RuntimeError("the newsstand doesn't start")
            return (time.perf_counter() - begun) * 1000
        finally:
            process.send_signal(signal.SIGTERM)


def _answers(port: int, host: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": host})
        answer = connection.getresponse()
        return answer.status == 200 and b"</html>" in answer.read()
    except OSError:
        time.sleep(0.002)
        return False
    finally:
        connection.close()


def _interpreter() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return (time.perf_counter() - begun) * 1000


def _rebuilding(corpus: Corpus, port: int, addresses: Path, peak: float) -> Figure:
    """Readers' p99 while the whole shelf is printed anew, beside that before; the rebuild is broken off when it was seen enough."""
    half = peak / 2
    before = [random_requests(port, addresses, SECONDS, a_second=half).p99 for _ in range(ROUNDS)]
    env = {**os.environ, "REDAKSI_HOME": str(corpus.home)}
    command = [*HERE, "redaksi.cli.main", "press", "--all"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            time.sleep(2)
            during = [random_requests(port, addresses, SECONDS, a_second=half).p99 for _ in range(ROUNDS)]
            if process.poll() is not None:
                raise RuntimeError(
                    f"the rebuild was over before it was seen: it ended with {process.returncode}"
                )
        finally:
            process.send_signal(signal.SIGTERM)
    return Figure(
        "p99_while_rebuilding",
        f"99 of 100 readers while everything is printed anew ({shown(median(during))} ms)",
        median(during) / median(before),
        "×",
        f"before: {shown(median(before))} ms, at {shown(half)} requests/s",
        tuple(one / median(before) for one in during),
        RUNNING,
        "≤ 2×",
    )
