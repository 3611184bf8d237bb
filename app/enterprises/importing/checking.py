"""The dry run: what a file would do to the register, without doing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from app.accounts.queries import scope_of
from app.core import settings
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.permissions import Permission
from app.core.scope import Scope
from app.core.sealing import blind_index
from app.db import db
from app.db.transaction import transaction
from app.enterprises.importing.collecting import seldom_collecting
from app.enterprises.importing.parts import (
    BAD_ROWS,
    PROBLEMS,
    ROWS,
    drop_parts,
    file_of,
    replace_parts,
)
from app.enterprises.importing.reading import FileReading, gathered, read_file
from app.enterprises.models import ImportRun
from app.enterprises.queries.import_matches import known_to
from app.enterprises.queries.imports import remembered_choices
from app.enterprises.rules.labels import field_label
from app.enterprises.rules.sheet.checked import CheckedRow
from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.matching import CHANGED, NEW, SAME, Decision, decide
from app.enterprises.rules.sheet.problems import Problem
from app.enterprises.rules.sheet.sheets import SheetReading, skip_count

_COMPARED_AT_ONCE = 2000
_SAMPLES = 5


class Steps(Protocol):
    """Something that shows how far the work is."""

    def step(self, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` is done."""


@dataclass(slots=True, kw_only=True)
class _Outcome:
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((NEW, CHANGED, SAME), 0))
    to_write: list[dict[str, Any]] = field(default_factory=list)
    samples: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {NEW: [], CHANGED: []})


@seldom_collecting()
def check_run(run_id: UUID, steps: Steps | None = None) -> None:
    """Read and compare the file of a run, and keep what was found; may be run again.

    A file that is refused as a whole leaves the run in the state "refused", with the reason.
    """
    run = db.session.get(ImportRun, run_id)
    content = file_of(run_id)
    if run is None or content is None:
        raise NotFound("import_unknown", message="Impor ini tidak ditemukan.")
    scope = scope_of(run.made_by, Permission.ENTERPRISE_IMPORT).narrowed_to(run.area_code)
    choices = {**remembered_choices(run.area_code), **run.choices}
    wanted_key = run.wanted_key
    try:
        reading = read_file(
            content,
            file_name=run.file_name,
            scope=scope,
            only=run.only_sheet,
            choices=choices,
        )
    except InvalidInput as refusal:
        db.session.rollback()
        _keep_refusal(run_id, refusal)
        return
    match_key = wanted_key or _best_key(reading)
    outcome = _compared(reading, scope, match_key, steps)
    db.session.rollback()
    _keep(run_id, reading, outcome, match_key)


def _best_key(reading: FileReading) -> str:
    """NIK when most rows have one, else NIB, else name and village."""
    rows = [row for row in reading.rows if not row.is_faulty]
    for key in ("nik", "nib"):
        if rows and sum(key in row.values for row in rows) * 2 >= len(rows):
            return key
    return "name_village"


def _compared(reading: FileReading, scope: Scope, match_key: str, steps: Steps | None) -> _Outcome:
    outcome = _Outcome()
    total = sum(len(sheet.rows) for sheet in reading.sheets)
    done = 0
    for sheet in reading.sheets:
        walk = iter(sheet.rows)
        while part := list(islice(walk, _COMPARED_AT_ONCE)):
            _compare(part, sheet, outcome, scope, match_key)
            done += len(part)
            if steps is not None:
                db.session.rollback()
                steps.step(done, total, f"{done} dari {total} baris dicocokkan")
    return outcome


def _compare(
    rows: list[CheckedRow], sheet: SheetReading, outcome: _Outcome, scope: Scope, match_key: str
) -> None:
    good = [row for row in rows if not row.is_faulty]
    indexes = nik_indexes([row.values for row in good])
    known = known_to(scope, [row.values for row in good], indexes.values())
    columns = sheet.header.by_field if sheet.header else {}
    for row in good:
        try:
            decision = decide(
                row.values, indexes.get(row.values.get("nik", "")), known, match_key=match_key
            )
        except InvalidInput as refusal:
            _refuse(row, columns, refusal)
            continue
        _count(row, decision, outcome)


