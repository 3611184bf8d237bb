"""From how many days on a payment that waits is somebody's work."""

from __future__ import annotations

from typing import Final

# The mentor goes there and asks why; the office has a look.
VISIT_DAYS: Final = 8
WORK_DAYS: Final = 30
SHOWN = {
    str(VISIT_DAYS): "8 hari atau lebih",
    str(WORK_DAYS): "30 hari atau lebih",
    "91": "lebih dari 90 hari",
}


def asked_days(text: str) -> int:
    """From how many days on is asked for; what is not offered gives the office's own.

    >>> [asked_days(text) for text in ("8", "91", "", "-1")]
    [8, 91, 30, 30]
    """
    return int(text) if text in SHOWN else WORK_DAYS
