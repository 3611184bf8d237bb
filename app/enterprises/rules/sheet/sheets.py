"""A whole sheet: its header, its rows, and what is said about its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.fields import FIELD_LABELS
from app.enterprises.rules.sheet.header_words import header_key
from app.enterprises.rules.sheet.headers import (
    LOOKED_AT,
    Column,
    Header,
    Merge,
    find_header,
    with_meaning,
)
from app.enterprises.rules.sheet.kinds import is_kind
from app.enterprises.rules.sheet.problems import NOTE, SKIP, Problem
from app.enterprises.rules.sheet.rows import RowReader, skipped
from app.enterprises.rules.sheet.sectors import possible_sectors
from app.enterprises.rules.sheet.values import Around

Row = tuple[int, Sequence[object]]
Recall = Callable[[int], Sequence[Any]]
# Columns with two meanings are decided by this many rows; blank stretches longer than the
# second are told in one remark.
_SAMPLE = 200
_LONGEST_GAP = 100
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What the file says of one sheet besides its cells."""

    name: str
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    oddities: Mapping[tuple[int, int], str] = field(default_factory=dict)


def _nothing(_row: int) -> Sequence[Any]:
    return ()


@dataclass(slots=True, kw_only=True)
class SheetReading:
    """What one sheet gave. `header` is None when none was recognised; then nothing else is."""

    name: str
    header: Header | None = None
    problems: list[Problem] = field(default_factory=list)
    rows: list[CheckedRow] = field(default_factory=list)
    # The cells of a row as they stood; kept by whoever gave them, as objects they fill the memory.
    recall: Recall = _nothing


def read_sheet(
    facts: SheetFacts,
    rows: Iterable[Row],
    *,
    choices: Mapping[str, str],
    around: Around,
    recall: Recall,
) -> SheetReading:
    """Read all rows of one sheet; `rows` leaves blank ones out and is walked once.

    `recall` gives the cells of a row once more, after it was walked.

    Raises:
        InvalidInput: `header_doubled`.
    """
    walk = iter(rows)
    first = list(islice(walk, LOOKED_AT + _SAMPLE))
    reading = SheetReading(name=facts.name, recall=recall)
    header = find_header(facts.name, first, facts.merges, choices)
    if header is None:
        return reading
    header = _decided(header, facts.name, first)
    reading.header = header
    reading.problems.extend(header.problems)
    reading.problems.extend(_about_columns(facts, header))
    reader = RowReader(
        sheet=facts.name,
        header=header,
        around=around,
        merges=facts.merges,
        oddities=facts.oddities,
    )
    _read_rows(reading, reader, chain(first, walk))
    _stop_columns(reading, reader)
    if not reading.rows:
        message = "Di bawah judul kolom tidak ada baris usaha."
        reading.problems.append(_remark(facts.name, header, None, "sheet_without_rows", message))
    return reading


def _read_rows(reading: SheetReading, reader: RowReader, rows: Iterator[Row]) -> None:
    header_rows = set(reader.header.rows)
    last_header_row = max(header_rows)
    last = 0
    for number, cells in rows:
        if number > last + 1:
            reading.problems.extend(_blanks(reading.name, last + 1, number - 1))
        last = number
        if number in header_rows:
            continue
        if number < last_header_row:
            title = next((str(cell) for cell in cells if cell not in ("", None)), "")
            reading.problems.append(skipped(reading.name, number, "row_title", title[:80]))
            continue
        checked = reader.read(number, cells)
        if checked.problems and checked.is_skipped:
            reading.problems.extend(checked.problems)
            continue
        reading.rows.append(checked)


def _blanks(sheet: str, first: int, last: int) -> Iterator[Problem]:
    if last - first < _LONGEST_GAP:
        for number in range(first, last + 1):
            yield skipped(sheet, number, "row_blank")
        return
    remark = skipped(sheet, first, "row_blank")
    yield replace(remark, message=f"Baris {first} sampai {last} kosong.")


def _stop_columns(reading: SheetReading, reader: RowReader) -> None:
    """Distrust every day that rests on the order in a column with a month-first one."""
    letters = {
        problem.column
        for row in reading.rows
        for problem in row.problems
        if problem.code == "date_month_first"
    }
    stopped = [column for column in reader.header.columns if column.letters in letters]
    for row in reading.rows if stopped else ():
        cells = reading.recall(row.row)
        for column in stopped:
            cell = cells[column.index - 1] if column.index <= len(cells) else ""
            is_refused = any(problem.column == column.letters for problem in row.faults)
            if is_refused or not reader.rests_on_order(column, cell):
                continue
            row.add(
                column,
                "date_column_stopped",
                cell,
                f"Kolom “{column.header}” memuat tanggal yang menulis bulan lebih dulu, jadi "
                "tanggal ini bisa berarti dua hari. Samakan: hari, bulan, tahun.",
            )


