"""Real servers for a run: each starts on a free port of the loopback, and ends with the run, however it ends."""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PR_SET_PDEATHSIG = 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def server(
    command: Sequence[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends. It counts as up when something listens on ``port``.

    Raises:
        RuntimeError: it ended, or nothing listened within a minute; what it said is in the message.
    """
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  # one prctl call, safe after fork
        )
    try:
        _wait_for(port, process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    message = f"{process.args!r} doesn't listen on port {port}: {log.read_text(errors='replace')[-2000:]}"
    raise RuntimeError(message)


def told_by(module: str, home: Path, *arguments: object, **environment: object) -> Any:
    """What a module of the benchmarks prints as JSON, run in a process of its own over a data home."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    env = {
        **os.environ,
        "REDAKSI_HOME": str(home),
        **{name: str(value) for name, value in environment.items()},
    }
    return json.loads(subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True).stdout)


def fetch(
    port: int, path: str, host: str = "localhost", *, gzip: bool = False
) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers in small letters, body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host} | ({"Accept-Encoding": "gzip"} if gzip else {}))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def visit_all(port: int, addresses: Path) -> None:
    """Ask for each "host path" of a file once, with gzip and without: whatever a server makes at the first visit is made."""
    for line in addresses.read_text(encoding="utf-8").splitlines():
        host, _, path = line.partition(" ")
        for gzip in (False, True):
            fetch(port, path, host, gzip=gzip)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a server started, by their numbers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(number) for number in children.split()]


def resident_megabytes(pid: int) -> float:
    """What a process has in memory (proc(5): VmRSS)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def largest_worker(process: subprocess.Popen[bytes]) -> float:
    """What the largest of the processes that a server started has in memory, in megabytes."""
    return max(resident_megabytes(pid) for pid in workers_of(process))
