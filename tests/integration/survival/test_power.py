"""The power goes while forms are being sent (the long version: `sh scripts/torture power`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def test_after_a_power_cut_all_that_was_answered_is_there_and_nothing_is_broken():
    """What is seen with less syncing shows that the rehearsal would see a loss."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.torture", "power", "--json"),
            *("--cuts", "60", "--forms", "48"),
        ],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    ours, careless, reckless = json.loads(done.stdout)
    assert done.returncode == 0
    assert (ours["synchronous"], ours["cuts"]) == ("FULL", 60)
    assert (ours["broken"], ours["lost"], ours["half"]) == (0, 0, 0)
    assert ours["acknowledged"] > 40
    assert (careless["broken"], careless["half"], careless["lost"] > 0) == (0, 0, True)
    assert reckless["broken"] + reckless["lost"] > 0
