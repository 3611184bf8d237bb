"""A web process starts without the libraries of analysis: they cost seconds and memory."""

from __future__ import annotations

import subprocess
import sys

ANALYSIS = ("numpy", "pandas", "scipy", "sklearn")
PROGRAM = f"""
import sys
from app.factory import create_app
create_app()
print(*[name for name in {ANALYSIS!r} if name in sys.modules])
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
