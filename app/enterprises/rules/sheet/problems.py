"""What is said about a cell, a row or a column of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

# `error`: the row stays out. `skip`: the row is no enterprise. `note`: it was taken, and how.
ERROR, SKIP, NOTE = "error", "skip", "note"
_LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One remark; `row` counts from 1 (0: the whole sheet), `column` is its letters or empty."""

    sheet: str
    row: int
    column: str
    code: str
    value: str
    message: str
    level: str = ERROR


def shown_value(value: object) -> str:
    """A cell's value as a remark quotes it: numbers without a false decimal, long texts cut."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        text = str(int(value))
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
