"""The network's size: what a publish costs among 200 sites and 50,000 topics, beside 3 and 100; a flash, and a story, seen on all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, median, quarters, shown
from benchmarks.processes import told_by
from benchmarks.servers import newsstand, press

LARGE, SMALL = (200, 50_000), (3, 100)
STORIES, ROUNDS = 40, 3
SETUP = (
    f"Network: {ROUNDS} rounds, each with a network of {LARGE[0]} sites and {LARGE[1]:,} topics and one of {SMALL[0]} and {SMALL[1]}, made from nothing "
    f"and pressed; after 15 others, {STORIES} stories of some 600 words are published one after the other at three of the sites: the verb, the print, the "
    "laying, all in one process, with full synchronisation of both databases. The ratio is that of the rounds' medians."
)
EVERYWHERE = (
    f"Everywhere: the last of those large networks, press and newsstand as `redaksi run` starts them. Flashes for all sites, stories sent to "
    "all sites (each with three topics that most of these sites never had: their pages come to be too), and those stories' headlines changed, one after the other; from the verb's commit until the front page (the latest page) of every one of the "
    f"{LARGE[0]} hosts shows it, all asked one after the other over HTTP."
)


def measure(folder: Path) -> list[Figure]:
    """Both sizes, by turns.

    Args:
        folder: where data homes may be made.
    """
    rounds = [[_visit(folder / f"{n}-{size[0]}", size) for size in (LARGE, SMALL)] for n in range(ROUNDS)]
    large, small = ([median(one[at]["published"]) for one in rounds] for at in (0, 1))
    ratios = [one / other for one, other in zip(large, small, strict=True)]
    everywhere = _everywhere(folder / f"{ROUNDS - 1}-{LARGE[0]}", folder)
    return [
        Figure(
            "publish_cost_network",
            f"A publish among {LARGE[0]} sites and {LARGE[1]:,} topics ({shown(median(large))} ms)",
            median(ratios),
            "×",
            f"among {SMALL[0]} and {SMALL[1]}: {shown(median(small))} ms",
            tuple(ratios),
            SETUP,
            "≤ 1.3×",
        ),
        *(
            Figure(
                figure,
                f"{words} (the slowest of {len(times)}: {shown(max(times))} ms)",
                median(times),
                "ms",
                f"asking all {LARGE[0]} once: {shown(everywhere['round'])} ms",
                quarters(times),
                EVERYWHERE,
                promised,
            )
            for figure, words, times, promised in (
                (
                    "flash_everywhere_ms",
                    f"A flash seen on all of {LARGE[0]} sites",
                    everywhere["flashed"],
                    "≤ 1,000 ms",
                ),
                (
                    "change_everywhere_ms",
                    f"A change to a story seen on all of {LARGE[0]} sites",
                    everywhere["changed"],
                    "≤ 1,000 ms",
                ),
                (
                    "sent_everywhere_ms",
                    f"A story sent to all of {LARGE[0]} sites, seen on all",
                    everywhere["sent"],
                    "",
                ),
            )
        ),
    ]


def _visit(home: Path, size: tuple[int, int]) -> Any:
    home.mkdir(parents=True)
    return told_by("network_visit", home, *size, STORIES)


def _everywhere(home: Path, folder: Path) -> Any:
    """A flash and a story for every site, with all processes up."""
    port, stand = newsstand(home, folder)
    with stand, press(home, folder, port):
        return told_by("everywhere_visit", home, port, PORT=port)
