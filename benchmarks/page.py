"""The story page: from the newsstand, as a static file from nginx, and by a Wagtail view.

The story is the demo network's, printed by the real press; nginx hands out the very bytes that the newsstand sent.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from benchmarks.figures import Figure, median, shown, spread
from benchmarks.load import CONNECTIONS, THREADS, requests_a_second
from benchmarks.processes import fetch, free_port, server

ROUNDS, SECONDS, WARM_UP = 3, 8, 2
#: Words of the story that is asked for; the nearest of the demo is taken.
WORDS = 600
NGINX = """
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log crit;
daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  sendfile on; tcp_nopush on; keepalive_requests 10000000;
  open_file_cache max=1000; open_file_cache_valid 60s;
  default_type "text/html; charset=utf-8";
  server {{ listen 127.0.0.1:{port} reuseport; root {folder}/static; gzip_static always; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The story that is asked for."""

    path: str
    words: int


def measure(home: Path, folder: Path) -> list[Figure]:
    """Three servers, one after the other, three times over.

    Args:
        home: a data home with the demo network, pressed.
        folder: where logs and nginx's files may be put.
    """
    ports = {name: free_port() for name in ("newsstand", "nginx", "view")}
    story = nearest(home)
    with ExitStack() as up:
        common = {"REDAKSI_HOME": str(home)}
        here = [sys.executable, "-m"]
        newsstand = {**common, "PORT": str(ports["newsstand"])}
        up.enter_context(
            server([*here, "redaksi.newsstand"], ports["newsstand"], folder / "newsstand.log", newsstand)
        )
        page = the_bytes(ports["newsstand"], story.path)
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static" / "story.gz").write_bytes(page)
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, port=ports["nginx"]), encoding="utf-8")
        up.enter_context(
            server([nginx(), "-c", str(config), "-p", str(folder)], ports["nginx"], folder / "nginx.log")
        )
        bind = f"127.0.0.1:{ports['view']}"
        view = [
            *here,
            "gunicorn",
            "benchmarks.wagtail_view.wsgi",
            "--workers",
            "2",
            "--worker-class",
            "sync",
            "--bind",
            bind,
        ]
        up.enter_context(server([*view, "--log-level", "error"], ports["view"], folder / "view.log", common))
        compare(ports, story.path, page)
        rates = by_turns(ports, story.path)
        compare(ports, story.path, page)
    return figures(rates, story, len(page))


def nginx() -> str:
    return shutil.which("nginx") or "/usr/sbin/nginx"


def nearest(home: Path) -> Asked:
    """The demo's story, on the first site and with a lead photo, that has nearest to 600 words."""
    query = (
        "SELECT address.path, story.body FROM stories_story story JOIN stories_address address ON address.story_id = story.id "
        "WHERE story.live AND address.current AND story.lead_photo_id IS NOT NULL "
        'AND story.site_id = (SELECT id FROM network_site ORDER BY "order", id LIMIT 1)'
    )
    database = sqlite3.connect(home / "desk.sqlite3")
    stories = [
        Asked(path, len(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", body))))
        for path, body in database.execute(query)
    ]
    database.close()
    return min(stories, key=lambda story: abs(story.words - WORDS))


def the_bytes(port: int, path: str) -> bytes:
    status, headers, body = fetch(port, path, gzip=True)
    if status != 200 or headers.get("content-encoding") != "gzip":
        message = f"the newsstand answered {path} with {status} {headers}"
        raise RuntimeError(message)
    return body


def compare(ports: dict[str, int], path: str, page: bytes) -> None:
    """Each server gives the story: the first two the same bytes, the view the same words.

    Raises:
        RuntimeError: one does not.
    """
    same = [fetch(ports["newsstand"], path, gzip=True), fetch(ports["nginx"], "/story", gzip=True)]
    if any(status != 200 or body != page for status, _, body in same):
        told = [(status, len(body)) for status, _, body in same]
        message = f"newsstand and nginx don't give the {len(page)} bytes that the newsstand gave: {told}"
        raise RuntimeError(message)
    status, _, body = fetch(ports["view"], path)
    wanted = paragraphs(zlib.decompress(page, wbits=31).decode())
    missing = wanted - paragraphs(body.decode())
    if status != 200 or missing or len(wanted) < 5:
        message = f"the view answers {status} and lacks {missing}"
        raise RuntimeError(message)


def paragraphs(html: str) -> set[str]:
    """The plain words of each paragraph of the story's body, without what is set before the first one."""
    body = re.split(r'<div class="body"[^>]*>', html, maxsplit=1)[-1].partition("</article>")[0]
    texts = (
        unescape(re.sub(r"<[^>]+>", "", text))
        for text in re.findall(r"<p(?: data-block-key=\"\w+\")?>(.*?)</p>", body, re.DOTALL)
    )
    return {" ".join(text.rpartition(" — ")[2].strip("“” \n").split()) for text in texts}


def by_turns(ports: dict[str, int], path: str) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {name: [] for name in ports}
    for name, port in ports.items():
        requests_a_second(port, "/story" if name == "nginx" else path, WARM_UP)
    for _ in range(ROUNDS):
        for name, port in ports.items():
            rates[name].append(requests_a_second(port, "/story" if name == "nginx" else path, SECONDS))
    return rates


def figures(rates: dict[str, list[float]], story: Asked, size: int) -> list[Figure]:
    setup = (
        f"Story page: a demo story of {story.words} words with its photo, {size:,} bytes compressed. wrk, {THREADS} threads, {CONNECTIONS} connections, "
        f"{SECONDS} s, {ROUNDS} rounds by turns, after {WARM_UP} s of warming up. Newsstand: as `redaksi run` starts it. nginx: Debian's, gzip_static, "
        "sendfile, no log, one worker a core. View: benchmarks/wagtail_view, the story read from the record and rendered by Django's templates, "
        "gunicorn with 2 sync workers, not compressed. Status and body are checked before and after."
    )
    made = []
    rate = shown(median(rates["newsstand"]))
    for name, words, promised in (
        ("nginx", "the same bytes as a file from nginx", "≥ 0.35×"),
        ("view", "the same story by a Wagtail view under gunicorn", "≥ 200×"),
    ):
        ratios = [ours / theirs for ours, theirs in zip(rates["newsstand"], rates[name], strict=True)]
        against = f"{words}: {shown(median(rates[name]))} requests/s"
        made.append(
            Figure(
                f"Story page from the newsstand ({rate} requests/s)",
                median(ratios),
                "×",
                against,
                spread(ratios),
                setup,
                promised,
            )
        )
    return made
