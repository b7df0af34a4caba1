"""Work flows one way, in strings too: a name of a higher part in a string is an import that import-linter can't see.

Such names are module paths ("redaksi.desk.walls"), models as Django names them ("stories.Story", `get_model("stories", …)`)
and permissions ("stories.publish_story").
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from rules.source import Module, heights, module, modules

MODULE_PATH = re.compile(r"redaksi\.([a-z_]+)(?:[.:][\w.:]+)?")
LABELLED = re.compile(r"([a-z_]+)\.[A-Za-z_]\w*")
HEIGHT = heights()
APPS = {each.part for each in modules() if each.path.name == "apps.py"}
EVERY = pytest.mark.parametrize("each", list(modules(migrations=True)), ids=lambda each: each.where)


def named_parts(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """(line, string, part) of each string that names a part or something of it; docstrings are talk and don't count."""
    talk = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in talk:
            match = MODULE_PATH.fullmatch(node.value)
            if match is None:
                match = LABELLED.fullmatch(node.value)
                match = match if match and match[1] in APPS else None
            if match and match[1] in HEIGHT:
                yield node.lineno, node.value, match[1]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model" and node.args:
            label = node.args[0]
            if isinstance(label, ast.Constant) and label.value in HEIGHT:
                yield node.lineno, str(label.value), str(label.value)


def upward(source: Module) -> list[str]:
    if source.part not in HEIGHT:
        return []
    return [
        f"{source.where}:{line}: “{name}” points up, from {source.part} to {part}: send a signal or write a row instead"
        for line, name, part in named_parts(source.tree)
        if HEIGHT[part] > HEIGHT[source.part]
    ]


@EVERY
def test_no_string_points_up(each):
    findings = upward(each)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(
    "text",
    [
        'import_module("redaksi.desk.walls")',
        'models.ForeignKey("stories.Story", on_delete=1)',
        'apps.get_model("stories", "Story")',
        'logging.getLogger("redaksi.desk")',
        'user.has_perm("stories.publish_story")',
    ],
)
def test_the_rule_finds_a_string_that_points_up(text):
    assert len(upward(module(text, part="network"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '"""See redaksi.desk.walls."""',
        'x = "stories"',
        'x = "outbox.Entry"',
        'x = "redaksi.network.gate.Gate"',
    ],
)
def test_the_rule_lets_talk_and_lower_parts_pass(text):
    assert not upward(module(text, part="network"))
