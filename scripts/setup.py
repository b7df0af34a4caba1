"""Make ``.venv`` and put into it what ``uv.lock`` names: ``python3 scripts/setup.py run`` or ``… test``.

Any Python will do to run this, with or without uv, pip and venv, and no right beyond writing here: a bare Debian splits
``ensurepip`` off into a package that only root can install. uv does the work; where the machine has none, it comes from the
package index into ``.venv`` itself: by pip where pip can be had, otherwise by hand from the index's simple API (PEP 503 and 691),
checked against the digest that the index names. pip's own settings for the index are kept in both cases.

Once everything but the development tools is wanted (``run``), it is installed beside them if they are there already: running
and testing by turns installs nothing twice.
"""

from __future__ import annotations

import configparser
import hashlib
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
#: The oldest uv that writes and reads our lock file as it is.
OLDEST_UV = (0, 9)
PYPI = "https://pypi.org/simple"
MOST_BYTES = 200 << 20


def main(purpose: str) -> None:
    """Set up for a purpose, ``run`` or ``test``, and leave the file by which make knows that it is done."""
    uv = find_uv()
    if uv is None:
        print("Fetching uv, which installs the rest …", flush=True)
        uv = fetch_uv()
    # What was ever set up for tests stays so: otherwise running and testing by turns would each undo the other's work.
    everything = purpose == "test" or (VENV / ".ready-to-test").exists()
    sync(uv, development=everything)
    for name in ("run", "test") if everything else ("run",):
        (VENV / f".ready-to-{name}").touch()


def find_uv() -> str | None:
    """The uv of this environment, or of the machine if it is new enough."""
    for name in (str(VENV / "bin" / "uv"), shutil.which("uv")):
        if name is None or not os.access(name, os.X_OK):
            continue
        told = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  # uv itself
        if version_of(told.removeprefix("uv ")) >= OLDEST_UV:
            return name
    return None


def fetch_uv() -> str:
    """Put uv into ``.venv/bin``: by pip where Python brings it, otherwise by hand. Gives its path."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        run([sys.executable, "-m", "venv", str(VENV)])
        wanted = f"uv>={'.'.join(map(str, OLDEST_UV))}"
        run(
            [
                str(VENV / "bin" / "python"),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                wanted,
            ]
        )
        return str(VENV / "bin" / "uv")
    wheel = download_uv(indexes())
    target = VENV / "bin" / "uv"
    # uv makes the environment around itself: it has to lie elsewhere until there is one.
    with tempfile.TemporaryDirectory() as folder:
        uv = Path(folder) / "uv"
        with zipfile.ZipFile(io.BytesIO(wheel)) as files:
            name = next(name for name in files.namelist() if name.endswith(".data/scripts/uv"))
            uv.write_bytes(files.read(name))
        uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
        run([str(uv), "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)])
        shutil.copy2(uv, target)
    return str(target)


def sync(uv: str, *, development: bool) -> None:
    """Bring ``.venv`` to what the lock file says.

    The lock file names each package's address at PyPI. Where only a mirror can be reached, the same versions, held by the same
    digests, come from there.
    """
    index, *more = indexes()
    os.environ.setdefault("UV_DEFAULT_INDEX", index)
    os.environ.setdefault("UV_HTTP_TIMEOUT", "300")
    # The machine's own certificates: behind an office's proxy no others are right.
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    os.environ.pop("VIRTUAL_ENV", None)
    groups = ["--all-groups"] if development else ["--no-dev"]
    command = [uv, "sync", "--frozen", "--quiet", *groups]
    print("Installing what uv.lock names …", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode == 0:  # noqa: S603  # uv itself
        return
    print(f"That can't be had from PyPI; trying {index} …", file=sys.stderr, flush=True)
    os.environ.setdefault("UV_INDEX", " ".join(more))
    os.environ.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # safe here: digests decide
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        export = [uv, "export", "--frozen", "--quiet", "--no-emit-project", *groups]
        run([*export, "--output-file", str(wanted)])
        python = ["--python", str(VENV / "bin" / "python")]
        if not (VENV / "bin" / "python").exists():
            run([uv, "venv", "--quiet", "--allow-existing", str(VENV)])
        run([uv, "pip", "install", "--quiet", *python, "--require-hashes", "--requirement", str(wanted)])
        run([uv, "pip", "install", "--quiet", *python, "--no-deps", "--editable", str(ROOT)])


def indexes() -> list[str]:
    """Addresses of the package indexes, the main one first: from the environment, then from pip's settings, then PyPI."""
    said = {"index-url": "", "extra-index-url": ""}
    files = [
        "/etc/pip.conf",
        "~/.pip/pip.conf",
        "~/.config/pip/pip.conf",
        os.environ.get("PIP_CONFIG_FILE", ""),
    ]
    settings = configparser.RawConfigParser()
    settings.read([Path(name).expanduser() for name in files if name], encoding="utf-8")
    for name in said:
        said[name] = settings.get("global", name, fallback="")
    main_one = (
        os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or said["index-url"] or PYPI
    )
    more = os.environ.get("PIP_EXTRA_INDEX_URL") or said["extra-index-url"]
    return [main_one, *more.split()]


