"""A file of a book → what it would write, and what is to be mended; nothing is written here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from xlsxwriter.exceptions import XlsxWriterException

from app.cashbook.queries.book import book_channels
from app.cashbook.queries.reach import known_ids, paid_by_channels
from app.cashbook.rules.book_files import BookSheet, SheetRow, read_book, refuse_row
from app.cashbook.rules.channels import BookChannel
from app.cashbook.rules.lines import Said
from app.cashbook.services.sheets import SheetLine
from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.enterprises.importing.bad_rows import workbook_of
from app.enterprises.importing.reading import limits
from app.enterprises.rules.sheet.addresses import column_letters
from app.enterprises.sheet_reader import read_sheets
from app.enterprises.sheet_reader.guards import kind_of
from app.web.forms.base import stripped

# A book of a year and more; longer ones come in parts.
MOST_ROWS = 1_000
# What reading lines may raise that were changed between the page and its button.
_CHANGED = (TypeError, ValueError, AttributeError, OverflowError, RecursionError)
_PAID_ALREADY = (
    "Pembayaran ini sudah ada di catatan kanal. Bila ada dua, catat yang kedua di halaman kanalnya."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do: lines to write, those that were written before, rows to mend."""

    sheets: tuple[BookSheet, ...]
    lines: tuple[SheetLine, ...]
    known: int
    channels: dict[UUID, BookChannel]

    @property
    def bad_count(self) -> int:
        """How many rows are to be mended."""
        return sum(len(sheet.bad) for sheet in self.sheets)

    @property
    def passed(self) -> tuple[str, ...]:
        """Where totals stand, which are no lines."""
        is_one = len(self.sheets) == 1
        return tuple(
            f"baris {number}" if is_one else f"{sheet.name} baris {number}"
            for sheet in self.sheets
            for number in sheet.passed
        )

    @property
    def paid_count(self) -> int:
        """How many lines go to the ledger of a channel."""
        return sum(1 for line in self.lines if _is_paid_by_ledger(line.said, self.channels))


def preview_of(content: bytes, *, file_name: str, enterprise_id: UUID) -> Preview:
    """Read and check a whole file for an enterprise that the caller found.

    Raises:
        InvalidInput: it is refused as a whole; field "file".
    """
    try:
        kind_of(content, file_name, limits())
        channels = {one.id: one for one in book_channels(enterprise_id)}
        sheets = tuple(_sheets(content, file_name, tuple(channels.values())))
    except InvalidInput as refusal:
        refusal.field = "file"
        raise
    read = list(_lines(sheets, enterprise_id))
    known = known_ids([line.key for line, _, _ in read])
    new = [one for one in read if one[0].key not in known]
    _give_back_paid(new, channels, enterprise_id)
    return Preview(
        sheets=sheets,
        lines=tuple(line for line, row, _ in new if row.said is not None),
        known=len(read) - len(new),
        channels=channels,
    )


def packed_bad_rows(sheets: Iterable[BookSheet]) -> str:
    """The rows to mend as the page carries them to the button that gives them back."""
    return json.dumps(
        [
            [
                sheet.name,
                sheet.titles,
                [
                    [
                        row.number,
                        [_plain(cell) for cell in row.cells],
                        [one.words for one in row.problems],
                    ]
                    for row in sheet.bad
                ],
            ]
            for sheet in sheets
            if sheet.bad
        ],
        ensure_ascii=False,
    )


def bad_rows(text: str) -> bytes:
    """A workbook of the rows to mend, each with what is wrong in which cell.

    Raises:
        InvalidInput: they were changed on the way.
    """
    facts: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    try:
        for name, titles, found in json.loads(text):
            columns = [
                {"index": place, "letters": column_letters(place), "header": str(title)}
                for place, title in enumerate(titles, start=1)
            ]
            facts.append({"name": str(name), "columns": columns})
            rows += [
                {"sheet": str(name), "row": int(number), "cells": cells, "reasons": reasons}
                for number, cells, reasons in found[:MOST_ROWS]
            ]
        return workbook_of(facts, rows)
    except (KeyError, XlsxWriterException, *_CHANGED) as error:
        raise InvalidInput("rows_unread", message="Pilih berkasnya sekali lagi.") from error


