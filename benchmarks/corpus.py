"""What a corpus and its shelf are like, in figures: ``REDAKSI_HOME=… python -m benchmarks.corpus``.

Lengths of stories, topics a story, cards a page, and what a story takes on the shelf, piece by piece: so that anybody can see whether
what is measured with it is like a newsroom's.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from redaksi.shelf.addresses import unpack_card_id
from redaksi.shelf.place import current_file, file_uri

#: Every so many stories one is looked at, at least.
LOOKED_AT = 5000
LACKING = "what it lacks: stories that other sites carry (but some sixty), earlier versions of a story's text, embeds, tables"
#: Cards on a page of a list.
A_PAGE = 30


def realism(home: Path) -> list[str]:
    """What shows whether the corpus is like a newsroom's archive: lengths, topics, kinds of blocks, how long lists are; and what it lacks."""
    with closing(sqlite3.connect(file_uri(home / "desk.sqlite3", "ro"), uri=True)) as record:
        (count,) = record.execute("SELECT count(*) FROM stories_story").fetchone()
        told = list(_record(record))
    with closing(sqlite3.connect(file_uri(current_file(home / "shelf.sqlite3"), "ro"), uri=True)) as shelf:
        return [*told, *_lists(shelf, count), LACKING]


def main(home: Path) -> None:
    """Print it all."""
    with closing(sqlite3.connect(file_uri(home / "desk.sqlite3", "ro"), uri=True)) as record:
        for line in _record(record):
            print(line)
    with closing(sqlite3.connect(file_uri(current_file(home / "shelf.sqlite3"), "ro"), uri=True)) as shelf:
        for line in _shelf(shelf):
            print(line)


def _record(record: sqlite3.Connection) -> Iterator[str]:
    (count,) = record.execute("SELECT count(*) FROM stories_story").fetchone()
    every = max(1, count // LOOKED_AT)
    one = "SELECT body, (SELECT count(*) FROM stories_story_topics WHERE story_id = stories_story.id) FROM stories_story WHERE id = ?"
    found = (record.execute(one, (number,)).fetchone() for number in range(every, count + 1, every))
    bodies, topics = zip(*filter(None, found), strict=True)  # one by one: a million are five gigabytes
    words = list(map(_words, bodies))
    yield f"stories: {count:,}, of {len(words):,} every figure below"
    yield f"words a story: {_spread(words)}"
    yield f"topics a story: {_spread(topics)}"
    a_topic = [
        number for (number,) in record.execute("SELECT count(*) FROM stories_story_topics GROUP BY topic_id")
    ]
    yield f"stories a topic: {_spread(a_topic)}; the greatest has {100 * max(a_topic) / count:.1f} % of all"
    blocks: Counter[str] = Counter()
    for body in bodies:
        blocks.update({block["type"] for block in json.loads(body)})
    yield "stories with: " + ", ".join(
        f"{name} {100 * n / len(words):.0f} %" for name, n in blocks.most_common()
    )
    (size,) = record.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()
    yield f"the record: {size / count:,.0f} bytes a story"


def _words(body: str) -> int:
    return sum(len(block["value"].split()) for block in json.loads(body) if block["type"] == "paragraph")


def _spread(numbers: Sequence[int]) -> str:
    parts = statistics.quantiles(numbers, n=20)
    shown = {"p5": parts[0], "median": parts[9], "p95": parts[18], "most": max(numbers)}
    return f"mean {statistics.mean(numbers):,.1f}, " + ", ".join(
        f"{name} {value:,.0f}" for name, value in shown.items()
    )


def _shelf(shelf: sqlite3.Connection) -> Iterator[str]:
    (count,) = shelf.execute(
        "SELECT count(DISTINCT entity) FROM pages WHERE entity LIKE 'story:%'"
    ).fetchone()
    tables = list(shelf.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"))
    whole = sum(size for _, size in tables)
    yield f"\nthe shelf: {count:,} stories, {whole:,} bytes, {whole / count:,.0f} a story"
    for name, size in tables:
        if size > whole / 200:
            yield f"  {name}: {size / count:,.0f} a story"
    yield "pages, by what they show (number, bytes of recipe each, bytes a story):"
    pages = shelf.execute(
        "SELECT substr(entity, 1, instr(replace(entity, '@', ':'), ':') - 1) AS kind, count(*), sum(length(recipe)) FROM pages GROUP BY kind ORDER BY 3 DESC"
    )
    for kind, number, size in pages:
        yield f"  {kind}: {number:,}, {size / number:,.0f}, {size / count:,.0f}"
    yield "cards, by their form (number, bytes each):"
    yield from _cards(shelf, count)
    yield from _lists(shelf, count)


def _lists(shelf: sqlite3.Connection, count: int) -> Iterator[str]:
    lists = [number for (number,) in shelf.execute("SELECT count(*) FROM rows GROUP BY list")]
    yield f"stories a list: {_spread(lists)}; rows a story: {sum(lists) / count:.1f}"
    first = [min(number, A_PAGE) for number in lists]
    yield f"cards on a list's first page: {_spread(first)}"


def _cards(shelf: sqlite3.Connection, count: int) -> Iterable[str]:
    """By form, of one in so many stories."""
    (most,) = shelf.execute("SELECT max(id) FROM cards").fetchone()
    every = max(1, count // LOOKED_AT)
    sizes: dict[str, list[int]] = {}
    for rowid, size in shelf.execute(
        "SELECT id, length(piece) FROM cards WHERE (id >> 24) % ? = 0 AND id <= ?", (every, most)
    ):
        sizes.setdefault(unpack_card_id(rowid)[2], []).append(size)
    for form, some in sorted(sizes.items(), key=lambda item: -sum(item[1])):
        yield f"  {form}: {len(some):,}, {statistics.mean(some):,.0f}"


if __name__ == "__main__":
    main(Path(os.environ.get("REDAKSI_HOME") or sys.argv[1]))
