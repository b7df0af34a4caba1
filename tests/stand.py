"""A newsstand in processes of its own, as tests ask it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from ports import free_port
from redaksi.shelf.writer import ShelfWriter


@dataclass
class Answer:
    """What came back; `headers` by lower-case name."""

    status: int
    body: bytes
    headers: dict = field(repr=False)


class Stand:
    """A newsstand in processes of its own."""

    def __init__(self, home, workers=1, caches=""):
        self.home = home
        self.port = free_port()
        env = {
            **os.environ,
            "REDAKSI_HOME": str(home),
            "PORT": str(self.port),
            "REDAKSI_WORKERS": str(workers),
            "REDAKSI_CACHES": caches,
        }
        self.log = (home / "newsstand.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "redaksi.newsstand"], env=env, stdout=self.log, stderr=self.log
        )

    @classmethod
    def over(cls, home, fill):
        """One that answers, over a new shelf with what ``fill`` lays in a transaction of it."""
        with ShelfWriter(home / "shelf.sqlite3") as shelf, shelf.transaction() as t:
            fill(t)
        stand = cls(home)
        stand.wait()
        return stand

    def wait(self):
        while True:
            try:
                return self.get("/")
            except ConnectionError:
                assert self.process.poll() is None, (self.home / "newsstand.log").read_text()
                time.sleep(0.02)

    def get(self, path, method="GET", host="kentongan.test", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"host": host} | named).items():
            connection.putheader(name, value)
        connection.endheaders()
        try:
            response = connection.getresponse()
            return Answer(response.status, response.read(), {k.lower(): v for k, v in response.getheaders()})
        finally:
            connection.close()

    def raw(self, request):
        """Send bytes as they are; give the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            return connection.recv(65536).split(b"\r\n")[0].decode()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.log.close()
        return code

    def worker(self):
        """A worker's process: the child that isn't multiprocessing's own housekeeper."""
        return min(self.workers())

    def workers(self):
        ran = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid=,args="],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(line.split()[0]) for line in ran.stdout.splitlines() if "tracker" not in line]

    def megabytes(self):
        """Resident memory of the largest worker."""
        told = [Path(f"/proc/{pid}/statm").read_text() for pid in self.workers()]
        return max(int(line.split()[1]) for line in told) * os.sysconf("SC_PAGE_SIZE") / 1e6
