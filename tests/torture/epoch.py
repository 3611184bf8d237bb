"""A server is restored from a backup of before 500 operations: phones bring all of them back, once.

The rehearsal of tests/integration/backup/test_epoch.py in its full size, on both engines.
"""

from __future__ import annotations

import os
import sys

import pytest

from tests.torture.ground import CHECKOUT

_REHEARSAL = CHECKOUT / "tests" / "integration" / "backup" / "test_epoch.py"


def main(arguments: list[str]) -> int:
    """Run it; further words go to pytest (`-k sqlite`)."""
    os.environ["PULIH_REHEARSED_OPERATIONS"] = "500"
    code = pytest.main([str(_REHEARSAL), "-q", *arguments])
    sys.stdout.flush()
    return int(code)
