"""Lets readers go who don't take what they asked for, so that those who stall can't fill a worker's memory.

The server under us closes connections that send nothing (`serve`: ten seconds for a request's head, and as long between two
requests), but has no limit for a reader who asks for a long page and then doesn't read it. So a thread of each worker looks
at its connections every few seconds. The kernel tells how much of an answer still waits and how much the reader's side has
confirmed (tcp(7), TCP_INFO): who confirms next to nothing for too long is shut out, which frees what the worker held for
him. A worker that grows large has less patience.

Only Linux tells all that; elsewhere nobody is let go.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import termios
import threading
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

LOOK_SECONDS = 5.0
PATIENCE_SECONDS = 30.0
LEAST_BYTES = 4096
"""Who takes less than this in PATIENCE_SECONDS, while something waits for him, is let go."""

CROWDED_BYTES = 200 << 20
"""Resident memory of a worker above which two looks without progress are enough."""

_MY_FILES = Path("/proc/self/fd")
_STATM = Path("/proc/self/statm")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
#: linux/tcp.h: bytes that the other side confirmed stand behind eight bytes, 24 numbers of 32 bits and two of 64.
_BYTES_ACKED = 120
_INFO_BYTES = _BYTES_ACKED + 8


class Waiting(NamedTuple):
    """A connection for which something waits: since when, and what the other side had confirmed by then."""

    since: float
    confirmed: int


class Usher:
    """Remembers which connections have been waiting, and shuts those that wait for too long."""

    def __init__(self) -> None:
        self._waiting: dict[int, Waiting] = {}

    def look(self, now: float, *, crowded: bool) -> int:
        """Look at all connections of this process once; give the number of those that were shut.

        Args:
            now: seconds, counted from anywhere.
            crowded: Be less patient.
        """
        patience = LOOK_SECONDS if crowded else PATIENCE_SECONDS
        least = LEAST_BYTES * patience / PATIENCE_SECONDS
        before, self._waiting = self._waiting, {}
        shut = 0
        for inode, connection, confirmed in _waiting_connections():
            with connection:
                known = before.get(inode)
                if known is None or confirmed - known.confirmed >= least:
                    known = Waiting(now, confirmed)
                if now - known.since < patience:
                    self._waiting[inode] = known
                else:
                    shut += _shut(connection)
        return shut


def watch() -> None:
    """Look after this process's connections for as long as it lives, in a thread of its own; elsewhere than on Linux, don't."""
    if sys.platform == "linux":
        threading.Thread(target=_watch, name="usher", daemon=True).start()


def _watch() -> None:
    usher = Usher()
    while True:
        time.sleep(LOOK_SECONDS)
        usher.look(time.monotonic(), crowded=_resident() > CROWDED_BYTES)


def _resident() -> int:
    return int(_STATM.read_text().split()[1]) * _PAGE_BYTES


def _waiting_connections() -> Iterator[tuple[int, socket.socket, int]]:
    """Each TCP connection with an answer on its way: its inode, a handle of ours, and how many bytes were confirmed.

    Our handle is a second one for the same connection, so that its number can't come to mean another one meanwhile.
    """
    for name in os.listdir(_MY_FILES):  # noqa: PTH208 - thousands, and names are all that is wanted
        try:
            if not os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):  # noqa: PTH115 - as above
                continue
            ours = socket.socket(fileno=os.dup(int(name)))
        except OSError:  # closed since
            continue
        try:
            confirmed = _confirmed_if_waiting(ours)
            inode = os.fstat(ours.fileno()).st_ino
        except OSError:  # no TCP, or only listening
            confirmed = None
        if confirmed is None:
            ours.close()
        else:
            yield inode, ours, confirmed


def _confirmed_if_waiting(connection: socket.socket) -> int | None:
    if connection.type != socket.SOCK_STREAM or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return None
    (waits,) = struct.unpack("i", ioctl(connection.fileno(), termios.TIOCOUTQ, b"\0" * 4))
    if not waits:
        return None
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    if len(info) < _INFO_BYTES:  # a kernel from before 2015
        return None
    return int.from_bytes(info[_BYTES_ACKED:], sys.byteorder)


def _shut(connection: socket.socket) -> bool:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was quicker
        return False
    return True
