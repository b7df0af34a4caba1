"""WordPress with the same stories: Debian's package, PHP-FPM with opcache, MariaDB; without and with a page cache in front.

It is given what a careful host gives it: nginx in front, opcache that looks at no file twice, as much memory for the database as its
tables need, no plugin, the default theme, cron left out. The page cache is nginx's own (fastcgi_cache), warm.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.figures import Figure, median, shown
from benchmarks.load import CONNECTIONS, THREADS, Load, random_requests
from benchmarks.processes import fetch, free_port, visit_all
from benchmarks.servers import NGINX_HEAD, newsstand, nginx_command

STORIES, ROUNDS, SECONDS = 5_000, 3, 6
SOURCE, HERE = Path("/usr/share/wordpress"), Path(__file__).parent / "wordpress"
CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{folder}/mariadb.sock');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
define('AUTH_SALT', 'e'); define('SECURE_AUTH_SALT', 'f'); define('LOGGED_IN_SALT', 'g'); define('NONCE_SALT', 'h');
define('WP_HOME', 'http://localhost');
define('WP_SITEURL', 'http://localhost');
define('DISABLE_WP_CRON', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
POOL = """[global]
error_log = {folder}/php.log
daemonize = no
[www]
listen = {folder}/php.sock
listen.mode = 0666
{user}
pm = static
pm.max_children = 4
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.memory_consumption] = 192
php_admin_value[opcache.max_accelerated_files] = 20000
php_admin_value[opcache.validate_timestamps] = 0
"""
NGINX = (
    NGINX_HEAD
    + """
  fastcgi_cache_path {folder}/cache levels=1:2 keys_zone=pages:32m max_size=2g inactive=1h;
  gzip on; gzip_min_length 500;
  server {{ listen 127.0.0.1:{plain}; root {site}; location / {{ try_files $uri /index.php?$args; }}
    location ~ \\.php$ {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/php.sock; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; }} }}
  server {{ listen 127.0.0.1:{cached}; root {site}; location / {{ try_files $uri /index.php?$args; }}
    location ~ \\.php$ {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/php.sock; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_cache pages; fastcgi_cache_key $request_uri; fastcgi_cache_valid 200 1h; fastcgi_ignore_headers Cache-Control Expires Set-Cookie; }} }}
}}
"""
)
SETUP = (
    f"WordPress: Debian's, its default theme, no plugin; PHP-FPM (4 processes, opcache), MariaDB, nginx in front with gzip; the {STORIES:,} newest stories of "
    f"the corpus laid in by WordPress's own function. Page cache: nginx's, in which every page stands before the rounds. wrk, {THREADS} threads, "
    f"{CONNECTIONS} connections, {SECONDS} s, {ROUNDS} rounds by turns, random stories; the newsstand has the whole corpus. Status and headline of a sample "
    "are checked before and after."
)


def measure(corpus: Corpus, folder: Path) -> list[Figure]:
    """Random stories from the newsstand and from WordPress, by turns.

    Args:
        corpus: whose stories.
        folder: where logs, WordPress and its database may be put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    stories = _stories(corpus)
    asked = folder / "wordpress.txt"
    with ExitStack() as up:
        port, stand = newsstand(corpus.home, folder)
        up.enter_context(stand)
        plain, cached = up.enter_context(_wordpress(stories, folder, asked))
        targets = {
            "story": (port, corpus.addresses(folder)),
            "plain": (plain, asked),
            "cached": (cached, asked),
        }
        for one in (plain, cached):
            _check(one, asked, stories)
        visit_all(cached, asked)
        for target in targets.values():
            random_requests(*target, 1)
        rounds = [
            {name: random_requests(*target, SECONDS) for name, target in targets.items()}
            for _ in range(ROUNDS)
        ]
        for one in (plain, cached):
            _check(one, asked, stories)
    return [
        _figure("random_story_vs_wordpress", rounds, "plain", "WordPress without a page cache", corpus, "≥ 400×"),
        _figure("random_story_vs_wordpress_cached", rounds, "cached", "WordPress, every page in nginx's cache", corpus, ""),
    ]  # fmt: skip


def _figure(  # noqa: PLR0917  # one line of the table
    figure: str, rounds: list[dict[str, Load]], name: str, words: str, corpus: Corpus, promised: str
) -> Figure:
    ratios = tuple(one["story"].rate / one[name].rate for one in rounds)
    ours, theirs = (shown(median([one[of].rate for one in rounds])) for of in ("story", name))
    said = f"Random story out of {corpus.stories:,} ({ours} requests/s)"
    return Figure(figure, said, median(ratios), "×", f"{words}: {theirs} requests/s", ratios, SETUP, promised)


