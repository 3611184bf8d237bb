"""Asking for long work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.jobs.engine import enqueue_in_session
from app.jobs.models import JobRun
from app.jobs.rules import UNFINISHED, WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A job that was asked for; not new: it waits or runs since somebody asked before."""

    job_id: UUID
    is_new: bool


def enqueue(
    name: str,
    *,
    key: str,
    payload: dict[str, Any],
    by: UUID | None,
    area_code: str | None = None,
) -> UUID:
    """Ask for a job in the open transaction; gives its id. See `ask`."""
    return ask(name, key=key, payload=payload, by=by, area_code=area_code).job_id


def ask(
    name: str,
    *,
    key: str,
    payload: dict[str, Any],
    by: UUID | None,
    area_code: str | None = None,
) -> Asked:
    """Ask for a job in the open transaction.

    While a job with this `key` waits or runs, that one is given and nothing new is asked.
    Officers of `area_code` may see it, besides the person who asked. `payload` is plain JSON.
    A key says what the work is about, not who asked when: a form that is sent twice asks once.
    """
    session = db.session()
    job_id = new_id()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Asking first would let two people at the same moment start the same work twice.
    statement: Any = insert(JobRun.__table__).values(
        id=job_id,
        name=name,
        key=key,
        payload=payload,
        state=WAITING,
        done=0,
        total=0,
        message="",
        starts=0,
        created_by=by,
        area_code=area_code,
        created_at=utc_now(),
    )
    inserted = session.execute(statement.on_conflict_do_nothing().returning(JobRun.id))
    if inserted.scalar_one_or_none() is None:
        return Asked(job_id=unfinished(key), is_new=False)
    enqueue_in_session(session, job_id)
    return Asked(job_id=job_id, is_new=True)


def unfinished(key: str) -> UUID:
    """The job with this key that waits or runs."""
    return db.session.execute(
        select(JobRun.id).where(JobRun.key == key, JobRun.state.in_(UNFINISHED))
    ).scalar_one()
