"""Who hands out stories in a run: newsstand (and press) as ``redaksi run`` starts them, nginx with files, an ordinary Wagtail view."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.processes import free_port, server

#: Files that nginx opens beside those in its cache: connections, logs.
_BESIDE = 2_048
HERE = [sys.executable, "-m"]
#: How nginx's file begins, whatever it serves.
NGINX_HEAD = """
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log crit;
daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  keepalive_requests 10000000;
"""
NGINX = (
    NGINX_HEAD
    + """
  sendfile on; tcp_nopush on;
  open_file_cache max={files}; open_file_cache_valid 60s;
  default_type "text/html; charset=utf-8";
  server {{ listen 127.0.0.1:{port} reuseport; root {folder}/static; gzip_static always; }}
}}
"""
)

Up = AbstractContextManager[subprocess.Popen[bytes]]


def newsstand(home: Path, folder: Path) -> tuple[int, Up]:
    """The port on which the newsstand of a data home will listen, and what runs it."""
    port = free_port()
    env = {"REDAKSI_HOME": str(home), "PORT": str(port)}
    return port, server([*HERE, "redaksi.newsstand"], port, folder / "newsstand.log", env)


def press(home: Path, folder: Path, port: int) -> Up:
    """The press of a data home as ``redaksi run`` starts it, beside the newsstand that listens on ``port``."""
    # Readers' addresses are printed as they were when the shelf was made: others would have every page printed again.
    env = {"REDAKSI_HOME": str(home), "PORT": str(port), "REDAKSI_READERS_ORIGIN": "http://{host}:8000"}
    return server([*HERE, "redaksi.cli.main", "press"], port, folder / "press.log", env)


def nginx_command(folder: Path) -> list[str]:
    """What starts nginx by the ``nginx.conf`` in a folder; Debian keeps it beside the path of ordinary users."""
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def nginx(folder: Path, files: int) -> tuple[int, Up]:
    """nginx with the ``.gz`` files in ``static``, its cache of open files large enough for all of them."""
    port = free_port()
    config = NGINX.format(folder=folder, port=port, files=_room_for(2 * files))
    (folder / "nginx.conf").write_text(config, encoding="utf-8")
    return port, server(nginx_command(folder), port, folder / "nginx.log")


def _room_for(files: int) -> int:
    """How many of so many files nginx may hold open at once; this process, which starts it, asks for that as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (files + _BESIDE, hard):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, soft), max(wanted, hard)))
        except (ValueError, OSError):  # more than the system gives anybody
            continue
        return min(files, max(wanted, soft) - _BESIDE)
    return max(soft - _BESIDE, 1)


def view(home: Path, folder: Path) -> tuple[int, Up]:
    """benchmarks/wagtail_view under gunicorn: two workers, not compressed."""
    port = free_port()
    command = [
        *HERE, "gunicorn", "benchmarks.wagtail_view.wsgi", "--workers", "2", "--worker-class", "sync",
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    return port, server(command, port, folder / "view.log", {"REDAKSI_HOME": str(home)})
