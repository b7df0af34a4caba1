"""A whole network as its operator starts it: the demo in a data home of its own, and ``redaksi run`` on free ports."""

from __future__ import annotations

import fcntl
import gzip
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ports import free_port

#: The main host of each site of the demo; browsers resolve names under .localhost by themselves.
HOSTS = {"kentongan": "localhost", "pesisir": "pesisir.localhost", "english": "english.localhost"}
#: What everyone in the demo signs in with.
PASSWORD = "kentongan-2026"
#: What stands in a path or a query as it is (RFC 3986), the sign of what was encoded already among it.
LEGAL = "/%?=&:@!$'()*+,;~-._"
COMMAND = [sys.executable, "-m", "redaksi.cli.main"]


@dataclass
class Answer:
    """What came back over plain HTTP; header names in lower case, the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if zipped else self.body).decode()


class Network:
    """The processes of one network, and plain ways to ask them."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.desk_port = home, free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "REDAKSI_HOME": self.home,
            "PORT": self.port,
            "DESK_PORT": self.desk_port,
            "REDAKSI_WORKERS": 2,
        }
        kept = {name: value for name, value in os.environ.items() if name != "REDAKSI_SECRET_KEY"}
        return kept | {name: str(value) for name, value in own.items()}

    @property
    def desk(self) -> str:
        return f"http://localhost:{self.desk_port}"

    def url(self, site: str, path: str = "/") -> str:
        """A reader's address at one of the demo's sites."""
        return f"http://{HOSTS[site]}:{self.port}{path}"

    def command(self, *words: object, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run ``redaksi WORDS`` on this network's data; fail when its status is not the expected one (None: any)."""
        ran = subprocess.run(
            [*COMMAND, *map(str, words)], env=self.environment, capture_output=True, text=True, check=False
        )
        assert expect is None or ran.returncode == expect, (
            f"{words}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
        )
        return ran

    def start(self) -> None:
        with (self.home / "run.log").open("ab") as log:
            self.process = subprocess.Popen([*COMMAND, "run"], env=self.environment, stdout=log, stderr=log)
        for port in (self.port, self.desk_port):
            self._await(port)

    def _await(self, port: int) -> None:
        while True:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def log(self) -> str:
        return (self.home / "run.log").read_text(errors="replace")

    def get(self, site: str, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask the readers' port in plain HTTP, without a browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"host": f"{HOSTS.get(site, site)}:{self.port}", "accept-encoding": "gzip"} | named
        try:
            connection.request(method, quote(path, safe=LEGAL), headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def raw(self, request: bytes, port: int | None = None) -> str:
        """Send bytes as they are; the answer's status line and body (empty where the door was shut)."""
        with socket.create_connection(("127.0.0.1", port or self.port), timeout=20) as connection:
            try:
                connection.sendall(request)
                return _all(connection).decode(errors="replace")
            except (ConnectionResetError, BrokenPipeError):
                return ""


def _all(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def make_demo(folder: Path) -> Path:
    """The demo network's data home, made once for all test processes of a run.

    With ``REDAKSI_DEMO_HOME`` set, that data home is taken in place of making one.
    """
    ready = os.environ.get("REDAKSI_DEMO_HOME")
    if ready:
        return Path(ready)
    home = folder / "demo-home"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "demo-sign-in.txt").exists():
            shutil.rmtree(home, ignore_errors=True)
            Network(home).command("demo")
    return home


def own_network(demo: Path, home: Path) -> Network:
    """A running copy of the demo, with addresses of its own ports."""
    shutil.copytree(demo, home, symlinks=True)
    network = Network(home)
    network.command("press", "--all")
    network.start()
    return network
