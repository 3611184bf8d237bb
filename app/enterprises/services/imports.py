"""Keeping what somebody wants to import, and what they decide about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.core.clock import utc_now
from app.core.errors import NotAllowed, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.db.upsert import insert_or_update
from app.enterprises.models import MATCH_KEYS, ColumnMemory, ImportPart, ImportRun
from app.enterprises.rules.import_runs import CHECK_JOB, JOB_OF_STATE, KEPT_FOR, WRITE_JOB, job_key
from app.enterprises.rules.sheet.fields import FIELD_LABELS
from app.history.rules import register_actions
from app.history.services import record
from app.jobs import register_titles
from app.jobs.queries import is_under_way

register_actions(
    {
        "import.confirmed": "Impor daftar usaha dimulai",
        "import.discarded": "Impor daftar usaha dibatalkan",
        "import.forgotten": "Impor yang tidak dicatat dihapus sendiri setelah 30 hari",
    }
)
register_titles({CHECK_JOB: "Memeriksa berkas impor", WRITE_JOB: "Mencatat usaha dari impor"})


def office_of(scope: Scope) -> str:
    """The area for which a person imports: the widest of theirs.

    Raises:
        NotAllowed: the person may import nowhere.
    """
    if not scope.areas:
        raise NotAllowed("import_not_allowed", message="Anda tidak berhak mengimpor usaha.")
    return min(scope.areas, key=lambda area: (len(area), area))


def start_run(
    *, scope: Scope, content: bytes, file_name: str, only_sheet: str | None, by: UUID
) -> ImportRun:
    """A new run for a file; the file itself is kept by whoever calls, old ones are forgotten.

    Raises:
        NotAllowed: the person may import nowhere.
    """
    forget_old_runs()
    run = ImportRun(
        id=new_id(),
        made_by=by,
        area_code=office_of(scope),
        file_name=file_name[-200:] or "tanpa nama",
        content_sha256=hashlib.sha256(content).hexdigest(),
        only_sheet=only_sheet,
        state="waiting",
        created_at=utc_now(),
    )
    db.session.add(run)
    # Flushed because the parts of the run point to it.
    db.session.flush()
    return run


def check_under_way(*, content: bytes, by: UUID) -> UUID | None:
    """The job that checks this very file for this person already, when there is one.

    The same person begins no other until the open transaction ends.
    """
    take_turn(f"import:{by}")
    statement = select(ImportRun.id, ImportRun.job_id).where(
        ImportRun.made_by == by,
        ImportRun.content_sha256 == hashlib.sha256(content).hexdigest(),
        ImportRun.state == "waiting",
        ImportRun.job_id.is_not(None),
    )
    return next(
        (
            run.job_id
            for run in db.session.execute(statement.order_by(ImportRun.id))
            if is_under_way(job_key(CHECK_JOB, run.id))
        ),
        None,
    )


def decide_columns(
    *,
    run: ImportRun,
    choices: Mapping[str, str],
    only_sheet: str | None,
    match_key: str | None,
    by: UUID,
) -> None:
    """Keep what a person says that columns mean, for this run and for the office's next files.

    Raises:
        WrongState: the rows are being written already.
    """
    check_open(run)
    known = {key[:200]: field for key, field in choices.items() if field in {*FIELD_LABELS, ""}}
    run.choices = {**run.choices, **known}
    run.only_sheet = only_sheet or None
    run.wanted_key = match_key if match_key in MATCH_KEYS else None
    run.state = "waiting"
    now = utc_now()
    rows: list[dict[str, Any]] = [
        {
            "area_code": run.area_code,
            "header_key": key,
            "field": field,
            "set_by": by,
            "set_at": now,
        }
        for key, field in known.items()
    ]
    insert_or_update(
        ColumnMemory.__table__,
        rows,
        key=["area_code", "header_key"],
        update=["field", "set_by", "set_at"],
    )


def confirm_run(*, run: ImportRun, by: UUID) -> None:
    """Let the rows of a checked run be written.

    Raises:
        WrongState: it is not checked, or it was written already.
    """
    if run.state == "applying":
        return
    if run.state != "checked":
        raise WrongState("import_not_checked", message="Berkas ini belum selesai diperiksa.")
    run.state = "applying"
    record(
        subject_type="import",
        subject_id=run.id,
        action="import.confirmed",
        by=by,
        area_code=run.area_code or None,
        note=run.file_name,
    )


def discard_run(*, run: ImportRun, by: UUID) -> None:
    """Forget a run that was not written, and all that was read of its file.

    Raises:
        WrongState: the rows are being written, or were.
    """
    check_open(run)
    record(
        subject_type="import",
        subject_id=run.id,
        action="import.discarded",
        by=by,
        area_code=run.area_code or None,
        note=run.file_name,
    )
    db.session.execute(delete(ImportRun).where(ImportRun.id == run.id))


def forget_old_runs() -> int:
    """Delete what lies longer than an import is kept; gives how many runs were forgotten.

    A run that nobody confirmed goes with its file; the history keeps that there was one. Of a
    written run only the rows go that had to be mended. A run that stopped half-way stays.
    """
    oldest = utc_now() - KEPT_FOR
    forgotten = db.session.execute(
        select(ImportRun.id, ImportRun.area_code, ImportRun.file_name)
        .where(
            ImportRun.state.in_(("waiting", "checked", "refused")), ImportRun.created_at < oldest
        )
        .order_by(ImportRun.created_at, ImportRun.id)
    ).all()
    for run in forgotten:
        record(
            subject_type="import",
            subject_id=run.id,
            action="import.forgotten",
            by=None,
            area_code=run.area_code or None,
            note=run.file_name,
        )
    db.session.execute(delete(ImportRun).where(ImportRun.id.in_([run.id for run in forgotten])))
    written = select(ImportRun.id).where(ImportRun.state == "done", ImportRun.finished_at < oldest)
    db.session.execute(delete(ImportPart).where(ImportPart.run_id.in_(written)))
    return len(forgotten)


def job_due(run: ImportRun) -> str:
    """The job that should be going on with a run.

    Raises:
        WrongState: nothing should; it waits for a person, or is done.
    """
    due = JOB_OF_STATE.get(run.state)
    if due is None:
        raise WrongState("import_not_stopped", message="Impor ini tidak sedang berhenti.")
    return due


def check_open(run: ImportRun) -> None:
    """Refuse to change a run whose rows are being written or were.

    Raises:
        WrongState: they are.
    """
    if run.state in ("applying", "done"):
        raise WrongState(
            "import_already_written", message="Impor ini sudah dicatat dan tidak bisa diubah."
        )