def download_uv(addresses: list[str]) -> bytes:
    """The newest wheel of uv for this machine, from the first index that has one."""
    for address in addresses:
        try:
            found = best_wheel(links(f"{address.rstrip('/')}/uv/"))
        except OSError as error:
            print(f"{address}: {error}", file=sys.stderr)
            continue
        if found is not None:
            url, digest = found
            wheel = fetch(url)
            if digest and hashlib.sha256(wheel).hexdigest() != digest:
                sys.exit(f"setup: {url} is not the file that the index names: its digest differs")
            return wheel
    sys.exit(
        f"setup: no uv for this machine at {', '.join(addresses)}; install uv (or Debian's python3-venv) and try again"
    )


def best_wheel(files: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The newest of an index's (address, sha256) whose name says that it runs here (PEP 427, PEP 600)."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    pattern = re.compile(rf"/uv-(\d+(?:\.\d+)*)-py3-none-[^/]*{libc}[^/]*_{re.escape(machine)}\.whl$")
    fitting = [(version_of(match[1]), file) for file in files if (match := pattern.search(file[0]))]
    newest = max(fitting, default=None)
    return newest[1] if newest and newest[0] >= OLDEST_UV else None


def links(page: str) -> list[tuple[str, str]]:
    """(address, sha256) of each file that an index's page of a package names; as JSON or as HTML."""
    body = fetch(f"{page}index.html" if page.startswith("file:") else page)
    if body.lstrip().startswith(b"{"):
        files = json.loads(body)["files"]
        return [
            (urljoin(page, file["url"]), file["hashes"].get("sha256", ""))
            for file in files
            if not file.get("yanked")
        ]
    reader = _Anchors()
    reader.feed(body.decode("utf-8", "replace"))
    parted = [urldefrag(urljoin(page, link)) for link in reader.links]
    return [(url, mark.removeprefix("sha256=") if mark.startswith("sha256=") else "") for url, mark in parted]


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href")
        if tag == "a" and link:
            self.links.append(link)


def fetch(url: str) -> bytes:
    accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5, */*;q=0.1"
    request = urllib.request.Request(url, headers={"Accept": accept})  # noqa: S310  # the index's address
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310  # the same
        body: bytes = answer.read(MOST_BYTES)
    return body


def version_of(text: str) -> tuple[int, ...]:
    """A version as numbers, as far as it is made of them."""
    match = re.match(r"\d+(?:\.\d+)*", text.strip())
    return tuple(map(int, match[0].split("."))) if match else ()


def run(command: list[str]) -> None:
    status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603  # our own commands
    if status:
        sys.exit(f"setup: {' '.join(command)} ended with status {status}")


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit("usage: python3 scripts/setup.py run|test")
    main(sys.argv[1])
