"""How a module is written: with a reason at its head, a name that says something, imports at the top, and not too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from rules.source import Module, module, modules

VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
EVERY = pytest.mark.parametrize("each", list(modules()), ids=lambda each: each.where)


def imports_inside_functions(source: Module) -> Iterator[str]:
    for function in ast.walk(source.tree):
        if isinstance(function, (*FUNCTIONS, ast.Lambda)):
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    yield f"{source.where}:{node.lineno}: an import inside a function hides a dependency: move it up"


def what_is_too_long(source: Module) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{source.where}: {lines} lines, more than {LONGEST_FILE}: it holds more than one thing"
    for node in ast.walk(source.tree):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{source.where}:{node.lineno}: {node.name} has {length} lines, more than {LONGEST_FUNCTION}"


def what_lacks_at_the_head(source: Module) -> Iterator[str]:
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield f"{source.where}: no docstring says why this module exists"


@EVERY
def test_a_module_keeps_the_house_rules(each):
    findings = [*imports_inside_functions(each), *what_is_too_long(each), *what_lacks_at_the_head(each)]
    assert not findings, "\n".join(findings)


def test_no_module_has_a_name_that_says_nothing():
    vague = [each.where for each in modules() if VAGUE & {each.path.stem, *each.path.parent.parts}]
    assert not vague, f"say what is in them: {vague}"


def test_the_rules_find_an_import_inside_a_function():
    assert len(list(imports_inside_functions(module("def f():\n    if True:\n        import os\n")))) == 1
    assert not list(imports_inside_functions(module("import os\nif True:\n    import sys\n")))


def test_the_rules_find_what_is_too_long():
    long_function = "def f():\n" + "    pass\n" * LONGEST_FUNCTION
    assert len(list(what_is_too_long(module(long_function)))) == 1
    assert len(list(what_is_too_long(module("x = 1\n" * (LONGEST_FILE + 1))))) == 1
    assert not list(what_is_too_long(module("x = 1\n" * LONGEST_FILE)))


def test_the_rules_find_a_module_without_a_reason():
    assert list(what_lacks_at_the_head(module("x = 1\n")))
    assert not list(what_lacks_at_the_head(module('"""Why."""\n')))
