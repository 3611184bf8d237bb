"""What the page of one import shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.clock import utc_now
from app.core.identity import mask_nik
from app.enterprises.models import ImportRun
from app.enterprises.rules.import_runs import KEPT_FOR
from app.enterprises.rules.sheet.fields import FIELD_LABELS

PROBLEMS_SHOWN = 200
_NIK_DIGITS = 16
STATE_LABELS = {
    "waiting": "Menunggu diperiksa",
    "checked": "Siap dicatat",
    "refused": "Ditolak",
    "applying": "Sedang dicatat",
    "done": "Selesai",
}
STATE_TONES = {
    "waiting": "info",
    "checked": "warn",
    "refused": "bad",
    "applying": "info",
    "done": "good",
}
MATCH_LABELS = {
    "nik": "NIK pemilik dan nama usaha",
    "nib": "NIB",
    "name_village": "Nama usaha, nama pemilik dan desa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """One column with what may be said of it; `name` is that of its box in the form."""

    name: str
    letters: str
    header: str
    field: str
    is_near: bool
    needs_period: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumns:
    """The columns of one sheet."""

    name: str
    header_rows: str
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """One remark as shown; `place` is the sheet and cell."""

    place: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """Everything that the page of one import says."""

    run: ImportRun
    state_label: str
    state_tone: str
    match_label: str
    sheets: tuple[SheetColumns, ...]
    # Columns that were taken for something near, or whose period is open.
    doubtful_count: int
    faults: tuple[ProblemLine, ...]
    fault_count: int
    notes: tuple[ProblemLine, ...]
    skips: tuple[ProblemLine, ...]
    earlier: ImportRun | None
    to_write_count: int
    can_write: bool
    is_open: bool
    # Nothing is going on though something should.
    is_stopped: bool
    can_discard: bool
    # The rows to mend and all remarks were deleted.
    is_forgotten: bool


def run_page(
    run: ImportRun,
    problems: Sequence[dict[str, Any]],
    earlier: ImportRun | None,
    *,
    is_stopped: bool,
) -> RunPage:
    """The page of a run, from its remarks and an earlier import of the same file."""
    is_open = run.state in ("checked", "refused")
    finished_at = run.finished_at
    faults = [problem for problem in problems if problem["level"] == "error"]
    sheets = tuple(_sheets(run))
    return RunPage(
        run=run,
        state_label=STATE_LABELS[run.state],
        state_tone=STATE_TONES[run.state],
        match_label=MATCH_LABELS.get(run.match_key or "", ""),
        sheets=sheets,
        doubtful_count=sum(
            column.is_near or column.needs_period for sheet in sheets for column in sheet.columns
        ),
        faults=_lines(faults[:PROBLEMS_SHOWN]),
        fault_count=len(faults),
        notes=_lines([problem for problem in problems if problem["level"] == "note"]),
        skips=_lines([problem for problem in problems if problem["level"] == "skip"]),
        earlier=earlier,
        to_write_count=run.new_count + run.changed_count,
        can_write=run.state == "checked" and run.new_count + run.changed_count > 0,
        is_open=is_open,
        is_stopped=is_stopped,
        can_discard=is_open or (is_stopped and run.state == "waiting"),
        is_forgotten=finished_at is not None and utc_now() - finished_at > KEPT_FOR,
    )


def field_choices() -> list[tuple[str, str]]:
    """What a column may mean, for a box to choose from."""
    chosen = [pair for pair in FIELD_LABELS.items() if pair[0] != "sales"]
    return [("", "Tidak diambil"), *chosen]


def column_name(sheet: int, index: int) -> str:
    """The name of a column's box."""
    return f"kolom-{sheet}-{index}"


def chosen_fields(run: ImportRun, answers: dict[str, str]) -> dict[str, str]:
    """Header key → field for each box that was changed, and for near ones that were confirmed."""
    chosen: dict[str, str] = {}
    for place, sheet in enumerate(run.sheets):
        for column in sheet["columns"]:
            answer = answers.get(column_name(place, column["index"]))
            if answer is None:
                continue
            is_changed = answer != _shown_field(column)
            if is_changed or (column["is_near"] and answer):
                chosen[column["key"]] = answer
    return chosen


def _sheets(run: ImportRun) -> Iterator[SheetColumns]:
    """Each sheet with those of its columns that no earlier sheet has."""
    seen: set[str] = set()
    for place, sheet in enumerate(run.sheets):
        columns = [column for column in sheet["columns"] if column["key"] not in seen]
        seen.update(column["key"] for column in columns)
        yield SheetColumns(
            name=sheet["name"],
            header_rows=" dan ".join(str(row) for row in sheet["header_rows"]),
            columns=tuple(
                ColumnLine(
                    name=column_name(place, column["index"]),
                    letters=column["letters"],
                    header=column["header"],
                    field=_shown_field(column),
                    is_near=column["is_near"],
                    needs_period=column["field"] == "sales",
                )
                for column in columns
            ),
        )


def _shown_field(column: dict[str, Any]) -> str:
    field = column["field"] or ""
    return "" if field == "sales" else field


def _lines(problems: Sequence[dict[str, Any]]) -> tuple[ProblemLine, ...]:
    return tuple(
        ProblemLine(
            place=_place(problem), value=_shown(problem["value"]), message=problem["message"]
        )
        for problem in problems
    )


def _shown(value: str) -> str:
    """A value as a page may show it: the address of the cell is enough to find a NIK."""
    digits = re.sub(r"\D", "", value)
    return mask_nik(digits) if len(digits) == _NIK_DIGITS else value


def _place(problem: dict[str, Any]) -> str:
    if not problem["row"]:
        return f"Lembar {problem['sheet']}"
    if not problem["column"]:
        return f"{problem['sheet']}, baris {problem['row']}"
    return f"{problem['sheet']}, sel {problem['column']}{problem['row']}"
