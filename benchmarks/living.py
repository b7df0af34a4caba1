"""Publishing while being read: twenty stories a second, readers at half of what the newsstand can give, and flashes for fifty sites between.

Press and newsstand run as ``redaksi run`` starts them; the newsroom and somebody who watches it are processes of their own
(``benchmarks/living_visit.py``). A reader apart looks at every byte of what he is given.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, at, median, quarters, shown
from benchmarks.load import Load, crowd, random_requests
from benchmarks.processes import largest_worker, resident_megabytes, told_by
from benchmarks.servers import newsstand, press

RATE, SITES, ROUNDS, ROUND_SECONDS = 20, 50, 3, 4
#: Seconds between two flashes: so many a run at least.
FLASHES, PAUSE = 6, 30
#: Seconds between two pages of the reader who looks at every byte.
CAREFULLY = 0.02
SETUP = (
    f"Living: the corpus's network, grown to {SITES} sites; press and newsstand as `redaksi run` starts them. {RATE} drafts a second, each like another of the newest "
    "stories, of all sites, sections and topics, are published by the desk's verb (two editors in one process), while others read random stories at half of "
    "the peak that was measured before and a flash for all sites is filed every so often. One reader asks for random stories and fronts, unpacks each "
    "(CRC and length), and sees that it is whole, and that one ETag always stands for the same bytes; at the end every 20th of the published stories is looked for. How "
    "far the press is behind is the age of the oldest story in the outbox, looked at five times a second."
)


class Usage(NamedTuple):
    """Of the press and the newsstand's largest worker: megabytes; and seconds of a processor that the press has taken."""

    press: float
    worker: float
    press_seconds: float


