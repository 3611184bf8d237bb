"""The process in which an outside file is opened: limited memory and time, nothing to steal.

It gets the file on standard input, writes one JSON value a line and ends. JSON, because the
parent must not trust what comes out of a parser that was fed by strangers.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.csv_text import read_csv
from app.enterprises.sheet_reader.guards import kind_of
from app.enterprises.sheet_reader.shapes import Book, Limits, SheetRow
from app.enterprises.sheet_reader.workbook import read_xlsx

ROWS_A_LINE = 500


def opened(content: bytes, file_name: str, limits: Limits, only: str | None = None) -> Book:
    """The book in a file of any accepted kind.

    Raises:
        InvalidInput: refused, with the reason.
    """
    if kind_of(content, file_name, limits) == "xlsx":
        return read_xlsx(content, limits, only)
    book = read_csv(content, limits)
    if only is not None and only not in book.sheet_names:
        raise InvalidInput("sheet_unknown", message=f"Tidak ada lembar bernama “{only}”.")
    return book


def messages(book: Book) -> Iterator[dict[str, Any]]:
    """The book as a stream of plain values: the book, then each sheet and its rows."""
    yield {
        "book": {
            "kind": book.kind,
            "sheet_names": book.sheet_names,
            "hidden_sheets": book.hidden_sheets,
            "counts_from_1904": book.counts_from_1904,
        }
    }
    for sheet in book.sheets:
        yield {
            "sheet": {
                "name": sheet.name,
                "is_hidden": sheet.is_hidden,
                "merges": sheet.merges,
                "hidden_rows": sheet.hidden_rows,
                "hidden_columns": sheet.hidden_columns,
                "oddities": [asdict(oddity) for oddity in sheet.oddities],
            }
        }
        rows: Iterator[SheetRow] = iter(sheet.rows)
        while part := list(islice(rows, ROWS_A_LINE)):
            yield {"rows": part}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()[:10]}
    if isinstance(value, (time, timedelta)):
        return str(value)
    raise TypeError(type(value).__name__)


def main() -> None:
    """Read the request line and the file from standard input, write messages to standard output."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    # It lives for one file; what it makes is given back without looking for circles.
    gc.disable()
    out = sys.stdout
    try:
        book = opened(sys.stdin.buffer.read(), request["file_name"], limits, request["only"])
        for message in messages(book):
            out.write(json.dumps(message, default=_plain) + "\n")
    except InvalidInput as refusal:
        out.write(json.dumps({"refused": {"code": refusal.code, "message": refusal.message}}))
        out.write("\n")
    out.write('{"end": true}\n')


if __name__ == "__main__":
    main()
