"""A file → checked rows of all its sheets, villages found, repeats marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core import settings
from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.enterprises.queries.import_matches import village_index
from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.people import check_person
from app.enterprises.rules.sheet.problems import NOTE, Problem
from app.enterprises.rules.sheet.repeats import find_repeats
from app.enterprises.rules.sheet.sheets import (
    SheetFacts,
    SheetReading,
    read_sheet,
    sheet_hidden,
    sheet_without_header,
)
from app.enterprises.rules.sheet.values import Around
from app.enterprises.rules.sheet.villages import VillageIndex, places_in_titles
from app.enterprises.sheet_reader import Book, Limits, Sheet, read_sheets
from app.enterprises.sheet_reader.csv_text import too_many_rows

_PLACE_FIELDS = ("village", "district", "regency", "province")


@dataclass(slots=True, kw_only=True)
class FileReading:
    """Everything that one file gave, before it is compared with the register."""

    sheet_names: list[str] = field(default_factory=list)
    # All sheets that were looked at; those without a header gave nothing.
    looked_at: list[SheetReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sheets(self) -> list[SheetReading]:
        """The sheets that were understood."""
        return [sheet for sheet in self.looked_at if sheet.header is not None]

    @property
    def rows(self) -> Iterator[CheckedRow]:
        """All rows that may be enterprises, sheet by sheet."""
        for sheet in self.sheets:
            yield from sheet.rows


def limits() -> Limits:
    """The limits of this installation."""
    chosen = settings.current()
    return Limits(max_rows=chosen.import_max_rows, max_bytes=chosen.import_max_bytes)


def read_file(
    content: bytes,
    *,
    file_name: str,
    scope: Scope,
    only: str | None,
    choices: Mapping[str, str],
) -> FileReading:
    """Read and check a whole file.

    Raises:
        InvalidInput: it is refused as a whole.
    """
    bounds = limits()
    reading = FileReading()
    with read_sheets(content, file_name=file_name, limits=bounds, only=only) as book:
        reading.sheet_names = book.sheet_names
        if only is None:
            reading.problems.extend(sheet_hidden(name) for name in book.hidden_sheets)
        for sheet in book.sheets:
            _take(reading, _checked(book, sheet, choices))
    if not reading.sheets:
        raise InvalidInput(
            "header_not_found",
            message="Tidak ada judul kolom yang dikenal. Beri judul pada baris pertama tabel, "
            "misalnya Nama Usaha, Nama Pemilik, NIK, Desa.",
            looked_at=[sheet.name for sheet in reading.looked_at],
        )
    if sum(len(sheet.rows) for sheet in reading.sheets) > bounds.max_rows:
        raise too_many_rows(bounds)
    _find_villages(reading, scope)
    find_repeats(reading.rows)
    return reading


def _checked(book: Book, sheet: Sheet, choices: Mapping[str, str]) -> SheetReading:
    facts = SheetFacts(
        name=sheet.name,
        merges=sheet.merges,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        oddities={(oddity.row, oddity.column): oddity.kind for oddity in sheet.oddities},
    )
    around = Around(today=local_today(), counts_from_1904=book.counts_from_1904)
    return read_sheet(facts, sheet.rows, choices=choices, around=around, recall=sheet.recall)


def _take(reading: FileReading, sheet: SheetReading) -> None:
    reading.looked_at.append(sheet)
    if sheet.header is None:
        reading.problems.append(sheet_without_header(sheet.name))


def _find_villages(reading: FileReading, scope: Scope) -> None:
    index = village_index(scope)
    for sheet in reading.sheets:
        named = _place_of_sheet(sheet, index)
        header = sheet.header
        columns = header.by_field if header else {}
        names = [name for name in _PLACE_FIELDS if name in columns]
        for row in sheet.rows:
            place = dict(named)
            for name in names:
                if name in row.values:
                    place[name] = row.values.pop(name)
            check_person(row, columns)
            _find_village(row, place, index, columns)


def _find_village(
    row: CheckedRow, place: dict[str, Any], index: VillageIndex, columns: Mapping[str, Column]
) -> None:
    code = row.values.get("village_code") or place.get("village_code", "")
    if not code and "village" not in place and "address" in row.values:
        place = {**place, **_place_in_address(row, columns)}
    try:
        place["village_code"] = code
        row.values["village_code"] = index.resolve(place)
    except InvalidInput as refusal:
        column = columns.get("village_code" if code and "village" not in columns else "village")
        row.add(column, refusal.code, place.get("village", code), refusal.message)


def _place_in_address(row: CheckedRow, columns: Mapping[str, Column]) -> dict[str, str]:
    """The village that an address names in so many words: "Ds. Losari RT 02 Kec. Rawalo"."""
    address = row.values["address"]
    named = places_in_titles([address])
    if "village" not in named:
        return {}
    row.note(
        columns.get("address"),
        "village_from_address",
        address,
        f"Desa {named['village']} diambil dari alamat, karena kolom desa kosong.",
    )
    return named


def _place_of_sheet(sheet: SheetReading, index: VillageIndex) -> dict[str, str]:
    """The village that titles, or else the sheet's name, give for rows that name none."""
    columns = sheet.header.by_field if sheet.header else {}
    if "village" in columns or "village_code" in columns:
        return {}
    titles = [problem.value for problem in sheet.problems if problem.code == "row_title"]
    named = places_in_titles(titles)
    if "village" not in named:
        named["village"] = sheet.name
    try:
        code = index.resolve(named)
    except InvalidInput:
        return {}
    sheet.problems.append(
        Problem(
            sheet=sheet.name,
            row=0,
            column="",
            code="village_from_title",
            value=named["village"],
            message=f"Tabel tidak punya kolom desa; semua baris dicatat di Desa "
            f"{index.villages[code].title()}, sesuai judul tabel atau nama lembar.",
            level=NOTE,
        )
    )
    return {"village_code": code}


def gathered(problems: Sequence[Problem], *, most_notes: int = 50) -> list[Problem]:
    """The remarks in order, with long runs of the same note about a column cut short."""
    counts: dict[tuple[str, str, str], int] = {}
    last: dict[tuple[str, str, str], Problem] = {}
    kept: list[Problem] = []
    for problem in problems:
        if problem.level != NOTE or problem.row == 0:
            kept.append(problem)
            continue
        key = (problem.sheet, problem.column, problem.code)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= most_notes:
            kept.append(problem)
        last[key] = problem
    for key, count in counts.items():
        if count > most_notes:
            more = f"{last[key].message} (dan {count - most_notes} baris lain seperti ini)"
            kept.append(replace(last[key], message=more))
    return kept