def _decided(header: Header, sheet: str, rows: Sequence[Row]) -> Header:
    """The header with columns of two meanings decided by their values."""
    for column in header.columns:
        if not column.candidates:
            continue
        found = [
            cells[column.index - 1]
            for number, cells in rows
            if number > header.rows[-1] and column.index <= len(cells)
        ]
        texts = [cell.strip() for cell in found if isinstance(cell, str) and cell.strip()]
        for name in column.candidates:
            if name not in header.by_field and _fits(name, texts):
                header = with_meaning(header, sheet, column.index, name)
                break
    return header


def _fits(name: str, texts: Sequence[str]) -> bool:
    if not texts:
        return False
    if name == "owner_name":
        return all(any(letter.isalpha() for letter in text) for text in texts)
    if name in ("sector", "business_kind"):
        known = sum(len(possible_sectors(text)) < 6 for text in texts)
    else:
        known = sum(is_kind(name, text) for text in texts)
    return known >= _ENOUGH * len(texts)


def _about_columns(facts: SheetFacts, header: Header) -> Iterator[Problem]:
    columns = header.by_field
    if "sales" in columns and not {"monthly_sales", "yearly_sales"} & set(columns):
        yield _remark(
            facts.name,
            header,
            columns["sales"],
            "sales_period_unknown",
            "Judul ini tidak menyebut per bulan atau per tahun, jadi belum diambil. Pilih artinya "
            "di daftar kolom, atau ubah judulnya menjadi “Omzet per bulan”.",
        )
    by_sex = [name for name in columns if name.startswith("workers_") and "total" not in name]
    if "workers_total" in columns and not by_sex:
        yield _remark(
            facts.name,
            header,
            columns["workers_total"],
            "workers_without_sex",
            "Jumlah pekerja tidak dipisah laki-laki dan perempuan, jadi belum dicatat.",
        )
    for name in ("name", "owner_name"):
        if name not in columns:
            yield _remark(
                facts.name,
                header,
                None,
                "column_missing",
                f"Kolom {FIELD_LABELS[name]} tidak ditemukan. Pilih kolomnya di daftar kolom.",
            )
    yield from _about_hidden(facts, header)


def _about_hidden(facts: SheetFacts, header: Header) -> Iterator[Problem]:
    hidden_rows = [row for row in facts.hidden_rows if row > header.rows[-1]]
    if hidden_rows:
        listed = ", ".join(str(row) for row in hidden_rows[:10])
        more = " …" if len(hidden_rows) > 10 else ""
        yield Problem(
            sheet=facts.name,
            row=hidden_rows[0],
            column="",
            code="rows_hidden",
            value=str(len(hidden_rows)),
            message=f"{len(hidden_rows)} baris tersembunyi ikut dibaca: {listed}{more}.",
            level=NOTE,
        )
    hidden = set(facts.hidden_columns)
    for column in header.columns:
        if column.field and column.index in hidden:
            yield _remark(
                facts.name,
                header,
                column,
                "column_hidden",
                f"Kolom “{column.header}” tersembunyi; isinya ikut dibaca.",
            )


def _remark(sheet: str, header: Header, column: Column | None, code: str, message: str) -> Problem:
    return Problem(
        sheet=sheet,
        row=header.rows[-1],
        column=column.letters if column else "",
        code=code,
        value=column.header if column else "",
        message=message,
        level=NOTE,
    )


def sheet_without_header(sheet: str) -> Problem:
    """The remark about a sheet in which no header was recognised."""
    return Problem(
        sheet=sheet,
        row=0,
        column="",
        code="sheet_without_header",
        value="",
        message=f"Di lembar “{sheet}” tidak ada judul kolom yang dikenal, jadi tidak dibaca.",
        level=NOTE,
    )


def sheet_hidden(sheet: str) -> Problem:
    """The remark about a hidden sheet, which is not read unless it is asked for."""
    return Problem(
        sheet=sheet,
        row=0,
        column="",
        code="sheet_hidden",
        value="",
        message=f"Lembar “{sheet}” tersembunyi, jadi tidak dibaca.",
        level=NOTE,
    )


def skip_count(problems: Iterable[Problem]) -> int:
    """How many rows were passed over as no enterprise."""
    return sum(problem.level == SKIP for problem in problems)


def remembered_key(header: str) -> str:
    """The key under which an office's decision about a column is kept."""
    return header_key(header)[:200]
