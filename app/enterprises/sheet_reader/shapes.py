"""What a file gives: a book of sheets, sheets of rows, rows of typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Cell = str | int | float | bool | date | datetime | time | timedelta | None

# Title rows, headers and totals around the enterprises themselves.
ROW_HEADROOM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is read at most: rows of all sheets together, columns, bytes; memory and seconds.

    Source of the numbers: the published limits of spreadsheet import.
    """

    max_rows: int = 20_000
    max_columns: int = 200
    max_bytes: int = 10_000_000
    max_entries: int = 200
    max_unpacked: int = 100_000_000
    max_shared_strings: int = 20_000_000
    max_ratio: int = 100
    memory_bytes: int = 512 * 1024 * 1024
    seconds: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """A cell whose value can't be taken as it looks.

    `kind`: `error` (#REF! and the like) or `formula` (never calculated). Row and column from 1.
    """

    row: int
    column: int
    kind: str


# Row number as the spreadsheet shows it, and its cells from column A on; blanks are "".
SheetRow = tuple[int, list[Cell]]
# First row, first column, last row, last column, from 1.
Merge = tuple[int, int, int, int]


def _nothing(_row: int) -> Sequence[Any]:
    return ()


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One sheet; `rows` can be walked once, in order, and leaves blank rows out."""

    name: str
    rows: Iterable[SheetRow] = ()
    # The cells of a row that was walked, once more; days as {"day": "2026-11-22"}.
    recall: Callable[[int], Sequence[Any]] = _nothing
    is_hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Book:
    """One file: the names of all its sheets, and those that were read.

    `counts_from_1904`: plain numbers in columns of dates count from 1 January 1904.
    """

    kind: str
    sheet_names: list[str]
    hidden_sheets: list[str]
    sheets: Iterable[Sheet]
    counts_from_1904: bool = False
