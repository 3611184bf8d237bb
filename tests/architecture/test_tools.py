"""The checks of the workshop, each a test, so that one summary tells everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import playwright
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
CODE = ["app", "benchmarks", "migrations", "scripts", "tests", "config.py", "wsgi.py"]
CHECKS = {
    "style": ["ruff", "check", "--no-cache", *CODE],
    "format": ["ruff", "format", "--no-cache", "--check", *CODE],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "app", "--lint", "--quiet"],
    "dependencies": ["deptry", "."],
}


@pytest.mark.parametrize("name", CHECKS)
def test_workshop_check_has_no_complaint(name):
    program, *arguments = CHECKS[name]

    done = subprocess.run(
        [PROGRAMS / program, *arguments],
        cwd=CHECKOUT,
        env=os.environ | {"NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_are_plain_shell():
    scripts = [path for path in (CHECKOUT / "scripts").iterdir() if path.suffix in {"", ".sh"}]

    for path in [*scripts, CHECKOUT / ".ci" / "run"]:
        if path.is_file() and path.read_text(encoding="utf-8").startswith("#!/bin/sh"):
            done = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr


def test_client_units_pass():
    # Playwright brings a Node of its own, so none has to be installed.
    node = Path(playwright.__file__).parent / "driver" / "node"
    units = sorted((CHECKOUT / "tests" / "client").glob("*.test.js"))

    done = subprocess.run(
        [node, "--test", *units], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )

    assert units
    assert done.returncode == 0, done.stdout + done.stderr


def test_requests_do_not_load_the_analysis_libraries():
    code = (
        "import sys, wsgi; print([m for m in ('pandas', 'sklearn', 'scipy') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": "sqlite://"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
