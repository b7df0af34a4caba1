"""Caches in front: what readers get differently from now on is purged there, and nothing else.

    shelf's commit -> tell(keys) -> a thread a cache -> PURGE with the keys, at once and again a second later

The second time is for pages that a cache fetched in between from a worker that hadn't looked yet. Nothing of this is kept: when the
press starts, and when another shelf took the place of the one that was written, everything is purged; so what was cut off between commit
and purge, by a kill or a power cut, is made good at the next start. Purging everything costs little: a cache asks again
for each page by its ETag, and is mostly told that it is the same. A cache that can't be reached is tried again and again, and
delays neither the press nor other caches.
"""

from __future__ import annotations

import http.client
import logging
import threading
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from redaksi.shelf import surrogates
from redaksi.shelf.changes import MOST_KEYS
from redaksi.shelf.place import current_file

logger = logging.getLogger(__name__)

METHOD, HEADER = "PURGE", "xkey-softpurge"
#: Seconds: until the keys are told a second time; between looks at which shelf is current; between tries; of a try.
AGAIN, LOOK, PAUSE, PATIENCE = 1.0, 0.5, 1.0, 5.0
#: How long the end waits for what is just being told: no cache that hangs keeps the press from ending.
FAREWELL = 1.0
#: Of keys in one request, in bytes; caches take headers of 8 KB.
MOST_BYTES = 4000


class Caches:
    """The caches of this network, told from the moment of `start`.

    Args:
        pointer: the shelf that readers have.
        addresses: the caches' own, as "http://127.0.0.1:6081".
    """

    def __init__(self, pointer: Path, addresses: Iterable[str]) -> None:
        self._pointer = pointer
        self._caches = [Cache(urlsplit(address)) for address in addresses]
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def __bool__(self) -> bool:
        return bool(self._caches)

    def start(self) -> None:
        """Begin to tell: first of all that everything may be other than it was."""
        for work in (*(cache.work for cache in self._caches), self._follow):
            self._threads.append(
                threading.Thread(target=work, args=(self._ended,), name="caches", daemon=True)
            )
            self._threads[-1].start()

    def close(self) -> None:
        """Tell no more, and complain no more; what wasn't told yet is made good by the next start."""
        self._ended.set()
        for cache in self._caches:
            cache.wake()
        for thread in self._threads:
            thread.join(FAREWELL)

    def tell(self, keys: Collection[str]) -> None:
        """Say what changed. Never waits."""
        for cache in self._caches:
            cache.tell(keys)

    def _follow(self, ended: threading.Event) -> None:
        """When a rebuilt shelf is swapped in, by another process, nothing is known of what differs."""
        before = current_file(self._pointer)
        while not ended.wait(LOOK):
            now = current_file(self._pointer)
            if now != before:
                self.tell([surrogates.ALL])
            before = now


class Cache:
    """One cache: what it is still to be told, and when."""

    def __init__(self, address: SplitResult) -> None:
        self._address = address
        self._first: dict[str, None] = {surrogates.ALL: None}
        self._again: dict[str, float] = {}
        self._some = threading.Condition()
        self._complained = False

    def tell(self, keys: Iterable[str]) -> None:
        """Put keys to those that wait; when they grow too many, everything is meant."""
        with self._some:
            self._first.update(dict.fromkeys(keys))
            if len(self._first) > MOST_KEYS:
                self._first = {surrogates.ALL: None}
            self._some.notify()

    def wake(self) -> None:
        """Look up, there may be nothing more to do."""
        with self._some:
            self._some.notify()

    def work(self, ended: threading.Event) -> None:
        """Send what waits, until the end."""
        while not ended.is_set():
            keys = self._next(ended)
            if not keys:
                continue
            trouble = self._send(keys)
            if trouble and not ended.is_set():
                self._complain(trouble)
                self.tell(keys)
                ended.wait(PAUSE)
            elif not trouble:
                self._complained = False

    def _next(self, ended: threading.Event) -> list[str]:
        """What is to be sent now; empty after a while of nothing, and at the end."""
        with self._some:
            if not self._first and not ended.is_set():
                due = min(self._again.values(), default=time.monotonic() + LOOK)
                self._some.wait(max(0.0, due - time.monotonic()))
            now = time.monotonic()
            repeated = [key for key, due in self._again.items() if due <= now]
            for key in repeated:
                del self._again[key]
            first, self._first = list(self._first), {}
            self._again.update(dict.fromkeys(first, now + AGAIN))
            return list(dict.fromkeys([*first, *repeated]))

    def _send(self, keys: list[str]) -> str:
        """Send keys; what went wrong, in words."""
        connection = http.client.HTTPConnection(
            self._address.hostname or "", self._address.port or 80, timeout=PATIENCE
        )
        try:
            for part in in_parts(keys):
                connection.request(METHOD, self._address.path or "/", headers={HEADER: part})
                answer = connection.getresponse()
                answer.read()
                if answer.status != http.client.OK:
                    return f"answers {answer.status} {answer.reason}"
        except (OSError, http.client.HTTPException) as error:
            return repr(error)
        finally:
            connection.close()
        return ""

    def _complain(self, trouble: str) -> None:
        """Once, until it works again."""
        if not self._complained:
            logger.error("the cache at %s can't be told what changed: %s", self._address.netloc, trouble)
        self._complained = True


def in_parts(keys: Iterable[str]) -> list[str]:
    """Keys as headers' values, none longer than MOST_BYTES."""
    parts = [""]
    for key in keys:
        if len(parts[-1]) + len(key) >= MOST_BYTES:
            parts.append("")
        parts[-1] = f"{parts[-1]} {key}".strip()
    return [part for part in parts if part]
