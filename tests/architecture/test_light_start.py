"""A web process starts without the libraries of analysis: they cost seconds and memory."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ANALYSIS = ("numpy", "pandas", "scipy", "sklearn")
# What a page that asks for no long work does without.
LATE = ("dbos",)
PROGRAM = f"""
import sys
from app.factory import create_app
create_app()
print(*[name for name in {ANALYSIS!r} if name in sys.modules])
print(*[name for name in sys.modules if name.startswith({tuple(f"{one}." for one in LATE)!r})])
"""


def test_making_the_application_loads_no_analysis(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env={"DATA_DIR": str(tmp_path), "PATH": ""},
    )

    assert done.stdout.strip() == ""


def test_only_libraries_that_are_named_here_are_late():
    folder = Path(__file__).resolve().parents[2] / "app"
    named = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r'\blate\("([\w.]+)"\)', path.read_text(encoding="utf-8"))
    }

    assert named == set(LATE)