def nik_indexes(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The blind index of each NIK in these rows."""
    key = settings.current().nik_index_key
    return {row["nik"]: blind_index(row["nik"], key) for row in rows if "nik" in row}


def _refuse(row: CheckedRow, columns: dict[str, Column], refusal: InvalidInput) -> None:
    column = columns.get(refusal.field or "")
    value = "" if refusal.field == "nik" else row.values.get(refusal.field or "", "")
    row.add(column, refusal.code, value, refusal.message)


def _count(row: CheckedRow, decision: Decision, outcome: _Outcome) -> None:
    values = row.values
    if "repeat_of" in values:
        outcome.counts[SAME] += 1
        return
    outcome.counts[decision.action] += 1
    if decision.action == SAME:
        return
    outcome.to_write.append(
        {"sheet": row.sheet, "row": row.row, "values": values, "action": decision.action}
    )
    samples = outcome.samples[decision.action]
    if len(samples) < _SAMPLES:
        changed = {**decision.owner_changes, **decision.enterprise_changes}
        samples.append(
            {
                "row": str(row.row),
                "sheet": row.sheet,
                "name": values["name"],
                "owner_name": values["owner_name"],
                "fields": ", ".join(field_label(name) for name in changed),
            }
        )


def _keep_refusal(run_id: UUID, refusal: InvalidInput) -> None:
    with transaction() as session:
        run = session.get_one(ImportRun, run_id)
        drop_parts(run_id, ROWS, PROBLEMS, BAD_ROWS)
        run.state = "refused"
        run.refusal_code = refusal.code
        run.refusal = refusal.message[:500]
        run.sheets = [_unread(name) for name in refusal.values.get("looked_at", ())]
        run.checked_at = utc_now()


def _keep(run_id: UUID, reading: FileReading, outcome: _Outcome, match_key: str) -> None:
    problems = gathered(list(_all_problems(reading)))
    with transaction() as session:
        run = session.get_one(ImportRun, run_id)
        replace_parts(run_id, ROWS, outcome.to_write)
        replace_parts(run_id, PROBLEMS, [asdict(problem) for problem in problems])
        replace_parts(run_id, BAD_ROWS, list(_bad_rows(reading)))
        run.state = "checked"
        run.refusal_code = run.refusal = None
        run.match_key = match_key
        run.sheet_names = reading.sheet_names
        run.sheets = [_described(sheet) for sheet in reading.looked_at]
        run.samples = outcome.samples
        run.new_count = outcome.counts[NEW]
        run.changed_count = outcome.counts[CHANGED]
        run.same_count = outcome.counts[SAME]
        run.faulty_count = sum(row.is_faulty for row in reading.rows)
        run.skipped_count = sum(skip_count(sheet.problems) for sheet in reading.sheets)
        run.checked_at = utc_now()


def _all_problems(reading: FileReading) -> Iterator[Problem]:
    yield from reading.problems
    for sheet in reading.sheets:
        found = [*sheet.problems, *(problem for row in sheet.rows for problem in row.problems)]
        yield from sorted(found, key=lambda problem: problem.row)


def _described(sheet: SheetReading) -> dict[str, Any]:
    header = sheet.header
    if header is None:
        return _unread(sheet.name)
    return {
        "name": sheet.name,
        "header_rows": list(header.rows),
        "columns": [
            {
                "index": column.index,
                "letters": column.letters,
                "header": column.header,
                "key": column.key,
                "field": column.field,
                "is_near": column.is_near,
            }
            for column in header.columns
        ],
    }


def _unread(name: str) -> dict[str, Any]:
    return {"name": name, "header_rows": [], "columns": []}


def _bad_rows(reading: FileReading) -> Iterator[dict[str, Any]]:
    """Rows to mend with their cells as they stood, below the headers of their sheet."""
    for sheet in reading.sheets:
        for row in sheet.rows:
            if not row.is_faulty:
                continue
            reasons = [problem for problem in row.problems if problem.level == "error"]
            yield {
                "sheet": sheet.name,
                "row": row.row,
                "cells": list(sheet.recall(row.row)),
                "reasons": [
                    f"{problem.column}{problem.row}: {problem.message}"
                    if problem.column
                    else problem.message
                    for problem in reasons
                ],
            }
