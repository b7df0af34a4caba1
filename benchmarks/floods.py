"""Load that hurts: what readers wait while others flood the newsstand, beside what they wait in peace; and what it leaves in a worker's memory.

``tests/process/test_hurting_load.py`` holds the bounds; here is what it costs.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, median, shown
from benchmarks.flood_visit import CONNECTIONS, FLOODS, HOLDING, SLOWLY
from benchmarks.load import Load, random_requests
from benchmarks.processes import largest_worker, told_by
from benchmarks.servers import newsstand

ROUNDS, SECONDS = 3, 2
KINDS = (*FLOODS, HOLDING, SLOWLY)
SETUP = (
    f"Floods: {ROUNDS} rounds by turns, in each every flood for {SECONDS + 1} s, while wrk reads random stories at a quarter of the peak that was measured before, and once in "
    f"peace. A flood is a process on the same cores that asks over {CONNECTIONS} connections, on each again as soon as it is answered, what was never asked before; "
    "each answer's status is checked. Value: 99 of 100 readers are answered within."
)


def measure(corpus: Corpus, folder: Path) -> list[Figure]:
    """All floods.

    Args:
        corpus: what is read.
        folder: where logs and addresses may be put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    addresses = corpus.addresses(folder)
    port, stand = newsstand(corpus.home, folder)
    with stand as process, ThreadPoolExecutor(1) as apart:
        quarter = random_requests(port, addresses, SECONDS).rate / 4
        begin = largest_worker(process)

        def met(kind: str) -> Load:
            told = apart.submit(told_by, "flood_visit", corpus.home, port, kind, SECONDS + 1, addresses)
            load = random_requests(port, addresses, SECONDS, a_second=quarter)
            _require(kind, told.result())
            return load

        rounds = [
            {
                "": random_requests(port, addresses, SECONDS, a_second=quarter),
                **{kind: met(kind) for kind in KINDS},
            }
            for _ in range(ROUNDS)
        ]
        end = largest_worker(process)
    return _figures(rounds, begin, end)


def _require(kind: str, told: dict[str, int]) -> None:
    """Every answer had the status that it should have; "0" is a connection that was let go.

    Raises:
        RuntimeError: one had another, or there was none.
    """
    expected = {str(FLOODS[kind][0]) if kind in FLOODS else "200", "0"}
    if set(told) - expected or (kind != SLOWLY and not told):
        message = f"{kind}: answers by their status {told}"
        raise RuntimeError(message)


def _figures(rounds: list[dict[str, Load]], begin: float, end: float) -> list[Figure]:
    peace = f"in peace: {shown(median([one[''].p99 for one in rounds]))} ms at {shown(median([one[''].rate for one in rounds]))} requests/s"

    def figure(name: str, words: str, kind: str, promised: str = "") -> Figure:
        times = tuple(one[kind].p99 for one in rounds)
        return Figure(name, words, median(times), "ms", peace, times, SETUP, promised)

    worst = max(KINDS, key=lambda kind: median([one[kind].p99 for one in rounds]))
    return [
        *(figure(f"flood: {kind}", f"99 of 100 readers during a flood: {kind}", kind) for kind in KINDS),
        figure("p99_in_floods_ms", f"The worst of these: {worst}", worst, "< 100 ms"),
        Figure(
            "flooded_worker_mb", "Memory of a newsstand's worker after all floods", end, "MB", f"before them: {shown(begin)} MB", (begin, end), SETUP,
            "< 250 MB",
        ),
    ]  # fmt: skip