def measure(corpus: Corpus, folder: Path, *, seconds: int) -> list[Figure]:
    """All of it.

    Args:
        corpus: the network; sites and stories are added to it.
        folder: where logs and addresses may be put.
        seconds: how long stories are published.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told_by("living_visit", corpus.home, "prepare", SITES, seconds * RATE)
    port, stand = newsstand(corpus.home, folder)
    with ExitStack() as up:
        newsroom = up.enter_context(stand)
        printer = up.enter_context(press(corpus.home, folder, port))
        told_by("living_visit", corpus.home, "watch", port, 0, PAUSE)  # the new sites are printed
        addresses = corpus.addresses(folder)
        peak = random_requests(port, addresses, ROUND_SECONDS).rate
        before = [random_requests(port, addresses, ROUND_SECONDS, a_second=peak / 2) for _ in range(ROUNDS)]

        def usage() -> Usage:
            held = resident_megabytes(printer.pid)
            return Usage(held, largest_worker(newsroom), _processor_seconds(printer.pid))

        with careful_reader(port, addresses) as read, crowd(port, addresses, peak / 2) as met:
            told, used = _live(corpus, port, seconds, usage)
    _require(told, read)
    return _figures(told, used, before, met, peak, seconds)


def _live(corpus: Corpus, port: int, seconds: int, usage: Any) -> tuple[dict[str, Any], list[Usage]]:
    """Publish and watch at once; what both told, and what was used at the begin, in the middle and at the end."""
    pause = min(PAUSE, seconds / FLASHES)
    used = [usage()]
    with ThreadPoolExecutor(2) as both:
        watched = both.submit(told_by, "living_visit", corpus.home, "watch", port, seconds, pause)
        published = both.submit(told_by, "living_visit", corpus.home, "publish", seconds, RATE)
        time.sleep(seconds / 2)
        used.append(usage())
        told = watched.result() | published.result()
    return told, [*used, usage()]


def _processor_seconds(pid: int) -> float:
    """What a process has taken so far (proc(5), stat: utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Careful:
    """A reader who looks at every byte."""

    def __init__(self, port: int, addresses: Path) -> None:
        lines = addresses.read_text(encoding="utf-8").splitlines()
        self.asked = random.Random(3).sample(lines, min(len(lines), 500))  # noqa: S311  # no secret
        hosts = {line.partition(" ")[0] for line in self.asked}
        self.asked += [f"{host} /" for host in sorted(hosts)]
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.bodies: dict[tuple[str, str], bytes] = {}
        self.count = 0
        self.wrong: list[str] = []

    def read(self, line: str) -> None:
        host, _, path = line.partition(" ")
        self.connection.request("GET", path, headers={"Host": host, "Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        try:
            text = zlib.decompress(answer.read(), wbits=31)  # compares CRC and length
        except zlib.error as error:
            text = str(error).encode()
        digest = hashlib.sha256(text).digest()
        known = self.bodies.setdefault((line, answer.headers["etag"] or ""), digest)
        self.count += 1
        if answer.status != 200 or known != digest or not text.rstrip().endswith(b"</html>"):
            self.wrong.append(f"{line}: {answer.status}, {len(text)} bytes, {answer.headers['etag']}")


@contextmanager
def careful_reader(port: int, addresses: Path) -> Iterator[Careful]:
    """One who reads until the block ends."""
    reader, ended = Careful(port, addresses), threading.Event()

    def go_on() -> None:
        chance = random.Random(4)  # noqa: S311  # no secret
        while not ended.wait(CAREFULLY):
            try:
                reader.read(chance.choice(reader.asked))
            except (
                ConnectionError
            ):  # given up while nothing was asked, as any server may: a browser opens another
                reader.connection.close()

    with ThreadPoolExecutor(1) as apart:
        going = apart.submit(go_on)
        try:
            yield reader
        finally:
            ended.set()
        going.result()


def _require(told: dict[str, Any], read: Careful) -> None:
    """No byte was wrong, and nothing that was published is missing.

    Raises:
        RuntimeError: the figures would mean nothing.
    """
    if read.wrong or told["missing"] or not read.count or not told["checked"]:
        message = f"of {read.count} bodies wrong: {read.wrong[:3]}; of {told['checked']} stories missing: {told['missing'][:3]}"
        raise RuntimeError(message)
    told["read"] = read.count


def _figures(  # noqa: PLR0917  # what the run found out
    told: dict[str, Any], used: list[Usage], before: list[Load], met: list[Load], peak: float, seconds: int
) -> list[Figure]:
    count = len(told["committed"])
    waited, worst = median([one.p99 for one in before]), [one.p99 for one in met]
    rates = _rates(told["committed"], seconds)
    verb, printing = (
        told["processor_ms"] / count,
        (used[-1].press_seconds - used[0].press_seconds) * 1000 / count,
    )
    load = f"{shown(median([one.rate for one in met]))} requests/s of {shown(peak)}"
    behind = told["behind"]
    return [
        Figure(
            "living_publishes_per_s", f"Stories published a second for {seconds} s while others read ({load}); {told['read']:,} bodies looked at, all right",
            count / max(seconds, *told["committed"]), "stories/s", f"asked for: {RATE}", rates, SETUP, f"≥ {RATE}",
        ),
        Figure(
            "living_p99", f"99 of 100 readers meanwhile ({shown(median(worst))} ms)", median(worst) / waited, "×",
            f"before: {shown(waited)} ms, at the same half of the peak", tuple(one / waited for one in quarters(worst)), SETUP,
        ),
        Figure(
            "living_behind_ms", f"How far the press was behind at most; {told['rows'][-1]} rows left at the end, none {shown(told['drained'])} s later",
            max(behind), "ms", f"99 of 100 looks: {shown(at(behind, 0.99))} ms; most rows at once: {max(told['rows'])}", quarters(behind), SETUP, "< 1,000 ms",
        ),
        Figure(
            "living_press_ms", "The press's processor time a publish, with all that follows on other pages", printing, "ms",
            f"the verb's own: {shown(verb)} ms", (printing,), SETUP,
        ),
        Figure(
            "living_flash_ms", f"A flash meanwhile, seen on {told['hosts']} sites (the slowest of {len(told['flashed'])}: {shown(max(told['flashed']))} ms)",
            median(told["flashed"]), "ms", f"asking all {told['hosts']} once: {shown(told['round'])} ms", quarters(told["flashed"]), SETUP, "≤ 1,000 ms",
        ),
        _memory("living_press_mb", "Memory of the press", [one.press for one in used]),
        _memory("living_worker_mb", "Memory of a newsstand's worker", [one.worker for one in used]),
    ]  # fmt: skip


def _memory(figure: str, words: str, used: list[float]) -> Figure:
    begin, middle, end = used
    against = f"at the begin {shown(begin)} MB, in the middle {shown(middle)} MB"
    return Figure(figure, f"{words} at the end", end, "MB", against, tuple(used), SETUP, "< 250 MB")


def _rates(committed: list[float], seconds: int) -> tuple[float, ...]:
    """Publishes a second in each sixth of the time."""
    part = seconds / 6
    return tuple(sum(n * part <= at_ < (n + 1) * part for at_ in committed) / part for n in range(6))
