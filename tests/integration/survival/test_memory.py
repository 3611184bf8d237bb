"""Requests and jobs that never end or want all memory (longer: `sh scripts/torture memory`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.jobs.rules import FAILED, TOO_BIG, TOO_LONG

pytestmark = pytest.mark.slow
CHECKOUT = Path(__file__).resolve().parents[3]


def test_workers_are_replaced_others_go_on_and_nothing_answered_is_lost():
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", "memory", "--rounds", "1"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    seen = json.loads(done.stdout)
    assert (done.returncode, seen["lost"], seen["doubled"]) == (0, 0, 0)
    assert seen["answered"] > 0
    assert (seen["memory_answers"], seen["memory_words"]) == ({"503": 1}, True)
    assert seen["endless_answers"] == {"0": 1}
    assert seen["replaced"] == 2
    assert (seen["jobs"]["memory"], seen["jobs"]["memory_words"]) == (FAILED, TOO_BIG)
    assert (seen["jobs"]["endless"], seen["jobs"]["endless_words"]) == (FAILED, TOO_LONG)