def _stories(corpus: Corpus) -> list[dict[str, object]]:
    """The newest stories as WordPress takes them."""
    topics = (
        "SELECT group_concat(topic.name, '|') FROM stories_story_topics tie JOIN stories_topic topic ON topic.id = tie.topic_id "
        "WHERE tie.story_id = story.id"
    )
    query = (
        f"SELECT story.headline, story.standfirst, story.body, story.published_at, section.name, ({topics}) FROM stories_story story "  # noqa: S608  # our own words only
        "JOIN network_section section ON section.id = story.section_id WHERE story.live ORDER BY story.published_at DESC LIMIT ?"
    )
    with sqlite3.connect(corpus.home / "desk.sqlite3") as record:
        rows = record.execute(query, (STORIES,)).fetchall()
    return [
        {
            "headline": headline,
            "standfirst": standfirst,
            "body": "\n\n".join(_html(block) for block in json.loads(body)),
            "at": at[:19],
            "section": section,
            "topics": (named or "").split("|"),
        }
        for headline, standfirst, body, at, section, named in rows
    ]


def _html(block: dict[str, object]) -> str:
    value = block["value"]
    if block["type"] == "heading":
        return f"<h2>{value}</h2>"
    return value if isinstance(value, str) else ""


@contextmanager
def _wordpress(stories: list[dict[str, object]], folder: Path, asked: Path) -> Iterator[tuple[int, int]]:
    """The ports of WordPress, without and with a page cache, with these stories; `asked` gets their addresses."""
    site = folder / "site"
    shutil.copytree(SOURCE, site, ignore_dangling_symlinks=True)
    (site / "wp-config.php").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    lines = folder / "stories.jsonl"
    lines.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    user = "user = www-data\ngroup = www-data" if os.geteuid() == 0 else ""
    (folder / "php.conf").write_text(POOL.format(folder=folder, user=user), encoding="utf-8")
    plain, cached = free_port(), free_port()
    config = NGINX.format(folder=folder, site=site, plain=plain, cached=cached)
    (folder / "nginx.conf").write_text(config, encoding="utf-8")
    with ExitStack() as up:
        up.enter_context(_mariadb(folder))
        paths = subprocess.run(
            ["php", str(HERE / "load.php"), str(site), str(lines)], stdout=subprocess.PIPE, text=True, check=True
        ).stdout  # fmt: skip
        asked.write_text(
            "".join(f"localhost {path}\n" for path in paths.split() if path.startswith("/")), encoding="utf-8"
        )
        fpm = next(Path("/usr/sbin").glob("php-fpm*"))
        up.enter_context(
            _running([str(fpm), "-F", "-R", "-y", str(folder / "php.conf")], folder / "php.sock")
        )
        up.enter_context(_running(nginx_command(folder), folder / "nginx.pid"))
        yield plain, cached


@contextmanager
def _mariadb(folder: Path) -> Iterator[None]:
    data, socket = folder / "mariadb", folder / "mariadb.sock"
    user = ["--user=root"] if os.geteuid() == 0 else []
    options = ["--no-defaults", *user, f"--datadir={data}"]
    subprocess.run(
        ["mariadb-install-db", *options, "--auth-root-authentication-method=normal", "--skip-test-db"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    server = ["mariadbd", *options, f"--socket={socket}", "--skip-networking", "--innodb-buffer-pool-size=1G"]
    with _running([*server, f"--pid-file={folder}/mariadb.pid"], socket):
        subprocess.run(
            [
                "mariadb",
                "--no-defaults",
                f"--socket={socket}",
                "-u",
                "root",
                "-e",
                "CREATE DATABASE wordpress",
            ],
            check=True,
        )
        yield


@contextmanager
def _running(command: list[str], sign: Path) -> Iterator[None]:
    """A server that is up when the file ``sign`` is there."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                if sign.exists():
                    break
                if process.poll() is not None:
                    raise RuntimeError(f"{command} ended with {process.returncode}")
                time.sleep(0.1)
            else:
                raise RuntimeError(f"{command} doesn't start")
            time.sleep(0.5)
            yield
        finally:
            process.terminate()
            process.wait(30)


def _check(port: int, asked: Path, stories: list[dict[str, object]]) -> None:
    """A sample of stories is there with its first words."""
    lines = asked.read_text(encoding="utf-8").splitlines()
    for number in range(0, len(lines), max(1, len(lines) // 20)):
        status, _, body = fetch(port, lines[number].partition(" ")[2])
        if status != 200 or (b"<article" not in body and b"wp-block-post-content" not in body):
            raise RuntimeError(f"WordPress answers {lines[number]} with {status} and {len(body)} bytes")
        if len(body) < len(str(stories[number]["body"])) // 2:
            raise RuntimeError(f"WordPress's {lines[number]} lacks the story")
