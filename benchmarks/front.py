"""An arranged front of 300 places beside one of 30, as a newsstand's worker lays it: asked again, and first after a publish.

In one process, without the network: what is compared is the work of filling places, not that of sending them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Figure, median, quarters, shown
from redaksi.newsstand.composing import compose
from redaksi.newsstand.laying import Layer
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.recipe import Cards, Furniture, Own, Recipe, press_recipe
from redaksi.shelf.writer import ShelfWriter

STORIES, SECTIONS, ROUNDS, AT_ONCE = 20_000, 12, 30, 200
CARD = "<article class=card><p class=label>Ekonomi</p><h3><a href=/x/{n}>Harga cabai {n} turun di tiga pasar induk</a></h3></article>"
SETUP = (
    f"Front: {STORIES:,} stories in {SECTIONS} sections on a shelf; strips of ten places or of five, by section and by the newest, a story "
    f"pinned in each; the median of {ROUNDS} rounds by turns. “First after a publish” is the whole page put together from its list rows."
)


def strips(places: int) -> bytes:
    """A front with so many places in strips of a tenth, no story twice, one pin a strip."""
    count = max(5, places // 30)
    parts = [Own("<main>"), Furniture("top")]
    for number in range(places // count):
        name = f"section:{number % SECTIONS}" if number % 4 else "all"
        parts.append(
            Cards(
                name,
                "row",
                count,
                fresh=True,
                pinned=(0, 1 + 7 * number),
                opening="<section>",
                closing="</section>",
            )
        )
    return press_recipe([*parts, Own("</main>"), Furniture("bottom")])


def fill(writer: ShelfWriter) -> None:
    with writer.transaction() as t:
        t.put_site(1, name="Kentongan", language="id", hosts=["kentongan.test"], headers={})
        for name in ("top", "bottom"):
            t.put_piece(1, name, press_piece(f"<div>{name}</div>" * 40))
        for n in range(1, STORIES + 1):
            t.put_card(site=1, story=n, form="row", piece=press_piece(CARD.format(n=n)))
            t.set_rows(n, [(1, "all", n), (1, f"section:{n % SECTIONS}", n)])
        for places in (30, 300):
            t.put_page(site=1, address=f"/{places}", recipe=strips(places), entity="front", version=1)
        story = press_recipe(
            [
                Own("<article>" + "<p>Kata demi kata.</p>" * 80),
                Furniture("top"),
                Own("x"),
                Furniture("bottom"),
            ]
        )
        t.put_page(site=1, address="/story", recipe=story, entity="story:1", version=1)


def measure(folder: Path) -> list[Figure]:
    """Times of both fronts and of a story page, by turns."""
    folder.mkdir(parents=True, exist_ok=True)
    with ShelfWriter(folder / "shelf.sqlite3") as writer, ShelfReader(folder / "shelf.sqlite3") as reader:
        fill(writer)
        with reader.look() as state:
            layer = Layer(reader)
            layer.new_state(state)
            pages = {name: reader.page(1, f"/{name}") for name in ("30", "300", "story")}
            asked = {name: lambda page=page: layer.lay(page, "").gzip() for name, page in pages.items()}
            recipes = {name: Recipe.parse(pages[name].recipe) for name in ("30", "300")}
            first = {name: lambda name=name: compose(reader, pages[name], recipes[name]) for name in recipes}
            again, anew = by_turns(asked, AT_ONCE), by_turns(first, 2)
    return [
        compared(
            "front_again",
            "Front of 300 places, asked again",
            again["300"],
            "one of 30",
            again["30"],
            1,
            "≤ 1.3×",
        ),
        compared(
            "front_vs_story",
            "Front of 300 places, asked again",
            again["300"],
            "a story page",
            again["story"],
            1,
            "",
        ),
        compared(
            "front_first",
            "Front of 300 places, first after a publish, a place",
            anew["300"],
            "one of 30, a place",
            anew["30"],
            10,
            "≤ 1.3×",
        ),
    ]


def by_turns(work: dict[str, Callable[[], object]], times: int) -> dict[str, list[float]]:
    """Microseconds of each, in rounds that take turns."""
    took: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, do in work.items():
            begun = time.perf_counter()
            for _ in range(times):
                do()
            took[name].append((time.perf_counter() - begun) / times * 1e6)
    return took


def compared(  # noqa: PLR0917  # one line of the table
    figure: str, words: str, one: list[float], name: str, other: list[float], more: int, promised: str
) -> Figure:
    """The ratio of two times, the first of which stands for `more` times the places."""
    ratios = [mine / theirs / more for mine, theirs in zip(one, other, strict=True)]
    return Figure(
        figure,
        f"{words} ({shown(median(one))} µs in all)",
        median(ratios),
        "×",
        f"{name}: {shown(median(other))} µs in all",
        quarters(ratios),
        SETUP,
        promised,
    )
