"""The package's source as the rules read it: each module with its part, its name and its syntax tree."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "redaksi"


@dataclass(frozen=True)
class Module:
    """One file. `part` is its folder under the package, or "" for the package's own `__init__`."""

    path: Path
    part: str
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT)) if self.path.is_relative_to(ROOT) else str(self.path)


def module(text: str, part: str = "stories") -> Module:
    """An example for a rule's own test."""
    return Module(Path("example.py"), part, text, ast.parse(text))


def modules(*, migrations: bool = False) -> Iterator[Module]:
    """Every module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        if migrations or "migrations" not in inside:
            text = path.read_text(encoding="utf-8")
            yield Module(path, inside[0] if len(inside) > 1 else "", text, ast.parse(text))


def heights() -> dict[str, int]:
    """How high each part stands in the flow, as the contract "Work flows one way" says; the lowest is 0."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Work flows one way")
    return {
        part.strip(): height
        for height, layer in enumerate(reversed(layers))
        for part in layer.replace(":", "|").split("|")
    }


def committed_files() -> list[Path]:
    """Every file that git keeps; none where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
