"""Keeps the processes of a network up: newsstand, desk and press, each started again when it ends.

The supervisor itself holds nothing: it can be killed and started again at will. Its children end with it (Linux's parent-death
signal), so that a new start finds the ports free.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from redaksi.stories.crew import end_with_parent

#: Seconds: between looks at the children, the longest wait before a restart, how long a child may take to end.
LOOK, LONGEST_WAIT, PATIENCE = 0.1, 10.0, 8.0


@dataclass
class Child:
    """One process: its name, command and what it adds to the environment. One that works ``once`` isn't started again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.0
    not_before: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  # our own commands
            self.command,
            env={**os.environ, **self.environment},
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends the children in order
            preexec_fn=end_with_parent,  # noqa: PLW1509  # one prctl call, safe after fork
        )

    def end(self, sign: int) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)


class Supervisor:
    """Starts the children, watches them, ends them."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self._stopping = False

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; the exit status is 0."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._stop)
        for child in self.children:
            child.start()
        while not self._stopping:
            time.sleep(LOOK)
            for child in list(self.children):
                self._watch(child)
        self._end_all()
        return 0

    def _stop(self, _sign: int, _frame: object) -> None:
        self._stopping = True

    def _watch(self, child: Child) -> None:
        """Start a child that has ended: at once the first time, later and later if it keeps ending."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.not_before:
                child.start()
            return
        status = child.process.poll()
        if status is None:
            return
        if child.once:
            self.children.remove(child)
            return
        sys.stderr.write(f"redaksi: {child.name} ended with status {status} and is started again\n")
        lived = now - child.started
        child.wait = 0.0 if lived > LONGEST_WAIT else min(LONGEST_WAIT, child.wait * 2 or 0.2)
        child.process, child.not_before = None, now + child.wait

    def _end_all(self) -> None:
        for child in reversed(self.children):
            child.end(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
