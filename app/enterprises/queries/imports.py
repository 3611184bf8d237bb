"""Runs of imports as pages show them, and what an office said about columns before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.models import Account
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import ColumnMemory, ImportPart, ImportRun
from app.enterprises.rules.import_runs import JOB_OF_STATE, SILENT_AFTER, job_key
from app.jobs.queries import is_under_way

_SHOWN_RUNS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One import in the list of past ones."""

    id: UUID
    file_name: str
    made_by: str
    created_at: datetime
    state: str
    new_count: int
    changed_count: int
    faulty_count: int


def runs(scope: Scope) -> list[RunLine]:
    """The imports of the areas of a scope, newest first."""
    statement = (
        select(
            ImportRun.id,
            ImportRun.file_name,
            Account.name.label("made_by"),
            ImportRun.created_at,
            ImportRun.state,
            ImportRun.new_count,
            ImportRun.changed_count,
            ImportRun.faulty_count,
        )
        .join(Account, Account.id == ImportRun.made_by)
        .where(_within(scope))
        .order_by(ImportRun.created_at.desc(), ImportRun.id.desc())
        .limit(_SHOWN_RUNS)
    )
    return [RunLine(**row) for row in db.session.execute(statement).mappings()]


def import_run(scope: Scope, run_id: UUID) -> ImportRun:
    """One import.

    Raises:
        NotFound: unknown, or of an office outside the scope.
    """
    found = db.session.scalars(
        select(ImportRun).where(ImportRun.id == run_id, _within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("import_unknown", message="Impor ini tidak ditemukan.")
    return found


def earlier_import(run: ImportRun) -> ImportRun | None:
    """The last finished import of the same content by the same office."""
    statement = (
        select(ImportRun)
        .where(
            ImportRun.content_sha256 == run.content_sha256,
            ImportRun.area_code == run.area_code,
            ImportRun.id != run.id,
            ImportRun.state == "done",
        )
        .order_by(ImportRun.finished_at.desc(), ImportRun.id.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()


def is_stopped(run: ImportRun) -> bool:
    """Whether something should be going on with a run, and nothing is."""
    due = JOB_OF_STATE.get(run.state)
    if due is None or is_under_way(job_key(due, run.id)):
        return False
    if run.job_id is not None:
        return True
    written_at = db.session.scalar(
        select(func.max(ImportPart.applied_at)).where(ImportPart.run_id == run.id)
    )
    seen_at = max(at for at in (run.created_at, run.checked_at, written_at) if at is not None)
    return utc_now() - seen_at > SILENT_AFTER


def remembered_choices(area_code: str) -> dict[str, str]:
    """What an office said that columns mean: header key → field, or "" for not taken."""
    statement = (
        select(ColumnMemory.header_key, ColumnMemory.field)
        .where(ColumnMemory.area_code == area_code)
        .order_by(ColumnMemory.header_key)
    )
    return {row.header_key: row.field for row in db.session.execute(statement)}


def problem_summary(problems: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How often each kind of fault occurs, most frequent first, with the text of its first."""
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for problem in problems:
        if problem["level"] == "error":
            counts[problem["code"]] += 1
            texts.setdefault(problem["code"], problem["message"])
    return [(texts[code], count) for code, count in counts.most_common()]


def _within(scope: Scope) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [ImportRun.made_by == scope.account_id]
    for area in scope.areas:
        if area == WHOLE_COUNTRY:
            conditions.append(ImportRun.area_code.is_not(None))
            continue
        first, last = range_of(area)
        conditions.append(ImportRun.area_code == area)
        conditions.append(ImportRun.area_code.between(first, last))
    return or_(*conditions)
