"""Over the limit means a missing name: split by meaning. Complexity is ruff's (C901)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 150
CODE = ("app", "benchmarks", "scripts")
NAMES_THAT_SAY_NOTHING = {
    "utils", "util", "helpers", "helper", "common", "manager", "data", "info", "handle", "process",
}  # fmt: skip


def modules() -> Iterator[Path]:
    """Our own Python files, tests apart."""
    for folder in CODE:
        yield from sorted((CHECKOUT / folder).rglob("*.py"))
    yield CHECKOUT / "config.py"
    yield CHECKOUT / "wsgi.py"


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_modules_stay_short():
    long = {str(path): lines(path) for path in modules() if lines(path) > MODULE_LINES}

    assert long == {}


def test_scripts_of_pages_stay_short():
    own = [
        path
        for suffix in ("*.js", "*.mjs", "*.scss")
        for path in (CHECKOUT / "app").rglob(suffix)
        if "dist" not in path.parts and "vendor" not in path.parts
    ]

    long = {str(path): lines(path) for path in own if lines(path) > MODULE_LINES}

    assert long == {}


def test_functions_stay_short():
    long = {
        f"{path.relative_to(CHECKOUT)}:{function.name}": length
        for path in modules()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }

    assert long == {}


def test_templates_stay_short():
    long = {
        str(path): lines(path)
        for path in (CHECKOUT / "app").rglob("*.html")
        if lines(path) > TEMPLATE_LINES
    }

    assert long == {}


def test_tests_stay_short():
    long = {
        str(path): lines(path)
        for path in (CHECKOUT / "tests").rglob("*.py")
        if lines(path) > MODULE_LINES
    }

    assert long == {}


def test_names_say_what_things_are():
    empty = {str(path) for path in modules() if path.stem in NAMES_THAT_SAY_NOTHING}
    empty |= {
        f"{path}:{node.name}"
        for path in modules()
        # Methods may have to be called so, where a library looks for them.
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.strip("_") in NAMES_THAT_SAY_NOTHING
    }

    assert empty == set()


def test_nothing_is_left_for_later():
    words = ("TO" + "DO", "FIX" + "ME", "raise NotImplemented")

    left = {
        f"{path}: {word}"
        for path in modules()
        for word in words
        if word in path.read_text(encoding="utf-8")
    }

    assert left == set()
