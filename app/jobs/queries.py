"""Reading jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.jobs.models import JobRun
from app.jobs.rules import DONE, FAILED, STATE_LABELS, UNFINISHED, done_share, job_title


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """A job as its page shows it; `percent` is 0 to 100, `result` what the job gave back."""

    id: UUID
    title: str
    state: str
    state_label: str
    done: int
    total: int
    percent: int
    message: str
    result: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (DONE, FAILED)

    @property
    def has_failed(self) -> bool:
        """Whether it ended without having done its work."""
        return self.state == FAILED

    @property
    def next_url(self) -> str | None:
        """The page that shows what came of it, when the job named one ("url" in its result)."""
        url = (self.result or {}).get("url")
        is_own_page = isinstance(url, str) and url.startswith("/") and not url.startswith("//")
        return url if is_own_page else None


def job_page(scope: Scope, job_id: UUID) -> JobPage:
    """One job, for the person who asked for it and for officers of its area.

    Raises:
        NotFound: unknown, or somebody else's elsewhere.
    """
    run = db.session.get(JobRun, job_id)
    if run is None or not _may_see(scope, run):
        raise NotFound("job_unknown", message="Pekerjaan ini tidak ditemukan.")
    return JobPage(
        id=run.id,
        title=job_title(run.name),
        state=run.state,
        state_label=STATE_LABELS[run.state],
        done=run.done,
        total=run.total,
        percent=100 if run.state == DONE else done_share(run.done, run.total),
        message=run.message,
        result=run.result,
        created_at=run.created_at,
        finished_at=run.finished_at,
    )


def is_under_way(key: str) -> bool:
    """Whether a job with this key waits or runs."""
    statement = select(JobRun.id).where(JobRun.key == key, JobRun.state.in_(UNFINISHED))
    return db.session.execute(statement).first() is not None


def _may_see(scope: Scope, run: JobRun) -> bool:
    if run.created_by is not None and run.created_by == scope.account_id:
        return True
    if run.area_code is None:
        return WHOLE_COUNTRY in scope.areas
    return scope.covers_area(run.area_code)
