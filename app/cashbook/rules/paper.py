"""Reading a paper month as it was typed: one line a row, days that repeat from the row above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.cashbook.rules.amounts import amount_of
from app.cashbook.rules.categories import category_of
from app.cashbook.rules.lines import Said, check_said
from app.core.day_words import long_month
from app.core.errors import InvalidInput
from app.core.local_dates import parse_day
from app.core.months import first_of, month_end

Value = TypeVar("Value")
_DAY = re.compile(r"\d{1,2}", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})", re.ASCII)
# The boxes of a row by the field of a line that each tells.
BOXES = {"happened_on": "tanggal", "category": "jenis", "amount": "jumlah", "note": "catatan"}


@dataclass(slots=True, kw_only=True)
class PaperRow:
    """One row as it was typed; `problems` by the box that they are about."""

    number: int
    tanggal: str = ""
    jenis: str = ""
    jumlah: str = ""
    catatan: str = ""
    is_owed: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    said: Said | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a day that repeats stands in it."""
        return not (self.jenis or self.jumlah or self.catatan)


def read_paper(rows: Iterable[PaperRow], *, month: date, way: str, today: date) -> int:
    """Fill `said` or `problems` of every row; gives how many rows have something to say."""
    day: date | None = None
    count = 0
    for row in rows:
        if row.tanggal:
            try:
                day = day_of(row.tanggal, month=month, today=today)
            except InvalidInput as refusal:
                row.problems["tanggal"] = refusal.message
                day = None
        if row.is_blank:
            continue
        count += 1
        _read(row, day, way=way, today=today)
    return count


def day_of(text: str, *, month: date, today: date) -> date:
    """The day that was typed: "5", "5/11", or one in full.

    Raises:
        InvalidInput: it can't be read, has not come, or lies in another month.
    """
    typed = text.strip()
    of_month = _DAY_AND_MONTH.fullmatch(typed)
    if _DAY.fullmatch(typed):
        day = _within(int(typed), month)
    elif of_month is not None and int(of_month.group(2)) == month.month:
        day = _within(int(of_month.group(1)), month)
    elif of_month is not None:
        raise _other_month(month)
    else:
        day = parse_day(typed, today=today).day or month
    if first_of(day) != first_of(month):
        raise _other_month(month)
    return day


def problems_of(rows: Iterable[PaperRow]) -> Iterator[tuple[str, str]]:
    """Every problem as (id of its box, words that name row and box)."""
    for row in rows:
        for box, words in row.problems.items():
            yield f"{box}_{row.number}", f"Baris {row.number}, {box}: {words}"


def _within(day: int, month: date) -> date:
    if not 1 <= day <= month_end(month).day:
        raise InvalidInput(
            "day_of_month", message=f"{long_month(month)} tidak punya tanggal {day}."
        )
    return month.replace(day=day)


def _other_month(month: date) -> InvalidInput:
    return InvalidInput("other_month", message=f"Tanggal ini bukan {long_month(month)}.")


def _read(row: PaperRow, day: date | None, *, way: str, today: date) -> None:
    category = _tried(row, "jenis", lambda: category_of(row.jenis))
    amount = _tried(row, "jumlah", lambda: amount_of(row.jumlah))
    if day is None:
        row.problems.setdefault("tanggal", "Isi tanggalnya.")
    if category is None or amount is None or day is None or row.problems:
        return
    said = Said(
        happened_on=day,
        category=category,
        amount=amount,
        is_owed=row.is_owed,
        note=row.catatan.strip(),
    )
    try:
        check_said(said, way=way, today=today)
    except InvalidInput as refusal:
        row.problems[box_of(refusal.field)] = refusal.message
        return
    row.said = said


def box_of(name: str | None) -> str:
    """The box that tells a field of a line."""
    return BOXES.get(name or "", "jenis")


def _tried(row: PaperRow, box: str, read: Callable[[], Value]) -> Value | None:
    try:
        return read()
    except InvalidInput as refusal:
        row.problems[box] = refusal.message
        return None
