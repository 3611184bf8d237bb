"""What the history may hold of a person: that a field changed, never what stood in it.

The history can't be changed, so what tells who somebody is must not get into it: else nobody
could ever be forgotten. See docs/decisions/person-rights.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Names, numbers, places and free texts of owners and their enterprises.
NAMED_ONLY = frozenset(
    {
        "address",
        "born_on",
        "hamlet",
        "lat",
        "life_cycle_reason",
        "lng",
        "name",
        "nib",
        "nik",
        "npwp",
        "phone",
        "photo_id",
        "product_line",
        "work_sector",
    }
)
FILLED, REPLACED, EMPTIED = "diisi", "diganti", "dikosongkan"


def told(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes (column → [old, new]) as the history keeps them.

    >>> told({"name": ["Sri", "Sari"], "capital": [None, 500]})
    {'name': [None, 'diganti'], 'capital': [None, 500]}
    """
    return {
        column: [None, _what_happened(*pair)] if column in NAMED_ONLY else pair
        for column, pair in changes.items()
    }


def _what_happened(old: Any, new: Any) -> str:
    if new in (None, ""):
        return EMPTIED
    return FILLED if old in (None, "") else REPLACED
