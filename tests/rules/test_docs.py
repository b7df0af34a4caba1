"""Documents that can't rot: a setting, a verb or an option without its line fails, and so does a line without its thing."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from redaksi.cli.main import VERBS
from rules.source import ROOT, modules

SETTING = re.compile(r"REDAKSI_[A-Z_]+|DJANGO_SETTINGS_MODULE")
READERS = {"text", "number", "words", "addresses", "folder", "_number"}
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def settings_in_code() -> set[str]:
    found = set()
    for each in modules():
        for node in ast.walk(each.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and SETTING.fullmatch(node.value)
            ):
                found.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in READERS and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.isupper():
                    found.add(name.value)
    return found


def options(verb: str) -> Iterator[str]:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(VERBS[verb][0]).arguments(parser)
    for action in parser._actions:
        yield from action.option_strings


def test_each_setting_has_its_line_and_each_line_its_setting():
    documented = set(re.findall(r"^\| `(\w+)` \|", SETTINGS, re.MULTILINE))
    assert documented == settings_in_code()


def test_each_verb_has_its_heading_and_each_heading_its_verb():
    assert sorted(re.findall(r"^## `redaksi (\w+)`$", COMMANDS, re.MULTILINE)) == sorted(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_option_has_its_line_under_its_verb(verb):
    section = COMMANDS.split(f"## `redaksi {verb}`\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^- `(--[\w-]+)`", section, re.MULTILINE)) == set(options(verb))


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken
