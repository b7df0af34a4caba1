"""What a run was made on, as far as it matters to its figures."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path


def describe() -> list[str]:
    """A line each: processor, memory, system, versions."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*:\s*(.+)", facts)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    system = re.search(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text(encoding="utf-8"))
    packages = ", ".join(f"{name} {version(name)}" for name in ("granian", "django", "wagtail", "gunicorn"))
    return [
        f"{os.cpu_count()} cores, {model[1].strip() if model else platform.machine()}",
        f"{int(memory[1]) / (1 << 20):.0f} GiB of memory" if memory else "memory unknown",
        f"{system[1] if system else platform.system()}, Linux {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}, {nginx()}",
        f"load before the run: {os.getloadavg()[0]:.1f}",
    ]


def nginx() -> str:
    """nginx and its version."""
    told = subprocess.run(["/usr/sbin/nginx", "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition(": ")[2].replace("/", " ")
