"""The end of the chain on a day, as a line of text that is kept elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Number and hash of the last row on a day."""

    on: date
    at: datetime
    n: int
    hash: str

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps(
            {
                "on": self.on.isoformat(),
                "at": self.at.isoformat(),
                "n": self.n,
                "hash": self.hash,
            }
        )


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    """The anchors of a file, in its order; blank lines are passed over.

    Raises:
        ValueError: a line is no anchor; it says which.
    """
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_read(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"baris {number} bukan jangkar") from error
    return found


def _read(told: dict[str, object]) -> Anchor:
    fingerprint = str(told["hash"])
    if not _HASH.fullmatch(fingerprint):
        raise ValueError("hash")
    return Anchor(
        on=date.fromisoformat(str(told["on"])),
        at=datetime.fromisoformat(str(told["at"])),
        n=int(str(told["n"])),
        hash=fingerprint,
    )
