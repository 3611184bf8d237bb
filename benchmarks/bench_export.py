"""Export of 50,000 rows to a workbook, against XlsxWriter alone on the same cells."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from app.core.scope import Scope
from app.db import db
from app.enterprises.exports import write_workbook
from app.enterprises.queries.exports import export_rows
from app.enterprises.rules.export_columns import COLUMNS, Shown
from app.enterprises.rules.list_filter import ListFilter
from benchmarks.measure import MEGABYTE, Line, peak_of_this_process, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill

COUNT = 50_000
GOAL = 1.2
ABOUT = [("Diunduh oleh", "Bangku ukur"), ("Waktu", "22 November 2026")]
MEMORY_GOAL = 40 * MEGABYTE


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine) as app, tempfile.TemporaryDirectory() as name:
            scope = Scope(account_id=fill(options.count), areas=(PROVINCE,))
            db.session.remove()
            lines = measured(scope, Path(name))
            _ = app
        worst = max(worst, report(f"Export of {options.count:,} rows, {engine}", lines))
    return worst


def measured(scope: Scope, folder: Path) -> list[Line]:
    """Ours first, so that what it adds to the memory is seen."""
    before = peak_of_this_process()
    ours = seconds(lambda: write_ours(scope, folder / "ours.xlsx"))
    grown = peak_of_this_process() - before
    query = seconds(lambda: sum(1 for _ in export_rows(scope, ListFilter(), sort="nama")))
    cells = [tuple(row) for row in export_rows(scope, ListFilter(), sort="nama")]
    alone = seconds(lambda: write_alone(cells, folder / "alone.xlsx"))
    return [
        Line(name="XlsxWriter alone (floor)", ours=alone, floor=alone, unit="s"),
        Line(name="query alone", ours=query, floor=alone, unit="s"),
        Line(name="export", ours=ours, floor=alone, goal=GOAL, unit="s"),
        Line(
            name="memory it adds, against 40 MB",
            ours=grown / MEGABYTE,
            floor=MEMORY_GOAL / MEGABYTE,
            goal=1.0,
            unit="MB",
        ),
    ]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def write_ours(scope: Scope, path: Path) -> None:
    """As the job does it."""
    rows = export_rows(scope, ListFilter(), sort="nama")
    write_workbook(path, rows, about=ABOUT, shown=Shown(with_phone=True))


def write_alone(rows: list[tuple[object, ...]], path: Path) -> None:
    """As many cells of the same kinds, without asking anybody anything."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(rows):
            for place, value in enumerate(row[: len(COLUMNS)]):
                if value is None:
                    continue
                if isinstance(value, bool):
                    sheet.write_string(number, place, "ya" if value else "tidak")
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif hasattr(value, "year"):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write_string(number, place, str(value))


if __name__ == "__main__":
    sys.exit(main())
