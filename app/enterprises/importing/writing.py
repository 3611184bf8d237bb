"""Writing a checked run into the register, slice by slice, each whole or absent.

Every slice is compared with the register once more, inside its transaction. So a slice that is
written twice changes nothing, and what somebody else saved in between is respected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.permissions import Permission
from app.core.scope import Scope
from app.db import db
from app.db.engine import make_room
from app.db.transaction import transaction
from app.db.turns import take_turn
from app.enterprises.importing.checking import Steps, nik_indexes
from app.enterprises.importing.collecting import seldom_collecting
from app.enterprises.importing.parts import (
    FILE,
    PROBLEMS,
    ROWS,
    add_part,
    drop_parts,
    opened,
    with_days,
)
from app.enterprises.models import ImportPart, ImportRun
from app.enterprises.queries.import_matches import known_to
from app.enterprises.rules.sheet.matching import CHANGED, NEW, SAME, Decision, decide
from app.enterprises.rules.sheet.problems import Problem
from app.enterprises.services.bulk import BulkWrites

# Imports of all offices take turns, slice by slice.
_TURN = "import"
_TRIES = 3


@dataclass(slots=True)
class _Slice:
    """What one slice needs: who it is for; what came of its rows, and those left out after all."""

    run: ImportRun
    scope: Scope
    done: Counter[str] = field(default_factory=Counter)
    left_out: list[Problem] = field(default_factory=list)


@seldom_collecting()
def write_run(run_id: UUID, steps: Steps | None = None) -> dict[str, int]:
    """Write what is left of a run; gives how many rows were written in all.

    May be killed at any moment and run again.

    Raises:
        NotFound: there is no such run.
    """
    make_room(db.session())
    while _write_next(run_id, steps):
        continue
    run = db.session.get_one(ImportRun, run_id)
    return {"written": run.applied_count, "new": run.new_count, "changed": run.changed_count}


def _write_next(run_id: UUID, steps: Steps | None) -> bool:
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction():
                return _write_slice(run_id, steps)
        except Conflict:
            # Somebody registered the same number at the same moment; now it is there to be seen.
            if attempt == _TRIES:
                raise
    return False


def _write_slice(run_id: UUID, steps: Steps | None) -> bool:
    session = db.session()
    take_turn(_TURN)
    run = session.get(ImportRun, run_id)
    if run is None:
        raise NotFound("import_unknown", message="Impor ini tidak ditemukan.")
    part = _next_part(run_id)
    if part is None:
        _finish(run)
        return False
    scope = scope_of(run.made_by, Permission.ENTERPRISE_IMPORT).narrowed_to(run.area_code)
    piece = _Slice(run, scope)
    rows = opened(part)
    _write_rows(piece, rows)
    part.applied_at = utc_now()
    _correct_counts(piece, rows)
    if piece.left_out:
        add_part(run_id, PROBLEMS, [asdict(problem) for problem in piece.left_out])
    if steps is not None:
        steps.step(*_progress(run_id), f"{run.applied_count} baris dicatat")
    return True


def _next_part(run_id: UUID) -> ImportPart | None:
    return db.session.scalars(
        select(ImportPart)
        .where(
            ImportPart.run_id == run_id, ImportPart.kind == ROWS, ImportPart.applied_at.is_(None)
        )
        .order_by(ImportPart.n)
        .limit(1)
    ).one_or_none()


def _progress(run_id: UUID) -> tuple[int, int]:
    total = select(func.coalesce(func.sum(ImportPart.row_count), 0)).where(
        ImportPart.run_id == run_id, ImportPart.kind == ROWS
    )
    done = total.where(ImportPart.applied_at.is_not(None))
    return (
        int(db.session.execute(done).scalar_one()),
        int(db.session.execute(total).scalar_one()),
    )


def _finish(run: ImportRun) -> None:
    if run.state == "done":
        return
    run.state = "done"
    run.finished_at = utc_now()
    # The register holds the rows now; copies of personal data are not kept longer than needed.
    drop_parts(run.id, FILE, ROWS)


def _write_rows(piece: _Slice, rows: list[dict[str, Any]]) -> None:
    values = [with_days(row["values"]) for row in rows]
    indexes = nik_indexes(values)
    known = known_to(piece.scope, values, indexes.values())
    writes = BulkWrites(by=piece.run.made_by, source=f"Impor {piece.run.file_name}"[:200])
    for row, its_values in zip(rows, values, strict=True):
        nik_index = indexes.get(its_values.get("nik", ""))
        try:
            decision = decide(its_values, nik_index, known, match_key=piece.run.match_key or "nik")
        except InvalidInput as refusal:
            piece.left_out.append(_left_out(row, refusal))
            continue
        piece.done[decision.action] += 1
        _write_row(writes, its_values, nik_index, decision)
    writes.flush()


def _correct_counts(piece: _Slice, rows: list[dict[str, Any]]) -> None:
    """Let the run tell what was done; the check counted what was to be done."""
    run, done = piece.run, piece.done
    planned = Counter(row.get("action", NEW) for row in rows)
    run.new_count = max(0, run.new_count + done[NEW] - planned[NEW])
    run.changed_count = max(0, run.changed_count + done[CHANGED] - planned[CHANGED])
    run.same_count += done[SAME]
    run.faulty_count += len(piece.left_out)
    run.applied_count += done[NEW] + done[CHANGED]


def _write_row(
    writes: BulkWrites, values: Mapping[str, Any], nik_index: str | None, decision: Decision
) -> None:
    if decision.enterprise is not None:
        writes.change(values, nik_index, decision)
        return
    owner_id = decision.owner.id if decision.owner else None
    if decision.owner is not None and decision.owner_changes:
        writes.change_owner(decision.owner, decision.owner_changes)
    writes.add(values, nik_index, owner_id=owner_id)


def _left_out(row: dict[str, Any], refusal: InvalidInput) -> Problem:
    return Problem(
        sheet=row["sheet"],
        row=row["row"],
        column="",
        code=refusal.code,
        value="",
        message=refusal.message,
    )
