"""Asking for long work."""

from __future__ import annotations

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


def enqueue(
    name: str,
    *,
    key: str,
    payload: dict[str, Any],
    by: UUID | None,
    area_code: str | None = None,
) -> UUID:
    """Ask for a job in the open transaction; gives its id.

    While a job with this `key` waits or runs, that one's id is given and nothing new is asked.
    Officers of `area_code` may see it, besides the person who asked. `payload` is plain JSON.
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
        return unfinished(key)
    enqueue_in_session(session, job_id)
    return job_id


def unfinished(key: str) -> UUID:
    """The job with this key that waits or runs."""
    return db.session.execute(
        select(JobRun.id).where(JobRun.key == key, JobRun.state.in_(UNFINISHED))
    ).scalar_one()
