"""Readers of a large archive: random stories, lists far down, a cold machine; beside nginx with the same bytes, and beside a small archive.

Each measurement is a server's answers a second to 64 connections, taken by turns with those that it is compared with.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import zlib
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, median, shown
from benchmarks.load import CONNECTIONS, THREADS, Load, random_requests
from benchmarks.processes import fetch, visit_all
from benchmarks.servers import Up, newsstand, nginx, view
from redaksi.newsstand.laying import Layer
from redaksi.shelf.addresses import bare_host
from redaksi.shelf.lists import ListKey
from redaksi.shelf.place import current_file
from redaksi.shelf.reader import ShelfReader

ROUNDS, SECONDS = 3, 4
HOTTEST, FILES = 1_000, 100_000
#: Stories that are asked of the view, each visited once before: Wagtail makes a photo's sizes at its first visit.
VIEWED = 300
#: Stories whose bytes are compared before and after.
SAMPLE = 40
PAGE, DEEP = 30, 9_000


class Target(NamedTuple):
    """What is asked: a server's port and the addresses."""

    port: int
    addresses: Path


def measure(large: Corpus, small: Corpus, folder: Path) -> list[Figure]:
    """All figures of reading.

    Args:
        large: the archive.
        small: the one that it is compared with.
        folder: where logs, addresses and nginx's files may be put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as up:

        def start(started: tuple[int, Up]) -> int:
            up.enter_context(started[1])
            return started[0]

        port = start(newsstand(large.home, folder))
        targets = {
            "story": Target(port, large.addresses(folder)),
            "hot": Target(port, large.addresses(folder, 1)),
            "small": Target(start(newsstand(small.home, _made(folder / "small"))), small.addresses(folder)),
            "view": Target(start(view(large.home, folder)), large.addresses(folder, VIEWED)),
            **_lists(large, port, folder),
        }
        for name, count in (("hot file", 1), ("hottest", HOTTEST), ("files", FILES)):
            root = _made(folder / f"nginx-{name.replace(' ', '-')}")
            written = _write(large, large.addresses(folder, count), root)
            targets[name] = Target(start(nginx(root, written)), root / "asked.txt")
        visit_all(*targets["view"])
        compare(targets)
        rounds = _by_turns(targets)
        cold = _cold(large, targets["story"], median([one["story"].rate for one in rounds]))
        compare(targets)
    return [*_figures(rounds, large, small), cold]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(corpus: Corpus, addresses: Path, root: Path) -> int:
    """Write the stories at these addresses as the newsstand lays them, "0.gz" and so on; give their number."""
    into = _made(root / "static")
    lines = addresses.read_text(encoding="utf-8").splitlines()
    with ShelfReader(corpus.home / "shelf.sqlite3") as reader, reader.look() as state:
        sites, layer = dict(reader.hosts()), Layer(reader)
        layer.new_state(state)
        for number, line in enumerate(lines):
            host, _, path = line.partition(" ")
            page = reader.page(sites[bare_host(host)], path)
            laid = layer.lay(page, "") if page else None
            if laid is None:
                message = f"{line} is not on the shelf"
                raise RuntimeError(message)
            (into / f"{number}.gz").write_bytes(laid.gzip())
    asked = "".join(f"localhost /{number}\n" for number in range(len(lines)))
    (root / "asked.txt").write_text(asked, encoding="utf-8")
    return len(lines)


def _lists(corpus: Corpus, port: int, folder: Path) -> dict[str, Target]:
    """The front, the topic with most stories, a day's index, the latest far down: each an address of its own."""
    with sqlite3.connect(current_file(corpus.home / "shelf.sqlite3")) as shelf:
        longest = "SELECT lists.site, lists.name, count(*) FROM rows JOIN lists ON lists.id = rows.list JOIN sites ON sites.id = lists.site AND sites.language = 'id' WHERE lists.name LIKE ? GROUP BY rows.list ORDER BY 3 DESC LIMIT 1"
        site, _, stories = shelf.execute(longest, ("all",)).fetchone()
        at = min(DEEP, stories // PAGE - 1) * PAGE
        row = "SELECT at, story FROM rows WHERE list = (SELECT id FROM lists WHERE site = ? AND name = 'all') ORDER BY at DESC, story DESC LIMIT 1 OFFSET ?"
        key = ListKey(*shelf.execute(row, (site, at)).fetchone())
        topic_site, topic, _ = shelf.execute(longest, ("topic:%",)).fetchone()
        hosts = {of: host for host, of in shelf.execute("SELECT host, site FROM hosts ORDER BY host DESC")}
        page = "SELECT address FROM pages WHERE site = ? AND address LIKE ? ORDER BY address DESC LIMIT 1"
        (day,) = shelf.execute(page, (site, "/indeks/2%/%/%")).fetchone()
    with sqlite3.connect(corpus.home / "desk.sqlite3") as record:
        slug = "SELECT slug FROM stories_topic WHERE id = ?"
        (topic_slug,) = record.execute(slug, (int(topic.partition(":")[2]),)).fetchone()
    asked = {
        "front": (site, "/"),
        "topic": (topic_site, f"/topik/{topic_slug}"),
        "day": (site, day),
        "deep": (site, f"/terkini?sebelum={key}"),
    }
    targets = {}
    for name, (of, path) in asked.items():
        file = folder / f"list-{name}.txt"
        file.write_text(f"{hosts[of]} {path}\n", encoding="utf-8")
        targets[name] = Target(port, file)
    return targets


def compare(targets: dict[str, Target]) -> None:
    """Each address of a sample answers 200 with a whole page: nginx's are the newsstand's bytes, the view's have its words.

    Raises:
        RuntimeError: one does not.
    """
    for name, target in targets.items():
        for line in _sample(target):
            host, _, path = line.partition(" ")
            status, headers, body = fetch(target.port, path, host, gzip=name != "view")
            if status != 200 or len(body) < 1000 or (name != "view") != ("content-encoding" in headers):
                message = f"{name}: {line} answers {status} with {len(body)} bytes, {headers}"
                raise RuntimeError(message)
    for story, other in (("story", "files"), ("hot", "hot file"), ("story", "view")):
        _compare(targets[story], targets[other])


def _sample(target: Target) -> list[str]:
    lines = target.addresses.read_text(encoding="utf-8").splitlines()
    return lines[:: max(1, len(lines) // SAMPLE)]


def _compare(story: Target, other: Target) -> None:
    """The same stories from another server: the first line of either is the first story drawn, and so on."""
    pairs = zip(
        *(one.addresses.read_text(encoding="utf-8").splitlines()[:SAMPLE] for one in (story, other)),
        strict=False,
    )
    for ours, theirs in pairs:
        page, same = (
            fetch(one.port, line.partition(" ")[2], line.partition(" ")[0], gzip=True)[2]
            for one, line in ((story, ours), (other, theirs))
        )
        if page == same:
            continue
        missing = paragraphs(zlib.decompress(page, wbits=31).decode()) - paragraphs(
            same.decode(errors="replace")
        )
        if missing or not same.startswith(b"<!"):
            message = f"{theirs} isn't the same as {ours}: {sorted(missing)[:3]}"
            raise RuntimeError(message)


def paragraphs(html: str) -> set[str]:
    """The plain words of each paragraph of the story's body, without what is set before the first one."""
    body = re.split(r'<div class="body"[^>]*>', html, maxsplit=1)[-1].partition("</article>")[0]
    texts = (
        unescape(re.sub(r"<[^>]+>", "", text))
        for text in re.findall(r"<p(?: data-block-key=\"\w+\")?>(.*?)</p>", body, re.DOTALL)
    )
    return {" ".join(text.rpartition(" — ")[2].strip("“” \n").split()) for text in texts}


def _by_turns(targets: dict[str, Target]) -> list[dict[str, Load]]:
    for target in targets.values():
        random_requests(*target, 1)
    return [
        {name: random_requests(*target, SECONDS) for name, target in targets.items()} for _ in range(ROUNDS)
    ]


def _cold(corpus: Corpus, target: Target, peak: float) -> Figure:
    """Random stories at 60 % of the peak, each round after the system has forgotten the shelf's pages."""
    cold, warm = [], []
    for _ in range(ROUNDS):
        forget(current_file(corpus.home / "shelf.sqlite3"))
        cold.append(random_requests(*target, SECONDS, a_second=0.6 * peak))
        warm.append(random_requests(*target, SECONDS, a_second=0.6 * peak))
    return Figure(
        "p99_cold_ms",
        f"Random story out of {corpus.stories:,} at 60 % of the peak, page cache cold: 99 of 100 within",
        median([one.p99 for one in cold]),
        "ms",
        f"the same, warm: {shown(median([one.p99 for one in warm]))} ms; {shown(median([one.rate for one in cold]))} requests/s",
        tuple(one.p99 for one in cold),
        SETUP,
        "< 20 ms",
    )


def forget(file: Path) -> None:
    """Have the system drop a file's pages from its cache; those that aren't written yet are written first."""
    with file.open("rb") as held:
        os.fsync(held.fileno())
        os.posix_fadvise(held.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    time.sleep(0.5)


SETUP = (
    f"Readers: the corpus of `redaksi synth`, its newsstand as `redaksi run` starts it. wrk, {THREADS} threads, {CONNECTIONS} connections, {SECONDS} s, "
    f"{ROUNDS} rounds by turns, after 1 s of warming up; random addresses out of at most 200,000 that were drawn from all. nginx: Debian's, gzip_static, "
    "sendfile, no log, one worker a core, its file cache sized for what it holds, as far as the system lets a process open files; its files are the bytes that the newsstand lays. View: "
    "benchmarks/wagtail_view, the story read from the record and rendered by Django's templates, gunicorn with 2 sync workers, not compressed; "
    f"{VIEWED} of the stories, so that each photo's sizes are there. Status and "
    f"body of a sample of {SAMPLE} addresses each are checked before and after. Page cache warm, but where it says cold: then the shelf's file was dropped from it "
    "before each round."
)


def _figures(rounds: list[dict[str, Load]], large: Corpus, small: Corpus) -> list[Figure]:
    def ratio(figure: str, words: str, pair: tuple[str, str], named: str, promised: str) -> Figure:
        of, to = pair
        ratios = tuple(one[of].rate / one[to].rate for one in rounds)
        ours, theirs = (shown(median([one[name].rate for one in rounds])) for name in (of, to))
        return Figure(
            figure,
            f"{words} ({ours} requests/s)",
            median(ratios),
            "×",
            f"{named}: {theirs} requests/s",
            ratios,
            SETUP,
            promised,
        )

    story = f"Random story out of {large.stories:,}"
    lists = ("front", "topic", "day", "deep")
    slowest = min(lists, key=lambda name: median([one[name].rate for one in rounds]))
    return [
        ratio("random_story_vs_nginx", story, ("story", "hottest"), f"nginx, its hottest {HOTTEST:,} as files", "≥ 0.45×"),
        ratio("random_story_vs_nginx_random", story, ("story", "files"), f"nginx, {_least(large)} as files at random", "≥ 0.5×"),
        ratio("hot_story_vs_nginx", "One hot story", ("hot", "hot file"), "nginx, that one as a file", "≥ 0.5×"),
        ratio("random_story_vs_wagtail", story, ("story", "view"), "an ordinary Wagtail view of the same stories", "≥ 400×"),
        ratio("million_vs_ten_thousand", story, ("story", "small"), f"out of {small.stories:,}", "≥ 0.9×"),
        *(ratio(f"{name}_vs_story", LISTS[name], (name, "story"), story, "") for name in lists),
        ratio("lists_vs_story", f"The slowest of these: {LISTS[slowest]}", (slowest, "story"), story, "≥ 0.5×"),
    ]  # fmt: skip


def _least(corpus: Corpus) -> str:
    return f"{min(FILES, corpus.stories):,}"


LISTS = {
    "front": "Front",
    "topic": "The topic with most stories",
    "day": "A day's index",
    "deep": f"Page {DEEP:,} of the latest (or the last)",
}
