"""The whole network as `redaksi run` keeps it up, for tests that end parts of it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ports import free_port

RUN = [sys.executable, "-m", "redaksi.cli.main", "run"]


def wait_until(true, seconds=120):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def children_of(pid):
    """Every process below ``pid``, with its command."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            command = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError, IndexError):
            continue
        found[int(stat.parent.name)] = (parent, command)
    below, known = {}, {pid}
    while more := {child for child, (parent, _) in found.items() if parent in known} - set(below):
        below |= {child: found[child][1] for child in more}
        known |= more
    return below


class Running:
    def __init__(self, installation, workers=1):
        self.home = installation.home
        self.installation = installation
        self.workers = workers
        self.port, self.desk_port = free_port(), free_port()
        self.process = None
        installation.more = {
            "PORT": self.port,
            "DESK_PORT": self.desk_port,
        }  # addresses are printed with them

    def environment(self):
        cache = str(Path(tempfile.gettempdir()) / f"redaksi-pyc-{os.getuid()}")
        own = {
            # As it was seeded, whatever the port: addresses are printed with it.
            "REDAKSI_READERS_ORIGIN": "http://{host}:8000",
            "REDAKSI_HOME": str(self.home), "PORT": str(self.port), "DESK_PORT": str(self.desk_port), "REDAKSI_WORKERS": str(self.workers),
            "PYTHONPYCACHEPREFIX": cache, "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        return {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
        } | own

    def start(self):
        log = (self.home / "run.log").open("ab")
        self.process = subprocess.Popen(RUN, env=self.environment(), stdout=log, stderr=log)
        log.close()
        wait_until(self.answers)
        return self

    def status(self, port, path="/"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request(
                "GET", path, headers={"host": "kentongan.localhost" if port == self.port else "localhost"}
            )
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def answers(self):
        assert self.process.poll() is None, (self.home / "run.log").read_text()
        return self.status(self.port) == 200 and self.status(self.desk_port) in {200, 302}

    def children(self, word):
        """The processes of a part, the first started first: their command says which."""
        return [
            pid for pid, command in sorted(children_of(self.process.pid).items()) if re.search(word, command)
        ]

    def child(self, word):
        """The first process of a part."""
        return next(iter(self.children(word)), None)

    def stop(self, sign=signal.SIGTERM):
        below = children_of(self.process.pid)
        self.process.send_signal(sign)
        status = self.process.wait(60)
        wait_until(
            lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists() and not is_zombie(pid)], 30
        )
        return status


def is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True
