"""Moving in: a WordPress archive by ``redaksi import``, and by ``redaksi press --all`` to the readers, each from the command's start to its end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from benchmarks.corpora import seconds_of
from benchmarks.figures import Figure, shown
from benchmarks.texts import Texts

POSTS, WORDS, TAGS, CATEGORIES, AUTHORS = 5_000, 600, 500, 12, 40
SETUP = (
    f"Import: a WXR file of {POSTS:,} posts of some {WORDS} words in WordPress's blocks, each with a category, three of {TAGS} tags, one of {AUTHORS} authors, a permalink "
    "and its number; no pictures, whose files would be most of the work. `redaksi import` into a record with one site, from the command's start to its end: old addresses, "
    "revisions, desk's index and report included. Then `redaksi press --all`."
)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Arsip</title><link>https://arsip.example</link><wp:wxr_version>1.2</wp:wxr_version>
"""
_AUTHOR = "<wp:author><wp:author_id>{n}</wp:author_id><wp:author_login>penulis{n}</wp:author_login><wp:author_display_name>Penulis {n}</wp:author_display_name></wp:author>\n"
_ITEM = """<item><title>{title}</title><link>https://arsip.example/{at:%Y/%m}/berita-{n}/</link><dc:creator>penulis{author}</dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded><wp:post_id>{n}</wp:post_id>
<wp:post_date>{at:%Y-%m-%d %H:%M:%S}</wp:post_date><wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt><wp:post_name>berita-{n}</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="rubrik-{category}">Rubrik {category}</category>
{tags}</item>
"""


def measure(folder: Path) -> list[Figure]:
    """One archive, moved in.

    Args:
        folder: where the file and a data home may be put.
    """
    home, file = folder / "home", folder / "archive.xml"
    home.mkdir(parents=True)
    with file.open("w", encoding="utf-8") as out:
        out.writelines(_archive())
    seconds_of(home, "synth", "--stories", "10", "--sites", "1", "--topics", "3")
    seconds_of(home, "press", "--all")  # the few pictures of these are developed now, not in what is measured
    brought = seconds_of(home, "import", str(file), "--site", "situs-0")
    with sqlite3.connect(home / "desk.sqlite3") as record:
        (count,) = record.execute("SELECT count(*) FROM wire_intake").fetchone()
    if count < POSTS:
        message = f"of {POSTS} posts {count} came in"
        raise RuntimeError(message)
    pressed = seconds_of(home, "press", "--all")
    rate, whole = POSTS / brought, POSTS / (brought + pressed)
    megabytes = shown(file.stat().st_size / 1e6)
    return [
        Figure(
            "import_per_s", f"WXR import, from file to record ({megabytes} MB)", rate, "stories/s",
            f"from file to readers, printing included: {shown(whole)} stories/s", (rate,), SETUP, "≥ 500",
        )
    ]  # fmt: skip


def _archive() -> Iterator[str]:
    texts, begun = Texts(), datetime(2012, 1, 1, tzinfo=UTC)
    yield _HEAD
    yield from (_AUTHOR.format(n=n) for n in range(AUTHORS))
    for n in range(1, POSTS + 1):
        tags = "".join(
            f'<category domain="post_tag" nicename="tag-{tag}">Tag {tag}</category>'
            for tag in (n % TAGS, n * 7 % TAGS, n * n % TAGS)
        )
        yield _ITEM.format(
            n=n, at=begun + timedelta(hours=n), author=n % AUTHORS, category=n % CATEGORIES, tags=tags,
            title=escape(f"{texts.headlines[n % len(texts.headlines)].plain} {n}"),
            excerpt=texts.standfirsts[n % len(texts.standfirsts)].plain,
            body="\n\n".join(f"<!-- wp:paragraph -->\n{html}\n<!-- /wp:paragraph -->" for html in _body(texts)),
        )  # fmt: skip
    yield "</channel></rss>\n"


def _body(texts: Texts) -> Iterator[str]:
    words = 0
    while words < WORDS:
        one = texts.random.choice(texts.paragraphs)
        words += len(one.plain.split())
        yield one.html
