"""One row → the values of one enterprise and its owner, or the reasons why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.addresses import cell_name
from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.completing import Completion
from app.enterprises.rules.sheet.headers import Column, Header, Merge
from app.enterprises.rules.sheet.problems import SKIP, Problem
from app.enterprises.rules.sheet.quick import QuickReader, quick_reader
from app.enterprises.rules.sheet.skips import MESSAGES, SkipRule
from app.enterprises.rules.sheet.values import MOSTLY_UNIQUE, Around, Reading, read_cell

_MOST_REMEMBERED = 50_000
_LONGEST_MERGE = 20_000
_UNCALCULATED = {
    "error": ("cell_error", "Sel {cell} berisi rumus yang rusak. Isi nilainya."),
    "formula": (
        "formula_without_value",
        "Rumus di sel {cell} belum dihitung. Isi nilainya, atau simpan ulang di Excel.",
    ),
}


_Unfolded = tuple[int, str, QuickReader | None, dict[str, Any], dict[float, Any], "_Slot"]


@dataclass(slots=True)
class _Slot:
    """A column that is read, with what its cells said before.

    `texts` and `numbers` hold what was plain: a value, and nothing to say of it. All else lies in
    `readings`, by class too: 1, 1.0 and True are equal as keys, but not as cells.
    """

    column: Column
    quick: QuickReader | None
    texts: dict[str, Any] = field(default_factory=dict)
    numbers: dict[float, Any] = field(default_factory=dict)
    readings: dict[Any, Reading] = field(default_factory=dict)

    def unfolded(self) -> _Unfolded:
        """Place from 0, field, and the parts of the slot that are looked up for each cell."""
        column = self.column
        return (
            column.index - 1,
            column.field or "",
            self.quick,
            self.texts,
            self.numbers,
            self,
        )

    def remember(self, cell: Any, reading: Reading) -> None:
        """Keep a reading for equal cells to come."""
        if self.column.field in MOSTLY_UNIQUE:
            return
        is_plain = reading.value is not None and not reading.notes
        kept: dict[Any, Any] = self.readings
        if is_plain and cell.__class__ is str:
            kept = self.texts
        elif is_plain and cell.__class__ is float:
            kept = self.numbers
        if len(kept) < _MOST_REMEMBERED:
            kept[(cell.__class__, cell) if kept is self.readings else cell] = (
                reading if kept is self.readings else reading.value
            )


@dataclass(slots=True, kw_only=True)
class RowReader:
    """Reads the rows of one sheet below its header."""

    sheet: str
    header: Header
    around: Around
    merges: Sequence[Merge] = ()
    # Cells that can't be trusted: (row, column) → "error" or "formula".
    oddities: Mapping[tuple[int, int], str] = field(default_factory=dict)
    _slots: list[_Unfolded] = field(default_factory=list)
    _width: int = 0
    _merged: dict[tuple[int, int], Merge] = field(default_factory=dict)
    _odd_rows: set[int] = field(default_factory=set)
    _skip_reason: Callable[[int, Sequence[object]], str | None] = field(init=False)
    _complete: Callable[[CheckedRow], None] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what is the same for all rows."""
        self._skip_reason = SkipRule(header=self.header, merges=self.merges).reason
        self._complete = Completion(self.header.by_field).complete
        slots = [
            _Slot(column, quick_reader(column.field, self.around))
            for column in self.header.columns
            if column.field and column.field != "sales"
        ]
        self._slots = [slot.unfolded() for slot in slots]
        taken = {slot.column.index for slot in slots}
        self._width = max(taken, default=0)
        for merge in self.merges:
            top, left, bottom, right = merge
            if bottom > top and top > self.header.rows[-1]:
                for row in range(top, min(bottom, top + _LONGEST_MERGE) + 1):
                    for column in taken & set(range(left, right + 1)):
                        self._merged[row, column] = merge
        self._odd_rows = {row for row, _ in self.oddities} | {row for row, _ in self._merged}

    def read(self, row: int, cells: Sequence[object]) -> CheckedRow:
        """Read one row; its problems say what is wrong, if anything."""
        checked = CheckedRow(sheet=self.sheet, row=row)
        reason = self._skip_reason(row, cells)
        if reason is not None:
            checked.problems.append(skipped(self.sheet, row, reason))
            return checked
        is_odd = row in self._odd_rows
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        values = checked.values
        # The inner loop of every import: what is looked up here is looked up for a million cells.
        for place, name, quick, texts, numbers, slot in self._slots:
            cell: Any = cells[place]
            if is_odd and self._refuse_cell(checked, slot.column, cell):
                continue
            if not cell and (cell is None or cell == ""):
                continue
            value = _known(cell, quick, texts, numbers)
            if value is None:
                self._read_cell(checked, slot, cell)
            else:
                values[name] = value
        self._complete(checked)
        return checked

    def rests_on_order(self, column: Column, cell: object) -> bool:
        """Whether a cell gives a day by digits alone, read day first."""
        try:
            return read_cell(column, cell, self.around).rests_on_order
        except InvalidInput:
            return False

    def _read_cell(self, checked: CheckedRow, slot: _Slot, cell: object) -> None:
        column = slot.column
        try:
            reading = slot.readings.get((cell.__class__, cell))
            if reading is None:
                reading = read_cell(column, cell, self.around)
                slot.remember(cell, reading)
        except InvalidInput as refusal:
            checked.add(column, refusal.code, cell, refusal.message)
            return
        if reading.value is not None:
            checked.values[column.field or ""] = reading.value
        for code, message in reading.notes:
            checked.note(column, code, cell, message)

    def _refuse_cell(self, checked: CheckedRow, column: Column, cell: object) -> bool:
        place = (checked.row, column.index)
        if place not in self.oddities and place not in self._merged:
            return False
        address = cell_name(*place)
        if place in self.oddities:
            code, message = _UNCALCULATED[self.oddities[place]]
            checked.add(column, code, cell, message.format(cell=address))
            return True
        top, left, bottom, right = self._merged[place]
        message = (
            f"Sel {cell_name(top, left)}:{cell_name(bottom, right)} digabung. Pisahkan, lalu isi "
            "tiap baris."
        )
        checked.add(column, "cell_merged", cell, message)
        return True


def _known(
    cell: Any, quick: QuickReader | None, texts: dict[str, Any], numbers: dict[float, Any]
) -> Any:
    """The value of a cell that is plainly written, or was read before and left nothing to say."""
    if cell.__class__ is str:
        value = quick(cell) if quick is not None else None
        return texts.get(cell) if value is None else value
    return numbers.get(cell) if cell.__class__ is float else None


def skipped(sheet: str, row: int, reason: str, value: str = "") -> Problem:
    """The remark about a row that is no enterprise."""
    return Problem(
        sheet=sheet,
        row=row,
        column="",
        code=reason,
        value=value,
        message=MESSAGES[reason],
        level=SKIP,
    )