def packed(lines: Iterable[SheetLine]) -> str:
    """Lines as the page carries them to its button."""
    return json.dumps(
        [
            [
                str(line.key),
                line.place,
                line.said.happened_on.isoformat(),
                line.said.category,
                line.said.amount,
                line.said.is_owed,
                line.said.note,
                str(line.said.channel_id or ""),
            ]
            for line in lines
        ],
        ensure_ascii=False,
    )


def unpacked(text: str) -> list[SheetLine]:
    """The lines that a page carried; each is checked again when it is written.

    Raises:
        InvalidInput: they were changed on the way.
    """
    try:
        rows: list[Any] = json.loads(text)
        return [_unpacked(*row) for row in rows[:MOST_ROWS]]
    except _CHANGED as error:
        raise InvalidInput("lines_unread", message="Pilih berkasnya sekali lagi.") from error


def _unpacked(
    key: str,
    place: str,
    day: str,
    category: str,
    amount: int,
    is_owed: bool,
    note: str,
    channel: str,
) -> SheetLine:
    said = Said(
        happened_on=date.fromisoformat(day),
        category=str(category),
        amount=int(amount),
        channel_id=UUID(channel) if channel else None,
        is_owed=bool(is_owed),
        note=stripped(str(note)),
    )
    return SheetLine(key=UUID(key), place=str(place)[:60], said=said)


def _sheets(content: bytes, file_name: str, channels: Sequence[BookChannel]) -> Sequence[BookSheet]:
    found = []
    with read_sheets(content, file_name=file_name, limits=limits()) as book:
        for sheet in book.sheets:
            read = read_book(
                sheet.name,
                sheet.rows,
                today=local_today(),
                oddities={(one.row, one.column): one.kind for one in sheet.oddities},
                epoch1904=book.counts_from_1904,
                channels=channels,
            )
            if read is not None:
                found.append(read)
    if not found:
        raise InvalidInput(
            "header_not_found",
            message="Judul kolom tidak dikenal. Baris pertama paling sedikit memuat Tanggal dan "
            "Jumlah, atau Tanggal, Masuk, dan Keluar.",
        )
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise InvalidInput(
            "too_many_rows", message=f"Paling banyak {MOST_ROWS} baris. Bagi menjadi dua berkas."
        )
    return found


def _lines(
    sheets: Iterable[BookSheet], enterprise_id: UUID
) -> Iterable[tuple[SheetLine, SheetRow, BookSheet]]:
    """Lines whose id rests on what they say: the same book counts once, whatever its file.

    What is said twice alike in one file is two lines.
    """
    times: Counter[Said] = Counter()
    for sheet in sheets:
        for row in sheet.good:
            said = row.said
            if said is None:
                continue
            times[said] += 1
            parts = [
                said.happened_on.isoformat(),
                said.category,
                said.amount,
                said.is_owed,
                said.note,
                times[said],
            ]
            # Only where one is named: books without channels keep the ids that they had.
            if said.channel_id is not None:
                parts.append(str(said.channel_id))
            key = uuid5(enterprise_id, json.dumps(parts))
            yield SheetLine(key=key, place=f"Baris {row.number}", said=said), row, sheet


def _give_back_paid(
    read: Iterable[tuple[SheetLine, SheetRow, BookSheet]],
    channels: Mapping[UUID, BookChannel],
    enterprise_id: UUID,
) -> None:
    """Give rows back that say what somebody wrote into the channel's own ledger already."""
    paid = paid_by_channels(enterprise_id)
    for line, row, sheet in read:
        said = line.said
        told = (said.channel_id, said.happened_on, said.amount)
        if _is_paid_by_ledger(said, channels) and told in paid:
            refuse_row(row, sheet.columns["kanal"], _PAID_ALREADY)


def _is_paid_by_ledger(said: Said, channels: Mapping[UUID, BookChannel]) -> bool:
    return said.channel_id is not None and channels[said.channel_id].is_on_ledger


def _plain(cell: object) -> Any:
    return {"day": cell.isoformat()[:10]} if isinstance(cell, date) else cell
