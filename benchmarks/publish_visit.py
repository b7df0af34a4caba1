"""``REDAKSI_HOME=… python -m benchmarks.publish_visit STORIES``: what a publish costs, verb, print and laying in one process; JSON.

Processor time and bytes written don't depend on what else the machine does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
django.setup()

from django.db import transaction  # noqa: E402  # models can be imported only after Django is set up

from benchmarks.seen_visit import Newsroom  # noqa: E402
from redaksi.press.foreman import Foreman  # noqa: E402
from redaksi.shelf.writer import ShelfWriter  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402

WARM = 10


def written() -> int:
    """Bytes that this process had written to disk so far (proc(5), io: write_bytes)."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("write_bytes")).split()[1])


def main(stories: int) -> dict[str, list[float]]:
    home, newsroom = Path(os.environ["REDAKSI_HOME"]), Newsroom()
    milliseconds, kilobytes = [], []
    with (
        closing(ShelfWriter(home / "shelf.sqlite3")) as writer,
        closing(Foreman(writer, home)) as foreman,
    ):
        for number in range(-WARM, stories):
            story = newsroom.draft(number)
            foreman.drain()
            begun, before = time.process_time(), written()
            with transaction.atomic():
                publish(story, None)
            foreman.drain()
            if number >= 0:
                milliseconds.append((time.process_time() - begun) * 1000)
                kilobytes.append((written() - before) / 1000)
    return {"milliseconds": milliseconds, "kilobytes": kilobytes}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
