"""One row → the values of one enterprise and its owner, or the reasons why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.addresses import cell_name
from app.enterprises.rules.sheet.headers import Column, Header, Merge
from app.enterprises.rules.sheet.problems import ERROR, NOTE, SKIP, Problem, shown_value
from app.enterprises.rules.sheet.sectors import sector_of
from app.enterprises.rules.sheet.skips import MESSAGES, SkipRule
from app.enterprises.rules.sheet.values import (
    MOSTLY_UNIQUE,
    Around,
    Reading,
    plain_text,
    read_cell,
)

MONTHS = 12
_MOST_REMEMBERED = 50_000
_LONGEST_MERGE = 20_000
_UNCALCULATED = {
    "error": ("cell_error", "Sel {cell} berisi rumus yang rusak. Isi nilainya."),
    "formula": (
        "formula_without_value",
        "Rumus di sel {cell} belum dihitung. Isi nilainya, atau simpan ulang di Excel.",
    ),
}
# Where each part of the hamlet comes from, and how it is written.
_HAMLET = (("hamlet", "{}"), ("rt", "RT {}"), ("rw", "RW {}"), ("rt_rw", "RT/RW {}"))
_HELD_BY_ANOTHER = frozenset(
    ["rt", "rw", "rt_rw", "birth_place_and_day", "business_kind", "monthly_sales", "point",
     "workers_total", "sales"]
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class CheckedRow:
    """One row of a sheet after its cells were read.

    `values` holds only what the file says, under the register's names, besides `village`,
    `district`, `regency` and `province`, which still have to be looked up.
    """

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_skipped(self) -> bool:
        """Whether the row is no enterprise."""
        return any(problem.level == SKIP for problem in self.problems)

    @property
    def is_faulty(self) -> bool:
        """Whether something in it must be mended before it can be taken in."""
        return bool(self.problems) and any(problem.level == ERROR for problem in self.problems)

    def add(self, column: Column | None, code: str, value: object, message: str) -> None:
        """Say what is wrong with a cell, or with the whole row."""
        self._add(column, code, value, message, ERROR)

    def note(self, column: Column | None, code: str, value: object, message: str) -> None:
        """Say how a cell was taken."""
        self._add(column, code, value, message, NOTE)

    def _add(
        self, column: Column | None, code: str, value: object, message: str, level: str
    ) -> None:
        self.problems.append(
            Problem(
                sheet=self.sheet,
                row=self.row,
                column=column.letters if column else "",
                code=code,
                value=shown_value(value),
                message=message,
                level=level,
            )
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
    _columns: list[tuple[int, Column, dict[Any, Reading] | None]] = field(default_factory=list)
    _by_field: dict[str, Column] = field(default_factory=dict)
    _merged: dict[tuple[int, int], Merge] = field(default_factory=dict)
    _odd_rows: set[int] = field(default_factory=set)
    _skips: SkipRule | None = None

    def __post_init__(self) -> None:
        """Prepare what is the same for all rows."""
        self._skips = SkipRule(header=self.header, merges=self.merges)
        self._by_field = self.header.by_field
        self._columns = [
            (column.index - 1, column, None if column.field in MOSTLY_UNIQUE else {})
            for column in self.header.columns
            if column.field and column.field != "sales"
        ]
        taken = {column.index for _, column, _ in self._columns}
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
        reason = self._skips.reason(row, cells) if self._skips else None
        if reason is not None:
            checked.problems.append(skipped(self.sheet, row, reason))
            return checked
        is_odd = row in self._odd_rows
        width = len(cells)
        for place, column, remembered in self._columns:
            cell = cells[place] if place < width else ""
            if is_odd and self._refuse_cell(checked, column, cell):
                continue
            if cell == "" or cell is None:
                continue
            # Most cells were read before and leave nothing to say.
            known = remembered.get((cell.__class__, cell)) if remembered is not None else None
            if known is not None and known.is_plain:
                checked.values[column.field or ""] = known.value
            else:
                self._read_cell(checked, column, cell, remembered)
        _complete(checked, self._by_field)
        return checked

    def _read_cell(
        self,
        checked: CheckedRow,
        column: Column,
        cell: object,
        remembered: dict[Any, Reading] | None,
    ) -> None:
        try:
            reading = self._reading(column, cell, remembered)
        except InvalidInput as refusal:
            checked.add(column, refusal.code, cell, refusal.message)
            return
        if reading.value is not None:
            checked.values[column.field or ""] = reading.value
        if reading.notes:
            for code, message in reading.notes:
                checked.note(column, code, cell, message)
        if reading.rests_on_order:
            checked.values.setdefault("_rests_on_order", []).append(column.index)

    def _reading(
        self, column: Column, cell: object, remembered: dict[Any, Reading] | None
    ) -> Reading:
        if remembered is None:
            return read_cell(column, cell, self.around)
        # 1 and True and 1.0 are equal as keys, but not as cells.
        key = (cell.__class__, cell)
        reading = remembered.get(key)
        if reading is None:
            reading = read_cell(column, cell, self.around)
            if len(remembered) < _MOST_REMEMBERED:
                remembered[key] = reading
        return reading

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


def _complete(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    for name, code, message in (
        ("name", "name_missing", "Isi nama usaha."),
        ("owner_name", "owner_name_missing", "Isi nama pemilik."),
    ):
        if name not in values and not _has_problem(checked, columns.get(name)):
            checked.add(columns.get(name), code, "", message)
    _join_birth_day(values)
    _join_hamlet(checked, columns)
    _join_point(checked, columns)
    _join_trade(checked, columns)
    _join_sales(values)
    _check_workers(checked, columns)
    for name in _HELD_BY_ANOTHER:
        values.pop(name, None)


def _has_problem(checked: CheckedRow, column: Column | None) -> bool:
    letters = column.letters if column else ""
    return any(problem.column == letters for problem in checked.problems)


def _join_birth_day(values: dict[str, Any]) -> None:
    if "birth_place_and_day" in values:
        values.setdefault("born_on", values["birth_place_and_day"])


def _join_hamlet(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    parts = [form.format(values[name]) for name, form in _HAMLET if values.get(name)]
    if not parts:
        return
    try:
        values["hamlet"] = plain_text(" ".join(parts), longest=80)
    except InvalidInput as refusal:
        values.pop("hamlet", None)
        checked.add(columns.get("hamlet"), refusal.code, " ".join(parts), refusal.message)


def _join_point(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    if "point" in values:
        lat, lng = values["point"]
        values.setdefault("lat", lat)
        values.setdefault("lng", lng)
    if ("lat" in values) != ("lng" in values) and not checked.is_faulty:
        column = columns.get("lat") or columns.get("lng")
        checked.add(column, "point_half", "", "Isi lintang dan bujur, atau kosongkan keduanya.")


def _join_trade(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    """Sector and product from the words for both; a sector that stays open is noted."""
    values = checked.values
    kind, said, product = (
        values.get("business_kind"),
        values.pop("sector", None),
        values.get("product_line"),
    )
    if product is None and (kind or said):
        values["product_line"] = kind or said
    sector = sector_of(said, kind, product)
    if sector is not None:
        values["sector"] = sector
        return
    column = columns.get("sector") or columns.get("business_kind") or columns.get("product_line")
    text = said or kind or product
    if text:
        checked.note(
            column,
            "sector_unclear",
            text,
            f"Sektor dari “{text}” belum jelas, jadi belum diisi. Pilih sektornya di halaman "
            "usaha, atau tulis A sampai F di kolom Sektor.",
        )


def _join_sales(values: dict[str, Any]) -> None:
    if "monthly_sales" in values:
        values.setdefault("yearly_sales", values["monthly_sales"] * MONTHS)


def _check_workers(checked: CheckedRow, columns: Mapping[str, Column]) -> None:
    values = checked.values
    total = values.get("workers_total")
    if total is None:
        return
    parts = [values[name] for name in values if name.startswith("workers_") and "total" not in name]
    if not parts or sum(parts) == total:
        return
    checked.note(
        columns["workers_total"],
        "workers_differ",
        total,
        f"Jumlah pekerja {total}, tetapi laki-laki dan perempuan bersama {sum(parts)}. Yang "
        "dicatat laki-laki dan perempuan.",
    )
