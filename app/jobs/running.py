"""Doing one job: states, progress, retries and failures. The engine only says when."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.core.clock import utc_now
from app.core.errors import PulihError
from app.db import db
from app.db.engine import is_writing
from app.db.transaction import transaction
from app.jobs.models import JobRun
from app.jobs.registry import JobFunction, Payload, find_jobs, function_of
from app.jobs.rules import (
    BROKEN,
    DONE,
    FAILED,
    GAVE_UP,
    MAX_STARTS,
    MAX_TRIES,
    RUNNING,
    TOO_LONG,
    UNFINISHED,
    WAITING,
    failure_message,
)

logger = logging.getLogger(__name__)

# Progress is looked at by people; each write costs a commit.
_SHOW_EVERY_SECONDS = 0.5
_PAUSE_SECONDS = 2.0
_PATIENT_TRIES = 60

Result = TypeVar("Result")


class Progress:
    """How far a job is, as its page shows it."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id = job_id
        self._shown_at = 0.0

    def step(self, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` is done; frequent steps are passed over, never the last.

        Inside a `transaction()` it is committed with it, else in a short one of its own.
        """
        now = time.monotonic()
        if done < total and now - self._shown_at < _SHOW_EVERY_SECONDS:
            return
        self._shown_at = now
        values = {"done": done, "total": total, "message": message[:500]}
        if is_writing.get():
            _set(self.job_id, **values)
            return
        with transaction():
            _set(self.job_id, **values)


def run_job(job_id: UUID) -> None:
    """Do one job to its end and store how it ended; a finished job is left alone."""
    begun = _patiently(lambda: _begin(job_id))
    if begun is None:
        return
    name, payload = begun
    function = function_of(name)
    if function is None:
        logger.error("no function does the job %s", name)
        _end(job_id, state=FAILED, message=BROKEN)
        return
    try:
        result = _tried(function, payload, Progress(job_id))
    except Exception as error:
        db.session.rollback()
        if not isinstance(error, PulihError):
            logger.exception("job %s (%s) failed", job_id, name)
        _end(job_id, state=FAILED, message=failure_message(error))
    else:
        _end(job_id, state=DONE, result=result)


def stop_for_good(job_id: UUID) -> None:
    """Say that an unfinished job took too long; it isn't taken up again."""
    with transaction() as session:
        run = session.get(JobRun, job_id)
        if run is not None and run.state in UNFINISHED:
            _set(job_id, state=FAILED, message=TOO_LONG, finished_at=utc_now())


def run_pending() -> int:
    """Do all waiting jobs here and now, oldest first, without the engine; gives their number.

    For tests and for commands that must not return before the work is done.
    """
    find_jobs()
    count = 0
    while job_id := _next_waiting():
        run_job(job_id)
        count += 1
    return count


def _next_waiting() -> UUID | None:
    statement = (
        select(JobRun.id)
        .where(JobRun.state == WAITING)
        .order_by(JobRun.created_at, JobRun.id)
        .limit(1)
    )
    found = db.session.execute(statement).scalar_one_or_none()
    # Ends the reading transaction, so that the next look sees what the job has written.
    db.session.rollback()
    return found


def _begin(job_id: UUID) -> tuple[str, Payload] | None:
    with transaction() as session:
        run = session.get(JobRun, job_id)
        if run is None or run.state not in UNFINISHED:
            return None
        if run.starts >= MAX_STARTS:
            _set(job_id, state=FAILED, message=GAVE_UP, finished_at=utc_now())
            return None
        run.state = RUNNING
        run.starts += 1
        run.started_at = run.started_at or utc_now()
        return run.name, dict(run.payload)


def _tried(function: JobFunction, payload: Payload, progress: Progress) -> Payload | None:
    for attempt in range(1, MAX_TRIES):
        try:
            return function(dict(payload), progress)
        except PulihError:
            raise
        except Exception as error:
            db.session.rollback()
            logger.exception("job %s failed, attempt %d", progress.job_id, attempt)
            # What a failed try held in memory hangs on its trace.
            traceback.clear_frames(error.__traceback__)
            time.sleep(_PAUSE_SECONDS * attempt)
    return function(dict(payload), progress)


def _end(job_id: UUID, **values: Any) -> None:
    def store() -> None:
        with transaction():
            _set(job_id, finished_at=utc_now(), **values)

    _patiently(store)


def _patiently(write: Callable[[], Result]) -> Result:
    """Write, waiting out a database that is locked or away for a few minutes.

    How a job ended must not be lost: nobody would ever hear of it.
    """
    for _ in range(_PATIENT_TRIES):
        try:
            return write()
        except OperationalError:
            db.session.rollback()
            logger.warning("the database is busy or away; trying again")
            time.sleep(_PAUSE_SECONDS)
    return write()


def _set(job_id: UUID, **values: Any) -> None:
    db.session.execute(update(JobRun).where(JobRun.id == job_id).values(**values))
